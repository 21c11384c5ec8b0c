/** What may be written at the cursor of a cassandra.yaml: keys of the release and of its nested options, words, units, names of the workspace, blocks. */
import { freeKeysBelow, parametersOf } from '../catalog/nested-settings-prose.ts'
import type { Release, ReleaseLine } from '../catalog/release.ts'
import { classShape, namesOf, newestName, takesDottedKeys, topClass } from '../catalog/settings-catalogue.ts'
import { proseOf } from '../catalog/settings-prose.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { startDefaultWords } from './computed-defaults.ts'
import type { CompletionItem } from './editor-types.ts'
import { releaseOfYaml } from './release-of-file.ts'
import { type SettingsCursor, settingsCursorAt } from './settings-cursor.ts'
import { settingMarkdown } from './settings-hover.ts'
import { blockBelow, type KeyInBlock, resolveKeys } from './settings-place.ts'
import { snippetOf } from './settings-snippets.ts'
import { settingValues, suggestedSeeds } from './settings-values.ts'
import { isSecret, sayDefault, typeWords } from './settings-words.ts'

/** Total: where nothing fits, nothing is offered. */
export function settingsCompletionsAt(snapshot: Snapshot, yaml: ParsedCassandraYaml, offset: number): readonly CompletionItem[] {
  const cursor = settingsCursorAt(yaml.file, offset)
  if (!cursor) return []
  const release = releaseOfYaml(snapshot, yaml)
  if (cursor.writes !== 'key') return settingValues(snapshot, yaml.file.path, release.line, cursor)
  const dot = cursor.keys.length === 0 && takesDottedKeys(release.line) ? cursor.typed.lastIndexOf('.') : -1
  if (dot > 0) return dottedKeys(cursor.typed.slice(0, dot), cursor, release)
  const block = blockBelow(release.line, cursor.keys)
  if (!block) return cursor.inItem ? settingValues(snapshot, yaml.file.path, release.line, { ...cursor, writes: 'item' }) : []
  const seeds = suggestedSeeds(snapshot, yaml.file.path)
  if (block.kind === 'class') return keysOfClass(block.className, cursor, release, seeds)
  const names =
    block.kind === 'parameters' ? (block.of === undefined ? [] : parametersOf(block.of)) : freeKeysBelow(cursor.keys.map(({ key }) => key))
  return names
    .filter(name => !cursor.present.has(name))
    .map(name => {
      const snippet = cursor.hasColon ? undefined : snippetOf(name, release.line, seeds)
      return keyItem(name, cursor, release, { rank: 1, ...(snippet === undefined ? {} : { snippet }) })
    })
}

function keysOfClass(className: string, cursor: SettingsCursor, release: Release, seeds: string): readonly CompletionItem[] {
  const shape = classShape(release.line, className)
  if (!shape) return []
  const atTop = className === topClass
  const taken = new Set<string>()
  for (const key of cursor.present) for (const name of atTop ? namesOf(key.split('.')[0]!) : [key]) taken.add(name)
  const items: CompletionItem[] = []
  for (const [name, property] of Object.entries(shape.properties)) {
    if (property.readOnly || taken.has(name)) continue
    const prose = atTop && proseOf(newestName(name)) !== undefined
    const snippet = cursor.hasColon ? undefined : blockSnippet(name, atTop, cursor, release.line, seeds)
    const deprecated = property.deprecated !== undefined
    items.push(
      keyItem(name, cursor, release, {
        rank: deprecated ? 3 : prose || !atTop ? 1 : 2,
        deprecated,
        ...(snippet === undefined ? {} : { snippet }),
      }),
    )
  }
  for (const [name, renamed] of Object.entries(shape.replaced ?? {}))
    if (!taken.has(name) && !taken.has(renamed.by) && !Object.hasOwn(shape.properties, name))
      items.push(keyItem(name, cursor, release, { rank: 4, deprecated: true }))
  return items
}

/** `block.option: value`, which stands at the top. */
function dottedKeys(above: string, cursor: SettingsCursor, release: Release): readonly CompletionItem[] {
  const block = blockBelow(release.line, [{ key: above, sibling: undefined }])
  const shape = block?.kind === 'class' ? classShape(release.line, block.className) : undefined
  return Object.entries(shape?.properties ?? {}).flatMap(([name, property]) => {
    const dotted = `${above}.${name}`
    return property.readOnly || cursor.present.has(dotted)
      ? []
      : [keyItem(dotted, cursor, release, { rank: 1, deprecated: property.deprecated !== undefined })]
  })
}

/** The written-out block; for other blocks the key with an indented line below. */
function blockSnippet(name: string, atTop: boolean, cursor: SettingsCursor, line: ReleaseLine, seeds: string): string | undefined {
  const keys = [...cursor.keys, { key: name, sibling: undefined }]
  const resolved = resolveKeys(line, keys)
  const type = resolved?.found?.type
  if (atTop || name === 'parameters') {
    const snippet = snippetOf(name, line, seeds)
    if (snippet !== undefined && resolved) return snippet
  }
  if (!resolved?.block) return undefined
  if (type === 'ParameterizedClass') return line === '5.0' || line === '6.0' ? undefined : `${name}:\n  - class_name: $0`
  return `${name}:\n  $0`
}

interface KeyLook {
  readonly rank: number
  readonly deprecated?: boolean
  readonly snippet?: string
}

function keyItem(name: string, cursor: SettingsCursor, release: Release, { rank, deprecated, snippet }: KeyLook): CompletionItem {
  const keys: readonly KeyInBlock[] = [...cursor.keys, { key: name, sibling: undefined }]
  const documentation = documentationOf(keys, cursor, release)
  const detail = detailOf(keys, release.line)
  return {
    label: name,
    kind: snippet === undefined ? 'key' : 'snippet',
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
    insertText: snippet ?? (cursor.hasColon ? name : `${name}: `),
    ...(snippet === undefined ? {} : { snippet: true }),
    replace: cursor.replace,
    ...(deprecated ? { deprecated: true } : {}),
    rank,
  }
}

const pages = new Map<string, string | undefined>()

/** Keys at the top are asked for with every list; their pages depend on the line alone. */
function documentationOf(keys: readonly KeyInBlock[], cursor: SettingsCursor, release: Release): string | undefined {
  if (cursor.keys.length > 0) return settingMarkdown(keys, release)
  const question = `${release.line} ${keys[0]!.key}`
  if (!pages.has(question)) pages.set(question, settingMarkdown(keys, release))
  return pages.get(question)
}

/** `duration (ms, s, m, h, d) · 3h`. */
function detailOf(keys: readonly KeyInBlock[], line: ReleaseLine): string | undefined {
  const resolved = resolveKeys(line, keys)
  const found = resolved?.found
  if (!found) return undefined
  const key = keys.at(-1)!.key
  const type = typeWords(line, found)
  if (isSecret(key) || resolved.block) return type
  const fallback = sayDefault(found, key) ?? (keys.length === 1 ? startDefaultWords(newestName(key)) : undefined)
  return fallback === undefined ? type : `${type} · ${fallback.replaceAll('`', '')}`
}
