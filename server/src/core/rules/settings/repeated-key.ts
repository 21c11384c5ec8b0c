/** One key twice in one block: the last counts, silently. */
import { jvmFacts } from '../../model/jvm-facts.ts'
import { judgementOf } from '../../model/settings/judge-settings.ts'
import type { YamlEntry } from '../../syntax/yaml-tree.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { allMappings } from './entry-words.ts'
import { quoted, settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/repeated-key',
  scope: 'node',
  effects: ['breaks-later', 'refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'key that is set twice in one block',
  why: 'Cassandra takes the last value and says nothing. Who edits the first one changes nothing.',
  remedy: 'Delete the line that does not count.',
  sources: ['SnakeYAML: SafeConstructor.processDuplicateKeys', 'Cassandra: YamlConfigurationLoader (allow_duplicate_config_keys)'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
concurrent_reads: 32
#^^^^^^^^^^^^^^^ 💡 warning[settings/repeated-key]: 64
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
concurrent_reads: 64
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { yaml } = node
    if (!yaml?.root || yaml.template || !judgementOf(node)) return
    const refused =
      jvmFacts(node).properties.get('cassandra.allow_duplicate_config_keys')?.value === 'false' &&
      node.release.candidates.every(line => line !== '3.11' && line !== '4.0')
    for (const mapping of allMappings(yaml.root)) {
      const last = new Map<string, YamlEntry>()
      for (const entry of mapping.entries) last.set(entry.key.text, entry)
      for (const entry of mapping.entries) {
        const counting = last.get(entry.key.text)!
        if (counting === entry || entry.key.placeholder || entry.key.span.start === counting.key.span.start) continue
        const key = entry.key.text
        const value = counting.value?.kind === 'scalar' && !counting.value.placeholder ? `, ${quoted(key, counting.value.text)},` : ''
        yield {
          at: entry.key.span,
          effect: refused ? 'refuses' : 'breaks-later',
          message: refused
            ? `\`${key}\` is set twice, and with -Dcassandra.allow_duplicate_config_keys=false Cassandra refuses to start.`
            : `\`${key}\` is set twice; the last one${value} counts. Delete this one.`,
          see: [{ at: counting.key.span, message: 'this one counts' }],
          about: [settingKey(key)],
          fixes: () => [{ title: 'Delete the line that does not count', safe: false, edits: [deleteLines(entry.span)] }],
        }
      }
    }
  },
})
