/** A release that is judged by the next line's facts: said once, so that nobody takes the verdicts for its own. */
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const settings = `#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
disk_failure_policy: stop
listen_address: 10.0.0.1
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`

export default rule({
  id: 'migration/judged-as-later-release',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'proven',
  releases: ['3.11'],
  title: 'release that is judged as the next one',
  why: 'The facts behind the rules were taken from 3.11 and later. 3.0 reads nearly the same configuration, but not all of it: a key that came with 3.11 is refused there.',
  remedy: 'Read verdicts about single settings with that in mind, or move on to 3.11, which takes the data of 3.0.',
  sources: ['Cassandra: Config of 3.0 and 3.11', 'Apache Cassandra: NEWS.txt, 3.11'],
  bad: `#- cassandra: 3.0\n${settings}`,
  good: `#- cassandra: 3.11\n${settings}`,
  *check(cluster) {
    const node = cluster.nodes.find(({ release }) => release.judgedAs30)
    if (!node) return
    yield {
      at: node.span,
      message: 'Cassandra 3.0 is judged as 3.11 here: settings that came with 3.11 pass, though 3.0 refuses them.',
      about: [nodeKey(node)],
    }
  },
})
