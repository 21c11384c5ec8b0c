/** A key that no release has: Cassandra refuses the whole file. */

import { type ReleaseLine, releaseLines } from '../../catalog/release.ts'
import { classShape, linesAccepting, topClass, topKeys } from '../../catalog/settings-catalogue.ts'
import { loadRefusalsOf } from '../../model/settings/judge-settings.ts'
import type { LoadRefusal } from '../../model/settings/loaded-value.ts'
import { editDistance } from '../../text/nearest-name.ts'
import { deleteLines, replace } from '../line-edits.ts'
import { type Fix, rule } from '../rule.ts'
import { entryAt } from './entry-words.ts'
import { impostorOf } from './impostors-table.ts'
import { settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/unknown-key',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'key that no release of Cassandra knows',
  why: 'Cassandra collects every key of cassandra.yaml that it does not know and does not start. One misspelt letter keeps a node down.',
  remedy: 'Write the key as the release has it, or take the line out.',
  sources: ['Cassandra: YamlConfigurationLoader.PropertiesChecker', 'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
concurent_reads: 64
#^^^^^^^^^^^^^^ 💡 error[settings/unknown-key]: concurrent_reads
gossip_interval_ms: 500
#^^^^^^^^^^^^^^^^^ 💡 error[settings/unknown-key]: every second
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
server_encryption_options:
  internode_encription: none
# ^^^^^^^^^^^^^^^^^^^^ 💡 error[settings/unknown-key]: internode_encryption
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const { line } = node.release
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind !== 'unknown-key' || knownElsewhere(refusal)) continue
      const key = keyOf(refusal)
      const impostor = refusal.owner === topClass ? impostorOf(key) : undefined
      const near = impostor ? undefined : lookAlike(key, namesOf(refusal, line))
      const advice = impostor ? impostor.advice : near ? `Did you mean \`${near}\`?` : `Remove it${dotted(refusal, line)}.`
      yield {
        at: refusal.at,
        message: `Cassandra refuses to start: there is no setting \`${refusal.path}\`. ${advice}`,
        about: [settingKey(refusal.path), ...(near ? [settingKey(near)] : [])],
        fixes: () => fixesOf(refusal, impostor?.setting ?? near, near !== undefined, impostor?.remove === true || near === undefined),
      }
    }
    function fixesOf(refusal: LoadRefusal, name: string | undefined, certain: boolean, removable: boolean): readonly Fix[] {
      const fixes: Fix[] = []
      const siblings = entryAt(node.yaml?.root, refusal.path)?.siblings ?? []
      const taken = name !== undefined && siblings.includes(name)
      if (name !== undefined && !taken) fixes.push({ title: `Write ${name}`, safe: certain, edits: [replace(refusal.keySpan, name)] })
      const entry = entryAt(node.yaml?.root, refusal.path)?.entry
      if (entry && (removable || taken)) fixes.push({ title: `Remove ${refusal.path}`, safe: false, edits: [deleteLines(entry.span)] })
      return fixes
    }
  },
})

function keyOf(refusal: LoadRefusal): string {
  return refusal.owner === topClass ? refusal.path : refusal.path.slice(refusal.path.lastIndexOf('.') + 1)
}

/** Some release takes it in this place: another rule's matter. */
function knownElsewhere(refusal: LoadRefusal): boolean {
  const key = keyOf(refusal)
  if (refusal.owner === topClass) return !key.includes('.') && linesAccepting(key).length > 0
  return releaseLines.some(line => {
    const shape = classShape(line, refusal.owner)
    return shape !== undefined && (Object.hasOwn(shape.properties, key) || Object.hasOwn(shape.replaced ?? {}, key))
  })
}

function namesOf(refusal: LoadRefusal, line: ReleaseLine): readonly string[] {
  if (refusal.owner === topClass) return topKeys(line)
  const shape = classShape(line, refusal.owner)
  return [...Object.keys(shape?.properties ?? {}), ...Object.keys(shape?.replaced ?? {})]
}

function dotted(refusal: LoadRefusal, line: ReleaseLine): string {
  if (refusal.owner !== topClass || !refusal.path.includes('.') || (line !== '3.11' && line !== '4.0')) return ''
  return ', or write it as a block: dotted keys are read from 4.1 on'
}

/** The same letters but for case, `-` and `_`; else at most two changes, and only one name so near. */
function lookAlike(key: string, names: readonly string[]): string | undefined {
  if (key.length > 100) return undefined
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '')
  const wanted = plain(key)
  const same = names.filter(name => plain(name) === wanted)
  if (same.length === 1) return same[0]
  let best: string | undefined
  let least = wanted.length < 5 ? 2 : 3
  for (const name of names) {
    if (Math.abs(name.length - key.length) >= least) continue
    const changes = editDistance(key.toLowerCase(), name)
    if (changes < least) {
      best = name
      least = changes
    }
  }
  return best
}
