/** A peer's prefix inside a wider one of another peer. */
import { holds, PrefixTable, prefixOf, showPrefix, widthOf } from '../../analysis/ip-network.ts'
import type { MeshEnd, MeshPeer } from '../../model/mesh.ts'
import { nameOfEnd, sameAddress } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { type Report, rule } from '../rule.ts'

export default rule({
  id: 'mesh/nested-prefix',
  scope: 'mesh',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard prefix inside another peer’s wider one',
  why: 'The longest prefix wins, in both directions: the narrower network goes to its own peer, and packets from it that come through the peer with the wider prefix are dropped. That is fine as long as nobody counts on the wider peer as a second way.',
  remedy: 'Nothing, if it is meant so; else give each peer prefixes that do not overlap.',
  sources: ['Linux: drivers/net/wireguard/allowedips.c', 'Measured with three nodes: /24 on one peer and /32 on another'],
  bad: exampleMesh(3, {
    1: {
      peers: {
        2: { AllowedIPs: '10.20.1.12/32, 10.30.0.0/16' },
        3: { AllowedIPs: '10.20.1.13/32, 10.30.5.0/24\n#                           ^^^^^^^^^^^^ info[mesh/nested-prefix]: 10.30.0.0/16' },
      },
    },
  }),
  good: exampleMesh(3),
  *check(mesh) {
    for (const end of mesh.ends)
      if (new Set(end.peers.flatMap(peer => peer.prefixes.map(({ prefix }) => prefix.length))).size > 1) yield* nestedIn(end)
  },
})

function* nestedIn(end: MeshEnd): Generator<Report> {
  const lengths = [...new Set(end.peers.flatMap(peer => peer.prefixes.map(({ prefix }) => prefix.length)))].sort((a, b) => b - a)
  const byLength = new Map(lengths.map(length => [length, new PrefixTable<{ peer: MeshPeer; index: number }>()]))
  for (const peer of end.peers)
    for (const [index, { prefix, lost }] of peer.prefixes.entries())
      if (!lost && prefix.length > 0) byLength.get(prefix.length)!.add(prefix, { peer, index })
  for (const peer of end.peers)
    for (const { prefix, written, lost } of peer.prefixes) {
      if (lost || isItsOwn(peer, prefix)) continue
      const wider = lengths
        .filter(length => length < prefix.length)
        .map(length => byLength.get(length)!.find(prefix))
        .find(found => found !== undefined)
      if (!wider || wider.peer === peer) continue
      const outer = wider.peer.prefixes[wider.index]!
      if (!holds(outer.prefix, prefix)) continue
      const [mine, theirs] = [nameOf(peer), nameOf(wider.peer)]
      yield {
        at: written.span,
        message: `${showPrefix(prefix)} lies inside ${showPrefix(outer.prefix)} of ${theirs}: the longer one wins, so it goes to ${mine}, and packets from it through ${theirs} are dropped. Nothing to do if that is meant.`,
        see: [{ at: outer.written.span, message: 'the wider prefix' }],
        about: [`prefix:${showPrefix(prefix)}`],
      }
    }
}

/** The one address of the peer's own host; of a peer without a file, any single address. */
function isItsOwn({ to }: MeshPeer, prefix: { readonly family: 4 | 6; readonly bits: bigint; readonly length: number }): boolean {
  if (prefix.length !== widthOf(prefix.family)) return false
  return !to || to.host.ends.some(end => end.addresses.some(own => sameAddress(own.address, prefixOf(prefix, prefix.length))))
}

function nameOf(peer: MeshPeer): string {
  return peer.to ? nameOfEnd(peer.to) : (peer.peer.name ?? 'another peer')
}
