/** Few tokens drawn at random share the data unevenly. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import { textSetting } from '../../model/identity-settings.ts'
import type { Node } from '../../model/node.ts'
import { knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { count, list, nodeKey } from '../words.ts'

export default rule({
  id: 'tokens/random-tokens',
  scope: 'cluster',
  effects: ['breaks-later', 'costs'],
  certainty: 'proven',
  releases: 'all',
  title: 'few tokens without allocation',
  why: 'Without initial_token and without allocation a node draws its tokens at random. With 256 draws the shares even out, with one or sixteen they do not: some node gets several times the data of another.',
  remedy:
    'Set allocate_tokens_for_local_replication_factor (4.0) or allocate_tokens_for_keyspace before nodes join, or give each node its initial_token.',
  sources: ['Cassandra: BootStrapper.getBootstrapTokens', 'cassandra.yaml: num_tokens, allocate_tokens_for_local_replication_factor'],
  bad: exampleCluster('1x3', {
    'dc1/db1': {
      num_tokens: '1\n#           ^ warning[tokens/random-tokens]: 1 token',
      allocate_tokens_for_local_replication_factor: undefined,
    },
    'dc1/db2': { num_tokens: '1' },
    'dc1/db3': { num_tokens: '1' },
  }),
  good: exampleCluster('1x3', {
    'dc1/db1': { allocate_tokens_for_local_replication_factor: '3' },
    'dc1/db2': { allocate_tokens_for_local_replication_factor: '3' },
    'dc1/db3': { allocate_tokens_for_local_replication_factor: '3' },
  }),
  *check(cluster) {
    if (cluster.nodes.length < 2) return
    const drawing = cluster.nodes.filter(drawsAtRandom)
    const single = drawing.filter(node => knownValue(node.tokenCount) === 1)
    const several = drawing.filter(node => {
      const tokens = knownValue(node.tokenCount) ?? 0
      return tokens >= 2 && tokens <= 32
    })
    for (const [nodes, effect] of [
      [single, 'breaks-later'],
      [several, 'costs'],
    ] as const) {
      const [first, ...rest] = placesOf(nodes, node => placeOf(node.tokenCount))
      if (!first) continue
      const tokens = knownValue(first.nodes[0]!.tokenCount)!
      yield {
        at: first.at,
        effect,
        ...(effect === 'costs' ? { certainty: 'advice' as const } : {}),
        message: `${list(nodes.map(node => node.name))} ${nodes.length === 1 ? 'draws' : 'draw'} tokens at random: with ${count(tokens, 'token')} each the shares are ${effect === 'costs' ? 'uneven' : 'very uneven'}. Before nodes join, set an allocate_tokens_… option or initial_token.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
        about: [...nodes.map(nodeKey), 'setting:num_tokens'],
      }
    }
  },
})

const drawsAtRandom: (node: Node) => boolean = memo(
  node =>
    node.yaml !== undefined &&
    // The ring was asked: what the draw gave is judged by the shares.
    node.tokens.kind !== 'known' &&
    ['initial_token', 'allocate_tokens_for_keyspace', 'allocate_tokens_for_local_replication_factor'].every(
      key => textSetting(node.yaml, key).kind === 'absent',
    ),
)
