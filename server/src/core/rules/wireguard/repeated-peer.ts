/** Two blocks for one public key: wg makes them one peer. */
import { showPublicKey } from '../../model/wireguard-keys.ts'
import type { WireGuardPeer } from '../../syntax/wireguard-file.ts'
import { textAt } from '../../text/span.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { deleteLines, insertBelow, lineNumber } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/repeated-peer',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard peer with two blocks',
  why: 'Two blocks with one PublicKey are one peer, and the later block replaces its AllowedIPs and Endpoint: the prefixes of the first are carried by nobody. A later block without AllowedIPs takes them all away.',
  remedy: 'Join the blocks.',
  sources: ['Measured with wireguard-tools 1.0.20210914: the same PublicKey in two [Peer] sections'],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}\n${examplePeer(2, { AllowedIPs: '10.20.2.0/24' }).replace('[Peer]\n', '[Peer]\n#^^^^^ 💡 error[wireguard/repeated-peer]: replaces\n')}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard' || parsed.linesMayBeElsewhere) return
    const first = new Map<string, WireGuardPeer>()
    for (const peer of parsed.peers) {
      if (peer.publicKey.kind !== 'known') continue
      const key = peer.publicKey.value
      const earlier = first.get(key)
      first.set(key, peer)
      if (!earlier) continue
      yield {
        at: peer.header,
        message: `This block has the key ${showPublicKey(key)} of the block on line ${lineNumber(earlier.header)} and replaces its AllowedIPs and Endpoint: nothing of the first stays. Join the two.`,
        see: [{ at: earlier.header, message: 'the first block of this key' }],
        about: [`peer:${showPublicKey(key)}`],
        fixes: () => joined(earlier, peer),
      }
    }
  },
})

/** The later block keeps what it says; the prefixes of the first are added to it. */
function joined(earlier: WireGuardPeer, later: WireGuardPeer) {
  const missing = earlier.allowedIps.filter(prefix => !later.allowedIps.some(other => textAt(other.span) === textAt(prefix.span)))
  const below = later.settings.at(-1)?.lineSpan ?? later.header
  const added = missing.length > 0 ? [insertBelow(below, `AllowedIPs = ${missing.map(prefix => prefix.text).join(', ')}`)] : []
  return [{ title: 'Join the blocks', safe: false, edits: [deleteLines(earlier.block), ...added] }]
}
