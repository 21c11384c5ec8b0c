/** A key that some other release has: refused by this one. */
import { atLeast, type ReleaseLine, releaseLines } from '../../catalog/release.ts'
import { acceptsKey, classShape, findProperty, linesAccepting, namesOf, topClass } from '../../catalog/settings-catalogue.ts'
import { firstPatchOf } from '../../catalog/settings-since-patch.ts'
import { judgementOf, loadRefusalsOf } from '../../model/settings/judge-settings.ts'
import type { LoadRefusal } from '../../model/settings/loaded-value.ts'
import { deleteLines, replace } from '../line-edits.ts'
import { type Fix, rule } from '../rule.ts'
import { entryAt } from './entry-words.ts'
import { settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/key-from-another-version',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'key of another release of Cassandra',
  why: 'Cassandra does not start with a key that it does not know, also when an older release had it or a newer one will.',
  remedy: "Take the line out, or use the release's own key for the same thing.",
  sources: [
    'Cassandra: Config of each release, YamlConfigurationLoader',
    'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2',
  ],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
start_rpc: true
#^^^^^^^^ 💡 error[settings/key-from-another-version]: removed in 4.0
storage_compatibility_mode: NONE
#^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[settings/key-from-another-version]: new in 5.0
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { line } = node.release
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind !== 'unknown-key') continue
      const key = refusal.owner === topClass ? refusal.path : refusal.path.slice(refusal.path.lastIndexOf('.') + 1)
      const lines = linesWith(refusal, key)
      if (lines.length === 0) continue
      const successor = refusal.owner === topClass ? namesOf(key).find(name => name !== key && acceptsKey(line, name)) : undefined
      yield {
        at: refusal.at,
        message: `Cassandra ${line} refuses \`${refusal.path}\`: ${historyOf(lines, line)}. ${successor ? `Here it is \`${successor}\`.` : 'Remove the line.'}${refusal.suffix}`,
        about: [settingKey(refusal.path), `file:${refusal.at.file.path}`],
        fixes: () => fixesOf(refusal, successor),
      }
    }
    const { patch } = node.release
    if (node.release.stated && patch !== undefined && judgementOf(node))
      for (const entry of node.yaml?.root?.entries ?? []) {
        const first = firstPatchOf(line, entry.key.text)
        if (first === undefined || patch >= first || entry.key.placeholder || !acceptsKey(line, entry.key.text)) continue
        yield {
          at: entry.key.span,
          message: `Cassandra ${line}.${patch} refuses \`${entry.key.text}\`: it is new in ${line}.${first}. Remove the line, or upgrade first.`,
          about: [settingKey(entry.key.text)],
          fixes: () => [{ title: `Remove ${entry.key.text}`, safe: false, edits: [deleteLines(entry.span)] }],
        }
      }
    function fixesOf(refusal: LoadRefusal, successor: string | undefined): readonly Fix[] {
      const found = entryAt(node.yaml?.root, refusal.path)
      if (!found) return []
      const fixes: Fix[] = []
      if (successor !== undefined && !found.siblings.includes(successor)) {
        const edits = successorEdits(refusal.path, successor, found.entry)
        if (edits) fixes.push({ title: `Write ${successor}`, safe: false, edits })
      }
      fixes.push({ title: `Remove ${refusal.path}`, safe: false, edits: [deleteLines(found.entry.span)] })
      return fixes
    }
  },
})

function linesWith(refusal: LoadRefusal, key: string): readonly ReleaseLine[] {
  if (refusal.owner === topClass) return key.includes('.') ? [] : linesAccepting(key)
  return releaseLines.filter(line => classShape(line, refusal.owner) !== undefined && findProperty(line, refusal.owner, key) !== undefined)
}

/** `removed in 4.0`, `new in 5.0`. */
export function historyOf(lines: readonly ReleaseLine[], line: ReleaseLine): string {
  const first = lines[0]!
  if (!atLeast(line, first)) return `it is new in ${first}`
  const gone = releaseLines.find(one => atLeast(one, first) && !lines.includes(one))
  return `it was removed in ${gone ?? line}`
}

/** A new name's value under the old name that this line still has: its unit goes into the name. */
function successorEdits(key: string, successor: string, entry: NonNullable<ReturnType<typeof entryAt>>['entry']) {
  const { value } = entry
  if (value === undefined || value.kind !== 'scalar') return [replace(entry.key.span, successor)]
  const match = /^(\d+)([a-zA-Zµ/]+)$/.exec(value.text)
  const unit = /_in_ms$/.test(successor)
    ? 1
    : /_(?:in_secs|seconds|in_sec)$/.test(successor)
      ? 1000
      : /_in_minutes$/.test(successor)
        ? 60000
        : /_in_kb$/.test(successor)
          ? 1024
          : /_(?:in_)?mb$/.test(successor)
            ? 1048576
            : /_in_bytes$/.test(successor)
              ? 1
              : undefined
  if (!match) return [replace(entry.key.span, successor)]
  const sizes: { readonly [unit: string]: number } = {
    ms: 1,
    s: 1000,
    m: 60000,
    h: 3600000,
    d: 86400000,
    B: 1,
    KiB: 1024,
    MiB: 1048576,
    GiB: 1073741824,
  }
  const size = sizes[match[2]!]
  if (unit === undefined || size === undefined || (Number(match[1]) * size) % unit !== 0 || key === successor) return undefined
  return [replace(entry.key.span, successor), replace(value.span, String((Number(match[1]) * size) / unit))]
}
