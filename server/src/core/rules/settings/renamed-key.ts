/** An old name that the release still takes, with a warning at every start. */
import { findProperty, topClass } from '../../catalog/settings-catalogue.ts'
import { judgementOf } from '../../model/settings/judge-settings.ts'
import { rule } from '../rule.ts'
import { renameEdits, settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/renamed-key',
  scope: 'node',
  effects: ['informs'],
  certainty: 'proven',
  releases: ['4.0', '4.1', '5.0', '6.0'],
  title: 'old name of a setting',
  why: 'Cassandra 4.1 renamed most settings that had a unit in their name. The old names still work; each start warns about them, and old and new name together keep a node down.',
  remedy: 'Write the new name, with the unit in the value.',
  sources: ['Cassandra: Replaces annotations of Config, CASSANDRA-15234', 'Apache Cassandra NEWS 4.1'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
#^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 info[settings/renamed-key]: commitlog_sync_period
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
      const old = entry.key.text
      const found = findProperty(release.line, topClass, old)
      if (!found?.renamed || found.renamed.by === old) continue
      if (!release.candidates.every(line => findProperty(line, topClass, old)?.renamed?.by === found.name)) continue
      yield {
        at: entry.key.span,
        message: `\`${old}\` is the old name of \`${found.name}\`; Cassandra warns about it at every start.`,
        about: [settingKey(old), settingKey(found.name)],
        fixes: () => {
          if (yaml.root?.entries.some(other => other.key.text === found.name)) return []
          const edits = renameEdits(entry, found)
          const isSafe = !found.renamed?.converter?.includes('THRESHOLD_TO_GUARDRAIL')
          return edits ? [{ title: `Write ${found.name}`, safe: isSafe, edits }] : []
        },
      }
    }
  },
})
