/**
 * A CQL file cut into statements and cqlsh commands: linear, and quick through what does not matter to keyspaces (a dump is mostly INSERTs). Only
 * extents and kinds are found here.
 */
import { commentEnd, quotedEnd } from './cql-lexer.ts'

/** By the first words. `broken` begins with no word of CQL or cqlsh. */
export type CqlStatementKind =
  | 'create-keyspace'
  | 'alter-keyspace'
  | 'drop-keyspace'
  | 'use'
  | 'create-table'
  | 'alter-table'
  | 'drop-table'
  | 'create-view'
  | 'alter-view'
  | 'drop-view'
  | 'create-role'
  | 'alter-role'
  | 'cqlsh'
  | 'data'
  | 'other'
  | 'broken'

export interface CqlExtent {
  readonly kind: CqlStatementKind
  /** After the previous statement's end: comments and blanks before the statement belong to it, as the server sees them. */
  readonly from: number
  /** First character of the first word. */
  readonly start: number
  /** After the `;`, or after the last line of a cqlsh command. */
  readonly end: number
  /** Ends with `;`. */
  readonly closed: boolean
}

/** All extents of a file, in order; those of data statements are only counted and held as numbers (from, start, end). */
export interface CqlExtents {
  readonly statements: readonly CqlExtent[]
  readonly dataExtents: readonly number[]
}

/** Of a template; at most a thousand characters, so that hostile text costs linear time. */
const controlStructure = /\{%[\s\S]{0,999}?%\}|\{#[\s\S]{0,999}?#\}/y
const wordAt = /[A-Za-z_]+/y
const cqlshCommands: ReadonlySet<string> = new Set(
  'consistency source copy capture tracing expand paging login show help exit quit clear cls unicode elapsed history debug serial'.split(
    ' ',
  ),
)
const dataWords: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'select', 'truncate'])
const otherWords: ReadonlySet<string> = new Set([
  'grant',
  'revoke',
  'list',
  'add',
  'comment',
  'security',
  'describe',
  'desc',
  'begin',
  'apply',
])

/** 1: a character at which a quoted text, a comment or the end of a statement may start. */
const special = new Uint8Array(128)
for (const character of `'"$-/;`) special[character.charCodeAt(0)] = 1

/** Where the statement in which `at` lies outside quotes ends: after its `;`, or at the end of the text. `closed` tells which. */
interface StatementEnd {
  end: number
  closed: boolean
}

/** How far a closing quote is looked for one by one, before the search is left to the engine. */
const nearby = 48

/** After the quote that closes the text opened before `at`; the length when nothing closes it. A doubled quote closes and opens again. */
function afterQuote(text: string, at: number, quote: number): number {
  const near = Math.min(text.length, at + nearby)
  for (let i = at; i < near; i++) if (text.charCodeAt(i) === quote) return i + 1
  const close = text.indexOf(quote === 39 ? "'" : '"', near)
  return close < 0 ? text.length : close + 1
}

function statementEnd(text: string, at: number): StatementEnd {
  const length = text.length
  let i = at
  while (i < length) {
    const code = text.charCodeAt(i)
    if (code > 59 || special[code] === 0) {
      i++
      continue
    }
    if (code === 59) return { end: i + 1, closed: true }
    if (code === 39 || code === 34) i = afterQuote(text, i + 1, code)
    else if (code === 36) i = text.charCodeAt(i + 1) === 36 ? quotedEnd(text, i, length).end : i + 1
    else {
      const next = text.charCodeAt(i + 1)
      const comment = next === code || next === 42 ? commentEnd(text, i, length) : undefined
      i = comment === undefined ? i + 1 : Math.min(comment, length)
    }
  }
  return { end: length, closed: false }
}

/**
 * The first character at or after `at` that is neither blank (the server takes no no-break space and no byte order mark for one), comment, a line that begins
 * with `#`, nor a template's control structure.
 */
function skipSpace(text: string, at: number): number {
  const length = text.length
  let i = at
  for (;;) {
    const code = text.charCodeAt(i)
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff) i++
    else if (code === 45 || code === 47) {
      const comment = commentEnd(text, i, length)
      if (comment === undefined) return i
      i = Math.min(comment, length)
    } else if (code === 35) {
      while (i < length && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++
    } else if (code === 123 && (text[i + 1] === '%' || text[i + 1] === '#')) {
      controlStructure.lastIndex = i
      if (!controlStructure.test(text)) return i
      i = controlStructure.lastIndex
    } else return i
  }
}

function nextWord(text: string, at: number): { readonly word: string; readonly end: number } {
  const start = skipSpace(text, at)
  wordAt.lastIndex = start
  const found = wordAt.exec(text)
  return found ? { word: found[0].toLowerCase(), end: start + found[0].length } : { word: '', end: start }
}

