/**
 * The grammar of keyspace and table statements as the parser of each release has it: whether a statement is taken, else at which token it is refused.
 * Judged are CREATE, ALTER and DROP of KEYSPACE, SCHEMA, TABLE and COLUMNFAMILY, and USE. Semantic reasons that the parser itself raises (a property
 * twice, a bind variable, `frozen<int>`) count as syntax, as they do there.
 */
import { grammarHas } from '../catalog/cql-grammar-changes.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlStatement } from './cql-file.ts'
import { type Cursor, consumed, fail, isSymbol, isWord, name, peek, qualifiedName, symbol, word } from './cql-grammar-cursor.ts'
import { properties, property } from './cql-grammar-properties.ts'
import { type ColumnRegister, columnConstraints, columnDefinitions, columnMask, comparatorType } from './cql-grammar-tables.ts'
import { type CqlToken, tokenizeCql } from './cql-lexer.ts'

export type SyntaxVerdict =
  | { readonly accepted: true }
  /** A template's placeholder stands in it, or it is none of the statements that are judged. */
  | { readonly accepted: undefined }
  | {
      readonly accepted: false
      /** `duplicate-property`, `duplicate-key`: also a matter of meaning; anything else is `grammar`. */
      readonly reason: 'grammar' | 'duplicate-property' | 'duplicate-key'
      /** Offsets of the token at which it is refused; empty at the end of the statement. */
      readonly start: number
      readonly end: number
      /** What would be taken there, in words. */
      readonly expected: string
    }

const unjudged: SyntaxVerdict = { accepted: undefined }

/** Verdicts that were given; a statement is an immutable object. */
const given = new WeakMap<CqlStatement, Map<ReleaseLine, SyntaxVerdict>>()

/** Judges a statement of a file. */
export function judgeSyntax(statement: CqlStatement, line: ReleaseLine): SyntaxVerdict {
  let verdicts = given.get(statement)
  if (!verdicts) {
    verdicts = new Map()
    given.set(statement, verdicts)
  }
  let verdict = verdicts.get(line)
  if (!verdict) {
    verdict = judged(statement, line)
    verdicts.set(line, verdict)
  }
  return verdict
}

function judged(statement: CqlStatement, line: ReleaseLine): SyntaxVerdict {
  if (!/^(?:(?:create|alter|drop)-(?:keyspace|table)|use)$/.test(statement.kind)) return unjudged
  const { file, end } = statement.span
  return judgeCqlText(file.text, line, statement.from, end)
}

/** Judges a text that holds one statement, as the server does: comments before it, `;` after it. */
export function judgeCqlText(text: string, line: ReleaseLine, start = 0, end: number = text.length): SyntaxVerdict {
  const tokens = tokenizeCql(text, start, end)
  if (tokens.some(token => token.kind === 'placeholder')) return unjudged
  const lexical = tokens.find(token => token.kind === 'refused')
  const readable = lexical ? tokens.filter(token => token.kind !== 'refused' || token.end >= end) : tokens
  const cursor: Cursor = { text, tokens: readable, at: 0, line, end, problem: undefined, depth: 0 }
  const taken = statement(cursor)
  if (taken === undefined) return unjudged
  if (taken && !cursor.problem) {
    while (isSymbol(peek(cursor), ';')) cursor.at++
    if (peek(cursor)) fail(cursor, 'the end of the statement; a `;` is missing')
  }
  const problem = cursor.problem
  if (lexical && (!problem || lexical.start <= problem.start))
    return { accepted: false, reason: 'grammar', start: lexical.start, end: lexical.end, expected: lexicalWords(lexical) }
  return problem ? { accepted: false, ...problem } : { accepted: true }
}

function lexicalWords(token: CqlToken): string {
  if (token.text === "'" || token.text === '"' || token.text === '$$') return `a closing \`${token.text}\``
  if (token.text === '--' || token.text === '//') return 'a line break after the comment'
  if (token.text === '/*') return 'a closing `*/`'
  if (token.text === '#') return 'a comment that begins with `--`, `//` or `/*`'
  return 'no such character outside quotes'
}

