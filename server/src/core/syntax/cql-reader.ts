/** Reads what a statement says from its tokens, forgivingly: missing commas, unquoted keys and placeholders still give names, keys and values. */

import { holdsPlaceholder } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Located, located, spanOf } from '../text/span.ts'
import type { CqlColumn, CqlConstant, CqlMap, CqlMapEntry, CqlName, CqlProperty, CqlStatement } from './cql-file.ts'
import { type CqlToken, tokenizeCql } from './cql-lexer.ts'
import type { CqlExtent } from './cql-statements.ts'

interface Reader {
  readonly file: SourceFile
  readonly tokens: readonly CqlToken[]
  at: number
}

function peek(reader: Reader, ahead = 0): CqlToken | undefined {
  return reader.tokens[reader.at + ahead]
}

function isWord(token: CqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text)
}

function isSymbol(token: CqlToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol
}

function takeWord(reader: Reader, ...words: readonly string[]): boolean {
  if (!isWord(peek(reader), ...words)) return false
  reader.at++
  return true
}

function takeSymbol(reader: Reader, symbol: string): boolean {
  if (!isSymbol(peek(reader), symbol)) return false
  reader.at++
  return true
}

function tokenSpan(reader: Reader, token: CqlToken) {
  return spanOf(reader.file, token.start, token.end)
}

const nameKinds: ReadonlySet<string> = new Set(['word', 'quoted-name', 'placeholder', 'string'])

/** A name; tokens glued to each other (`my-ks`, `$KEYSPACE$_x`, `1ks`) are one name. */
function takeName(reader: Reader): CqlName | undefined {
  const first = peek(reader)
  if (!first || !(nameKinds.has(first.kind) || first.kind === 'integer' || first.kind === 'refused' || first.kind === 'duration'))
    return undefined
  const from = reader.at++
  let last = first
  if (first.kind !== 'quoted-name' && first.kind !== 'string') {
    for (;;) {
      const next = peek(reader)
      if (!next || next.start !== last.end || (next.kind === 'symbol' && next.text !== '-') || next.kind === 'string') break
      last = next
      reader.at++
    }
  }
  const raw = reader.file.text.slice(first.start, last.end)
  const quoted = first.kind === 'quoted-name' || first.kind === 'string'
  const text = quoted ? first.text : raw.toLowerCase()
  const placeholder = reader.tokens.slice(from, reader.at).some(token => token.kind === 'placeholder') || holdsPlaceholder(raw)
  return { text, quoted, placeholder, span: spanOf(reader.file, first.start, last.end) }
}

function takeQualifiedName(reader: Reader): { readonly keyspace: CqlName | undefined; readonly name: CqlName | undefined } {
  const first = takeName(reader)
  if (first && takeSymbol(reader, '.')) return { keyspace: first, name: takeName(reader) }
  return { keyspace: undefined, name: first }
}

function constantOf(reader: Reader, token: CqlToken): CqlConstant {
  const isString = token.kind === 'string' || token.kind === 'quoted-name'
  const raw = reader.file.text.slice(token.start, token.end)
  return {
    kind: 'constant',
    text: isString ? token.text : raw,
    isString,
    placeholder: token.kind === 'placeholder' || (isString && holdsPlaceholder(token.text)),
    span: tokenSpan(reader, token),
  }
}

/** A constant; glued tokens with a placeholder among them (`{{a}}{{b}}`, `$RF$`) are one unknown. */
function takeConstant(reader: Reader): CqlConstant | undefined {
  const token = peek(reader)
  if (!token || token.kind === 'symbol') return undefined
  reader.at++
  const next = peek(reader)
  if (next && next.start === token.end && (next.kind === 'placeholder' || token.kind === 'placeholder') && next.kind !== 'symbol') {
    let last = next
    while (peek(reader)?.start === last.end && peek(reader)?.kind !== 'symbol') last = reader.tokens[reader.at++]!
    return {
      kind: 'constant',
      text: reader.file.text.slice(token.start, last.end),
      isString: false,
      placeholder: true,
      span: spanOf(reader.file, token.start, last.end),
    }
  }
  return constantOf(reader, token)
}

const closers: ReadonlySet<string> = new Set(['}', ')', ']'])
const openers: ReadonlySet<string> = new Set(['{', '(', '['])

