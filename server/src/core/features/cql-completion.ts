/** Completion inside CQL: statements, properties, strategies, options and their values, datacenters and keyspaces of the workspace. */
import { keyspacePropertiesOf, usableStrategies } from '../catalog/cql-replication.ts'
import { compactionStrategiesOf, tableOption, tableOptionNames } from '../catalog/cql-table-options.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import type { Span } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { type Cut, cqlAt, cutAt, datacentersFor, keyspaceAt, type MapPlace, mapPlaceOf } from './cql-places.ts'
import type { CompletionItem, CompletionKind } from './editor-types.ts'

/** Levels of cqlsh's CONSISTENCY, most useful first. */
const levels = [
  'LOCAL_QUORUM',
  'QUORUM',
  'EACH_QUORUM',
  'LOCAL_ONE',
  'ONE',
  'TWO',
  'THREE',
  'ALL',
  'ANY',
  'SERIAL',
  'LOCAL_SERIAL',
] as const

export function cqlCompletionsAt(snapshot: Snapshot, path: string, offset: number): readonly CompletionItem[] {
  const parsed = cqlAt(snapshot, path)
  if (!parsed) return []
  const cut = cutAt(parsed, offset)
  const line = lineOf(snapshot, path, offset)
  const place = mapPlaceOf(cut.tokens)
  if (place) return inMap(snapshot, path, cut, place, line)
  const words = cut.tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text)
  const last = cut.tokens.at(-1)
  if (cut.tokens.length === 0) return cut.inString ? [] : beginnings(snapshot, path, cut.word)
  if (words[0] === 'consistency' && cut.tokens.length === 1) return items(levels, 'value', cut.word)
  const about = words[1] ?? ''
  if (
    words[0] === 'use' ||
    (/^(?:alter|drop)$/.test(words[0]!) &&
      /^(?:keyspace|schema)$/.test(about) &&
      cut.tokens.length <= 4 &&
      last?.kind === 'word' &&
      /^(?:keyspace|schema|exists)$/.test(last.text))
  )
    return items([...new Set(snapshot.keyspaces.map(({ name }) => name as string))].map(quoteName), 'name', cut.word)
  const afterWith = last?.kind === 'word' && (last.text === 'with' || last.text === 'and') && words.includes('with')
  if (afterWith) return propertyNames(snapshot, path, about, cut.word, line)
  const property = last?.text === '=' ? cut.tokens.at(-2)?.text : undefined
  if (property !== undefined) return propertyValues(snapshot, path, property, cut, line)
  return []
}

function lineOf(snapshot: Snapshot, path: string, offset: number): ReleaseLine {
  const keyspace = keyspaceAt(snapshot, path, offset) ?? snapshot.keyspaces.find(({ statement }) => statement.file.path === path)
  return (keyspace?.release ?? snapshot.release).line
}