/** True: taken so far; false: refused; undefined: none of the statements that are judged. */
function statement(cursor: Cursor): boolean | undefined {
  const verb = peek(cursor)
  const object = peek(cursor, 1)
  if (isWord(verb, 'use')) {
    cursor.at = 1
    return name(cursor, 'the name of a keyspace')
  }
  if (!isWord(verb, 'create', 'alter', 'drop') || object?.kind !== 'word') return undefined
  cursor.at = 2
  if (object.text === 'schema' && !grammarHas('schema-for-keyspace', cursor.line)) {
    cursor.at = 1
    return fail(cursor, '`KEYSPACE`')
  }
  if (['keyspaces', 'schemas', 'tables', 'columnfamilies'].includes(object.text)) {
    cursor.at = 1
    return fail(cursor, `\`${/^(?:tables|columnfamilies)$/.test(object.text) ? 'TABLE' : 'KEYSPACE'}\``)
  }
  if (object.text === 'keyspace' || object.text === 'schema') {
    if (verb!.text === 'create') return createKeyspace(cursor)
    return verb!.text === 'alter' ? alterKeyspace(cursor) : dropNamed(cursor, () => name(cursor, 'the name of a keyspace'))
  }
  if (object.text === 'table' || object.text === 'columnfamily') {
    if (verb!.text === 'create') return createTable(cursor)
    return verb!.text === 'alter' ? alterTable(cursor) : dropNamed(cursor, () => qualifiedName(cursor, 'the name of a table'))
  }
  return undefined
}

function ifNotExists(cursor: Cursor): boolean {
  if (!isWord(peek(cursor), 'if')) return true
  cursor.at++
  return word(cursor, 'not') && word(cursor, 'exists')
}

function ifExists(cursor: Cursor, isThere: boolean): boolean {
  if (!isWord(peek(cursor), 'if')) return true
  if (!isThere) return fail(cursor, 'a name; `IF EXISTS` came with Cassandra 4.1')
  cursor.at++
  return word(cursor, 'exists')
}

function createKeyspace(cursor: Cursor): boolean {
  return ifNotExists(cursor) && name(cursor, 'the name of a keyspace') && word(cursor, 'with') && properties(cursor)
}

function alterKeyspace(cursor: Cursor): boolean {
  return (
    ifExists(cursor, grammarHas('alter-if-exists', cursor.line)) &&
    name(cursor, 'the name of a keyspace') &&
    word(cursor, 'with') &&
    properties(cursor)
  )
}

function dropNamed(cursor: Cursor, named: () => boolean): boolean {
  return ifExists(cursor, true) && named()
}

function createTable(cursor: Cursor): boolean {
  if (!ifNotExists(cursor) || !qualifiedName(cursor, 'the name of a table')) return false
  if (grammarHas('create-table-like', cursor.line) && isWord(peek(cursor), 'like')) {
    cursor.at++
    if (!qualifiedName(cursor, 'the name of a table')) return false
    return !isWord(peek(cursor), 'with') || (consumed(cursor) && likeProperties(cursor))
  }
  const register: ColumnRegister = { columns: new Set(), orders: new Set(), hasPrimaryKey: false }
  if (!symbol(cursor, '(') || !columnDefinitions(cursor, register)) return false
  return !isWord(peek(cursor), 'with') || (consumed(cursor) && tableProperties(cursor, register))
}

function likeProperties(cursor: Cursor): boolean {
  const seen = new Set<string>()
  for (;;) {
    const copies = isWord(peek(cursor), 'indexes', 'comments') && !isSymbol(peek(cursor, 1), '=')
    if (copies) cursor.at++
    else if (isWord(peek(cursor), 'security') && isWord(peek(cursor, 1), 'labels')) cursor.at += 2
    else if (!property(cursor, seen)) return false
    if (!isWord(peek(cursor), 'and')) return true
    cursor.at++
  }
}

function tableProperties(cursor: Cursor, register: ColumnRegister): boolean {
  const seen = new Set<string>()
  for (;;) {
    const next = peek(cursor)
    const after = peek(cursor, 1)
    if (isWord(next, 'compact') && isWord(after, 'storage')) cursor.at += 2
    else if (isWord(next, 'clustering') && isWord(after, 'order')) {
      cursor.at += 2
      if (!word(cursor, 'by') || !clusteringOrder(cursor, register)) return false
    } else if (!property(cursor, seen)) return false
    if (!isWord(peek(cursor), 'and')) return true
    cursor.at++
  }
}

function clusteringOrder(cursor: Cursor, register: ColumnRegister): boolean {
  if (!symbol(cursor, '(')) return false
  for (;;) {
    const column = peek(cursor)
    if (!name(cursor, 'a column')) return false
    if (!isWord(peek(cursor), 'asc', 'desc')) return fail(cursor, '`ASC` or `DESC`')
    cursor.at++
    if (column && grammarHas('refuses-repeated-columns', cursor.line)) {
      const key = column.text
      if (register.orders.has(key)) return fail(cursor, `\`${key}\` once`, column)
      register.orders.add(key)
    }
    if (isSymbol(peek(cursor), ',')) cursor.at++
    else return symbol(cursor, ')')
  }
}

