/** The more tokens a node has, the more nodes share ranges with it. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'tokens/many-tokens',
  scope: 'cluster',
  effects: ['costs'],
  certainty: 'advice',
  releases: ['4.0', '4.1', '5.0', '6.0'],
  title: 'many tokens on each node',
  why: 'Each token makes a node share ranges with its neighbours on the ring. With 256 of them it shares with every other node, so that any two lost nodes lose a quorum of something; repairs and streams are cut into many pieces too.',
  remedy:
    'Use 16 with allocation, or 4, in a new datacenter. A datacenter that holds data keeps its number: add one beside it and move over.',
  sources: ['Lynch and Snyder: Cassandra Availability with Virtual Nodes', 'NEWS 4.0: num_tokens is now 16 by default'],
  bad: exampleCluster(
    '1x3',
    {
      'dc1/db1': { num_tokens: '256\n#           ^^^ info[tokens/many-tokens]: 256' },
      'dc1/db2': { num_tokens: '256' },
      'dc1/db3': { num_tokens: '256' },
    },
    '#- foretell.yaml\ncassandra: "4.1"\n',
  ),
  good: '#- cluster: 1x3',
  *check(cluster) {
    if (cluster.nodes.length < 2) return
    const many = cluster.nodes.filter(node => (knownValue(node.tokenCount) ?? 0) > 32)
    const [first, ...rest] = placesOf(many, node => placeOf(node.tokenCount))
    if (!first) return
    const tokens = knownValue(first.nodes[0]!.tokenCount)!
    const neighbours = Math.min(cluster.nodes.length - 1, 4 * tokens)
    yield {
      at: first.at,
      message:
        `With ${tokens} tokens each node shares ranges with ${neighbours === cluster.nodes.length - 1 ? 'all' : ''} ${neighbours} others: losing any two can lose a quorum somewhere. Only a new datacenter can change it.`.replace(
          '  ',
          ' ',
        ),
      see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
      about: [...many.map(nodeKey), 'setting:num_tokens'],
    }
  },
})
