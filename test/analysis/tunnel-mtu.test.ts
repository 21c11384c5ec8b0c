/** Packet sizes against what was measured: 38 underlays, 90 packets on the wire, 16 automatic MTUs in two versions. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  automaticMtu,
  largestTunnelMtu,
  loopbackDeviceMtu,
  outerLength,
  pathForUnequalMtus,
  safeSegmentSize,
  smallestIpv6Mtu,
} from '../../server/src/core/analysis/tunnel-mtu.ts'

function table(name: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(join(import.meta.dirname, `../conformance/wireguard/${name}.tsv`), 'utf8')
    .trimEnd()
    .split('\n')
  const keys = header!.split('\t')
  return rows.map(row => Object.fromEntries(row.split('\t').map((cell, i) => [keys[i]!, cell])))
}
const family = (text: string) => (text === 'IPv6' ? 6 : 4)

describe('measured MTUs', () => {
  test('the largest tunnel MTU without outer fragments', () => {
    const rows = table('wg-mtu-matrix').filter(row => row.measured_max_no_outer_frag !== 'None')
    expect(rows).toHaveLength(38)
    for (const row of rows)
      expect(largestTunnelMtu(Number(row.underlay_mtu), family(row.outer!)), JSON.stringify(row)).toBe(
        Number(row.measured_max_no_outer_frag),
      )
    const impossible = table('wg-mtu-matrix').filter(row => row.measured_max_no_outer_frag === 'None')
    for (const row of impossible) expect(largestTunnelMtu(Number(row.underlay_mtu), family(row.outer!))).toBeLessThan(smallestIpv6Mtu)
  })

  test('the length of packets on the wire', () => {
    const rows = table('wg-padding-on-wire')
    expect(rows).toHaveLength(90)
    for (const row of rows)
      expect(outerLength(Number(row.inner_ip_len), Number(row.sender_tunnel_mtu), family(row.outer!)), JSON.stringify(row)).toBe(
        Number(row.measured_outer_ip_len),
      )
  })

  test('what wg-quick sets by itself, in both versions', () => {
    const inputs: Record<string, Parameters<typeof automaticMtu>[0]> = {
      'one endpoint via 1500 link': { endpoints: [1500], defaultRoute: undefined },
      'one endpoint via 1400 link': { endpoints: [1400], defaultRoute: undefined },
      'two endpoints: 1500 link and 1400 link': { endpoints: [1500, 1400], defaultRoute: undefined },
      'no endpoint, default route via 1400 link': { endpoints: [], defaultRoute: 1400 },
      'no endpoint, no default route': { endpoints: [], defaultRoute: undefined },
      'endpoint, no route to it, no default': { endpoints: [undefined], defaultRoute: undefined },
      'route has mtu attribute 1300': { endpoints: [1300], defaultRoute: undefined },
      "route has 'mtu lock 1300'": { endpoints: [1500], defaultRoute: undefined },
      'IPv6 endpoint via 1400 link': { endpoints: [1400], defaultRoute: undefined },
      'IPv4 endpoint 1500: always -80 (not -60)': { endpoints: [1500], defaultRoute: undefined },
      'endpoint on 127.0.0.1': { endpoints: [loopbackDeviceMtu], defaultRoute: undefined },
      'endpoint = own address': { endpoints: [loopbackDeviceMtu], defaultRoute: undefined },
      'own-address endpoint + real one': { endpoints: [loopbackDeviceMtu, 1500], defaultRoute: undefined },
      'IPv6 link-local endpoint with zone': { endpoints: [undefined], defaultRoute: undefined },
      'underlay 1340 and v4 endpoint': { endpoints: [1340], defaultRoute: undefined },
    }
    const rows = table('wg-automtu').filter(row => !row.case!.startsWith('MTU ='))
    expect(rows.map(row => row.case).sort()).toEqual(Object.keys(inputs).sort())
    for (const row of rows) {
      expect(automaticMtu(inputs[row.case!]!, false), `${row.case}, 2021`).toBe(Number(row['wg-quick 1.0.20210914']))
      expect(automaticMtu(inputs[row.case!]!, true), `${row.case}, 2026`).toBe(Number(row['wg-quick HEAD (>=1.0.20260223)']))
    }
  })

  test('clamps and unequal ends leave room for padding', () => {
    // P5: a clamp of 1280 on a path of 1400 works; its packets are 1320 long and padded to 1328.
    expect(safeSegmentSize(1400, 4, 4)).toBe(1288)
    expect(outerLength(1288 + 40, 1420, 4)).toBeLessThanOrEqual(1400)
    expect(outerLength(1289 + 40, 1420, 4)).toBeGreaterThan(1400)
    // P11: 1420 against 1340 stalls on 1400; P10: 1420 against 1380 passes on 1500.
    expect(pathForUnequalMtus(1340, 1420, 4)).toBe(1404)
    expect(pathForUnequalMtus(1380, 1420, 4)).toBeLessThanOrEqual(1500)
  })
})
