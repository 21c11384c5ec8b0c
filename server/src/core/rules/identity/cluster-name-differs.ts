/** Nodes that are to gossip must carry one cluster name. */
import { opinions } from '../../model/agreement.ts'
import { textAt } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'identity/cluster-name-differs',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'nodes of one cluster with different cluster names',
  why: 'A gossip message that names another cluster is dropped unread, so a node with a different cluster_name never sees the others. Names are compared letter by letter.',
  remedy:
    'Give a new node the name of the others. A node that already holds data refuses to start under another name: find out first which cluster it belongs to.',
  sources: ['Cassandra: GossipDigestSynVerbHandler (ClusterName mismatch)', 'Cassandra: SystemKeyspace (Saved cluster name)'],
  bad: exampleCluster('1x3', { 'dc1/db3': { cluster_name: 'Prod\n#             ^^^^ error[identity/cluster-name-differs]: prod' } }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const [most, ...others] = opinions(cluster.nodes, node => node.clusterName)
    if (!most) return
    const pattern = most.holders[0]!
    for (const other of others)
      for (const { node, span } of other.holders) {
        const at = span ?? node.span
        yield {
          at,
          message: `${node.name} calls its cluster "${other.value}", ${list(most.holders.map(holder => holder.node.name))} "${most.value}": their gossip is dropped and ${node.name} never joins. Write the same name on all nodes.`,
          see: pattern.span ? [{ at: pattern.span, message: `"${most.value}" here` }] : [],
          about: [nodeKey(node), 'setting:cluster_name'],
          fixes: () =>
            span && pattern.span
              ? [
                  {
                    title: `Write ${textAt(pattern.span)} (only if ${node.name} is new)`,
                    safe: false,
                    edits: [{ at: span, newText: textAt(pattern.span) }],
                  },
                ]
              : [],
        }
      }
  },
})
