/** What stands at an offset of a CQL file: its statement, its keyspace, and the words before the cursor. */
import type { Keyspace } from '../model/keyspace.ts'
import type { CqlConstant, CqlName, CqlStatement, ParsedCql } from '../syntax/cql-file.ts'
import { type CqlToken, tokenizeCql } from '../syntax/cql-lexer.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'

/** The parsed file at a path, when it is CQL. */
export function cqlAt(snapshot: Snapshot, path: string): ParsedCql | undefined {
  const parsed = snapshot.parsed.get(path)
  return parsed?.kind === 'cql' ? parsed : undefined
}

/** The statement in which an offset lies; behind the `;` it lies in none. */
export function statementAt(parsed: ParsedCql, offset: number): CqlStatement | undefined {
  return parsed.statements.find(({ span, closed }) => span.start <= offset && (closed ? offset < span.end : offset <= span.end))
}

/** A name's place without its quotes. */
export function bareSpan(name: CqlName | CqlConstant): Span {
  const { file, start, end } = name.span
  const quote = file.text[start]
  const quoted = end - start >= 2 && (quote === "'" || quote === '"') && file.text[end - 1] === quote
  return quoted ? spanOf(file, start + 1, end - 1) : name.span
}

/** The keyspace that a statement is about: its own, or its table's, or the one in use before it. */
export function keyspaceNameOf(parsed: ParsedCql, statement: CqlStatement): string | undefined {
  switch (statement.kind) {
    case 'create-keyspace':
    case 'alter-keyspace':
    case 'drop-keyspace':
    case 'use':
      return statement.name?.text
    case 'create-table':
    case 'alter-table':
    case 'drop-table':
    case 'create-view':
    case 'alter-view':
    case 'drop-view': {
      if (statement.keyspace) return statement.keyspace.text
      const before = parsed.statements.findLast(other => other.kind === 'use' && other.span.start < statement.span.start)
      return before?.kind === 'use' ? before.name?.text : undefined
    }
    default:
      return undefined
  }
}

/** The keyspace of the model that the statement at an offset is about; of several clusters', the first. */
export function keyspaceAt(snapshot: Snapshot, path: string, offset: number): Keyspace | undefined {
  const parsed = cqlAt(snapshot, path)
  const statement = parsed && statementAt(parsed, offset)
  const name = statement && keyspaceNameOf(parsed, statement)
  if (name === undefined) return undefined
  return snapshot.keyspaces.find(keyspace => keyspace.name === name && keyspace.statements.some(run => run.statement.span.file.path === path)) ??
    snapshot.keyspaces.find(keyspace => keyspace.name === name) // biome-ignore format: two choices
}

/** Names of the datacenters that a file's keyspaces can be placed in: of their clusters, else of all clusters. */
export function datacentersFor(snapshot: Snapshot, path: string): readonly string[] {
  const own = new Set(
    snapshot.keyspaces.filter(keyspace => keyspace.statement.file.path === path).flatMap(keyspace => keyspace.cluster ?? []),
  )
  const clusters = own.size > 0 ? [...own] : snapshot.clusters
  return [...new Set(clusters.flatMap(cluster => cluster.datacenters.map(({ name }) => name as string)))]
}

/** Tokens of the statement before the cursor, and the word that the cursor is in or behind. */
export interface Cut {
  readonly tokens: readonly CqlToken[]
  /** The unfinished word or text at the cursor; an empty place when there is none. */
  readonly word: Span
  readonly inString: boolean
}

/** Cuts the text from the statement's beginning to the cursor. */
export function cutAt(parsed: ParsedCql, offset: number): Cut {
  const { file } = parsed
  const statement = statementAt(parsed, offset)
  let from = statement?.span.start ?? 0
  if (!statement) for (const { span } of parsed.statements) if (span.end <= offset) from = Math.max(from, span.end)
  const tokens = tokenizeCql(file.text, from, offset)
  const last = tokens.at(-1)
  if (last?.kind === 'refused' && /^['"]$/.test(last.text)) {
    const closing = /^[^'"\r\n,:}]*/.exec(file.text.slice(offset, offset + 200))![0]
    return { tokens: tokens.slice(0, -1), word: spanOf(file, last.start + 1, offset + closing.length), inString: true }
  }
  if (last && last.end === offset && (last.kind === 'word' || last.kind === 'integer')) {
    const rest = /^\w*/.exec(file.text.slice(offset, offset + 200))![0]
    return { tokens: tokens.slice(0, -1), word: spanOf(file, last.start, offset + rest.length), inString: false }
  }
  return { tokens, word: spanOf(file, offset, offset), inString: false }
}

/** Where in a map a cursor stands. */
export interface MapPlace {
  /** The property whose map it is: `replication`, `compaction` … */
  readonly property: string
  readonly side: 'key' | 'value'
  /** The key before the colon, on the value's side. */
  readonly key: string | undefined
  /** Complete keys before the cursor, with their values. */
  readonly entries: ReadonlyMap<string, string>
}

/** The map around the cursor, when it stands in one. */
export function mapPlaceOf(tokens: readonly CqlToken[]): MapPlace | undefined {
  const open = tokens.findLastIndex(token => token.kind === 'symbol' && (token.text === '{' || token.text === '}'))
  if (open < 2 || tokens[open]!.text !== '{' || tokens[open - 1]!.text !== '=') return undefined
  const property = tokens[open - 2]!
  if (property.kind !== 'word' && property.kind !== 'quoted-name') return undefined
  const entries = new Map<string, string>()
  let key: string | undefined
  let side: MapPlace['side'] = 'key'
  for (const token of tokens.slice(open + 1)) {
    if (token.kind === 'symbol' && token.text === ':') side = 'value'
    else if (token.kind === 'symbol' && token.text === ',') {
      side = 'key'
      key = undefined
    } else if (side === 'key') key = token.text
    else if (key !== undefined) entries.set(key, token.text)
  }
  return { property: property.text, side, key: side === 'value' ? key : undefined, entries }
}
