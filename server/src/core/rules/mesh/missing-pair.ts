/** Two nodes of one cluster and one tunnel network that do not know each other. */
import { holds } from '../../analysis/ip-network.ts'
import type { MeshEnd } from '../../model/mesh.ts'
import { isShared } from '../../model/mesh-ends.ts'
import { covers, hasOpenPrefixes, knowsAllItsPeers, nameOfEnd, pairName, peerBlockFor } from '../../model/mesh-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { appendLines } from '../line-edits.ts'
import { type EntityKey, rule } from '../rule.ts'
import { list } from '../words.ts'

/** A mesh whose own addresses are not those that Cassandra uses. */
function aside(changes: Parameters<typeof exampleMesh>[1]): string {
  return exampleMesh(3, changes, true)
    .replace(/AllowedIPs = 10\.20\.1\.1(\d)\/32/g, 'AllowedIPs = 10.99.0.$1/32')
    .replace(/Address = 10\.20\.1\.1(\d)\/24/g, 'Address = 10.99.0.$1/24')
}

export default rule({
  id: 'mesh/missing-pair',
  scope: 'mesh',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'pair of Cassandra nodes without a tunnel',
  why: 'Every node of a cluster talks to every other: gossip, writes to replicas, streaming. Two nodes whose files do not list each other, and whose addresses no third peer carries, never meet.',
  remedy: 'Add a [Peer] block on both sides, or let a gateway carry the address.',
  sources: ['Measured with three nodes: a peer that is not listed', 'Cassandra: OutboundConnections, one set of connections to every peer'],
  bad: aside({
    1: { peers: { 3: undefined }, interface: { Address: '10.99.0.1/24\n#         ^^^^^^^^^^^^ 💡 warning[mesh/missing-pair]: db3' } },
    3: { peers: { 1: undefined }, interface: { Address: '10.99.0.3/24' } },
  }),
  good: aside({}),
  *check(mesh) {
    const ends = mesh.ends.filter(
      end => end.node?.counted && knowsAllItsPeers(end) && !hasOpenPrefixes([end]) && !end.file.interface.addressesUnknown,
    )
    const linked = new Map<MeshEnd, Set<MeshEnd>>(ends.map(end => [end, new Set(end.peers.flatMap(peer => peer.to ?? []))]))
    for (const [index, end] of ends.entries()) {
      const missing = ends.slice(index + 1).filter(other => isMissing(end, other, linked))
      if (missing.length === 0) continue
      const pairs = missing.map((other): EntityKey => `pair:${pairName(end, other)}`)
      yield {
        at: end.addresses[0]?.span ?? end.span,
        message: `${nameOfEnd(end)} and ${list(missing.map(nameOfEnd))} have no tunnel: neither file lists the other and no other peer carries the address. Add a [Peer] block on both sides.`,
        see: missing.slice(0, 20).map(other => ({ at: other.span, message: `no block for ${nameOfEnd(end)} here either` })),
        about: [...pairs, ...[end, ...missing].map((each): EntityKey => `node:${each.host.name}`)],
        fixes: () => {
          const edits = missing.slice(0, 20).flatMap(other => {
            const [mine, theirs] = [peerBlockFor(mesh, end), peerBlockFor(mesh, other)]
            return mine && theirs ? [appendLines(other.span, ...mine), appendLines(end.span, ...theirs)] : []
          })
          return edits.length > 0 ? [{ title: 'Add the blocks on both sides', safe: false, edits }] : []
        },
      }
    }
  },
})

function isMissing(a: MeshEnd, b: MeshEnd, linked: ReadonlyMap<MeshEnd, ReadonlySet<MeshEnd>>): boolean {
  if (a.node === b.node || linked.get(a)!.has(b) || linked.get(b)!.has(a)) return false
  const [name, other] = [knownValue(a.node!.clusterName), knownValue(b.node!.clusterName)]
  if (name === undefined || name !== other) return false
  const share = a.addresses.some(
    own => isShared(own.network) && b.addresses.some(theirs => isShared(theirs.network) && holds(own.network, theirs.address)),
  )
  return (
    share &&
    !b.addresses.some(({ address }) => covers(a.node ? a.host.ends : [a], address)) &&
    !a.addresses.some(({ address }) => covers(b.host.ends, address))
  )
}
