/** A seed in the tunnel network that no peer of the node carries. */
import { readAddress, showAddress } from '../../analysis/ip-network.ts'
import { covers, endsOfNode, hasOpenPrefixes, inTunnelNetwork, knowsAllItsPeers } from '../../model/mesh-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { exampleEnd } from '../example-mesh.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const files = (n: number) => `#- dc1/db${n}/wg0.conf\n${exampleEnd(n, 2)}`

export default rule({
  id: 'reach/seed-not-covered',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'seed that no tunnel of the node leads to',
  why: 'A node asks its seeds when it starts. A seed address in the tunnel network that no peer’s AllowedIPs hold is never reached: with other seeds the node starts, without them it does not.',
  remedy: 'Add the address to the AllowedIPs of a peer, or take the seed off the list.',
  sources: ['Cassandra: SimpleSeedProvider, Gossiper', 'Measured with three nodes: an address that no AllowedIPs hold'],
  bad: exampleCluster(
    '1x2',
    {
      'dc1/db1': {
        seeds:
          '"10.20.1.11,10.20.1.12,10.20.1.99"\n#                                     ^^^^^^^^^^ error[reach/seed-not-covered]: 10.20.1.99',
      },
    },
    files(1) + files(2),
  ),
  good: exampleCluster('1x2', {}, files(1) + files(2)),
  *check(cluster) {
    const { mesh } = cluster
    if (!mesh) return
    const dialled = new Set(cluster.nodes.flatMap(node => knownValue(node.addresses.effectiveBroadcast) ?? []))
    for (const node of cluster.nodes) {
      const ends = endsOfNode(mesh, node)
      if (ends.length === 0 || hasOpenPrefixes(ends) || !ends.every(knowsAllItsPeers)) continue
      for (const { value, span } of knownValue(node.seeds) ?? []) {
        const address = value.address === undefined ? undefined : readAddress(value.address)
        // A node's own address without a way is a missing path, which says more.
        if (!address || dialled.has(value.address!) || !inTunnelNetwork(mesh, address) || covers(ends, address)) continue
        yield {
          at: span,
          message: `${node.name} cannot ask seed ${showAddress(address)}: it lies in the tunnel network and no peer’s AllowedIPs hold it. Add it to a peer, or take it off the list.`,
          see: [{ at: ends[0]!.span, message: `the tunnel of ${node.name}` }],
          about: [nodeKey(node), 'setting:seeds'],
        }
      }
    }
  },
})
