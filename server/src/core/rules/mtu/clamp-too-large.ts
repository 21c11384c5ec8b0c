/** A TCP clamp that forgets the padding. */
import { safeSegmentSize } from '../../analysis/tunnel-mtu.ts'
import { nameOfEnd } from '../../model/mesh-facts.ts'
import { tightestBudget, writtenMtu } from '../../model/mesh-mtu.ts'
import { spanOf } from '../../text/span.ts'
import { exampleMesh } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mtu/clamp-too-large',
  scope: 'mesh',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'TCP segment clamp that leaves no room for padding',
  why: 'Where the tunnel’s MTU is too large for the path, a clamp of the segment size can help, but WireGuard pads packets to 16 bytes: the clamp must leave room for that, or full segments still do not fit.',
  remedy: 'Set the MTU right; else clamp to the path less the overhead, rounded down to 16, less 40 (IPv6: 60).',
  sources: [
    'wireguard-go: device/send.go, calculatePaddingSize',
    'Measured: 90 of 90 packet lengths; a clamp of 1280 on a path of 1400 bytes works',
  ],
  bad: exampleMesh(2, {
    1: {
      interface: {
        MTU: '1500',
        PostUp:
          'iptables -t mangle -A FORWARD -o %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1420\n#                                                                                               ^^^^ 💡 warning[mtu/clamp-too-large]: 1400',
      },
    },
  }),
  good: exampleMesh(2, {
    1: {
      interface: { MTU: '1500', PostUp: 'iptables -t mangle -A FORWARD -o %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1380' },
    },
  }),
  *check(mesh) {
    for (const end of mesh.ends) {
      const mtu = writtenMtu(end)
      const budget = tightestBudget(mesh, end)
      if (mtu === undefined || !budget || mtu <= budget.largest) continue
      for (const { command, setting } of end.file.interface.hooks)
        for (const match of command.matchAll(/\b(ip6?tables)\b[^;&|]{0,300}?--set-mss[ =](\d{1,5})/g)) {
          const size = Number(match[2])
          const inner = match[1] === 'ip6tables' ? 6 : 4
          const largest = safeSegmentSize(budget.underlay, budget.outer, inner)
          if (size <= largest) continue
          const start = setting.valueSpan.start + match.index + match[0].length - match[2]!.length
          const at = spanOf(setting.valueSpan.file, start, start + match[2]!.length)
          yield {
            at,
            message: `Segments of ${size} bytes make packets of ${nameOfEnd(end)} that exceed the path of ${budget.underlay} bytes once they are padded to 16. Clamp to ${largest}, or set MTU = ${budget.largest}.`,
            about: [`node:${end.host.name}`, 'setting:MTU'],
            fixes: () => [{ title: `Clamp to ${largest}`, safe: true, edits: [replace(at, String(largest))] }],
          }
        }
    }
  },
})
