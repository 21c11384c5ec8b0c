/** The grammar of `WITH name = value AND …` and of terms, as far as the parser takes them in properties and masks. */
import { grammarHas } from '../catalog/cql-grammar-changes.ts'
import { cqlWordClass } from '../catalog/cql-words.ts'
import { type Cursor, consumed, fail, isName, isSymbol, isWord, nested, peek, symbol } from './cql-grammar-cursor.ts'
import { comparatorType, nativeType } from './cql-grammar-tables.ts'
import type { CqlToken } from './cql-lexer.ts'

const constantKinds: ReadonlySet<string> = new Set(['string', 'integer', 'float', 'negative-constant', 'duration', 'uuid', 'hex'])

export function isConstant(token: CqlToken | undefined): boolean {
  return token !== undefined && (constantKinds.has(token.kind) || isWord(token, 'true', 'false', 'nan', 'infinity'))
}

export function properties(cursor: Cursor): boolean {
  const seen = new Set<string>()
  for (;;) {
    if (!property(cursor, seen)) return false
    if (!isWord(peek(cursor), 'and')) return true
    cursor.at++
  }
}

/** `name = constant`, `name = keyword` or `name = {map}`; a name may stand once. */
export function property(cursor: Cursor, seen: Set<string>): boolean {
  const nameToken = peek(cursor)
  if (!isName(cursor, nameToken))
    return fail(cursor, nameToken?.kind === 'string' ? 'the name of a property, without quotes' : 'the name of a property')
  cursor.at++
  if (!symbol(cursor, '=')) return false
  const value = peek(cursor)
  if (isSymbol(value, '{')) {
    if (!propertyMap(cursor)) return false
  } else if (isConstant(value)) cursor.at++
  else if (value?.kind === 'word' && isKeyword(cursor, value.text)) cursor.at++
  else return fail(cursor, 'a quoted text, a number, a boolean or a map')
  if (seen.has(nameToken!.text)) return fail(cursor, `\`${nameToken!.text}\` once`, nameToken, 'duplicate-property')
  seen.add(nameToken!.text)
  return true
}

function isKeyword(cursor: Cursor, text: string): boolean {
  const wordClass = cqlWordClass(text, cursor.line)
  return wordClass === 'unreserved' || wordClass === 'unreserved-no-type' || wordClass === 'native-type'
}

/** `{'key': value, …}`: any terms to the grammar, constants to the parser's own check, each key once. */
function propertyMap(cursor: Cursor): boolean {
  cursor.at++
  if (isSymbol(peek(cursor), '}')) return consumed(cursor)
  const seen = new Set<string>()
  const problems: (() => false)[] = []
  for (;;) {
    const key = peek(cursor)
    const keyAt = cursor.at
    if (!term(cursor)) return refuseKey(cursor, keyAt, key)
    const plainKey = isConstant(key) && cursor.at === keyAt + 1
    if (!isSymbol(peek(cursor), ':')) return fail(cursor, '`:` between key and value')
    cursor.at++
    const value = peek(cursor)
    const valueAt = cursor.at
    if (!term(cursor)) return refuseValue(cursor, valueAt, value)
    const plainValue = isConstant(value) && cursor.at === valueAt + 1
    if (!plainKey) problems.push(() => fail(cursor, 'a constant as key', key))
    else if (!plainValue) problems.push(() => fail(cursor, 'a constant as value', value))
    else {
      const text = keyText(cursor, key!)
      if (seen.has(text)) problems.push(() => fail(cursor, `\`${text}\` once`, key, 'duplicate-key'))
      seen.add(text)
    }
    if (isSymbol(peek(cursor), '}')) {
      cursor.at++
      break
    }
    if (!isSymbol(peek(cursor), ',')) return fail(cursor, '`,` or `}`')
    cursor.at++
  }
  return problems.length === 0 || problems[0]!()
}

/** A constant as the server's property reader sees it; NaN and Infinity in their own spelling. */
function keyText(cursor: Cursor, token: CqlToken): string {
  if (token.kind === 'string') return token.text
  if (isWord(token, 'nan') || (token.kind === 'negative-constant' && /nan/i.test(token.text))) return 'NaN'
  if (isWord(token, 'infinity')) return 'Infinity'
  if (token.kind === 'negative-constant') return '-Infinity'
  return cursor.text.slice(token.start, token.end)
}

/** A word or quoted name as written, without its quotes. */
function unquoted(cursor: Cursor, token: CqlToken): string {
  return cursor.text.slice(token.start, token.end).replace(/^"|"$/g, '')
}

function refuseKey(cursor: Cursor, at: number, key: CqlToken | undefined): false {
  cursor.problem = undefined
  if (isSymbol(key, '}')) return fail(cursor, 'no comma before `}`', cursor.tokens[at - 1])
  if (key?.kind === 'quoted-name' || key?.kind === 'word') return fail(cursor, `the key in single quotes, '${unquoted(cursor, key)}'`, key)
  cursor.at = at
  return fail(cursor, 'a key in single quotes')
}

function refuseValue(cursor: Cursor, at: number, value: CqlToken | undefined): false {
  cursor.problem = undefined
  if (value?.kind === 'quoted-name' || value?.kind === 'word')
    return fail(cursor, `the value in single quotes, '${unquoted(cursor, value)}'`, value)
  cursor.at = at
  return fail(cursor, 'a value: a text in single quotes or a number')
}

