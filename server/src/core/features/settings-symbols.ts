/** The outline of a cassandra.yaml: its settings, with nested options below. Values of secrets are left out. */
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { YamlEntry, YamlNode } from '../syntax/yaml-tree.ts'
import type { DocumentSymbol } from './editor-types.ts'

export function settingsSymbols(yaml: ParsedCassandraYaml): readonly DocumentSymbol[] {
  return (yaml.root?.entries ?? []).map(symbolOf)
}

function symbolOf(entry: YamlEntry): DocumentSymbol {
  const detail = detailOf(entry)
  const symbol: DocumentSymbol = {
    name: entry.key.text === '' ? '(no key)' : entry.key.text,
    kind: entry.value && entry.value.kind !== 'scalar' ? 'section' : 'setting',
    span: entry.span,
    nameSpan: entry.key.span,
    children: childrenOf(entry.value).filter(child => child.span.start >= entry.span.start && child.span.end <= entry.span.end),
  }
  return detail === undefined ? symbol : { ...symbol, detail }
}

function childrenOf(node: YamlNode | undefined): readonly DocumentSymbol[] {
  if (node?.kind === 'mapping') return node.entries.map(symbolOf)
  return node?.kind === 'sequence' ? node.items.flatMap(childrenOf) : []
}

function detailOf(entry: YamlEntry): string | undefined {
  if (entry.value?.kind !== 'scalar' || /password|secret|passphrase|private_key/i.test(entry.key.text)) return undefined
  const { text } = entry.value
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
