/** A node's number of tokens is its share of the data. */
import { opinions } from '../../model/agreement.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list, nodeKey, trimNumber } from '../words.ts'

export default rule({
  id: 'tokens/count-differs',
  scope: 'datacenter',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'nodes of one datacenter with different num_tokens',
  why: 'Each token is a share of the data. A node with four times the tokens gets about four times the data and the requests.',
  remedy:
    'Use one number for equal machines before they join. A node that has joined keeps its tokens for life: to change them, decommission it and let it join anew.',
  sources: ['Apache Cassandra documentation: cassandra.yaml, num_tokens', 'Cassandra: BootStrapper.getBootstrapTokens'],
  bad: exampleCluster('1x3', { 'dc1/db3': { num_tokens: '64\n#           ^^ warning[tokens/count-differs]: 4 times' } }),
  good: '#- cluster: 1x3',
  *check(datacenter) {
    if (datacenter.declared?.state !== undefined || datacenter.nodes.some(node => node.declared.state !== undefined)) return
    const [most, ...others] = opinions(datacenter.nodes, node => node.tokenCount)
    if (!most) return
    const pattern = most.holders[0]!
    for (const other of others)
      for (const { node, span } of other.holders) {
        const ratio = other.value / most.value
        yield {
          at: span ?? node.span,
          message: `${node.name} takes ${other.value} tokens, ${list(most.holders.map(holder => holder.node.name))} ${most.value}: ${trimNumber(ratio >= 1 ? ratio : 1 / ratio)} times ${ratio >= 1 ? 'the' : 'less'} data. Use one number; a node that has joined must leave and join anew.`,
          see: pattern.span ? [{ at: pattern.span, message: `${most.value} on ${pattern.node.name}` }] : [],
          about: [nodeKey(node), datacenterKey(datacenter.name), 'setting:num_tokens'],
        }
      }
  },
})
