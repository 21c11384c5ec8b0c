/** A key that is set twice in a section, where only the last one counts; and a second [Interface]. */
import type { WireGuardSetting } from '../../syntax/wireguard-file.ts'
import { exampleInterface } from '../example-mesh.ts'
import { deleteLines, lineNumber } from '../line-edits.ts'
import { type Report, rule } from '../rule.ts'

const single = new Set([
  'PrivateKey',
  'ListenPort',
  'FwMark',
  'MTU',
  'Table',
  'SaveConfig',
  'PublicKey',
  'PresharedKey',
  'Endpoint',
  'PersistentKeepalive',
])

export default rule({
  id: 'wireguard/repeated-key',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard key that is set twice',
  why: 'Of a key that takes one value the last line counts, without a word; several [Interface] sections are read as one. Whoever edits the first line changes nothing.',
  remedy: 'Keep one line.',
  sources: [
    'wireguard-tools: src/config.c, process_line',
    'Measured with wireguard-tools 1.0.20210914: ListenPort, PrivateKey, PublicKey, Endpoint, keepalive and MTU twice',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1, { ListenPort: '51820\n#^^^^^^^^^^^^^^^^^ 💡 warning[wireguard/repeated-key]: ListenPort' })}ListenPort = 51821\n`,
  good: `#- wg0.conf\n${exampleInterface(1)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard' || parsed.linesMayBeElsewhere) return
    yield* repeated(parsed.interface.settings)
    for (const peer of parsed.peers) yield* repeated(peer.settings)
    const [first, second] = parsed.interface.headers
    if (first && second)
      yield {
        at: second,
        message: `A second [Interface]: wg reads both as one, and of equal keys the last one counts. The first stands on line ${lineNumber(first)}; join them.`,
        see: [{ at: first, message: 'the first [Interface]' }],
      }
  },
})

function* repeated(settings: readonly WireGuardSetting[]): Generator<Report> {
  if (settings.length < 2) return
  const last = new Map<string, WireGuardSetting>()
  for (const setting of settings) {
    if (!single.has(setting.key)) continue
    const earlier = last.get(setting.key)
    last.set(setting.key, setting)
    if (!earlier) continue
    const later = setting
    yield {
      at: earlier.lineSpan,
      message: `The last \`${setting.key}\` counts, on line ${lineNumber(later.lineSpan)}; this one has no effect. Keep one of them.`,
      see: [{ at: later.keySpan, message: 'this one counts' }],
      about: [`setting:${setting.key}`],
      fixes: () => [{ title: 'Delete the line without effect', safe: false, edits: [deleteLines(earlier.lineSpan)] }],
    }
  }
}
