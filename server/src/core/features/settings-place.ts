/** Which setting the cursor is on: its path of keys, and the class of options that the release keeps it in. */
import type { ReleaseLine } from '../catalog/release.ts'
import { classShape, type FoundProperty, findPath, findProperty, linesAccepting, topClass } from '../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { YamlEntry, YamlMapping, YamlNode } from '../syntax/yaml-tree.ts'
import type { Span } from '../text/span.ts'

export interface SettingPlace {
  /** Keys from the top, as written. */
  readonly path: readonly string[]
  readonly entry: YamlEntry
  /** The cursor is on the key, or on its value. */
  readonly on: 'key' | 'value'
  readonly span: Span
}

/** The innermost entry whose key or scalar value holds the offset. */
export function settingAt(yaml: ParsedCassandraYaml, offset: number): SettingPlace | undefined {
  return yaml.root ? inMapping(yaml.root, offset, []) : undefined
}

function holds(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end
}

function inMapping(mapping: YamlMapping, offset: number, above: readonly string[]): SettingPlace | undefined {
  for (const entry of mapping.entries) {
    const path = [...above, entry.key.text]
    if (holds(entry.key.span, offset)) return { path, entry, on: 'key', span: entry.key.span }
    if (!entry.value || !holds(entry.value.span, offset)) continue
    const inner = inNode(entry.value, offset, path)
    if (inner) return inner
    if (entry.value.kind === 'scalar') return { path, entry, on: 'value', span: entry.value.span }
  }
  return undefined
}

function inNode(node: YamlNode, offset: number, path: readonly string[]): SettingPlace | undefined {
  if (node.kind === 'mapping') return inMapping(node, offset, path)
  if (node.kind !== 'sequence') return undefined
  for (const item of node.items) {
    const inner = item && holds(item.span, offset) ? inNode(item, offset, path) : undefined
    if (inner) return inner
  }
  return undefined
}

/** The property behind a path of keys in a line; undefined when the line has none. */
export function propertyAt(line: ReleaseLine, path: readonly string[]): FoundProperty | undefined {
  const [top, ...rest] = path
  let found = top === undefined ? undefined : findPath(line, top)?.at(-1)
  for (const key of rest) {
    if (!found) return undefined
    found = findProperty(line, found.type, key)
  }
  return found
}

/** The class that the keys below a path belong to; `Config` for the empty path. */
export function classAt(line: ReleaseLine, path: readonly string[]): string | undefined {
  if (path.length === 0) return topClass
  const found = propertyAt(line, path)
  const type = found?.type ?? ''
  return classShape(line, type) ? type : undefined
}

/** The lines that have a path of keys, in order. */
export function linesWith(path: readonly string[], lines: readonly ReleaseLine[]): readonly ReleaseLine[] {
  return path.length === 1 ? linesAccepting(path[0]!) : lines.filter(line => propertyAt(line, path) !== undefined)
}
