/** The overall limit comes first. */
import { sayBytes } from '../../model/jvm-facts.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'streaming/inter-dc-limit-without-effect',
  scope: 'node',
  effects: ['tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'limit for streams between datacenters above the overall limit',
  why: 'Streams to another datacenter pass both limits, the overall one first. A larger limit between datacenters never acts.',
  remedy: 'Set the limit between datacenters below the overall one, or leave it out.',
  sources: ['Cassandra: StreamManager.StreamRateLimiter'],
  bad: exampleCluster('1x1', {
    'dc1/db1': {
      stream_throughput_outbound: '24MiB/s',
      inter_dc_stream_throughput_outbound:
        '48MiB/s\n#                                    ^^^^^^^ hint[streaming/inter-dc-limit-without-effect]',
    },
  }),
  good: exampleCluster('1x1', { 'dc1/db1': { stream_throughput_outbound: '48MiB/s', inter_dc_stream_throughput_outbound: '24MiB/s' } }),
  *check(node) {
    const overall = numberInEachRelease(node, 'stream_throughput_outbound')
    const between = numberInEachRelease(node, 'inter_dc_stream_throughput_outbound')
    if (overall.kind !== 'known' || between.kind !== 'known' || !overall.span || !between.span) return
    if (overall.value <= 0 || between.value < overall.value) return
    yield {
      at: between.span,
      message: `The overall limit of ${sayBytes(overall.value)}/s applies first: this one never acts.`,
      see: [{ at: overall.span, message: 'the overall limit' }],
      about: [nodeKey(node)],
    }
  },
})
