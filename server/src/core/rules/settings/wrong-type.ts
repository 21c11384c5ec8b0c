/** A value that is not of the setting's type. */
import { enumOf } from '../../catalog/settings-catalogue.ts'
import { loadRefusalsOf, startRefusalsOf } from '../../model/settings/judge-settings.ts'
import type { LoadRefusal } from '../../model/settings/loaded-value.ts'
import { editDistance } from '../../text/nearest-name.ts'
import { replace } from '../line-edits.ts'
import { type Fix, rule } from '../rule.ts'
import { quoted, settingKey, wantedType } from './setting-words.ts'

export default rule({
  id: 'settings/wrong-type',
  scope: 'node',
  effects: ['refuses', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'value that is not of the type of its setting',
  why: 'Cassandra reads every value into a typed field: a word where a number must be, an unknown word of a fixed list or a class that it does not have keeps the node down.',
  remedy: 'Write a value of the type that the message names.',
  sources: ['Cassandra: Config, SnakeYAML constructors, FBUtilities', 'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: GossipingPropertyFilesnitch
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[settings/wrong-type]: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: Periodic
#               ^^^^^^^^ 💡 error[settings/wrong-type]: periodic
commitlog_sync_period: 10s
auto_snapshot: 1
#              ^ error[settings/wrong-type]: true or false
data_file_directories: /var/lib/cassandra/data
#                      ^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[settings/wrong-type]: a list
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { line } = node.release
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind === 'never-converted') {
        yield {
          at: refusal.at,
          message: `Cassandra ${line} fails on \`${refusal.path}\` whatever its value: it cannot convert the old name. Use the new guardrail instead.${refusal.suffix}`,
          about: [settingKey(refusal.path)],
        }
        continue
      }
      if (refusal.kind !== 'wrong-type' && refusal.kind !== 'wrong-word') continue
      const wanted = wantedType(line, refusal.type, refusal.of)
      const found =
        refusal.text !== undefined
          ? `found ${quoted(refusal.path, refusal.text)}`
          : refusal.node?.kind === 'sequence'
            ? 'found a list'
            : refusal.node?.kind === 'mapping'
              ? 'found a block'
              : 'found nothing that it can read'
      yield {
        at: refusal.at,
        message: `\`${refusal.path}\` must be ${wanted}, ${found}; Cassandra refuses to start.${refusal.suffix}`,
        about: [settingKey(refusal.path)],
        fixes: () => fixesOf(refusal),
      }
    }
    for (const refusal of startRefusalsOf(node)) {
      if (refusal.kind !== 'unknown-class' && refusal.kind !== 'bad-value') continue
      const name = refusal.settings[0]!
      const found = refusal.found === undefined ? '' : `, found ${quoted(name, refusal.found)}`
      const wanted = refusal.wanted === undefined ? '' : `: ${refusal.wanted}`
      const what = refusal.kind === 'unknown-class' ? 'must name a class that the release has' : 'has a value that it cannot have'
      const near = refusal.nearest ?? nearestOf(refusal.found ?? '', refusal.wanted?.split(', ') ?? [])
      yield {
        at: refusal.at,
        effect: refusal.later ? 'never-works' : 'refuses',
        message: `\`${name}\` ${what}${wanted}${found}; ${refusal.later ? 'the node does not come up' : 'Cassandra refuses to start'}.${refusal.suffix}`,
        about: [settingKey(name)],
        fixes: () =>
          near && refusal.at.file.text.slice(refusal.at.start, refusal.at.end) === refusal.found
            ? [{ title: `Write ${near}`, safe: false, edits: [replace(refusal.at, near)] }]
            : [],
      }
    }
    function fixesOf(refusal: LoadRefusal): readonly Fix[] {
      const { text, type } = refusal
      if (text === undefined || type === undefined) return type === 'String' && refusal.node?.kind === 'sequence' ? joined(refusal) : []
      if (type === 'String[]' || type === 'List' || type === 'Set')
        return [
          {
            title: 'Write it as a list',
            safe: false,
            edits: [replace(refusal.at, `[${refusal.at.file.text.slice(refusal.at.start, refusal.at.end)}]`)],
          },
        ]
      const words = enumOf(line, type) ?? []
      const same = words.find(word => word.toLowerCase() === text.toLowerCase())
      if (same) return [{ title: `Write ${same}`, safe: true, edits: [replace(refusal.at, same)] }]
      const near = nearestOf(text, words)
      return near ? [{ title: `Write ${near}`, safe: false, edits: [replace(refusal.at, near)] }] : []
    }
  },
})

/** A list of texts where one text is wanted: joined by commas, as seeds are. */
function joined(refusal: LoadRefusal): readonly Fix[] {
  if (refusal.node?.kind !== 'sequence') return []
  const texts = refusal.node.items.flatMap(item => (item?.kind === 'scalar' && !item.placeholder ? [item.text] : []))
  if (texts.length !== refusal.node.items.length || texts.length === 0 || !refusal.node.flow) return []
  return [{ title: 'Write it as one text', safe: true, edits: [replace(refusal.at, JSON.stringify(texts.join(',')))] }]
}

function nearestOf(text: string, words: readonly string[]): string | undefined {
  if (text.length > 100) return undefined
  const simple = text.slice(text.lastIndexOf('.') + 1).toLowerCase()
  return words.find(word => editDistance(simple, word.slice(word.lastIndexOf('.') + 1).toLowerCase()) <= 2)
}
