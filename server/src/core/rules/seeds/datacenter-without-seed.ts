/** A datacenter whose nodes ask only nodes of other datacenters. */
import { rewriteLists, seedCandidates, seedsOfNodes, seedTextOf } from '../../model/seed-map.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list, nodeKey } from '../words.ts'

const remote = '"10.20.1.11,10.20.1.12"'

export default rule({
  id: 'seeds/datacenter-without-seed',
  scope: 'datacenter',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'datacenter without a seed of its own',
  why: 'When the link to the other datacenters is down, a node of this one finds nobody to ask: it cannot join, and after a power cut the datacenter does not come up by itself.',
  remedy: 'Add two nodes of this datacenter, from different racks, to the list of every node.',
  sources: [
    'Apache Cassandra documentation: Gossip, seeds ("more than one seed per datacenter")',
    'Cassandra: Gossiper.doShadowRound (Unable to gossip with any peers)',
  ],
  bad: exampleCluster('2x3', {
    'dc1/db1': { seeds: remote },
    'dc1/db2': { seeds: remote },
    'dc1/db3': { seeds: remote },
    'dc2/db4': { seeds: `${remote}\n#              ^^^^^^^^^^^^^^^^^^^^^^^ 💡 warning[seeds/datacenter-without-seed]: dc2` },
    'dc2/db5': { seeds: remote },
    'dc2/db6': { seeds: remote },
  }),
  good: '#- cluster: 2x3',
  *check(datacenter) {
    const { cluster, name, nodes } = datacenter
    if (cluster.datacenters.length < 2 || datacenter.declared?.state !== undefined) return
    const seeds = seedsOfNodes(cluster, nodes)
    if (!seeds || seeds.size === 0) return
    const places = new Set<string>()
    for (const seed of seeds) {
      const where = knownValue(seed.location.datacenter)
      if (where === undefined || where === name) return
      places.add(where)
    }
    const first = nodes[0]!
    yield {
      at: first.seeds.kind === 'known' && first.seeds.span ? first.seeds.span : first.span,
      message: `${name} relies on seeds in ${list([...places])}: cut off from there, it can neither add a node nor start cold. Add two nodes of ${name} to every list.`,
      see: nodes
        .slice(1, 20)
        .flatMap(node =>
          node.seeds.kind === 'known' && node.seeds.span && node.yaml !== first.yaml
            ? [{ at: node.seeds.span, message: `the seeds of ${node.name}` }]
            : [],
        ),
      about: [datacenterKey(name), `cluster:${cluster.name}`, ...nodes.map(nodeKey)],
      fixes: () => {
        const added = seedCandidates(datacenter, seeds)
          .slice(0, 2)
          .map(node => seedTextOf(node)!)
        const edits = rewriteLists(cluster.nodes, written => [...written, ...added.filter(seed => !written.includes(seed))])
        return added.length > 0 && edits.length > 0 ? [{ title: `Add ${list(added)} to every list`, safe: false, edits }] : []
      },
    }
  },
})
