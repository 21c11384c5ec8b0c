/** Which setting a place of a cassandra.yaml is about: its path of keys, what holds the last of them, and what may stand below it in a release. */
import { quantityType } from '../catalog/quantity.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import { classShape, type FoundProperty, findPath, findProperty, nameInLine, topClass } from '../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { entryOf, type YamlEntry, type YamlMapping, type YamlNode } from '../syntax/yaml-tree.ts'
import type { Span } from '../text/span.ts'

/** What keys belong to: a class of options; a map of free keys; the parameters that a named class reads itself. */
export type Block =
  | { readonly kind: 'class'; readonly className: string }
  | { readonly kind: 'map'; readonly values: string | undefined }
  | { readonly kind: 'parameters'; readonly of: string | undefined }

export interface KeyInBlock {
  readonly key: string
  /** `class_name` beside the key, when one is written. */
  readonly sibling: string | undefined
}

export interface ResolvedKey {
  /** Names that the release keeps them under, dotted parts apart. */
  readonly names: readonly string[]
  readonly owner: Block
  /** Missing for free keys and parameters. */
  readonly found: FoundProperty | undefined
  /** What stands below the key, when that is a block or a list of blocks. */
  readonly block: Block | undefined
}

const top: Block = { kind: 'class', className: topClass }
const classesWithParameters = new Set(['ParameterizedClass', 'InheritingClass'])

/** A path of keys in a line, from the top; undefined when the line refuses one of them. Lists are passed through. */
export function resolveKeys(line: ReleaseLine, keys: readonly KeyInBlock[]): ResolvedKey | undefined {
  let owner = top
  let result: ResolvedKey | undefined
  const names: string[] = []
  for (const [depth, { key, sibling }] of keys.entries()) {
    if (depth > 0) {
      if (!result?.block) return undefined
      owner = result.block
    }
    if (owner.kind === 'class') {
      const steps = depth === 0 ? findPath(line, key) : undefined
      const found = depth === 0 ? steps?.at(-1) : findProperty(line, owner.className, key)
      if (!found || found.property.readOnly) return undefined
      names.push(...(steps ? steps.map(step => step.name) : [found.name]))
      const above = steps?.at(-2)
      if (above) owner = { kind: 'class', className: above.type }
      const block: Block | undefined =
        found.name === 'parameters' && classesWithParameters.has(owner.className)
          ? { kind: 'parameters', of: sibling === undefined ? undefined : simpleName(sibling) }
          : blockOf(line, found.type, found.of)
      result = { names: [...names], owner, found, block }
    } else {
      names.push(key)
      const values = owner.kind === 'map' ? owner.values : undefined
      const block = values === undefined ? undefined : blockOf(line, values, undefined)
      result = { names: [...names], owner, found: undefined, block }
    }
  }
  return result
}

/** What keys may stand below a path; the top for the empty path. */
export function blockBelow(line: ReleaseLine, keys: readonly KeyInBlock[]): Block | undefined {
  return keys.length === 0 ? top : resolveKeys(line, keys)?.block
}

function blockOf(line: ReleaseLine, type: string, of: readonly (string | null)[] | undefined): Block | undefined {
  if (quantityType(type)) return undefined
  if (type.endsWith('Map')) return { kind: 'map', values: of?.[1] ?? undefined }
  const item = type.endsWith('[]') ? type.slice(0, -2) : type === 'List' || type === 'Set' ? (of?.[0] ?? undefined) : undefined
  const className = item ?? type
  const shape = classShape(line, className)
  return shape && Object.keys(shape.properties).length > 0 ? { kind: 'class', className } : undefined
}

export function simpleName(className: string): string {
  return className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1)
}

export interface SettingPlace {
  readonly keys: readonly KeyInBlock[]
  readonly entry: YamlEntry
  /** The cursor is on the key, or on its value. */
  readonly on: 'key' | 'value'
  readonly span: Span
}

/** The innermost entry whose key or scalar value holds the offset; also in lists. */
export function settingAt(yaml: ParsedCassandraYaml, offset: number): SettingPlace | undefined {
  return yaml.root ? inMapping(yaml.root, offset, []) : undefined
}

function holds(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end
}

function inMapping(mapping: YamlMapping, offset: number, above: readonly KeyInBlock[]): SettingPlace | undefined {
  for (const entry of mapping.entries) {
    const keys = [...above, { key: entry.key.text, sibling: classNameIn(mapping) }]
    if (holds(entry.key.span, offset)) return { keys, entry, on: 'key', span: entry.key.span }
    if (!entry.value || !holds(entry.value.span, offset)) continue
    const inner = inNode(entry.value, offset, keys, entry)
    if (inner) return inner
  }
  return undefined
}

function inNode(node: YamlNode, offset: number, keys: readonly KeyInBlock[], entry: YamlEntry): SettingPlace | undefined {
  if (node.kind === 'mapping') return inMapping(node, offset, keys)
  if (node.kind === 'scalar') return { keys, entry, on: 'value', span: node.span }
  for (const item of node.items) {
    const inner = item && holds(item.span, offset) ? inNode(item, offset, keys, entry) : undefined
    if (inner) return inner
  }
  return undefined
}

function classNameIn(mapping: YamlMapping): string | undefined {
  const value = entryOf(mapping, 'class_name')?.value
  return value?.kind === 'scalar' && !value.placeholder ? value.text : undefined
}

/** The path by which a line knows what the file calls by another line's names, when only the first name differs. */
export function keysInLine(line: ReleaseLine, keys: readonly KeyInBlock[]): readonly KeyInBlock[] | undefined {
  const [first, ...rest] = keys
  if (!first) return undefined
  if (resolveKeys(line, keys)) return keys
  const name = nameInLine(line, first.key)
  const renamed = name === undefined ? undefined : [{ ...first, key: name }, ...rest]
  return renamed && resolveKeys(line, renamed) ? renamed : undefined
}
