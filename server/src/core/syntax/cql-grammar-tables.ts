/** The grammar of columns and their types, masks and constraints. */
import { comparedConstraints, grammarHas, loneConstraints } from '../catalog/cql-grammar-changes.ts'
import { marshalTypes } from '../catalog/cql-marshal-types.ts'
import { cqlWordClass, reservedTypeNames } from '../catalog/cql-words.ts'
import { type Cursor, consumed, fail, isSymbol, isWord, name, nested, peek, symbol, word } from './cql-grammar-cursor.ts'
import { functionCall, isConstant, value } from './cql-grammar-properties.ts'
import type { CqlToken } from './cql-lexer.ts'

/** What a CREATE TABLE has named so far. */
export interface ColumnRegister {
  readonly columns: Set<string>
  readonly orders: Set<string>
  hasPrimaryKey: boolean
}

/** After the opening parenthesis: columns and PRIMARY KEY, to the closing one. Stray commas are taken. */
export function columnDefinitions(cursor: Cursor, register: ColumnRegister): boolean {
  if (!columnDefinition(cursor, register)) return false
  while (isSymbol(peek(cursor), ',')) {
    cursor.at++
    const next = peek(cursor)
    if (isSymbol(next, ',') || isSymbol(next, ')')) continue
    if (!columnDefinition(cursor, register)) return false
  }
  if (isSymbol(peek(cursor), ')')) return consumed(cursor)
  return fail(cursor, `\`,\` or \`)\` after the column${remark(cursor)}`)
}

/** Why the next word is none of this release's grammar, where that is known. */
function remark(cursor: Cursor): string {
  const next = peek(cursor)
  const before = cursor.tokens[cursor.at - 1]
  if (isWord(next, 'default')) return '; CQL has no default values'
  if (isWord(next, 'masked')) return '; masked columns came with Cassandra 5.0'
  if (isWord(next, 'check')) return '; constraints came with Cassandra 6.0'
  return isSymbol(next, '<') && isWord(before, 'vector') ? '; vectors came with Cassandra 5.0' : ''
}

function columnDefinition(cursor: Cursor, register: ColumnRegister): boolean {
  if (isWord(peek(cursor), 'primary')) {
    const at = peek(cursor)
    cursor.at++
    return word(cursor, 'key') && primaryKey(cursor) && onePrimaryKey(cursor, register, at)
  }
  const column = peek(cursor)
  if (!name(cursor, 'a column') || !comparatorType(cursor)) return false
  if (isWord(peek(cursor), 'static')) cursor.at++
  if (grammarHas('masked-column', cursor.line) && isWord(peek(cursor), 'masked') && !columnMask(cursor)) return false
  if (grammarHas('check-constraint', cursor.line) && isWord(peek(cursor), 'check') && !columnConstraints(cursor, column!.text)) return false
  if (isWord(peek(cursor), 'primary')) {
    const at = peek(cursor)
    cursor.at++
    if (!word(cursor, 'key') || !onePrimaryKey(cursor, register, at)) return false
  }
  if (grammarHas('refuses-repeated-columns', cursor.line)) {
    if (register.columns.has(column!.text)) return fail(cursor, `column \`${column!.text}\` once`, column)
    register.columns.add(column!.text)
  }
  return true
}

function onePrimaryKey(cursor: Cursor, register: ColumnRegister, at: CqlToken | undefined): boolean {
  if (register.hasPrimaryKey && grammarHas('refuses-repeated-columns', cursor.line)) return fail(cursor, 'one PRIMARY KEY', at)
  register.hasPrimaryKey = true
  return true
}

function primaryKey(cursor: Cursor): boolean {
  if (!symbol(cursor, '(')) return false
  if (isSymbol(peek(cursor), '(')) {
    cursor.at++
    if (!nameList(cursor)) return false
  } else if (!name(cursor, 'a column')) return false
  while (isSymbol(peek(cursor), ',')) {
    cursor.at++
    if (!name(cursor, 'a column')) return false
  }
  return symbol(cursor, ')')
}

/** Columns between commas, and the closing parenthesis. */
export function nameList(cursor: Cursor): boolean {
  for (;;) {
    if (!name(cursor, 'a column')) return false
    if (isSymbol(peek(cursor), ',')) cursor.at++
    else return symbol(cursor, ')')
  }
}

/** `MASKED WITH DEFAULT`, `MASKED WITH function(…)`. */
export function columnMask(cursor: Cursor): boolean {
  cursor.at++
  if (!word(cursor, 'with')) return false
  if (isWord(peek(cursor), 'default') && !isSymbol(peek(cursor, 1), '(') && !isSymbol(peek(cursor, 1), '.')) return consumed(cursor)
  return functionCall(cursor, 'a masking function, or `DEFAULT`')
}

const relations: ReadonlySet<string> = new Set(['=', '<', '<=', '>', '>=', '!='])

/** `CHECK constraint AND …` on the column of that name. */
export function columnConstraints(cursor: Cursor, column: string): boolean {
  cursor.at++
  for (;;) {
    if (!columnConstraint(cursor, column)) return false
    if (!isWord(peek(cursor), 'and')) return true
    cursor.at++
  }
}

