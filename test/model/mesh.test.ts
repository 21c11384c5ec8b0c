/** Meshes from files: who is whose peer, how hosts are called, what stays unknown. */
import { x25519 } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import { buildMeshes } from '../../server/src/core/model/build-mesh.ts'
import type { Declared } from '../../server/src/core/model/declared.ts'
import { publicHalf } from '../../server/src/core/syntax/wireguard-key.ts'
import { parseWireGuard } from '../../server/src/core/syntax/wireguard-parser.ts'

const nothingDeclared = { nodes: new Map(), datacenters: new Map(), clusters: new Map(), links: [] } as unknown as Declared

/** A key from a number; not a good one, but a valid one. */
function testKey(seed: number): string {
  return Buffer.from(Array.from({ length: 32 }, (_, i) => (seed * 37 + i * 11 + (seed ^ i)) & 255)).toString('base64')
}

function meshOf(files: Record<string, string>) {
  return buildMeshes(
    Object.entries(files).map(([path, text]) => parseWireGuard({ path, text })),
    [],
    nothingDeclared,
  )
}

const end = (own: number, address: string, ...peers: (readonly [number, string])[]) =>
  [
    `[Interface]\nPrivateKey = ${testKey(own)}\nAddress = ${address}/24`,
    ...peers.map(([key, prefix]) => `[Peer]\nPublicKey = ${publicHalf(testKey(key))}\nAllowedIPs = ${prefix}`),
  ].join('\n')

describe('public halves', () => {
  test('are those of X25519', () => {
    for (let seed = 0; seed < 20; seed++) {
      const secret = testKey(seed)
      expect(publicHalf(secret)).toBe(Buffer.from(x25519.getPublicKey(Buffer.from(secret, 'base64'))).toString('base64'))
    }
    expect(publicHalf('short')).toBe(undefined)
  })
})

describe('meshes', () => {
  test('a peer is the file with the private half of its key', () => {
    const [mesh, ...others] = meshOf({
      'hosts/db1/wg0.conf': end(1, '10.0.0.1', [2, '10.0.0.2/32'], [3, '10.0.0.3/32']),
      'hosts/db2/wg0.conf': end(2, '10.0.0.2', [1, '10.0.0.1/32']),
      'elsewhere/wg0.conf': end(9, '10.0.0.9'),
    })
    expect(others.map(({ hosts }) => hosts.map(({ name }) => name))).toEqual([['db1', 'db2']])
    expect(mesh!.hosts.map(({ name }) => name)).toEqual(['elsewhere'])
    const [db1] = others[0]!.ends
    expect(db1!.peers.map(({ to, by, back }) => [to?.host.name, by, back !== undefined])).toEqual([
      ['db2', 'key', true],
      [undefined, undefined, false],
    ])
    expect(others[0]!.tunnels).toHaveLength(1)
  })

  test('without private keys addresses tell, within one tree', () => {
    const bare = (address: string, peer: string, key: number) =>
      `[Interface]\nAddress = ${address}/24\nPostUp = wg set %i private-key /etc/wireguard/key\n[Peer]\nPublicKey = ${publicHalf(testKey(key))}\nAllowedIPs = ${peer}/32`
    const meshes = meshOf({
      'prod/db1/wg0.conf': bare('10.0.0.1', '10.0.0.2', 2),
      'prod/db2/wg0.conf': bare('10.0.0.2', '10.0.0.1', 1),
      'staging/db2/wg0.conf': bare('10.0.0.2', '10.0.0.1', 1),
    })
    expect(meshes.map(({ hosts }) => hosts.map(({ name }) => name))).toEqual([['db1', 'db2'], ['db2']])
    expect(meshes[0]!.ends[0]!.peers[0]!.by).toBe('likely')
  })

  test('interfaces of one folder are one host unless they are peers', () => {
    const [mesh] = meshOf({
      'gw1/etc/wireguard/wg0.conf': end(1, '10.0.0.1', [3, '10.0.0.3/32']),
      'gw1/etc/wireguard/wg-dc2.conf': end(2, '10.1.0.1', [3, '10.1.0.3/32']),
      'db3/wg0.conf': end(3, '10.0.0.3', [1, '10.0.0.1/32'], [2, '10.1.0.1/32']),
    })
    expect(mesh!.hosts.map(({ name, ends }) => `${name}:${ends.map(each => each.interfaceName)}`)).toEqual(['db3:wg0', 'gw1:wg-dc2,wg0'])
    const [both] = meshOf({
      'lab/wg0.conf': end(1, '10.0.0.1', [2, '10.0.0.2/32']),
      'lab/wg1.conf': end(2, '10.0.0.2', [1, '10.0.0.1/32']),
    })
    expect(both!.hosts.map(({ name }) => name)).toEqual(['wg0', 'wg1'])
  })

  test('a block with an address of ours and a stranger’s key was meant for us', () => {
    const [mesh] = meshOf({
      'hosts/db1/wg0.conf': end(1, '10.0.0.1', [7, '10.0.0.2/32']),
      'hosts/db2/wg0.conf': end(2, '10.0.0.2', [1, '10.0.0.1/32']),
    })
    expect(mesh!.misdirected.map(({ from, meant, why }) => [from.end.host.name, meant.host.name, why])).toEqual([['db1', 'db2', 'address']])
  })

  test('of equal prefixes the last peer keeps them', () => {
    const [mesh] = meshOf({ 'wg0.conf': end(1, '10.0.0.1', [2, '10.9.0.1/16'], [3, '10.9.0.0/16, 10.8.0.0/16']) })
    expect(mesh!.ends[0]!.peers.map(({ prefixes }) => prefixes.map(({ lost }) => lost))).toEqual([[true], [false, false]])
  })

  test('hooks add addresses', () => {
    const [mesh] = meshOf({
      'wg0.conf':
        '[Interface]\nPostUp = /sbin/ip addr add dev %i 169.254.7.6/32 peer 169.254.6.7/32\nPostUp = ip -6 a add fd00::1/64 dev eth0\n',
    })
    expect(mesh!.ends[0]!.addresses.map(({ network }) => network.length)).toEqual([32])
  })
})
