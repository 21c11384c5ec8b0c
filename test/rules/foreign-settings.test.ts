/** Of files of other products only what holds for them too is said: their settings are not judged, as the finding about them promises. */
import { test } from 'vitest'
import { check } from '../check.ts'

test('settings of Cassandra 1.1 are not judged', () => {
  check(`
#- cassandra.yaml
cluster_name: prod
hinted_handoff_enabled: false
authority: org.apache.cassandra.auth.AllowAllAuthority
#^^^^^^^^ info[migration/unsupported-distribution]: Cassandra 2 or older
flush_largest_memtables_at: 0.75
rpc_timeout_in_ms: 10000
num_tokens: 256
`)
})

test('they are when the release is stated', () => {
  check(`
#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
hinted_handoff_enabled: false
#                       ^^^^^ warning[hints/switched-off]
disk_failure_policy: stop
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
authority: org.apache.cassandra.auth.AllowAllAuthority
#^^^^^^^^ error[settings/unknown-key]
flush_largest_memtables_at: 0.75
#^^^^^^^^^^^^^^^^^^^^^^^^^ error[settings/unknown-key]
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 127.0.0.1
`)
})
