/** A setting that the release marks for removal. */
import { findProperty, topClass } from '../../catalog/settings-catalogue.ts'
import { judgementOf } from '../../model/settings/judge-settings.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/deprecated-key',
  scope: 'node',
  effects: ['tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'setting that is marked for removal',
  why: 'The release marks the setting as deprecated: it does nothing any more, or a later release will refuse it.',
  remedy: 'Take the line out.',
  sources: ['Cassandra: Deprecated annotations of Config'],
  bad: `#- cassandra: 5.0
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
otc_coalescing_strategy: DISABLED
#^^^^^^^^^^^^^^^^^^^^^^ 💡 hint[settings/deprecated-key]: removal
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { yaml, release } = node
    if (!yaml?.root || !judgementOf(node)) return
    for (const entry of yaml.root.entries) {
      if (entry.key.placeholder) continue
      const marked = (line: typeof release.line) => {
        const found = findProperty(line, topClass, entry.key.text)
        return found !== undefined && found.renamed === undefined && found.property.deprecated !== undefined
      }
      if (!marked(release.line) || !release.candidates.every(marked)) continue
      yield {
        at: entry.key.span,
        message: `\`${entry.key.text}\` is marked for removal: Cassandra ${release.line} ignores it or a later release will refuse it.`,
        about: [settingKey(entry.key.text)],
        fixes: () => [{ title: `Remove ${entry.key.text}`, safe: false, edits: [deleteLines(entry.span)] }],
      }
    }
  },
})
