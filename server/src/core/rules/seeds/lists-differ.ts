/** All nodes of a cluster should ask the same seeds. */
import { opinions } from '../../model/agreement.ts'
import type { Node } from '../../model/node.ts'
import { rewriteLists, seedSpelling } from '../../model/seed-map.ts'
import { type Fact, known } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'seeds/lists-differ',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'nodes of one cluster with different seed lists',
  why: 'Gossip converges through the seeds. With different lists, nodes that start together after a power cut may ask different nodes, and parts of the cluster find each other late or not at all.',
  remedy: 'Use one list everywhere: two nodes of each datacenter, in different racks.',
  sources: ['Apache Cassandra documentation: Gossip, seeds ("the same list for all nodes")', 'Cassandra: SimpleSeedProvider'],
  bad: exampleCluster('1x3', {
    'dc1/db3': { seeds: '"10.20.1.11"\n#              ^^^^^^^^^^^^ 💡 warning[seeds/lists-differ]: without 10.20.1.12' },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const settled = cluster.nodes.filter(node => node.declared.state !== 'joining' && node.declared.state !== 'new')
    const [most, ...others] = opinions(settled, spelling)
    if (!most || others.length === 0) return
    const usual = new Set(most.value.split(','))
    const pattern = most.holders[0]!
    for (const other of others) {
      const own = new Set(other.value.split(','))
      const extra = [...own].filter(seed => !usual.has(seed))
      const missing = [...usual].filter(seed => !own.has(seed))
      const difference = [extra.length > 0 ? `with ${list(extra)}` : '', missing.length > 0 ? `without ${list(missing)}` : '']
        .filter(Boolean)
        .join(' and ')
      for (const { node, span } of other.holders)
        yield {
          at: span ?? node.span,
          message: `${node.name} lists its seeds ${difference}, unlike ${list(most.holders.map(holder => holder.node.name))}: at a cold start they may not agree whom to ask. Use one list on all nodes.`,
          see: pattern.span ? [{ at: pattern.span, message: `the list of ${pattern.node.name}` }] : [],
          about: [nodeKey(node), `cluster:${cluster.name}`, 'setting:seed_provider'],
          fixes: () => {
            const union = [...usual, ...extra].map(seed => seed.replace(/^(.*) port (\d+)$/, '$1:$2'))
            const edits = rewriteLists(cluster.nodes, written => [
              ...written,
              ...union.filter(seed => !written.includes(seed) && !written.includes(`${seed}:7000`)),
            ])
            return edits.length > 0 ? [{ title: 'Put the union of the lists on all nodes', safe: false, edits }] : []
          },
        }
    }
  },
})

const spelling: (node: Node) => Fact<string> = memo(node => {
  if (node.seeds.kind !== 'known') return node.seeds
  const seeds = node.seeds.value.filter(seed => seed.value.text !== '')
  // A loopback or host name stands for whatever the host makes of it.
  return known([...new Set(seeds.map(seedSpelling))].sort().join(','), node.seeds.span)
})
