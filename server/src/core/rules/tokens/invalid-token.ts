/** A token that the partitioner cannot have. */
import { startRefusalsOf } from '../../model/settings/judge-settings.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'tokens/invalid-token',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'initial token that its partitioner does not have',
  why: 'A token of Murmur3Partitioner is a whole number of 64 bits; one of RandomPartitioner lies between 0 and 2 to the power of 127. With anything else Cassandra does not start.',
  remedy: 'Write a token of the partitioner, or take initial_token out and let the node choose.',
  sources: ['Cassandra: Murmur3Partitioner, RandomPartitioner (TokenFactory.validate)'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
num_tokens: 2
initial_token: 0, 9223372036854775808
#              ^^^^^^^^^^^^^^^^^^^^^^ error[tokens/invalid-token]: 9223372036854775808
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    for (const refusal of startRefusalsOf(node)) {
      if (refusal.kind !== 'bad-token') continue
      yield {
        at: refusal.at,
        message: `\`${refusal.found}\` is no token of ${refusal.wanted}; Cassandra refuses to start.${refusal.suffix}`,
        about: ['setting:initial_token'],
      }
    }
  },
})
