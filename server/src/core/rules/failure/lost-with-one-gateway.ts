/** A host that carries others' traffic and cannot be spared. */
import { projectCluster } from '../../model/cluster-view.ts'
import { usesOf } from '../../model/workload-losses.ts'
import { exampleEnd, exampleInterface, examplePeer } from '../example-mesh.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'
import { aboutLosses, assumedNote, bySmallest, placeOfUse, sayFrom, sayUse } from '../workload-words.ts'
import { sayLeft } from './loss-words.ts'

const schema = `#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
#- foretell.yaml
workloads:
`
const spoke = (n: number) => `#- dc1/db${n}/wg0.conf\n${exampleInterface(n)}${examplePeer(4, { AllowedIPs: '10.20.1.0/24' })}`
const hub = `#- hub/wg0.conf\n${exampleEnd(4, 4, { peers: { 1: {}, 2: {}, 3: {} } })}`

export default rule({
  id: 'failure/lost-with-one-gateway',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'workload that stops with one gateway',
  why: 'WireGuard picks the peer for an address from AllowedIPs and never looks for another way: when the gateway that carries the traffic is down, its peers stay unreachable, even if a second gateway could reach them.',
  remedy: 'Give the nodes tunnels to each other, or move the prefixes to a standby gateway when the first one is lost.',
  sources: ['WireGuard: AllowedIPs (cryptokey routing)', 'Measured: a dead peer stays the route'],
  bad: `#- cluster: 1x3\n${spoke(1)}${spoke(2)}${spoke(3)}${hub}${schema}  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }
#                           ^^^^^^^^^^^^ warning[failure/lost-with-one-gateway]: hub
`,
  good: `#- cluster: 1x3\n${[1, 2, 3].map(n => `#- dc1/db${n}/wg0.conf\n${exampleEnd(n, 3)}`).join('')}${schema}  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }
`,
  *check(keyspace) {
    if (!keyspace.cluster?.mesh) return
    for (const uses of bySmallest(usesOf(keyspace), 'gateway')) {
      const { workload, use } = uses[0]!
      const losses = uses.flatMap(each => each.losses[0]!.fatal)
      const gateways = [...new Set(losses.flatMap(({ units }) => units))]
      const carried = carriedBy(keyspace.cluster, gateways[0]!)
      yield {
        ...placeOfUse(uses[0]!),
        effect: workload.levelsAssumed ? 'informs' : 'breaks-later',
        message: `${gateways[0]} carries the traffic of ${list(carried, 4)}: without it the ${sayUse(keyspace, use)}${sayFrom(uses)} fail, ${sayLeft(losses[0]!)}${gateways.length > 1 ? ` The same holds for ${list(gateways.slice(1))}.` : ''}${workload.levelsAssumed ? assumedNote : ' Nothing fails over by itself.'}`,
        about: aboutLosses(keyspace, uses, losses),
      }
    }
  },
})

/** Nodes that send or receive over a host. */
function carriedBy(cluster: Parameters<typeof projectCluster>[0], gateway: string): readonly string[] {
  const { shape, network } = projectCluster(cluster)
  const host = network?.hosts.indexOf(gateway) ?? -1
  if (!network || host < 0) return []
  const through = network.chains.map(({ via }) => via.includes(host))
  const nodes = new Set<number>()
  network.routes.forEach((way, i) => {
    if (way >= 0 && through[way]) nodes.add(i % shape.nodes.length)
  })
  return [...nodes].sort((a, b) => a - b).map(node => shape.nodes[node]!.name)
}
