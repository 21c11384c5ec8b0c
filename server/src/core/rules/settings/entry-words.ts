/** Entries of a cassandra.yaml by the dotted path that refusals carry, for fixes. */
import type { YamlEntry, YamlMapping, YamlNode } from '../../syntax/yaml-tree.ts'

export interface FoundEntry {
  readonly entry: YamlEntry
  /** Keys of the same block. */
  readonly siblings: readonly string[]
}

/** The last entry at a path of keys; a key may hold dots itself. Lists are looked into. */
export function entryAt(root: YamlMapping | undefined, path: string): FoundEntry | undefined {
  if (!root) return undefined
  const siblings = root.entries.map(entry => entry.key.text)
  for (let i = root.entries.length - 1; i >= 0; i--) {
    const entry = root.entries[i]!
    const key = entry.key.text
    if (key === path) return { entry, siblings }
    if (!path.startsWith(`${key}.`)) continue
    for (const inner of mappingsIn(entry.value)) {
      const found = entryAt(inner, path.slice(key.length + 1))
      if (found) return found
    }
  }
  return undefined
}

function mappingsIn(node: YamlNode | undefined): readonly YamlMapping[] {
  if (node?.kind === 'mapping') return [node]
  if (node?.kind === 'sequence') return node.items.flatMap(item => (item?.kind === 'mapping' ? [item] : []))
  return []
}

/** Every block of a file, the outermost first. */
export function* allMappings(node: YamlNode | undefined): Iterable<YamlMapping> {
  if (node?.kind === 'mapping') {
    yield node
    for (const entry of node.entries) yield* allMappings(entry.value)
  } else if (node?.kind === 'sequence') for (const item of node.items) yield* allMappings(item)
}
