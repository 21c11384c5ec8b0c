/** One prefix on two peers: the last one takes it. */
import { prefixKey, prefixOf, showPrefix } from '../../analysis/ip-network.ts'
import { showPublicKey } from '../../model/wireguard-keys.ts'
import type { WireGuardPeer, WrittenPrefix } from '../../syntax/wireguard-file.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { lineNumber } from '../line-edits.ts'
import { type Report, rule } from '../rule.ts'

export default rule({
  id: 'wireguard/stolen-prefix',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard prefix on two peers',
  why: 'A prefix belongs to one peer. wg gives it to the last peer of the file that lists it, also when the two are equal only after the host bits are cut off: nothing is sent to the first one, what it sends is dropped, and two gateways with one prefix do not stand in for each other.',
  remedy: 'Give each peer prefixes of its own. For a second gateway use a routing protocol over separate interfaces.',
  sources: [
    'Linux: drivers/net/wireguard/allowedips.c',
    'Measured with three nodes: the same prefix on two peers, two gateways with one summary',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { AllowedIPs: '10.20.0.0/16\n#            ^^^^^^^^^^^^ error[wireguard/stolen-prefix]: 10.20.0.0/16' })}\n${examplePeer(3, { AllowedIPs: '10.20.0.0/16' })}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}\n${examplePeer(3)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard' || parsed.linesMayBeElsewhere) return
    const owners = new Map<string | number, { readonly peer: WireGuardPeer; readonly prefix: WrittenPrefix }>()
    for (const peer of parsed.peers)
      for (const prefix of peer.allowedIps) {
        const key = prefixKey(prefixOf(prefix, prefix.length))
        const before = owners.get(key)
        owners.set(key, { peer, prefix })
        // Two blocks of one key are one peer: another rule's matter. Unfinished keys may turn out to be one.
        if (
          before &&
          before.peer !== peer &&
          before.peer.publicKey.kind === 'known' &&
          peer.publicKey.kind === 'known' &&
          before.peer.publicKey.value !== peer.publicKey.value
        )
          yield stolen(before, { peer, prefix })
      }
  },
})

function stolen(loser: { readonly peer: WireGuardPeer; readonly prefix: WrittenPrefix }, winner: typeof loser): Report {
  const prefix = showPrefix(prefixOf(loser.prefix, loser.prefix.length))
  const name = (peer: WireGuardPeer) => peer.name ?? (peer.publicKey.kind === 'known' ? showPublicKey(peer.publicKey.value) : 'the peer')
  const gateways = loser.prefix.length < 31 ? ' Two gateways do not stand in for each other this way.' : ''
  return {
    at: loser.prefix.span,
    message: `${prefix} goes to the last peer that lists it, ${name(winner.peer)} on line ${lineNumber(winner.prefix.span)}: nothing is sent to ${name(loser.peer)} for it, and what ${name(loser.peer)} sends from it is dropped.${gateways}`,
    see: [{ at: winner.prefix.span, message: 'this peer takes the prefix' }],
    about: [
      `prefix:${prefix}`,
      ...[loser.peer, winner.peer].flatMap(peer =>
        peer.publicKey.kind === 'known' ? [`peer:${showPublicKey(peer.publicKey.value)}` as const] : [],
      ),
    ],
  }
}
