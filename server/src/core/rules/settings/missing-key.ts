/** What every cassandra.yaml must say. */
import { startRefusalsOf } from '../../model/settings/judge-settings.ts'
import type { SourceFile } from '../../text/source-file.ts'
import { appendLines } from '../line-edits.ts'
import { type Report, rule } from '../rule.ts'
import { settingKey } from './setting-words.ts'

/** Lines of the shipped files that fill a gap. */
const shipped: { readonly [check: string]: readonly string[] } = {
  commitlog_sync: ['commitlog_sync: periodic'],
  partitioner: ['partitioner: org.apache.cassandra.dht.Murmur3Partitioner'],
  endpoint_snitch: ['endpoint_snitch: GossipingPropertyFileSnitch'],
  locator: ['endpoint_snitch: GossipingPropertyFileSnitch'],
  seed_provider: [
    'seed_provider:',
    '  - class_name: org.apache.cassandra.locator.SimpleSeedProvider',
    '    parameters:',
    '      - seeds: "127.0.0.1"',
  ],
}

/** A file of nothing but comments, or of nothing at all. */
function nothingSet(file: SourceFile): Report {
  const first = /\S[^\n]{0,200}/.exec(file.text.slice(0, 10_000))
  const start = first?.index ?? 0
  return {
    at: { file, start, end: start + (first?.[0].trimEnd().length ?? 0) },
    message:
      'This file sets nothing: Cassandra does not start without `partitioner`, `commitlog_sync`, a snitch and seeds. Fill it, or take it away.',
    about: [`file:${file.path}`],
  }
}

export default rule({
  id: 'settings/missing-key',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'setting that every start needs and the file does not have',
  why: 'These settings have no default: without a partitioner, a commit log mode, a snitch and a seed Cassandra does not start.',
  remedy: 'Add the line that the message names.',
  sources: ['Cassandra: DatabaseDescriptor, SimpleSeedProvider', 'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
#^^^^^^^^^^^ 💡 error[settings/missing-key]: partitioner
endpoint_snitch: SimpleSnitch
commitlog_sync: periodic
commitlog_sync_period: 10s
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    if (node.yaml?.template) return
    if (node.yaml && !node.yaml.root && node.yaml.problems.length === 0) yield nothingSet(node.yaml.file)
    for (const refusal of startRefusalsOf(node)) {
      if (refusal.kind !== 'missing') continue
      const lines = shipped[refusal.check]
      const name = refusal.settings[0]!
      const what =
        refusal.check === 'no-seed'
          ? `No seed of \`${refusal.found}\` can be an address: Cassandra does not start without a seed.`
          : refusal.check === 'locator'
            ? 'Cassandra does not start without `endpoint_snitch`, or `initial_location_provider` and `node_proximity` together.'
            : `Cassandra does not start without \`${name}\`.`
      yield {
        at: refusal.at,
        message: `${what}${refusal.suffix}`,
        about: [settingKey(name)],
        fixes: () =>
          lines && node.yaml?.root && !node.yaml.root.entries.some(entry => entry.key.text === name)
            ? [{ title: `Add ${lines[0]}`, safe: false, edits: [appendLines(refusal.at, ...lines)] }]
            : [],
      }
    }
  },
})
