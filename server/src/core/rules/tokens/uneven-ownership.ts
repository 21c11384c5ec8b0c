/** Tokens that are all written down, and share the ring unevenly. */

import { isComplete } from '../../model/cluster.ts'
import type { Node } from '../../model/node.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, nodeKey, trimNumber } from '../words.ts'

export default rule({
  id: 'tokens/uneven-ownership',
  scope: 'datacenter',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'tokens that give one node much more than its share',
  why: 'A node owns the range up to each of its tokens. With uneven distances one node holds and serves more than the others and is the first to fill.',
  remedy:
    'Space the tokens evenly over the ring before the nodes join: foretell tokens plans them. Nodes that have joined move with nodetool move (one token only).',
  sources: ['Apache Cassandra documentation: Dynamo, consistent hashing', 'Cassandra: Murmur3Partitioner.describeOwnership'],
  bad: exampleCluster('1x2', {
    'dc1/db1': { num_tokens: '1', initial_token: '0\n#              ^ warning[tokens/uneven-ownership]: 100 %' },
    'dc1/db2': { num_tokens: '1', initial_token: '1' },
  }),
  good: exampleCluster('1x2', {
    'dc1/db1': { num_tokens: '1', initial_token: '0' },
    'dc1/db2': { num_tokens: '1', initial_token: '-9223372036854775808' },
  }),
  *check(datacenter) {
    const { nodes } = datacenter
    if (nodes.length < 2 || !isComplete(datacenter.cluster)) return
    const ring: { readonly token: bigint; readonly node: Node }[] = []
    for (const node of nodes) {
      const tokens = knownValue(node.tokens)
      if (!tokens || knownValue(node.partitioner) !== 'Murmur3Partitioner' || node.yamlIsShared) return
      for (const token of tokens) ring.push({ token, node })
    }
    ring.sort((a, b) => (a.token < b.token ? -1 : a.token > b.token ? 1 : 0))
    const whole = 1n << 64n
    const owned = new Map<Node, bigint>(nodes.map(node => [node, 0n]))
    ring.forEach(({ token, node }, index) => {
      const before = ring[(index + ring.length - 1) % ring.length]!.token
      const width = ring.length === 1 ? whole : (((token - before) % whole) + whole) % whole
      owned.set(node, owned.get(node)! + width)
    })
    let largest = nodes[0]!
    for (const node of nodes) if (owned.get(node)! > owned.get(largest)!) largest = node
    const share = Number((owned.get(largest)! * 1_000_000n) / whole) / 10_000
    const mean = 100 / nodes.length
    if (share <= mean * 1.2) return
    yield {
      at: (largest.tokens.kind === 'known' && largest.tokens.span) || largest.span,
      message: `${largest.name} owns ${trimNumber(share)} % of ${datacenter.name}, the mean is ${trimNumber(mean)} %. Space the tokens evenly, if the nodes are new.`,
      about: [nodeKey(largest), datacenterKey(datacenter.name), 'setting:initial_token'],
    }
  },
})
