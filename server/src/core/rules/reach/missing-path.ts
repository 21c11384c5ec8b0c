/** A node whose tunnels carry nothing for another node's address. */
import { readAddress, showAddress, widthOf } from '../../analysis/ip-network.ts'
import type { Cluster } from '../../model/cluster.ts'
import type { Mesh, MeshEnd } from '../../model/mesh.ts'
import {
  covers,
  endsOfNode,
  hasOpenPrefixes,
  inTunnelNetwork,
  knowsAllItsPeers,
  peerBlockFor,
  uncoveredAddresses,
} from '../../model/mesh-facts.ts'
import type { Node } from '../../model/node.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { appendLines, insertBelow } from '../line-edits.ts'
import { type EntityKey, type Fix, rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'reach/missing-path',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'Cassandra node without a tunnel to another',
  why: 'A node dials the others at their broadcast address. Where that lies in the tunnel network and no peer’s AllowedIPs hold it, packets are dropped before they leave: to each other the two nodes are down, however healthy the rest is.',
  remedy: 'Add the address to the AllowedIPs of the other node’s block, or add the block.',
  sources: ['Linux: drivers/net/wireguard/device.c, ENOKEY', 'Measured with three nodes: a peer without the prefix'],
  bad: exampleMesh(
    3,
    {
      1: { interface: { Address: '10.20.1.11/24\n#         ^^^^^^^^^^^^^ 💡 error[reach/missing-path]: db3' }, peers: { 3: undefined } },
      3: { peers: { 1: undefined }, interface: { Address: '10.20.1.13/24\n#         ^^^^^^^^^^^^^ 💡 error[reach/missing-path]: db1' } },
    },
    true,
  ),
  good: exampleMesh(3, {}, true),
  *check(cluster) {
    const { mesh } = cluster
    if (!mesh) return
    const members = meshMembers(cluster, mesh)
    for (const { node, ends } of members) {
      if (hasOpenPrefixes(ends) || !ends.every(knowsAllItsPeers)) continue
      const missing = members.filter(
        other =>
          other.node !== node &&
          other.address &&
          inTunnelNetwork(mesh, other.address) &&
          !covers(ends, other.address) &&
          !ends.some(end => end.peers.some(peer => peer.to?.node === other.node && uncoveredAddresses(peer).length > 0)),
      )
      const [first] = missing
      const end = ends[0]!
      if (!first) continue
      yield {
        at: end.addresses[0]?.span ?? end.span,
        message: `${node.name} has no tunnel for ${missing.length === 1 ? `${first.node.name}’s ${showAddress(first.address!)}` : list(missing.map(each => `${each.node.name} (${showAddress(each.address!)})`))}: to each other they are down. Add the address to the AllowedIPs of a peer, or a block for the node.`,
        see: missing
          .slice(0, 20)
          .map(each => ({ at: each.node.span, message: `${each.node.name} is dialled at ${showAddress(each.address!)}` })),
        about: [nodeKey(node), ...missing.map((each): EntityKey => `pair:${[node.name, each.node.name].sort().join('/')}`)],
        fixes: () => fixesOf(mesh, end, missing),
      }
    }
  },
})

interface Member {
  readonly node: Node
  readonly ends: readonly MeshEnd[]
  readonly address: ReturnType<typeof readAddress>
}

function meshMembers(cluster: Cluster, mesh: Mesh): Member[] {
  return cluster.nodes.flatMap(node => {
    const ends = endsOfNode(mesh, node)
    const dialled = knownValue(node.addresses.effectiveBroadcast) ?? knownValue(node.addresses.listen)
    return ends.length === 0 ? [] : [{ node, ends, address: dialled === undefined ? undefined : readAddress(dialled) }]
  })
}

function fixesOf(mesh: Mesh, end: MeshEnd, missing: readonly Member[]): readonly Fix[] {
  const edits = missing.slice(0, 20).flatMap(({ node, ends, address }) => {
    const existing = end.peers.find(peer => peer.to?.node === node)
    const setting = existing?.peer.settings.findLast(({ key }) => key === 'AllowedIPs')
    if (setting) return [insertBelow(setting.lineSpan, `AllowedIPs = ${showAddress(address!)}/${widthOf(address!.family)}`)]
    const block = peerBlockFor(mesh, ends[0]!)
    return block ? [appendLines(end.span, ...block)] : []
  })
  return edits.length === 0
    ? []
    : [{ title: `Add ${list(missing.map(({ node }) => node.name))} to ${end.file.file.path}`, safe: false, edits }]
}
