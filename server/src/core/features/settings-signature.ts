/** While a block of options is written: which options it has, and what the one at the cursor is for. */
import { parametersOf, proseOfOption, proseOfParameter } from '../catalog/nested-settings-prose.ts'
import { classShape } from '../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { SignatureHelp } from './editor-types.ts'
import { releaseOfYaml } from './release-of-file.ts'
import { settingsCursorAt } from './settings-cursor.ts'
import { blockBelow, resolveKeys } from './settings-place.ts'
import { typeWords } from './settings-words.ts'

/** A longer list is no help. */
const mostOptions = 30

/** Undefined at the top of the file and in blocks of free keys. */
export function settingsSignatureAt(snapshot: Snapshot, yaml: ParsedCassandraYaml, offset: number): SignatureHelp | undefined {
  const cursor = settingsCursorAt(yaml.file, offset)
  if (!cursor || cursor.writes === 'item') return undefined
  const above = cursor.writes === 'value' ? cursor.keys.slice(0, -1) : cursor.keys
  const holder = above.at(-1)
  const { line } = releaseOfYaml(snapshot, yaml)
  const block = holder && blockBelow(line, above)
  if (!block || block.kind === 'map') return undefined
  const shape = block.kind === 'class' ? classShape(line, block.className) : undefined
  const names = shape
    ? Object.entries(shape.properties).flatMap(([name, property]) => (property.readOnly || property.deprecated !== undefined ? [] : [name]))
    : block.kind === 'parameters' && block.of !== undefined
      ? parametersOf(block.of)
      : []
  if (names.length === 0 || names.length > mostOptions) return undefined
  const current =
    cursor.writes === 'value'
      ? cursor.keys.at(-1)!.key
      : names.find(name => name === cursor.typed || (cursor.typed !== '' && name.startsWith(cursor.typed)))
  const active = current === undefined ? names.findIndex(name => !cursor.present.has(name)) : names.indexOf(current)
  const head = `${holder.key}: `
  let at = head.length
  const parameters = names.map(name => {
    const start = at
    at += name.length + 2
    const found = resolveKeys(line, [...above, { key: name, sibling: undefined }])?.found
    const said =
      block.kind === 'class'
        ? proseOfOption(block.className, name)
        : block.kind === 'parameters'
          ? proseOfParameter(block.of ?? '', name)
          : undefined
    const documentation = [found ? typeWords(line, found) : '', said ?? ''].filter(Boolean).join('. ')
    return { start, end: start + name.length, documentation }
  })
  return { label: head + names.join(', '), parameters, activeParameter: Math.max(0, active) }
}