/** Any term of the grammar: constants, collections, tuples, function calls, casts, arithmetic. */
export function term(cursor: Cursor): boolean {
  if (!termGroup(cursor)) return false
  const arithmetic = grammarHas('term-arithmetic', cursor.line)
  while (arithmetic && ['+', '-', '*', '/', '%'].some(operator => isSymbol(peek(cursor), operator))) {
    cursor.at++
    if (!termGroup(cursor)) return false
  }
  return true
}

function termGroup(cursor: Cursor): boolean {
  if (grammarHas('term-arithmetic', cursor.line) && isSymbol(peek(cursor), '-')) cursor.at++
  return simpleTerm(cursor)
}

function simpleTerm(cursor: Cursor): boolean {
  return nested(cursor, () => simpleTermHere(cursor), false)
}

function simpleTermHere(cursor: Cursor): boolean {
  if (isSymbol(peek(cursor), '(')) return tupleOrHint(cursor)
  if (grammarHas('term-arithmetic', cursor.line) && isWord(peek(cursor), 'cast') && isSymbol(peek(cursor, 1), '(')) {
    cursor.at += 2
    if (!simpleTerm(cursor) || !isWord(peek(cursor), 'as')) return fail(cursor, '`AS`')
    cursor.at++
    return nativeType(cursor) && symbol(cursor, ')')
  }
  return startsValue(cursor) ? value(cursor) : functionCall(cursor, 'a value')
}

function startsValue(cursor: Cursor): boolean {
  const token = peek(cursor)
  return isConstant(token) || isWord(token, 'null') || ['?', ':', '[', '{', '('].some(opening => isSymbol(token, opening))
}

/** A constant, a collection, a user type, a tuple, NULL or a bind variable. */
export function value(cursor: Cursor): boolean {
  const token = peek(cursor)
  if (isConstant(token) || isWord(token, 'null') || isSymbol(token, '?')) return consumed(cursor)
  if (isSymbol(token, ':')) {
    cursor.at++
    return isName(cursor, peek(cursor)) ? consumed(cursor) : fail(cursor, 'a name')
  }
  if (isSymbol(token, '[')) return list(cursor, ']')
  if (isSymbol(token, '{')) return braces(cursor)
  if (isSymbol(token, '(')) return tuple(cursor)
  return fail(cursor, 'a value')
}

const noFunctions: ReadonlySet<string> = new Set(['ttl', 'writetime', 'maxwritetime', 'key', 'cast', 'json', 'distinct'])

/** `function(…)` or `keyspace.function(…)`. */
export function functionCall(cursor: Cursor, expected: string): boolean {
  const start = cursor.at
  if (isName(cursor, peek(cursor)) && isSymbol(peek(cursor, 1), '.')) cursor.at += 2
  const called = peek(cursor)
  const callable = called?.kind === 'quoted-name' || (called?.kind === 'word' && (isName(cursor, called) || called.text === 'token'))
  const excluded = called?.kind === 'word' && noFunctions.has(called.text) && isKeyword(cursor, called.text)
  if (!callable || excluded || !isSymbol(peek(cursor, 1), '(')) {
    cursor.at = start
    return fail(cursor, expected)
  }
  cursor.at++
  return list(cursor, ')')
}

/** From the opening bracket: terms between commas, possibly none, and the closing one. */
function list(cursor: Cursor, close: string): boolean {
  cursor.at++
  if (isSymbol(peek(cursor), close)) return consumed(cursor)
  for (;;) {
    if (!term(cursor)) return false
    if (isSymbol(peek(cursor), ',')) cursor.at++
    else return symbol(cursor, close)
  }
}

function braces(cursor: Cursor): boolean {
  cursor.at++
  if (isSymbol(peek(cursor), '}')) return consumed(cursor)
  let kind: 'map' | 'set' | 'type' | undefined
  for (;;) {
    if (isName(cursor, peek(cursor)) && isSymbol(peek(cursor, 1), ':') && (kind ?? 'type') === 'type') {
      kind = 'type'
      cursor.at += 2
      if (!term(cursor)) return false
    } else {
      if (kind === 'type' || !term(cursor)) return fail(cursor, 'a value')
      const paired = isSymbol(peek(cursor), ':')
      if (kind !== undefined && paired !== (kind === 'map')) return fail(cursor, '`,` or `}`')
      kind = paired ? 'map' : 'set'
      if (paired) {
        cursor.at++
        if (!term(cursor)) return false
      }
    }
    if (isSymbol(peek(cursor), ',')) cursor.at++
    else return symbol(cursor, '}')
  }
}

function tupleOrHint(cursor: Cursor): boolean {
  const start = cursor.at
  cursor.at++
  if (comparatorType(cursor) && isSymbol(peek(cursor), ')')) {
    const afterHint = peek(cursor, 1)
    const isTuple = afterHint === undefined || (afterHint.kind === 'symbol' && !['(', '{', '[', '?', ':', '-'].includes(afterHint.text))
    if (!isTuple) {
      cursor.at++
      return simpleTerm(cursor)
    }
  }
  cursor.at = start
  cursor.problem = undefined
  return tuple(cursor)
}

function tuple(cursor: Cursor): boolean {
  cursor.at++
  if (!term(cursor)) return false
  while (isSymbol(peek(cursor), ',')) {
    cursor.at++
    if (!term(cursor)) return false
  }
  return symbol(cursor, ')')
}
