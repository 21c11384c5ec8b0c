/** What a setting is, over its key or value: meaning, type and unit, default, bounds, releases, other names; and what the nodes have. No secret's value. */

import { proseOfOption, proseOfParameter, proseOfPath } from '../catalog/nested-settings-prose.ts'
import { type Release, type ReleaseLine, releaseLines } from '../catalog/release.ts'
import { nameInLine, namesOf, newestName, topClass } from '../catalog/settings-catalogue.ts'
import { proseOf } from '../catalog/settings-prose.ts'
import { foreignDistribution } from '../model/settings/distribution.ts'
import { ranges } from '../model/settings/start-ranges.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { startDefaultWords } from './computed-defaults.ts'
import type { Hover } from './editor-types.ts'
import { releaseOfYaml } from './release-of-file.ts'
import { settingOnNodes } from './settings-of-nodes.ts'
import { type KeyInBlock, keysInLine, type ResolvedKey, resolveKeys, settingAt } from './settings-place.ts'
import { isSecret, sayDefault, typeWords } from './settings-words.ts'

/** Undefined off any key and value, and on keys that no release has. */
export function settingsHoverAt(snapshot: Snapshot, yaml: ParsedCassandraYaml, offset: number): Hover | undefined {
  const place = settingAt(yaml, offset)
  if (!place || place.entry.key.placeholder) return undefined
  const release = releaseOfYaml(snapshot, yaml)
  // Another product's file has keys of its own: what Cassandra refuses is nothing to it.
  const page = settingPage(place.keys, release, release.stated || foreignDistribution(yaml) === undefined)
  if (page === undefined) return undefined
  const now = settingOnNodes(snapshot, yaml, place.keys)
  return { span: place.span, markdown: [page.head, ...page.meaning, ...now, ...page.facts, ...page.source].join('\n\n') }
}

/** The page of one setting as the release has it, without anything about nodes: for lists of what may be written. */
export function settingMarkdown(keys: readonly KeyInBlock[], release: Release): string | undefined {
  const page = settingPage(keys, release)
  return page && [...page.meaning, ...page.facts, ...page.source].join('\n\n')
}

/** Whether a default only means that the start works the value out, for settings that it does work out. */
function standsForComputed(value: unknown): boolean {
  return value === 0 || value === -1
}

interface SettingPage {
  readonly head: string
  readonly meaning: readonly string[]
  readonly facts: readonly string[]
  readonly source: readonly string[]
}

function settingPage(keys: readonly KeyInBlock[], release: Release, isJudged = true): SettingPage | undefined {
  const lines = releaseLines.filter(each => resolveKeys(each, keys))
  const here = lines.includes(release.line)
  const possible = release.candidates.find(each => lines.includes(each))
  const line = here ? release.line : (possible ?? lines.at(-1))
  const resolved = line && resolveKeys(line, keys)
  if (!line || !resolved) return undefined
  const { found } = resolved
  const key = keys.at(-1)!.key
  const prose = proseFor(resolved, keys)
  const type = found ? ` · ${typeWords(line, found)}` : ''
  const facts: string[] = []
  const atTop = keys.length === 1 && resolved.names.length === 1
  if (!here) facts.push(possible || !isJudged ? `Of ${sayLines(lines)}` : elsewhere(keys, release.line, lines))
  if (found) {
    const computed = atTop ? startDefaultWords(newestName(key)) : undefined
    const own = sayDefault(found, key)
    // Where 0 or −1 stands for "work it out", what comes out is the default.
    const said =
      (own === undefined || standsForComputed(found.property.default) ? computed : undefined) ??
      own ??
      (resolved.block ? undefined : 'none')
    if (said !== undefined) facts.push(`Default in ${line}: ${said}`)
    const bound = ranges.find(range => range.setting === newestPath(resolved.names) && range.lines.includes(line))
    if (bound && !bound.words.includes('2147483647')) facts.push(`Must be ${bound.words}`)
    if (here) facts.push(`In ${sayLines(lines)}`)
    if (found.renamed && found.renamed.by !== key)
      facts.push(`Old name of \`${found.name}\`, which stands in its place from ${firstWith(keys, found.name)}`)
    else if (atTop) facts.push(...otherNames(key))
    if (found.property.deprecated !== undefined && !found.renamed)
      facts.push(`Marked for removal${typeof found.property.deprecated === 'string' ? ` since ${found.property.deprecated}` : ''}`)
    if (isSecret(key)) facts.push('Its value is never shown')
  }
  return {
    head: `**${keys.map(each => each.key).join('.')}**${type}`,
    meaning: prose.meaning,
    facts: facts.length > 0 ? [facts.map(fact => `${fact}.`).join('  \n')] : [],
    source: prose.source === undefined ? [] : [`_Source: ${prose.source}_`],
  }
}

