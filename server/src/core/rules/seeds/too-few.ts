/** One seed is a single point of failure for every start. */
import { rewriteLists, seedCandidates, seedsOfNodes, seedTextOf } from '../../model/seed-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, nodeKey } from '../words.ts'

const one = '"10.20.1.11"'

export default rule({
  id: 'seeds/too-few',
  scope: 'datacenter',
  effects: ['breaks-later', 'costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'datacenter with a single seed',
  why: 'A node that joins or starts with empty system tables needs a live seed. With only one, its maintenance or loss stops every such start.',
  remedy: 'List a second node of the datacenter, from another rack, on all nodes.',
  sources: ['Apache Cassandra documentation: Gossip, seeds ("more than one seed per datacenter")'],
  bad: exampleCluster('1x3', {
    'dc1/db1': { seeds: `${one}\n#              ^^^^^^^^^^^^ 💡 warning[seeds/too-few]: db1` },
    'dc1/db2': { seeds: one },
    'dc1/db3': { seeds: one },
  }),
  good: '#- cluster: 1x3',
  *check(datacenter) {
    const { cluster, name, nodes } = datacenter
    const seeds = seedsOfNodes(cluster, nodes)
    if (!seeds) return
    const own = [...seeds].filter(seed => nodes.includes(seed))
    const seed = own[0]
    if (!seed || own.length > 1) return
    const all = seedsOfNodes(cluster, cluster.nodes)
    const onlyOne = cluster.nodes.length >= 3 && all?.size === 1
    if (!onlyOne && nodes.length < 3) return
    const first = nodes[0]!
    yield {
      at: first.seeds.kind === 'known' && first.seeds.span ? first.seeds.span : first.span,
      effect: onlyOne ? 'breaks-later' : 'costs',
      message: `${seed.name} is the only seed of ${onlyOne ? 'the whole cluster' : name}: while it is down no node can join${onlyOne ? '' : ` ${name} from nearby`}. Add a second node${datacenter.racks.length > 1 ? ' from another rack' : ''} to every list.`,
      about: [datacenterKey(name), nodeKey(first)],
      fixes: () => {
        const added = seedCandidates(datacenter, seeds).map(node => seedTextOf(node)!)[0]
        if (added === undefined) return []
        return [
          {
            title: `Add ${added} to every list`,
            safe: false,
            edits: rewriteLists(cluster.nodes, list => (list.includes(added) ? list : [...list, added])),
          },
        ]
      },
    }
  },
})
