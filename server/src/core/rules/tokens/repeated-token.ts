/** A token belongs to one node of the whole cluster. */
import type { Node } from '../../model/node.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'tokens/repeated-token',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'one initial_token on two nodes',
  why: 'Tokens are unique in the whole cluster, over all datacenters. The second node that claims one is refused when it bootstraps.',
  remedy: 'Give each node tokens of its own; in a further datacenter shift them by a little.',
  sources: ['Cassandra: BootStrapper (Bootstrapping to existing token … is not allowed)'],
  bad: exampleCluster('2x1', {
    'dc1/db1': { num_tokens: '1', initial_token: '0' },
    'dc2/db2': { num_tokens: '1', initial_token: '0\n#              ^ error[tokens/repeated-token]: db1' },
  }),
  good: exampleCluster('2x1', { 'dc1/db1': { num_tokens: '1', initial_token: '0' }, 'dc2/db2': { num_tokens: '1', initial_token: '1' } }),
  *check(cluster) {
    const owner = new Map<bigint, Node>()
    for (const node of cluster.nodes) {
      if (node.tokens.kind !== 'known') continue
      let clashes = 0
      let other: Node | undefined
      let example = 0n
      for (const token of node.tokens.value) {
        const before = owner.get(token)
        if (!before) owner.set(token, node)
        else if (before !== node && before.yaml !== node.yaml) {
          if (clashes === 0) [other, example] = [before, token]
          clashes++
        }
      }
      if (!other) continue
      yield {
        at: node.tokens.span ?? node.span,
        message: `${node.name} and ${other.name} both claim token ${example}${clashes > 1 ? ` and ${clashes - 1} more` : ''}: the second that starts is refused. Tokens are unique over all datacenters.`,
        see: other.tokens.kind === 'known' && other.tokens.span ? [{ at: other.tokens.span, message: `the tokens of ${other.name}` }] : [],
        about: [nodeKey(node), nodeKey(other), 'setting:initial_token'],
      }
    }
  },
})
