/** A file that is plainly for another release than the one that is stated. */
import { releaseLines } from '../../catalog/release.ts'
import { acceptsKey } from '../../catalog/settings-catalogue.ts'
import { judgementOf } from '../../model/settings/judge-settings.ts'
import { rule } from '../rule.ts'
import { settingKey } from '../settings/setting-words.ts'
import { list } from '../words.ts'

export default rule({
  id: 'migration/version-contradicted',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'keys of another release than the stated one',
  why: 'Several keys are refused by the stated release and all taken by one other: the statement is wrong, or the file belongs to another node.',
  remedy: 'State the release that runs, in foretell.yaml or with --cassandra.',
  sources: ['Cassandra: Config of each release'],
  bad: `#- cassandra: 3.11
#- cassandra.yaml
cluster_name: prod
#^^^^^^^^^^^ warning[migration/version-contradicted]: 4.1
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
read_request_timeout: 5s
#^^^^^^^^^^^^^^^^^^^ error[settings/key-from-another-version]: new in 4.1
write_request_timeout: 2s
#^^^^^^^^^^^^^^^^^^^^ error[settings/key-from-another-version]: new in 4.1
range_request_timeout: 10s
#^^^^^^^^^^^^^^^^^^^^ error[settings/key-from-another-version]: new in 4.1
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { release, yaml } = node
    if (!release.stated || !yaml?.root || !judgementOf(node)) return
    const keys = yaml.root.entries.filter(entry => !entry.key.placeholder).map(entry => entry.key.text)
    const refused = keys.filter(key => !acceptsKey(release.line, key))
    if (refused.length < 3) return
    const others = releaseLines.filter(line => line !== release.line && keys.every(key => acceptsKey(line, key)))
    if (others.length === 0) return
    const first = yaml.root.entries.find(entry => entry.key.text === 'cluster_name') ?? yaml.root.entries[0]!
    yield {
      at: first.key.span,
      message: `Cassandra ${release.line} refuses ${refused.length} keys here (${list(refused)}): they are from ${others.join(' or ')}. State the release that runs.`,
      about: [`file:${yaml.file.path}`, ...refused.map(settingKey)],
    }
  },
})
