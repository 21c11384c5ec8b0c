/** A place in the tokens of a statement that is being judged, and the smallest steps of the grammar. */
import { canBeName } from '../catalog/cql-words.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlToken } from './cql-lexer.ts'

export interface SyntaxProblemAt {
  readonly reason: 'grammar' | 'duplicate-property' | 'duplicate-key'
  readonly start: number
  readonly end: number
  readonly expected: string
}

export interface Cursor {
  readonly text: string
  readonly tokens: readonly CqlToken[]
  at: number
  readonly line: ReleaseLine
  /** Where the statement ends. */
  readonly end: number
  /** The first problem; nothing after it is looked at. */
  problem: SyntaxProblemAt | undefined
  /** How deep terms and types are nested at `at`. */
  depth: number
}

/** Deeper nesting is refused here, as it ends in a stack overflow there. */
const deepest = 400

/** One level further in. */
export function nested<T>(cursor: Cursor, step: () => T, refused: T): T {
  if (cursor.depth >= deepest) {
    fail(cursor, 'less nesting')
    return refused
  }
  cursor.depth++
  const taken = step()
  cursor.depth--
  return taken
}

export function peek(cursor: Cursor, ahead = 0): CqlToken | undefined {
  return cursor.tokens[cursor.at + ahead]
}

export function isWord(token: CqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text)
}

export function isSymbol(token: CqlToken | undefined, symbolText: string): boolean {
  return token?.kind === 'symbol' && token.text === symbolText
}

/** Refuses at the next token, or at `at` when given. Always false. */
export function fail(cursor: Cursor, expected: string, at?: CqlToken, reason: SyntaxProblemAt['reason'] = 'grammar'): false {
  const token = at ?? peek(cursor)
  cursor.problem ??= token
    ? { reason, start: token.start, end: token.end, expected }
    : { reason, start: cursor.end, end: cursor.end, expected }
  return false
}

/** Steps over the token that was looked at. Always true. */
export function consumed(cursor: Cursor): true {
  cursor.at++
  return true
}

export function symbol(cursor: Cursor, symbolText: string): boolean {
  return isSymbol(peek(cursor), symbolText) ? consumed(cursor) : fail(cursor, `\`${symbolText}\``)
}

export function word(cursor: Cursor, wanted: string): boolean {
  return isWord(peek(cursor), wanted) ? consumed(cursor) : fail(cursor, `\`${wanted.toUpperCase()}\``)
}

/** Whether a token can name a keyspace, table or column in this release. */
export function isName(cursor: Cursor, token: CqlToken | undefined): boolean {
  return token?.kind === 'quoted-name' || (token?.kind === 'word' && canBeName(token.text, cursor.line))
}

/** A keyspace, table or column: a word that is not reserved, or a name in double quotes. */
export function name(cursor: Cursor, expected: string): boolean {
  const token = peek(cursor)
  if (isName(cursor, token)) return consumed(cursor)
  if (isSymbol(token, '?')) return fail(cursor, `${expected}; a bind variable cannot stand for one`)
  if (token?.kind === 'string') return fail(cursor, `${expected} without quotes, or in double quotes`)
  if (token?.kind === 'word') return fail(cursor, `${expected}; \`${token.text}\` is a reserved word and needs double quotes`)
  return fail(cursor, expected)
}

/** `table` or `keyspace.table`. */
export function qualifiedName(cursor: Cursor, expected: string): boolean {
  if (!name(cursor, expected)) return false
  return !isSymbol(peek(cursor), '.') || (consumed(cursor) && name(cursor, expected))
}