function takeMap(reader: Reader): CqlMap {
  const open = reader.tokens[reader.at++]!
  const entries: CqlMapEntry[] = []
  let end = open.end
  while (reader.at < reader.tokens.length) {
    const token = peek(reader)!
    end = token.end
    if (token.kind === 'symbol') {
      reader.at++
      if (closers.has(token.text)) break
      if (openers.has(token.text)) skipNested(reader)
      if (token.text === ';') break
      continue
    }
    if (isWord(token, 'and', 'with') && isSymbol(peek(reader, 2), '=')) break
    const key = takeConstant(reader)
    if (!key) {
      reader.at++
      continue
    }
    let value: CqlConstant | undefined
    if (takeSymbol(reader, ':') || takeSymbol(reader, '=')) {
      value = takeConstant(reader)
      if (!value && openers.has(peek(reader)?.text ?? '')) {
        reader.at++
        skipNested(reader)
      }
    } else if (key.isString && peek(reader)?.kind === 'string') value = takeConstant(reader)
    entries.push({ key, value, span: spanOf(reader.file, key.span.start, (value ?? key).span.end) })
    end = reader.tokens[reader.at - 1]!.end
  }
  return { kind: 'map', entries, span: spanOf(reader.file, open.start, end) }
}

/** After an opening bracket: to its closing one. */
function skipNested(reader: Reader): void {
  let depth = 1
  while (depth > 0 && reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at++]!
    if (token.kind !== 'symbol') continue
    if (openers.has(token.text)) depth++
    else if (closers.has(token.text)) depth--
    else if (token.text === ';') return
  }
}

/** After CLUSTERING ORDER: `BY (a ASC, b DESC)`. */
function takeClusteringOrder(reader: Reader, order: CqlName[]): void {
  takeWord(reader, 'by')
  if (!takeSymbol(reader, '(')) return
  while (reader.at < reader.tokens.length && !takeSymbol(reader, ')')) {
    const name = takeName(reader)
    if (name) {
      order.push(name)
      takeWord(reader, 'asc', 'desc')
    } else reader.at++
  }
}

function takeProperties(reader: Reader, clusteringOrder: CqlName[] = []): readonly CqlProperty[] {
  const properties: CqlProperty[] = []
  while (reader.at < reader.tokens.length) {
    takeWord(reader, 'and', 'with')
    const nameToken = peek(reader)
    if (!nameToken) break
    if (isWord(nameToken, 'compact') && isWord(peek(reader, 1), 'storage')) {
      reader.at += 2
      continue
    }
    if (isWord(nameToken, 'clustering') && isWord(peek(reader, 1), 'order')) {
      reader.at += 2
      takeClusteringOrder(reader, clusteringOrder)
      continue
    }
    if (nameToken.kind !== 'word' && nameToken.kind !== 'quoted-name' && nameToken.kind !== 'string') {
      reader.at++
      continue
    }
    reader.at++
    const next = peek(reader)
    if (!isSymbol(next, '=') && !isSymbol(next, ':') && !isSymbol(next, '{')) continue
    if (!isSymbol(next, '{')) reader.at++
    const opened = peek(reader)
    const value = isSymbol(opened, '{') || isSymbol(opened, '[') || isSymbol(opened, '(') ? takeMap(reader) : takeConstant(reader)
    const end = value?.span.end ?? next!.end
    properties.push({
      name: located(nameToken.text, tokenSpan(reader, nameToken)),
      value,
      span: spanOf(reader.file, nameToken.start, end),
    })
  }
  return properties
}

/** To after the next WITH outside brackets; whether there is one. */
function skipToWith(reader: Reader): boolean {
  let depth = 0
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at++]!
    if (token.kind === 'symbol' && openers.has(token.text)) depth++
    else if (token.kind === 'symbol' && closers.has(token.text)) depth--
    else if (depth <= 0 && isWord(token, 'with')) return true
  }
  return false
}

function takeConditional(reader: Reader): boolean {
  if (!isWord(peek(reader), 'if')) return false
  const negated = isWord(peek(reader, 1), 'not')
  if (!isWord(peek(reader, negated ? 2 : 1), 'exists', 'exist')) return false
  reader.at += negated ? 3 : 2
  return true
}

interface Columns {
  readonly columns: readonly CqlColumn[]
  readonly partitionKey: readonly CqlName[]
  readonly clusteringKey: readonly CqlName[]
}
const noColumns: Columns = { columns: [], partitionKey: [], clusteringKey: [] }

/** `(a, (b, c), d)` after PRIMARY KEY: the first part is the partition key. */
function takePrimaryKey(reader: Reader, partitionKey: CqlName[], clusteringKey: CqlName[]): void {
  if (!takeSymbol(reader, '(')) return
  let first = true
  while (reader.at < reader.tokens.length && !takeSymbol(reader, ')')) {
    if (first && takeSymbol(reader, '(')) {
      while (reader.at < reader.tokens.length && !takeSymbol(reader, ')')) {
        const name = takeName(reader)
        if (name) partitionKey.push(name)
        else reader.at++
      }
      first = false
      continue
    }
    const name = takeName(reader)
    if (name) {
      ;(first ? partitionKey : clusteringKey).push(name)
      first = false
    } else reader.at++
  }
}