function alterTable(cursor: Cursor): boolean {
  const conditional = grammarHas('alter-if-exists', cursor.line)
  if (!ifExists(cursor, conditional) || !qualifiedName(cursor, 'the name of a table')) return false
  const instruction = peek(cursor)
  if (instruction?.kind !== 'word' || !['alter', 'add', 'drop', 'rename', 'with'].includes(instruction.text))
    return fail(cursor, '`WITH`, `ADD`, `DROP`, `RENAME` or `ALTER`')
  cursor.at++
  switch (instruction.text) {
    case 'with':
      return properties(cursor)
    case 'alter':
      return alterColumn(cursor)
    case 'add':
      return addColumns(cursor, conditional)
    case 'drop':
      return dropColumns(cursor, conditional)
    default:
      return renameColumns(cursor, conditional)
  }
}

function columnName(cursor: Cursor): boolean {
  if (peek(cursor)?.kind === 'empty-quoted-name' && grammarHas('altering-the-empty-column', cursor.line)) return consumed(cursor)
  return name(cursor, 'a column')
}

function alterColumn(cursor: Cursor): boolean {
  const masks = grammarHas('masked-column', cursor.line)
  const conditional = masks && isWord(peek(cursor), 'if')
  if (conditional) {
    cursor.at++
    if (!word(cursor, 'exists')) return false
  }
  const column = peek(cursor)
  if (!columnName(cursor)) return false
  if (!conditional && isWord(peek(cursor), 'type')) return consumed(cursor) && comparatorType(cursor)
  if (masks && isWord(peek(cursor), 'masked')) return columnMask(cursor)
  if (masks && isWord(peek(cursor), 'drop')) {
    cursor.at++
    if (grammarHas('check-constraint', cursor.line) && isWord(peek(cursor), 'check')) return consumed(cursor)
    return word(cursor, 'masked')
  }
  if (grammarHas('check-constraint', cursor.line) && isWord(peek(cursor), 'check')) return columnConstraints(cursor, column!.text)
  return fail(cursor, masks ? '`TYPE`, `MASKED` or `DROP MASKED`' : '`TYPE`')
}

/** `(x, y)` or one alone. */
function oneOrSeveral(cursor: Cursor, part: () => boolean): boolean {
  if (!isSymbol(peek(cursor), '(')) return part()
  cursor.at++
  for (;;) {
    if (!part()) return false
    if (isSymbol(peek(cursor), ',')) cursor.at++
    else return symbol(cursor, ')')
  }
}

function addColumns(cursor: Cursor, conditional: boolean): boolean {
  if (conditional && !ifNotExists(cursor)) return false
  return oneOrSeveral(cursor, () => {
    const column = peek(cursor)
    if (!name(cursor, 'a column') || !comparatorType(cursor)) return false
    if (isWord(peek(cursor), 'static')) cursor.at++
    if (grammarHas('masked-column', cursor.line) && isWord(peek(cursor), 'masked') && !columnMask(cursor)) return false
    return !(grammarHas('check-constraint', cursor.line) && isWord(peek(cursor), 'check')) || columnConstraints(cursor, column!.text)
  })
}

function dropColumns(cursor: Cursor, conditional: boolean): boolean {
  if (isWord(peek(cursor), 'compact') && isWord(peek(cursor, 1), 'storage')) {
    cursor.at += 2
    return true
  }
  if (!ifExists(cursor, conditional) || !oneOrSeveral(cursor, () => name(cursor, 'a column'))) return false
  if (!isWord(peek(cursor), 'using')) return true
  cursor.at++
  if (!word(cursor, 'timestamp')) return false
  const time = peek(cursor)
  if (time?.kind !== 'integer') return fail(cursor, 'a whole number')
  const value = BigInt(time.text)
  if (value > 9223372036854775807n || value < -9223372036854775808n) return fail(cursor, 'a number of 64 bits')
  return consumed(cursor)
}

function renameColumns(cursor: Cursor, conditional: boolean): boolean {
  if (!ifExists(cursor, conditional)) return false
  for (;;) {
    if (!name(cursor, 'a column') || !word(cursor, 'to') || !name(cursor, 'a column')) return false
    if (!isWord(peek(cursor), 'and')) return true
    cursor.at++
  }
}