function quoteName(name: string): string {
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function items(
  labels: readonly string[],
  kind: CompletionKind,
  replace: Span,
  detail?: (label: string) => string | undefined,
): readonly CompletionItem[] {
  return labels.map((label, rank) => {
    const said = detail?.(label)
    return { label, kind, insertText: label, replace, rank, ...(said ? { detail: said } : {}) }
  })
}

/** A snippet's text: `$`, `}` and `\` stand for themselves. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&')
}

function factorsSnippet(datacenters: readonly string[]): string {
  const names = datacenters.length > 0 ? datacenters : ['dc1']
  return names.map((name, i) => `'${escaped(name.replaceAll("'", "''"))}': \${${i + 2}:3}`).join(', ')
}

function beginnings(snapshot: Snapshot, path: string, replace: Span): readonly CompletionItem[] {
  const factors = factorsSnippet(datacentersFor(snapshot, path))
  const map = `{'class': 'NetworkTopologyStrategy', ${factors}\\}`
  const snippets: readonly (readonly [string, string, string])[] = [
    ['CREATE KEYSPACE', 'with every datacenter of the workspace', `CREATE KEYSPACE \${1:name} WITH replication = ${map};$0`],
    ['ALTER KEYSPACE', 'to every datacenter of the workspace', `ALTER KEYSPACE \${1:name} WITH replication = ${map};$0`],
    ['CREATE TABLE', 'with a primary key', `CREATE TABLE \${1:keyspace}.\${2:table} (\n  \${3:id uuid},\n  PRIMARY KEY (\${4:id})\n);$0`],
    ['USE', 'a keyspace', `USE \${1:name};$0`],
    ['CONSISTENCY', 'cqlsh: the level of what follows', `CONSISTENCY \${1:LOCAL_QUORUM}$0`],
  ]
  return snippets.map(([label, detail, insertText], rank) => ({ label, kind: 'snippet', detail, insertText, snippet: true, replace, rank }))
}

function propertyNames(snapshot: Snapshot, path: string, about: string, replace: Span, line: ReleaseLine): readonly CompletionItem[] {
  if (about === 'keyspace' || about === 'schema')
    return keyspacePropertiesOf(line).map((label, rank) => ({
      label,
      kind: 'key',
      replace,
      rank,
      snippet: true,
      insertText:
        label === 'replication'
          ? `replication = {'class': 'NetworkTopologyStrategy', ${factorsSnippet(datacentersFor(snapshot, path))}\\}`
          : `${label} = $0`,
    }))
  return tableOptionNames(line).map(label => ({
    label,
    kind: 'key',
    insertText: `${label} = `,
    replace,
    ...(describe(label) ? { detail: describe(label)! } : {}),
  }))
}

function describe(option: string): string | undefined {
  const value = tableOption(option)?.value
  if (value?.kind === 'integer') return value.most === undefined ? 'whole number' : `0 to ${value.most}`
  if (value?.kind === 'boolean') return 'true or false'
  return value?.kind === 'map' ? 'map' : undefined
}

function propertyValues(
  snapshot: Snapshot,
  path: string,
  property: string,
  { word, inString }: Cut,
  line: ReleaseLine,
): readonly CompletionItem[] {
  if (property === 'durable_writes') return inString ? [] : items(['true', 'false'], 'value', word)
  if (property === 'replication' && !inString)
    return [
      {
        label: "{'class': 'NetworkTopologyStrategy', …}",
        kind: 'snippet',
        insertText: `{'class': 'NetworkTopologyStrategy', ${factorsSnippet(datacentersFor(snapshot, path))}\\}`,
        snippet: true,
        replace: word,
      },
    ]
  const value = tableOption(property)?.value
  const text = (label: string) => (inString ? label : `'${label}'`)
  if (value?.kind === 'boolean') return items(['true', 'false'], 'value', word)
  if (value?.kind === 'words')
    return items(
      value.words.map(each => text(each.toUpperCase())),
      'value',
      word,
    )
  if (value?.kind === 'speculation')
    return items(
      (line === '3.11' ? ['99PERCENTILE', '50ms', 'ALWAYS', 'NONE'] : ['99p', '50ms', 'ALWAYS', 'NEVER']).map(text),
      'value',
      word,
    )
  if (property === 'gc_grace_seconds') return items(['864000', '259200', '86400'], 'value', word, seconds => `${Number(seconds) / 86400} d`)
  return []
}

function inMap(snapshot: Snapshot, path: string, { word, inString }: Cut, place: MapPlace, line: ReleaseLine): readonly CompletionItem[] {
  const text = (label: string) => (inString ? label.replaceAll("'", "''") : `'${label.replaceAll("'", "''")}'`)
  const offer = (labels: readonly string[], kind: CompletionKind, detail?: string): readonly CompletionItem[] =>
    labels.map((label, rank) => ({ label, kind, insertText: text(label), replace: word, rank, ...(detail ? { detail } : {}) }))
  if (place.side === 'value' && place.key === 'class') {
    if (place.property === 'replication') return offer(usableStrategies, 'value', 'replication strategy')
    if (place.property === 'compaction') return offer(compactionStrategiesOf(line), 'value', 'compaction strategy')
    return []
  }
  if (place.property !== 'replication') return place.side === 'key' && !place.entries.has('class') ? offer(['class'], 'key') : []
  if (place.side === 'key') {
    if (!place.entries.has('class')) return offer(['class'], 'key')
    if (place.entries.get('class') === 'SimpleStrategy')
      return place.entries.has('replication_factor') ? [] : offer(['replication_factor'], 'key')
    return offer(
      datacentersFor(snapshot, path).filter(name => !place.entries.has(name)),
      'name',
      'datacenter',
    )
  }
  if (inString || place.key === undefined) return []
  const nodes = snapshot.clusters.flatMap(({ datacenters }) => datacenters).find(({ name }) => name === place.key)?.nodes.length
  const most = nodes === undefined ? 3 : Math.min(3, nodes)
  return [...new Set([most, 3, 2, 1])].filter(factor => nodes === undefined || factor <= nodes).map((factor, rank) => {
    const detail = `quorum ${Math.floor(factor / 2) + 1}${nodes === undefined ? '' : `, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`}`
    return { label: String(factor), kind: 'value', detail, insertText: String(factor), replace: word, rank }
  }) // biome-ignore format: one list
}
