/** The compaction limit is shared by all compactors. */
import { sayBytes } from '../../model/jvm-facts.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const enough = 8 * 2 ** 20

export default rule({
  id: 'compaction/throttle-per-compactor',
  scope: 'node',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'many compactors under a small limit',
  why: 'compaction_throughput is the sum over all compactors. Many of them with a few MiB/s each fall behind the writes: reads touch more and more files.',
  remedy: 'Raise the limit, or run fewer compactors.',
  sources: ['cassandra.yaml: compaction_throughput', 'Cassandra: CompactionManager'],
  bad: exampleCluster('1x1', {
    'dc1/db1': {
      concurrent_compactors: '16\n#                      ^^ info[compaction/throttle-per-compactor]: 2 MiB',
      compaction_throughput: '32MiB/s',
    },
  }),
  good: exampleCluster('1x1', { 'dc1/db1': { concurrent_compactors: '4', compaction_throughput: '64MiB/s' } }),
  *check(node) {
    const compactors = numberInEachRelease(node, 'concurrent_compactors')
    const limit = numberInEachRelease(node, 'compaction_throughput')
    const number = knownValue(compactors)
    const rate = knownValue(limit)
    if (!number || !rate || rate <= 0 || rate / number >= enough || compactors.kind !== 'known') return
    yield {
      at: compactors.span ?? node.span,
      message: `${sayBytes(rate)}/s over ${number} compactors is ${sayBytes(rate / number)}/s each: compaction falls behind the writes. Raise the limit or run fewer.`,
      see: limit.kind === 'known' && limit.span ? [{ at: limit.span, message: 'the limit' }] : [],
      about: [nodeKey(node), 'setting:compaction_throughput'],
    }
  },
})
