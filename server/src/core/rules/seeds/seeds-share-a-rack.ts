/** Seeds that fail together are one seed. */
import { rewriteLists, seedCandidates, seedsOfNodes, seedTextOf } from '../../model/seed-map.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, nodeKey } from '../words.ts'

export default rule({
  id: 'seeds/seeds-share-a-rack',
  scope: 'datacenter',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'seeds of a datacenter that all stand in one rack',
  why: 'What takes the rack takes all seeds of the datacenter at once; then no node can join there.',
  remedy: 'Replace one of them by a node from another rack, on all lists.',
  sources: ['Apache Cassandra documentation: Gossip, seeds'],
  bad: `${exampleCluster('1x3', {})}
#- dc1/db2/cassandra-rackdc.properties
dc=dc1
rack=r1
#- dc1/db1/cassandra-rackdc.properties
dc=dc1
rack=r1
`,
  good: '#- cluster: 1x3',
  *check(datacenter) {
    const { cluster, name, nodes, racks, racksUnknown } = datacenter
    if (racksUnknown || racks.length < 2) return
    const seeds = [...(seedsOfNodes(cluster, nodes) ?? [])].filter(seed => nodes.includes(seed))
    if (seeds.length < 2) return
    const [rack, ...others] = new Set(seeds.map(seed => knownValue(seed.location.rack)))
    if (others.length > 0 || rack === undefined) return
    const first = nodes[0]!
    yield {
      at: first.seeds.kind === 'known' && first.seeds.span ? first.seeds.span : first.span,
      message: `All ${seeds.length} seeds of ${name} are in rack ${rack}: they fail together. Swap one for a node of another rack.`,
      about: [datacenterKey(name), nodeKey(first)],
      fixes: () => {
        const removed = seedTextOf(seeds.at(-1)!)
        const added = seedCandidates(datacenter, new Set(seeds)).find(node => knownValue(node.location.rack) !== rack)
        const text = added && seedTextOf(added)
        if (removed === undefined || text === undefined) return []
        const edits = rewriteLists(cluster.nodes, list => (list.includes(text) ? list : list.map(seed => (seed === removed ? text : seed))))
        return edits.length > 0 ? [{ title: `Replace ${removed} by ${text} in every list`, safe: false, edits }] : []
      },
    }
  },
})
