/** Outline of a file: which feature answers for which kind of file. */
import type { ParsedFile } from '../syntax/parsed-file.ts'
import type { YamlMapping, YamlNode } from '../syntax/yaml-tree.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlSymbolsOf } from './cql-symbols.ts'
import type { DocumentSymbol } from './editor-types.ts'
import { settingsSymbols } from './settings-symbols.ts'
import { wireguardSymbolsOf } from './wireguard-annotations.ts'

export function documentSymbolsOf(snapshot: Snapshot, path: string): readonly DocumentSymbol[] {
  const parsed = snapshot.parsed.get(path)
  if (parsed?.kind === 'cassandra-yaml') return settingsSymbols(parsed)
  if (parsed?.kind === 'wireguard') return wireguardSymbolsOf(parsed, snapshot)
  return parsed ? symbolsOf(parsed) : []
}

function symbolsOf(parsed: ParsedFile): readonly DocumentSymbol[] {
  switch (parsed.kind) {
    case 'foretell-yaml':
      return parsed.root ? mappingSymbols(parsed.root, 0) : []
    case 'rackdc':
    case 'topology':
      return parsed.entries.map(({ key, value, keySpan, span }) =>
        symbol(key, parsed.kind === 'topology' ? 'node' : 'setting', span, keySpan, value),
      )
    case 'jvm-options':
      return parsed.lines.map(({ text, span }) => symbol(text, 'setting', span, span))
    case 'cassandra-env':
      return parsed.assignments.map(({ name, span }) => symbol(name, 'setting', span, span))
    case 'cql':
      return cqlSymbolsOf(parsed)
    default:
      return []
  }
}

/** Deeper than this nothing in a configuration is worth an outline. */
const deepest = 4

function mappingSymbols(mapping: YamlMapping, depth: number): readonly DocumentSymbol[] {
  return mapping.entries.map(({ key, value, span }) => {
    const children = value && depth < deepest ? childrenOf(value, depth + 1) : []
    // Values are not shown: some are passwords.
    return { name: key.text, kind: children.length ? ('section' as const) : ('setting' as const), span, nameSpan: key.span, children }
  })
}

function childrenOf(node: YamlNode, depth: number): readonly DocumentSymbol[] {
  if (node.kind === 'mapping') return mappingSymbols(node, depth)
  if (node.kind === 'sequence') return node.items.flatMap(item => (item && depth < deepest ? childrenOf(item, depth + 1) : []))
  return []
}

function symbol(
  name: string,
  kind: DocumentSymbol['kind'],
  span: DocumentSymbol['span'],
  nameSpan: DocumentSymbol['span'],
  detail?: string,
): DocumentSymbol {
  // An editor refuses an outline in which a name lies outside its thing.
  const inside = nameSpan.start >= span.start && nameSpan.end <= span.end
  return { name, kind, span, nameSpan: inside ? nameSpan : span, children: [], ...(detail ? { detail } : {}) }
}