const objectKinds: Readonly<Record<string, string>> = {
  keyspace: 'keyspace',
  schema: 'keyspace',
  table: 'table',
  columnfamily: 'table',
  keyspaces: 'keyspace',
  schemas: 'keyspace',
  tables: 'table',
  role: 'role',
  user: 'role',
}

/** What is defined; a plural, which no grammar has, counts as its singular. */
function definitionKind(text: string, verb: string, afterVerb: number): CqlStatementKind {
  const object = nextWord(text, afterVerb)
  const named = objectKinds[object.word]
  if (named === 'role' && verb === 'drop') return 'other'
  if (named !== undefined) return `${verb}-${named}` as CqlStatementKind
  if (object.word === 'materialized' && nextWord(text, object.end).word === 'view') return `${verb}-view` as CqlStatementKind
  return 'other'
}

/** The end of a BEGIN … APPLY BATCH or BEGIN … COMMIT TRANSACTION, whose inner statements end with `;` too. */
function batchEnd(text: string, at: number): StatementEnd {
  let inner = statementEnd(text, at)
  for (;;) {
    const tail = text.slice(Math.max(at, inner.end - 200), inner.end)
    if (!inner.closed || /\b(?:apply\s+batch|commit\s+transaction)\s*;$/i.test(tail)) return inner
    const { word, end } = nextWord(text, inner.end)
    if (word === 'apply' || word === 'commit') return statementEnd(text, end)
    if (!dataWords.has(word) && word !== 'let' && word !== 'if' && word !== 'end') return inner
    inner = statementEnd(text, end)
  }
}

/** To the `;` of a statement without comments, names in quotes or `$$`, and with few texts: what a dump holds. Anything else is cut step by step. */
const plainStatement = /[^'";$/-]*(?:(?:'[^']*'|-(?!-)|\/(?![*/]))[^'";$/-]*){0,400};/y

/** Whether INSERT and a blank stand here, in any case: dumps are made of them. */
function startsInsert(text: string, at: number): boolean {
  return (
    (text.charCodeAt(at) | 32) === 105 &&
    (text.charCodeAt(at + 1) | 32) === 110 &&
    (text.charCodeAt(at + 2) | 32) === 115 &&
    (text.charCodeAt(at + 3) | 32) === 101 &&
    (text.charCodeAt(at + 4) | 32) === 114 &&
    (text.charCodeAt(at + 5) | 32) === 116 &&
    text.charCodeAt(at + 6) === 32
  )
}

/** Cuts a text into statements. Total and linear. `visit` may stop the cutting by returning false. */
export function cutStatements(text: string, visit?: (extent: CqlExtent) => boolean): CqlExtents {
  const statements: CqlExtent[] = []
  const dataExtents: number[] = []
  const length = text.length
  let from = 0
  while (from < length) {
    const start = skipSpace(text, from)
    if (start >= length) break
    if (text.charCodeAt(start) === 59) {
      from = start + 1
      continue
    }
    if (startsInsert(text, start)) {
      plainStatement.lastIndex = start + 6
      const end = plainStatement.test(text) ? plainStatement.lastIndex : statementEnd(text, start + 6).end
      dataExtents.push(from, start, end)
      from = end
      continue
    }
    wordAt.lastIndex = start
    const first = wordAt.exec(text)
    const word = first ? first[0].toLowerCase() : ''
    const afterWord = start + word.length
    let kind: CqlStatementKind
    let extent: StatementEnd
    if (dataWords.has(word)) {
      extent = statementEnd(text, afterWord)
      dataExtents.push(from, start, extent.end)
      from = extent.end
      continue
    }
    if (word === 'create' || word === 'alter' || word === 'drop') {
      kind = definitionKind(text, word, afterWord)
      extent = statementEnd(text, afterWord)
      while (extent.closed && /^(?:and|with)$/.test(nextWord(text, extent.end).word)) extent = statementEnd(text, extent.end)
    } else if (word === 'use') {
      kind = 'use'
      extent = statementEnd(text, afterWord)
    } else if (word === 'begin') {
      kind = 'other'
      extent = batchEnd(text, afterWord)
    } else if (cqlshCommands.has(word)) {
      kind = 'cqlsh'
      extent = lineEnd(text, afterWord)
    } else if (word === 'desc' || word === 'describe') {
      kind = 'other'
      extent = lineEnd(text, afterWord)
    } else {
      kind = otherWords.has(word) ? 'other' : 'broken'
      extent = statementEnd(text, Math.max(afterWord, start))
    }
    const found: CqlExtent = { kind, from, start, end: extent.end, closed: extent.closed }
    statements.push(found)
    from = Math.max(extent.end, from + 1)
    if (visit && !visit(found)) break
  }
  return { statements, dataExtents }
}

/** A cqlsh command ends with its line, or with a `;` in it. */
function lineEnd(text: string, at: number): StatementEnd {
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 59) return { end: i + 1, closed: true }
    if (code === 10 || code === 13) return { end: i, closed: false }
  }
  return { end: text.length, closed: false }
}
