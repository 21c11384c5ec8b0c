/** Lines that wg-quick chews on for seconds. */
import { hasTools } from '../../model/wireguard-keys.ts'
import { exampleInterface } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

/** Measured: 14,600 characters take 6.9 s with the tools of 2021, and twice that since 1.0.20260223; the time grows with the square. */
const secondsPerSquare = 6.9 / 14_600 ** 2

const manyPrefixes = Array.from({ length: 320 }, (_, i) => `10.${20 + (i >> 6)}.${(i & 63) * 2}.0/24`).join(', ')

export default rule({
  id: 'wireguard/slow-line',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard line of thousands of characters',
  why: 'wg-quick trims lines with shell patterns, and the time for that grows with the square of their length: one line with a thousand prefixes costs seven seconds at every start, twice that with the tools of 2026.',
  remedy: 'Split AllowedIPs over several lines: they add up.',
  sources: [
    'wireguard-tools: src/wg-quick/linux.bash, parse_options',
    'Measured: 100, 500 and 1000 prefixes on one line take 0.07, 1.7 and 6.9 s',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n[Peer]\nPublicKey = kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8=\nAllowedIPs = ${manyPrefixes}\n#${'^'.repeat(12 + manyPrefixes.length)} 💡 warning[wireguard/slow-line]: 0.\n`,
  good: `#- wg0.conf\n${exampleInterface(1)}`,
  *check({ parsed, wireguardTools }) {
    if (parsed.kind !== 'wireguard') return
    const newer = hasTools(wireguardTools, '1.0.20260223')
    for (const { span, key } of parsed.longLines) {
      if (key !== 'AllowedIPs' && !newer) continue
      const length = span.end - span.start
      const seconds = length ** 2 * secondsPerSquare * (newer ? 2 : 1)
      yield {
        at: span,
        message: `wg-quick needs about ${seconds.toFixed(1)} s for this line of ${length} characters, as its time grows with the square of the length. ${key === 'AllowedIPs' ? 'Split it over several AllowedIPs lines.' : 'Split it.'}`,
        fixes: () => {
          const peer = parsed.peers.find(({ settings }) => settings.some(({ lineSpan }) => lineSpan.start === span.start))
          const prefixes = peer?.allowedIps.filter(prefix => prefix.span.start >= span.start && prefix.span.end <= span.end) ?? []
          if (key !== 'AllowedIPs' || prefixes.length < 2) return []
          const lines: string[] = []
          for (let i = 0; i < prefixes.length; i += 20)
            lines.push(
              `AllowedIPs = ${prefixes
                .slice(i, i + 20)
                .map(({ text }) => text)
                .join(', ')}`,
            )
          return [{ title: 'Split AllowedIPs over lines', safe: true, edits: [replace(span, lines.join('\n'))] }]
        },
      }
    }
  },
})
