/** The outline of a cassandra.yaml: its settings, with nested options below. Values of secrets are left out. */
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { YamlEntry, YamlNode } from '../syntax/yaml-tree.ts'
import type { DocumentSymbol } from './editor-types.ts'
import { sayValue } from './settings-words.ts'

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

function detailOf({ key, value }: YamlEntry): string | undefined {
  if (value?.kind === 'scalar') return value.text === '' ? undefined : sayValue(value.text, key.text, undefined)
  if (value?.kind !== 'sequence' || value.items.some(item => item?.kind !== 'scalar')) return undefined
  return sayValue(
    value.items.map(item => (item?.kind === 'scalar' ? item.text : '')),
    key.text,
    undefined,
  )
}
