/** Beside settings: what the start works out where the file leaves it out, and large numbers in units that people read. */

import { convictionSeconds } from '../analysis/failure-detection.ts'
import { parseQuantity, quantityType } from '../catalog/quantity.ts'
import { type FoundProperty, findProperty, newestName, topClass } from '../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { YamlEntry } from '../syntax/yaml-tree.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { type MachineFacts, startDefaultValue, startDefaultWords } from './computed-defaults.ts'
import type { InlayHint } from './editor-types.ts'
import { machineFactsOf } from './machine-facts.ts'
import { releaseOfYaml } from './release-of-file.ts'
import { nodesOfFile } from './settings-of-nodes.ts'
import { amountOfNumber, kindOf, sayAmount } from './settings-words.ts'

export function settingsInlayHintsOf(snapshot: Snapshot, yaml: ParsedCassandraYaml): readonly InlayHint[] {
  const { line } = releaseOfYaml(snapshot, yaml)
  const facts = factsOfFile(snapshot, yaml)
  const hints: InlayHint[] = []
  const written = new Set<string>()
  for (const entry of yaml.root?.entries ?? []) {
    if (entry.key.placeholder) continue
    const found = findProperty(line, topClass, entry.key.text)
    if (!found) continue
    const newest = newestName(entry.key.text)
    written.add(newest)
    const isEmpty =
      entry.value === undefined ||
      (entry.value.kind === 'scalar' && entry.value.style === 'plain' && /^(?:~|null|Null|NULL|)$/.test(entry.value.text))
    const hint = isEmpty ? computedHint(newest, entry.key.span, facts) : readableHint(entry, found, newest)
    if (hint) hints.push(hint)
  }
  if (yaml.keysMayBeElsewhere || yaml.problems.length > 0) return hints
  // The shipped files show settings that are left out as comments.
  const { file } = yaml
  for (const match of file.text.matchAll(/^#[ \t]?([a-z][a-z0-9_]{2,60}):[^\n\r]{0,200}/gm)) {
    const newest = newestName(match[1]!)
    const value = startDefaultValue(newest, facts)
    // What is the same on every machine is no news.
    if (
      written.has(newest) ||
      !findProperty(line, topClass, match[1]!) ||
      value === undefined ||
      startDefaultValue(newest, {}) !== undefined
    )
      continue
    written.add(newest)
    const end = match.index + match[0].length
    const at = spanOf(file, end, end)
    hints.push({ at, side: 'after', text: `not set: ${value}`, tooltip: `Not set: ${startDefaultWords(newest)}.` })
  }
  return hints
}

/** What holds for every node of the file. */
function factsOfFile(snapshot: Snapshot, yaml: ParsedCassandraYaml): MachineFacts {
  const all = (nodesOfFile(snapshot, yaml.file.path)?.nodes ?? []).map(machineFactsOf)
  const same = (fact: keyof MachineFacts) => (new Set(all.map(facts => facts[fact])).size === 1 ? { [fact]: all[0]![fact] } : {})
  const facts = { ...same('heapBytes'), ...same('dataDirectories'), ...same('cores'), ...same('segmentBytes') }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

function computedHint(newest: string, at: Span, facts: MachineFacts): InlayHint | undefined {
  const words = startDefaultWords(newest)
  if (words === undefined) return undefined
  const value = startDefaultValue(newest, facts)
  return { at: behindLine(at), side: 'after', text: value === undefined ? words : `= ${value}`, tooltip: `Not set: ${words}.` }
}

function readableHint(entry: YamlEntry, found: FoundProperty, newest: string): InlayHint | undefined {
  const { value } = entry
  if (value?.kind !== 'scalar' || value.placeholder) return undefined
  const text = readable(value.text, found, newest)
  return text === undefined ? undefined : { at: behindLine(value.span), side: 'after', text }
}

/** Below this a number is read as easily as its translation. */
const large = 1000

function readable(text: string, found: FoundProperty, newest: string): string | undefined {
  if (newest === 'phi_convict_threshold') {
    const phi = Number(text)
    return phi >= 5 && phi <= 16 ? `${convictionSeconds(phi).toFixed(1)} s until a silent node counts as down` : undefined
  }
  const quantity = quantityType(found.type)
  const kind = kindOf(found)
  const number = /^\d{1,18}(?=$|[A-Za-z])/.exec(text)?.[0]
  if (!kind || number === undefined) return undefined
  const parsed = quantity && parseQuantity(text, quantity)
  const amount = quantity
    ? typeof parsed === 'object'
      ? parsed.amount
      : undefined
    : text === number
      ? amountOfNumber(found, Number(number))
      : undefined
  if (!amount) return undefined
  // A number of Mbit/s, said in bytes.
  if (kind === 'rate') return quantity || amount % 1048576 === 0 ? undefined : `= ${sayAmount(amount, kind).replace(/ \(.*/, '')}`
  return Number(number) >= large && (kind === 'storage' || amount >= 60_000) ? `= ${sayAmount(amount, kind)}` : undefined
}

/** Behind the value, before a comment. */
function behindLine({ file, end }: Span): Span {
  const colon = /^[ \t]*:/.exec(file.text.slice(end, end + 20))
  const at = end + (colon?.[0].length ?? 0)
  return spanOf(file, at, at)
}
