/** Defaults that change with an upgrade, where the file leaves them to the release. */

import type { ReleaseLine } from '../../catalog/release.ts'
import { nameInLine, namesOf } from '../../catalog/settings-catalogue.ts'
import { defaultSetting, type SettingValue } from '../../model/settings/effective.ts'
import { judgementOf } from '../../model/settings/judge-settings.ts'
import { appendLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { settingKey } from '../settings/setting-words.ts'
import { sayMillis } from '../words.ts'

/** Settings whose default an operator would notice. */
const watched = [
  'internode_timeout',
  'compaction_throughput',
  'materialized_views_enabled',
  'start_native_transport',
  'disk_access_mode',
  'trickle_fsync',
  'hints_flush_period',
  'concurrent_materialized_view_builders',
  'repair_session_space',
  'streaming_keep_alive_period',
]

export default rule({
  id: 'migration/changed-default',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'default that the planned release changes',
  why: 'What the file does not say is decided by the release. After the upgrade the node behaves differently, and nothing in the file has changed.',
  remedy: 'Decide: write the old value into the file, or expect the new one.',
  sources: ['Cassandra: Config of each release', 'Apache Cassandra NEWS'],
  bad: `#- foretell.yaml
cassandra: "3.11"
upgradeTo: "4.0"
#- cassandra.yaml
cluster_name: prod
#^^^^^^^^^^^ 💡 info[migration/changed-default]: compaction_throughput_mb_per_sec
#^^^^^^^^^^^ 💡 info[migration/changed-default]: enable_materialized_views
#^^^^^^^^^^^ 💡 info[migration/changed-default]: start_native_transport
#^^^^^^^^^^^ 💡 info[migration/changed-default]: cross_node_timeout
listen_address: 10.0.0.1
endpoint_snitch: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
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
      const judgement = judgementOf(node)
      const first = node.yaml?.root?.entries.find(entry => entry.key.text === 'cluster_name') ?? node.yaml?.root?.entries[0]
      const { line } = node.release
      if (!judgement || !first || line === target || node.yaml?.keysMayBeElsewhere) continue
      for (const setting of watched) {
        if (namesOf(setting).some(name => node.yaml?.root?.entries.some(entry => entry.key.text === name))) continue
        const now = defaultSetting(line, setting)
        const then = defaultSetting(target, setting)
        if (now.kind !== 'known' || then.kind !== 'known' || JSON.stringify(now.value) === JSON.stringify(then.value)) continue
        const own = nameInLine(line, setting) ?? setting
        const written = writtenIn(line, own, now.value)
        yield {
          at: first.key.span,
          message: `\`${own}\` is not set: its default changes from ${say(setting, now.value)} to ${say(setting, then.value)} in ${target}.`,
          about: [settingKey(own)],
          fixes: () =>
            written === undefined
              ? []
              : [{ title: `Keep ${say(setting, now.value)}`, safe: false, edits: [appendLines(first.key.span, `${own}: ${written}`)] }],
        }
      }
    }
  },
})

function say(setting: string, value: SettingValue): string {
  if (typeof value !== 'number') return String(value)
  if (setting === 'compaction_throughput') return `${value / 1048576} MiB/s`
  return /_(?:period|timeout)$/.test(setting) ? sayMillis(value) : String(value)
}

/** The value as this line writes it; undefined where its unit is not plain. */
function writtenIn(line: ReleaseLine, own: string, value: SettingValue): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'string') return String(value)
  if (typeof value !== 'number') return undefined
  if (/_mb_per_sec$/.test(own)) return String(value / 1048576)
  if (own === 'compaction_throughput') return `${value / 1048576}MiB/s`
  return line === '3.11' || line === '4.0' ? String(value) : undefined
}
