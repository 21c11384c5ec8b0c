/** One cluster, one snitch. */
import { opinions } from '../../model/agreement.ts'
import { unknown } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/differs',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'nodes of one cluster with different snitches',
  why: 'The snitch decides where each node believes every replica to be. Nodes with different snitches may disagree about datacenters and racks, and then about who holds which data.',
  remedy: 'Use one snitch on all nodes, usually GossipingPropertyFileSnitch.',
  sources: ['Apache Cassandra documentation: Snitch ("all nodes in the cluster must use the same snitch configuration")'],
  bad: exampleCluster('1x3', {
    'dc1/db3': {
      endpoint_snitch: 'RackInferringSnitch\n#                ^^^^^^^^^^^^^^^^^^^ warning[snitch/differs]: GossipingPropertyFileSnitch',
    },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const [most, ...others] = opinions(cluster.nodes, node =>
      node.addressesRewritten ? unknown('a container sets the snitch') : node.snitch,
    )
    if (!most) return
    const pattern = most.holders[0]!
    for (const other of others)
      for (const { node, span } of other.holders)
        yield {
          at: span ?? node.span,
          message: `${node.name} uses ${other.value}, ${list(most.holders.map(holder => holder.node.name))} ${most.value}: they may disagree where replicas live. Use one snitch on all nodes.`,
          see: pattern.span ? [{ at: pattern.span, message: `${most.value} here` }] : [],
          about: [nodeKey(node), `cluster:${cluster.name}`, 'setting:endpoint_snitch'],
        }
  },
})
