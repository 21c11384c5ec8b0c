/** A seed does not bootstrap, so a cluster of seeds only cannot be repaired node by node. */
import { rewriteLists, seedCandidates, seedMap, seedNodes, seedTextOf } from '../../model/seed-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'

const all = '"10.20.1.11,10.20.1.12,10.20.1.13,10.20.1.14"'

export default rule({
  id: 'seeds/every-node-a-seed',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'cluster in which every node is a seed',
  why: 'A node that finds its own address among its seeds does not stream data when it joins, and a replacement of it is refused.',
  remedy: 'Keep two seeds per datacenter, the same on all nodes.',
  sources: ['Cassandra: StorageService.shouldBootstrap', 'Cassandra: StorageService (Replacing a node without bootstrapping …)'],
  bad: exampleCluster('1x4', {
    'dc1/db1': { seeds: `${all}\n#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[seeds/every-node-a-seed]` },
    'dc1/db2': { seeds: all },
    'dc1/db3': { seeds: all },
    'dc1/db4': { seeds: all },
  }),
  good: '#- cluster: 1x4',
  *check(cluster) {
    if (cluster.nodes.length < 4 || cluster.templates.length > 0) return
    const map = seedMap(cluster)
    for (const node of cluster.nodes) {
      const list = map.listOf.get(node)
      if (!list || seedNodes(list).size < cluster.nodes.length) return
    }
    const first = cluster.nodes[0]!
    yield {
      at: first.seeds.kind === 'known' && first.seeds.span ? first.seeds.span : first.span,
      message: `All ${cluster.nodes.length} nodes are seeds on every list. A seed never streams data when it joins or is replaced, so none of these nodes can be replaced as it stands: keep two per datacenter.`,
      about: [`cluster:${cluster.name}`],
      fixes: () => {
        const kept = cluster.datacenters.flatMap(datacenter =>
          seedCandidates(datacenter, new Set())
            .slice(0, 2)
            .map(node => seedTextOf(node)!),
        )
        if (kept.length === 0 || kept.length >= cluster.nodes.length) return []
        return [
          {
            title: `List ${kept.length === 2 ? kept.join(' and ') : `two nodes of each datacenter`} only`,
            safe: false,
            edits: rewriteLists(cluster.nodes, () => kept),
          },
        ]
      },
    }
  },
})
