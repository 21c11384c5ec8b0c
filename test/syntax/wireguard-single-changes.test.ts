/** One change to a good file, and what the tools of 2021 and 2026 said: at loading, and where the file decides, when the interface came up. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseWireGuard } from '../../server/src/core/syntax/wireguard-parser.ts'
import { judgeWireGuard } from '../../server/src/core/syntax/wireguard-verdict.ts'
import { findingsOf } from '../check.ts'

const keys: Record<string, string> = {
  A_PRIV: 'foretellExampleKeyOfDb1///////////////////A=',
  B_PRIV: 'foretellExampleKeyOfDb2///////////////////A=',
  B_PUB: 'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8=',
  C_PUB: '3sfEzNh60T7smAGHBfZCZ2in/L/rCgo3XfmbrjWZSRI=',
  PSK: 'foretellExampleKeyOfDb4///////////////////A=',
  A_PRIV_43: 'foretellExampleKeyOfDb1///////////////////A',
  B_PUB_43: 'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8',
  A_PRIV_with_space: 'foretellExampleKey OfDb1///////////////////A=',
}
const peerKeys = /^\s*(?:PublicKey|Pre[Ss]haredKey|AllowedIPs|Endpoint|PersistentKeepalive)\b/i

interface Case {
  readonly id: string
  readonly category: string
  readonly text: string
  readonly setconf: string
  readonly up: string
  readonly head: string
}

const cases: Case[] = readFileSync(join(import.meta.dirname, '../conformance/wireguard/single-changes.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map(line => {
    const [id = '', category = '', changes = '', setconf = '', up = '', head = ''] = line.split('\t')
    return { id, category, text: textWith(changes.split(' ⏎ ')), setconf, up, head }
  })

/** The good file with lines in the place of those of their key; after a PublicKey they are a second peer's. */
function textWith(changes: readonly string[]): string {
  const filled = changes.map(line => line.replaceAll('\\t', '\t').replace(/\{(\w+)\}/g, (all, name: string) => keys[name] ?? all))
  if (filled[0]?.startsWith('[')) return `${filled.join('\n')}\n`
  const top: string[] = []
  const peers: string[][] = [[], []]
  let second = false
  for (const line of filled) {
    if (/^\s*PublicKey/.test(line) && filled.length > 1) second = true
    if (peerKeys.test(line)) peers[second ? 1 : 0]!.push(line)
    else top.push(line)
  }
  const nameOf = (line: string) => line.split('=')[0]!.replace(/\s/g, '').toLowerCase()
  const merge = (base: readonly string[], changed: readonly string[]) => [
    ...base.filter(line => !changed.some(other => nameOf(other) === nameOf(line))),
    ...changed,
  ]
  const first = merge([`PublicKey = ${keys.B_PUB}`, 'AllowedIPs = 10.0.0.2/32', 'Endpoint = 192.0.2.2:51820'], peers[0]!)
  return [
    '[Interface]',
    ...merge([`PrivateKey = ${keys.A_PRIV}`, 'ListenPort = 51820'], top),
    '[Peer]',
    ...first,
    ...(peers[1]!.length > 0 ? ['[Peer]', ...merge(['AllowedIPs = 10.0.0.2/32'], peers[1]!)] : []),
    '',
  ].join('\n')
}

/** The machine decides: a name that had no resolver there. */
const onTheMachine = (text: string) => /Endpoint = (?:[A-Za-z]\S*|192\.0\.2\.256):/.test(text) && !/localhost|udp:|fe80/.test(text)

describe('single changes', () => {
  const loadable = cases.filter(({ text }) => !/\{\w+\}|\$\{|\{\{/.test(text) && !onTheMachine(text))

  test.each([
    ['1.0.20210914', (each: Case) => each.setconf],
    ['1.0.20260223', (each: Case) => each.head],
  ] as const)('loading with %s', (tools, exitOf) => {
    const wrong = loadable.flatMap(each => {
      // A bad SaveConfig stops wg-quick; a minus sign is read by new tools and then refused by the device of the laboratory.
      const accepted = exitOf(each) === '0' || (tools === '1.0.20260223' && each.id === 'A42')
      const verdict = judgeWireGuard(parseWireGuard({ path: 'wgt0.conf', text: each.text }), tools)
      return verdict.accepted === accepted
        ? []
        : [`${each.id}: exit ${exitOf(each)}, but ${JSON.stringify(verdict.refusals.map(({ kind }) => kind))}\n${each.text}`]
    })
    expect(loadable.length).toBeGreaterThan(220)
    expect(wrong).toEqual([])
  })

  test('what ip(8) refuses when the interface comes up is an error', () => {
    const judged = loadable.filter(({ category, setconf }) => ['address', 'mtu', 'table'].includes(category) && setconf === '0')
    // M16 comes up without its address. T08: a name that no table had there; T21: a route of the machine; Q22 takes the default route away.
    const elsewhere = new Set(['M16', 'T08', 'T21', 'Q22'])
    const wrong = judged.flatMap(({ id, text, up }) => {
      if (elsewhere.has(id)) return []
      const errors = ['wireguard', 'mtu']
        .flatMap(group => findingsOf(group, `#- wg0.conf\n${text}`))
        .filter(({ severity }) => severity === 'error')
      return errors.length > 0 === (up !== '0') ? [] : [`${id}: up ${up}, but ${errors.map(({ message }) => message).join('; ')}\n${text}`]
    })
    expect(judged.length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  })
})
