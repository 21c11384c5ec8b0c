/** Nodes that are to gossip must hash keys the same way. */
import { opinions } from '../../model/agreement.ts'
import { textAt } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'identity/partitioner-differs',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'nodes of one cluster with different partitioners',
  why: 'The partitioner decides which token a key has. Nodes with another partitioner would look for data elsewhere, so Cassandra drops gossip between them.',
  remedy: 'Give a new node the partitioner of the others. On a node with data it cannot be changed.',
  sources: ['Cassandra: GossipDigestSynVerbHandler (Partitioner mismatch)', 'Cassandra: DatabaseDescriptor'],
  bad: exampleCluster('1x3', {
    'dc1/db3': { partitioner: 'RandomPartitioner\n#            ^^^^^^^^^^^^^^^^^ error[identity/partitioner-differs]: Murmur3Partitioner' },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const [most, ...others] = opinions(cluster.nodes, node => node.partitioner)
    if (!most) return
    const pattern = most.holders[0]!
    for (const other of others)
      for (const { node, span } of other.holders)
        yield {
          at: span ?? node.span,
          message: `${node.name} uses ${other.value}, ${list(most.holders.map(holder => holder.node.name))} ${most.value}: gossip between them is dropped and ${node.name} never joins. Use one partitioner everywhere.`,
          see: pattern.span ? [{ at: pattern.span, message: `${most.value} here` }] : [],
          about: [nodeKey(node), 'setting:partitioner'],
          fixes: () =>
            span && pattern.span
              ? [
                  {
                    title: `Write ${most.value} (only if ${node.name} is new)`,
                    safe: false,
                    edits: [{ at: span, newText: textAt(pattern.span) }],
                  },
                ]
              : [],
        }
  },
})
