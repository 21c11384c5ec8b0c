/** A peer that may send and get nothing. */
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/peer-without-prefix',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard peer without AllowedIPs',
  why: 'AllowedIPs say which addresses go to a peer and which it may send from. A peer without any completes its handshake, looks healthy in `wg show`, and passes nothing.',
  remedy: 'Write the addresses of the peer: its own as /32 (IPv6: /128), and what lies behind it.',
  sources: ['Measured with three nodes: a peer without AllowedIPs'],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { AllowedIPs: undefined }).replace('[Peer]\n', '[Peer]\n#^^^^^ error[wireguard/peer-without-prefix]\n')}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard' || parsed.linesMayBeElsewhere) return
    const later = new Set(parsed.refusals.map(({ span }) => span.start))
    for (const peer of parsed.peers) {
      if (
        peer.publicKey.kind !== 'known' ||
        peer.allowedIps.length > 0 ||
        peer.allowedIpsUnknown ||
        peer.settings.some(({ key }) => key === 'AllowedIPs')
      )
        continue
      // A misspelt AllowedIPs is another rule's matter.
      if ([...later].some(start => start > peer.header.start && start < peer.block.end + 200)) continue
      yield {
        at: peer.header,
        message: `This peer completes its handshake and passes nothing: it has no AllowedIPs. Write its own address as /32, and what lies behind it.`,
        about: ['setting:AllowedIPs'],
      }
    }
  },
})