function proseFor(resolved: ResolvedKey, keys: readonly KeyInBlock[]): { readonly meaning: readonly string[]; readonly source?: string } {
  const { owner, names } = resolved
  const key = names.at(-1)!
  if (owner.kind === 'parameters') {
    const said = owner.of === undefined ? undefined : proseOfParameter(owner.of, key)
    const by = owner.of === undefined ? 'the class' : `\`${owner.of}\``
    return { meaning: [said ?? `A parameter that ${by} reads itself.`], source: `Cassandra: ${owner.of ?? 'ParameterizedClass'}` }
  }
  if (owner.kind === 'map') {
    const said = proseOfPath(names)
    return {
      meaning: [
        said ??
          `An entry of \`${keys
            .slice(0, -1)
            .map(each => each.key)
            .join('.')}\`.`,
      ],
    }
  }
  if (owner.className === topClass) {
    const prose = proseOf(newestName(key))
    if (prose)
      return { meaning: [prose.advice ? `${prose.what} ${prose.advice}` : prose.what], ...(prose.source ? { source: prose.source } : {}) }
    return { meaning: [] }
  }
  const said = proseOfOption(owner.className, key)
  return { meaning: said === undefined ? [] : [said], source: `Cassandra: ${owner.className}` }
}

function newestPath(names: readonly string[]): string {
  const [first = '', ...rest] = names
  return [newestName(first), ...rest].join('.')
}

/** `4.1 and later`, `3.11 and 4.0`, `every release from 3.11`. */
function sayLines(lines: readonly ReleaseLine[]): string {
  if (lines.length === releaseLines.length) return 'every release from 3.11'
  const last = lines.at(-1)!
  if (lines.length === 1) return last === releaseLines.at(-1) ? `${last} and later` : `${last} only`
  if (last === releaseLines.at(-1)) return `${lines[0]} and later`
  return lines.length === 2 ? `${lines[0]} and ${last}` : `${lines[0]} to ${last}`
}

function elsewhere(keys: readonly KeyInBlock[], line: ReleaseLine, lines: readonly ReleaseLine[]): string {
  const other = keysInLine(line, keys)
  const instead = other ? `; it calls it \`${other.map(({ key }) => key).join('.')}\`` : ''
  return `**Cassandra ${line} refuses this key**${instead}. It is of ${sayLines(lines)}`
}

/** The first release that knows the last key of a path by its new name. */
function firstWith(keys: readonly KeyInBlock[], name: string): ReleaseLine {
  const renamed = [...keys.slice(0, -1), { key: name, sibling: undefined }]
  return releaseLines.find(line => resolveKeys(line, renamed)?.found?.name === name && !resolveKeys(line, renamed)?.found?.renamed)!
}

/** Which release calls it how, for a setting that had several names. */
function otherNames(key: string): readonly string[] {
  const others = namesOf(key).filter(name => name !== key)
  return others.flatMap(name => {
    const lines = releaseLines.filter(line => nameInLine(line, name) === name)
    return lines.length > 0 ? [`Called \`${name}\` in ${sayLines(lines)}`] : []
  })
}
