/** A key without a value where a value must be. */
import { findPath } from '../../catalog/settings-catalogue.ts'
import { defaultSetting } from '../../model/settings/effective.ts'
import { loadRefusalsOf } from '../../model/settings/judge-settings.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { entryAt } from './entry-words.ts'
import { quoted, settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/null-value',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'key without a value',
  why: 'An empty value sets the setting to nothing. Where the release has a default, Cassandra takes that for a mistake and does not start.',
  remedy: 'Take the line out, so that the default counts, or write a value.',
  sources: ['Cassandra: YamlConfigurationLoader.PropertiesChecker', 'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
native_transport_port:
#^^^^^^^^^^^^^^^^^^^^ 💡 error[settings/null-value]: no value
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind !== 'null-value') continue
      const known = findPath(node.release.line, refusal.path) ? defaultSetting(node.release.line, refusal.path) : undefined
      const text =
        known?.kind === 'known' && typeof known.value !== 'object' ? ` (its default is ${quoted(refusal.path, String(known.value))})` : ''
      yield {
        at: refusal.keySpan,
        message: `\`${refusal.path}:\` has no value; Cassandra refuses to start. Remove the line or write a value${text}.${refusal.suffix}`,
        about: [settingKey(refusal.path)],
        fixes: () => {
          const entry = entryAt(node.yaml?.root, refusal.path)?.entry
          return entry ? [{ title: `Remove ${refusal.path}`, safe: true, edits: [deleteLines(entry.span)] }] : []
        },
      }
    }
  },
})
