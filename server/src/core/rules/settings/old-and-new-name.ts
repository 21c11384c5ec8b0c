/** Both names of one setting. */
import { findProperty, topClass } from '../../catalog/settings-catalogue.ts'
import { judgementOf, loadRefusalsOf } from '../../model/settings/judge-settings.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { entryAt } from './entry-words.ts'
import { settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/old-and-new-name',
  scope: 'node',
  effects: ['refuses', 'breaks-later'],
  certainty: 'proven',
  releases: ['4.0', '4.1', '5.0', '6.0'],
  title: 'old and new name of one setting together',
  why: 'From 4.1 Cassandra does not start when one setting stands under both names: it would not know which value counts. In 4.0 the later line wins.',
  remedy: 'Keep the new name only.',
  sources: ['Cassandra: YamlConfigurationLoader.verifyReplacements'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
read_request_timeout_in_ms: 5000
#^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[settings/old-and-new-name]: one setting
read_request_timeout: 5s
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind !== 'old-and-new-name' || !refusal.other) continue
      const { name, span } = refusal.other
      yield {
        at: refusal.at,
        effect: 'refuses',
        message: `\`${refusal.path}\` and \`${name}\` are one setting; Cassandra refuses to start with both. Keep \`${name}\`.${refusal.suffix}`,
        see: [{ at: span, message: `the new name: ${name}` }],
        about: [settingKey(refusal.path), settingKey(name)],
        fixes: () => {
          const entry = entryAt(node.yaml?.root, refusal.path)?.entry
          return entry ? [{ title: `Keep ${name}`, safe: false, edits: [deleteLines(entry.span)] }] : []
        },
      }
    }
    if (node.release.line !== '4.0' || !node.release.candidates.every(line => line === '4.0') || !judgementOf(node)) return
    for (const entry of node.yaml?.root?.entries ?? []) {
      const found = findProperty('4.0', topClass, entry.key.text)
      const other = found?.renamed ? node.yaml?.root?.entries.find(one => one.key.text === found.name) : undefined
      if (!found || !other) continue
      yield {
        at: entry.key.span,
        effect: 'breaks-later',
        message: `\`${entry.key.text}\` and \`${found.name}\` are one setting: the later line counts, and Cassandra 4.1 refuses both together.`,
        see: [{ at: other.key.span, message: `the new name: ${found.name}` }],
        about: [settingKey(entry.key.text), settingKey(found.name)],
        fixes: () => [{ title: `Keep ${found.name}`, safe: false, edits: [deleteLines(entry.span)] }],
      }
    }
  },
})
