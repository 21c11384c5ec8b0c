/** What the release that an upgrade is planned to will refuse, seen before the upgrade. */
import { findProperty, topClass } from '../../catalog/settings-catalogue.ts'
import { judgementIn, judgementOf } from '../../model/settings/judge-settings.ts'
import { rule } from '../rule.ts'
import { conflictWords } from '../settings/conflict-words.ts'
import { renameEdits, settingKey } from '../settings/setting-words.ts'

export default rule({
  id: 'migration/refused-after-upgrade',
  scope: 'cluster',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'setting that the planned release refuses',
  why: 'An upgraded node starts with the old file. What the new release refuses keeps the first node of the upgrade down.',
  remedy: 'Change the setting before or with the upgrade; what both releases take can go first.',
  sources: ['Cassandra: Config of each release', 'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2'],
  bad: `#- foretell.yaml
cassandra: "4.0"
upgradeTo: "5.0"
#- cassandra.yaml
cluster_name: prod
listen_address: 10.0.0.1
endpoint_snitch: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
#^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[migration/refused-after-upgrade]: commitlog_sync_period
enable_scripted_user_defined_functions: true
#                                       ^^^^ warning[migration/refused-after-upgrade]: JavaScript
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[migration/refused-after-upgrade]: scripted_user_defined_functions_enabled
enable_user_defined_functions_threads: true
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[migration/refused-after-upgrade]: user_defined_functions_threads_enabled
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(cluster) {
    const target = cluster.declared.upgradeTo?.line
    if (target === undefined) return
    for (const node of [...cluster.nodes, ...cluster.templates]) {
      const now = judgementOf(node)
      const then = judgementIn(node, target)
      if (!now || !then || node.release.line === target) continue
      const known = new Set([...now.loaded.refusals.map(one => one.at.start), ...now.start.map(one => one.at.start)])
      for (const refusal of then.loaded.refusals) {
        if (known.has(refusal.at.start)) continue
        const what =
          {
            'unknown-key': 'it has no such setting',
            'null-value': 'the value is missing',
            'wrong-unit': 'the value wants a unit',
            'old-and-new-name': 'old and new name stand together',
          }[refusal.kind as string] ?? 'the value is not of its type'
        yield {
          at: refusal.at,
          effect: 'breaks-later',
          message: `Cassandra ${target} refuses \`${refusal.path}\`: ${what}.`,
          about: [settingKey(refusal.path)],
        }
      }
      for (const refusal of then.start) {
        if (known.has(refusal.at.start)) continue
        const reason =
          refusal.kind === 'conflict'
            ? conflictWords(refusal)
            : `\`${refusal.settings[0]}\` ${refusal.wanted ? `must be ${refusal.wanted}` : 'is not taken'}.`
        yield {
          at: refusal.at,
          effect: 'breaks-later',
          message: `Cassandra ${target} refuses this: ${reason}`,
          about: refusal.settings.map(settingKey),
        }
      }
      for (const entry of node.yaml?.root?.entries ?? []) {
        const found = findProperty(target, topClass, entry.key.text)
        if (!found?.renamed || found.name === entry.key.text || findProperty(node.release.line, topClass, entry.key.text)?.renamed) continue
        const both = findProperty(node.release.line, topClass, found.name) !== undefined
        yield {
          at: entry.key.span,
          effect: 'tidies',
          message: `In ${target} this is \`${found.name}\`; the old name still works there, with a warning at every start.`,
          about: [settingKey(entry.key.text)],
          fixes: () => {
            const edits = both ? renameEdits(entry, found) : undefined
            return edits ? [{ title: `Write ${found.name}`, safe: false, edits }] : []
          },
        }
      }
    }
  },
})