function columnConstraint(cursor: Cursor, column: string): boolean {
  if (isWord(peek(cursor), 'not') && isWord(peek(cursor, 1), 'null')) {
    cursor.at += 2
    return true
  }
  const subject = peek(cursor)
  if (!name(cursor, 'a constraint')) return false
  const known = subject!.kind === 'word' ? subject!.text : ''
  const called = isSymbol(peek(cursor), '(')
  if (called && !constraintArguments(cursor)) return false
  const operator = peek(cursor)
  const compares = operator?.kind === 'symbol' && relations.has(operator.text)
  if (!compares) return loneConstraints.has(known) || fail(cursor, 'a constraint that can stand alone: NOT NULL or JSON', subject)
  if (called ? !comparedConstraints.has(known) : subject!.text !== column)
    return fail(cursor, called ? 'LENGTH, OCTET_LENGTH or REGEXP' : `the column itself, \`${column}\``, subject)
  cursor.at++
  return value(cursor)
}

function constraintArguments(cursor: Cursor): boolean {
  cursor.at++
  if (isSymbol(peek(cursor), ')')) return consumed(cursor)
  for (;;) {
    if (!isConstant(peek(cursor))) return fail(cursor, 'a constant')
    cursor.at++
    if (isSymbol(peek(cursor), ',')) cursor.at++
    else return symbol(cursor, ')')
  }
}

const collections: Readonly<Record<string, number>> = { map: 2, list: 1, set: 1 }

/** A column's type. */
export function comparatorType(cursor: Cursor): boolean {
  return typeOf(cursor) !== undefined
}

type TypeShape = 'plain' | 'freezable'

export function nativeType(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (token?.kind === 'word' && cqlWordClass(token.text, cursor.line) === 'native-type') return consumed(cursor)
  return fail(cursor, 'a type of CQL')
}

function refused(cursor: Cursor, expected: string, at = peek(cursor)): undefined {
  fail(cursor, expected, at)
  return undefined
}

function typeOf(cursor: Cursor): TypeShape | undefined {
  return nested<TypeShape | undefined>(cursor, () => typeHere(cursor), undefined)
}

function typeHere(cursor: Cursor): TypeShape | undefined {
  const token = peek(cursor)
  if (token?.kind === 'string') {
    if (!isMarshalType(token.text)) return refused(cursor, 'a type of CQL; a type in quotes is the name of a Java class')
    cursor.at++
    return 'plain'
  }
  if (token?.kind === 'quoted-name') return userType(cursor)
  if (token?.kind !== 'word') return refused(cursor, 'a type')
  const opens = isSymbol(peek(cursor, 1), '<')
  if (opens && Object.hasOwn(collections, token.text)) return parameters(cursor, collections[token.text]!, collections[token.text]!)
  if (opens && token.text === 'tuple') return parameters(cursor, 1, 1000)
  if (opens && token.text === 'frozen') return frozen(cursor)
  if (opens && token.text === 'vector' && grammarHas('vector-type', cursor.line)) return vector(cursor)
  if (cqlWordClass(token.text, cursor.line) === 'native-type' && !isSymbol(peek(cursor, 1), '.')) {
    cursor.at++
    return 'plain'
  }
  return userType(cursor)
}

function parameters(cursor: Cursor, least: number, most: number): TypeShape | undefined {
  cursor.at += 2
  for (let count = 1; ; count++) {
    if (typeOf(cursor) === undefined) return undefined
    if (count < most && (count < least || isSymbol(peek(cursor), ','))) {
      if (!symbol(cursor, ',')) return undefined
    } else return symbol(cursor, '>') ? 'freezable' : undefined
  }
}

function frozen(cursor: Cursor): TypeShape | undefined {
  cursor.at += 2
  const inner = peek(cursor)
  const shape = typeOf(cursor)
  if (shape === undefined || !symbol(cursor, '>')) return undefined
  return shape === 'freezable' ? shape : refused(cursor, 'a collection, a tuple or a user type in `frozen<>`', inner)
}

function vector(cursor: Cursor): TypeShape | undefined {
  cursor.at += 2
  if (typeOf(cursor) === undefined || !symbol(cursor, ',')) return undefined
  const size = peek(cursor)
  if (size?.kind !== 'integer' || Math.abs(Number(size.text)) > 2_147_483_647) return refused(cursor, 'the number of dimensions')
  cursor.at++
  return symbol(cursor, '>') ? 'freezable' : undefined
}

/** `type` or `keyspace.type`; keywords that are types of CQL, and a few names, are none. */
function userType(cursor: Cursor): TypeShape | undefined {
  if (isSymbol(peek(cursor, 1), '.')) {
    if (!name(cursor, 'a keyspace')) return undefined
    cursor.at++
  }
  const token = peek(cursor)
  if (token?.kind === 'quoted-name') {
    cursor.at++
    return 'freezable'
  }
  if (token?.kind !== 'word') return refused(cursor, 'a type')
  const wordClass = cqlWordClass(token.text, cursor.line)
  if (wordClass !== 'identifier' && wordClass !== 'unreserved') return refused(cursor, 'a type')
  if (wordClass === 'identifier' && reservedTypeNames.has(cursor.text.slice(token.start, token.end)))
    return refused(cursor, 'another type; this name is reserved')
  cursor.at++
  return 'freezable'
}

/** Whether a text names a class of Cassandra's types, with parameters; classes of other packages count, as they may be installed. */
function isMarshalType(text: string): boolean {
  const className = /^\s*([\w.$]*)/.exec(text)![1]!
  const simple = className.startsWith('org.apache.cassandra.db.marshal.') ? className.slice(32) : className
  if (simple.includes('.')) return true
  return marshalTypes.has(simple)
}