function takeColumns(reader: Reader): Columns {
  if (!takeSymbol(reader, '(')) return noColumns
  const columns: CqlColumn[] = []
  const partitionKey: CqlName[] = []
  const clusteringKey: CqlName[] = []
  while (reader.at < reader.tokens.length) {
    if (takeSymbol(reader, ')')) break
    if (takeSymbol(reader, ',')) continue
    if (isWord(peek(reader), 'primary') && isWord(peek(reader, 1), 'key')) {
      reader.at += 2
      takePrimaryKey(reader, partitionKey, clusteringKey)
      continue
    }
    const name = takeName(reader)
    if (!name) {
      reader.at++
      continue
    }
    const typeStart = peek(reader)?.start ?? name.span.end
    let typeEnd = typeStart
    let depth = 0
    let isStatic = false
    let typeDone = false
    while (reader.at < reader.tokens.length) {
      const token = peek(reader)!
      if (token.kind === 'symbol') {
        if (depth === 0 && (token.text === ',' || token.text === ')')) break
        if ('(<{['.includes(token.text)) depth++
        else if (')>}]'.includes(token.text)) depth--
      }
      if (depth === 0 && isWord(token, 'static', 'primary', 'masked', 'check')) {
        typeDone = true
        if (token.text === 'static') isStatic = true
        if (token.text === 'primary' && isWord(peek(reader, 1), 'key')) partitionKey.push(name)
      }
      if (!typeDone) typeEnd = token.end
      reader.at++
    }
    columns.push({ name, type: spanOf(reader.file, typeStart, typeEnd), isStatic })
  }
  return { columns, partitionKey, clusteringKey }
}

function takeDatacenters(reader: Reader): readonly Located<string>[] | 'all' | undefined {
  while (reader.at < reader.tokens.length) {
    if (takeWord(reader, 'all') && isWord(peek(reader), 'datacenters')) return 'all'
    if (!takeWord(reader, 'datacenters')) {
      reader.at++
      continue
    }
    const names: Located<string>[] = []
    while (reader.at < reader.tokens.length && !isSymbol(peek(reader), '}')) {
      const token = reader.tokens[reader.at++]!
      if (token.kind === 'string') names.push(located(token.text, tokenSpan(reader, token)))
    }
    return names
  }
  return undefined
}

/** What the statement of an extent says. */
export function readStatement(file: SourceFile, extent: CqlExtent): CqlStatement {
  const tokens = extent.kind === 'other' || extent.kind === 'broken' ? [] : tokenizeCql(file.text, extent.start, extent.end)
  const reader: Reader = { file, tokens, at: 0 }
  const placeholder = tokens.some(
    token => token.kind === 'placeholder' || ((token.kind === 'string' || token.kind === 'quoted-name') && holdsPlaceholder(token.text)),
  )
  const base = { span: spanOf(file, extent.start, extent.end), from: extent.from, closed: extent.closed, placeholder }
  switch (extent.kind) {
    case 'create-keyspace':
    case 'alter-keyspace': {
      reader.at = 2
      const conditional = takeConditional(reader)
      const name = isWord(peek(reader), 'with') ? undefined : takeName(reader)
      takeWord(reader, 'with')
      return { ...base, kind: extent.kind, name, conditional, properties: takeProperties(reader) }
    }
    case 'drop-keyspace':
    case 'use': {
      reader.at = extent.kind === 'use' ? 1 : 2
      const conditional = takeConditional(reader)
      return { ...base, kind: extent.kind, name: takeName(reader), conditional }
    }
    case 'create-table':
    case 'alter-table':
    case 'drop-table':
    case 'create-view':
    case 'alter-view':
    case 'drop-view': {
      reader.at = extent.kind.endsWith('view') ? 3 : 2
      const conditional = takeConditional(reader)
      const names = takeQualifiedName(reader)
      const columns = extent.kind === 'create-table' ? takeColumns(reader) : noColumns
      const hasProperties =
        !extent.kind.startsWith('drop') && (extent.kind !== 'alter-table' || isWord(peek(reader), 'with')) && skipToWith(reader)
      const clusteringOrder: CqlName[] = []
      const properties = hasProperties ? takeProperties(reader, clusteringOrder) : []
      return { ...base, kind: extent.kind, ...names, conditional, ...columns, clusteringOrder, properties }
    }
    case 'create-role':
    case 'alter-role': {
      reader.at = 2
      takeConditional(reader)
      return { ...base, kind: extent.kind, name: takeName(reader), datacenters: takeDatacenters(reader) }
    }
    case 'cqlsh': {
      const serial = isWord(tokens[0], 'serial')
      const level = tokens[serial ? 2 : 1]
      const isConsistency = isWord(tokens[0], 'consistency') || (serial && isWord(tokens[1], 'consistency'))
      return {
        ...base,
        kind: 'cqlsh',
        command: serial ? 'serial consistency' : (tokens[0]?.text ?? ''),
        level: isConsistency && level?.kind === 'word' ? located(level.text.toUpperCase(), tokenSpan(reader, level)) : undefined,
      }
    }
    default:
      return { ...base, kind: extent.kind === 'other' ? 'other' : 'broken' }
  }
}
