/**
 * Tokens of CQL with their places, as Cassandra's own lexer cuts them; a template's placeholder is a token that stands for anything. Which words
 * are keywords is a question to a release (catalog/cql-words.ts), not to the lexer.
 */

import { cqlWordClass } from '../catalog/cql-words.ts'

export type CqlTokenKind =
  /** Letters, digits, `_`; first a letter. */
  | 'word'
  | 'quoted-name'
  /** `""`, which names nothing. */
  | 'empty-quoted-name'
  | 'string'
  | 'integer'
  | 'float'
  /** `-NaN`, `-Infinity`. */
  | 'negative-constant'
  | 'duration'
  | 'uuid'
  | 'hex'
  | 'symbol'
  | 'placeholder'
  /** What the lexer refuses: a stray character, an unclosed string or comment. */
  | 'refused'

export interface CqlToken {
  readonly kind: CqlTokenKind
  /** Offsets in the file. */
  readonly start: number
  readonly end: number
  /** A word in lower case; a string or quoted name without its quotes; else as written. */
  readonly text: string
}

const word = /[A-Za-z][A-Za-z0-9_]*/y
const uuid = /[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}/y
const hex = /0[xX][0-9A-Fa-f]*/y
const duration = /-?\d+(?:y|mo|ms|m|w|d|h|s|us|µs|ns)(?:\d+(?:y|mo|ms|m|w|d|h|s|us|µs|ns))*/iy
const isoDuration =
  /-?P(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d|\d+W|(?:\d+Y(?:\d+M)?(?:\d+D)?|\d+M(?:\d+D)?|\d+D)(?:T(?:\d+H(?:\d+M)?(?:\d+S)?|\d+M(?:\d+S)?|\d+S))?|T(?:\d+H(?:\d+M)?(?:\d+S)?|\d+M(?:\d+S)?|\d+S))(?![A-Za-z0-9_])/y
const integer = /-?\d+/y
const float = /-?\d+(?:\.\d+(?:e[+-]?\d+)?|\.(?!\.)(?:e[+-]?\d+)?|e[+-]?\d+)/iy
const negativeConstant = /-(?:nan|infinity)/iy
const wordsInAngles = /<[A-Za-z][\w .-]{0,999}>/y
const namedPlaceholders: readonly RegExp[] = [/\$[A-Za-z_]\w*\$?/y, /@@\w{1,99}@@/y, /__[A-Za-z]\w{0,99}?__(?![A-Za-z0-9])/y]
/** What opens a placeholder, what closes it, and whether it may go over lines. */
const bracketed: readonly (readonly [open: string, close: string, severalLines: boolean])[] = [
  ['{{', '}}', true],
  ['{%', '%}', true],
  ['{#', '#}', true],
  ['<%', '%>', true],
  ['${', '}', false],
  ['$(', ')', false],
]
/** No placeholder is longer. */
const longestPlaceholder = 1000
const collectionType = /^(?:map|list|set|tuple|frozen|vector)$/

function matchAt(pattern: RegExp, text: string, at: number, end: number): string | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found && at + found[0].length <= end ? found[0] : undefined
}

/** Where a comment that starts at `at` ends; `end` + 1 when nothing closes it; undefined when none starts there. */
export function commentEnd(text: string, at: number, end: number): number | undefined {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (code === 47 && next === 42) {
    const close = text.indexOf('*/', at + 2)
    return close < 0 || close + 2 > end ? end + 1 : close + 2
  }
  if ((code === 45 && next === 45) || (code === 47 && next === 47)) {
    let i = at + 2
    while (i < end) {
      const c = text.charCodeAt(i)
      if (c === 10 || c === 13) return i + 1
      i++
    }
    return end + 1
  }
  return undefined
}

/** The string, quoted name or `$$` string that starts at `at`: its end and whether it is closed. */
export function quotedEnd(text: string, at: number, end: number): { readonly end: number; readonly closed: boolean } {
  const quote = text[at] === '$' ? '$$' : text[at]!
  let from = at + quote.length
  for (;;) {
    const close = text.indexOf(quote, from)
    if (close < 0 || close + quote.length > end) return { end, closed: false }
    if (quote !== '$$' && text[close + 1] === quote && close + 1 < end) {
      from = close + 2
      continue
    }
    return { end: close + quote.length, closed: true }
  }
}

/** Where each text stands next, remembered, so that hostile text costs linear time. */
type NextPlaces = Map<string, number>

function nextPlace(places: NextPlaces, text: string, wanted: string, from: number): number {
  let at = places.get(wanted)
  if (at === undefined || at < from) {
    at = text.indexOf(wanted, from)
    if (at < 0) at = Number.POSITIVE_INFINITY
    places.set(wanted, at)
  }
  return at
}

/** The end of the template placeholder that starts at `at`, or undefined. */
function placeholderEnd(text: string, at: number, end: number, before: CqlToken | undefined, places: NextPlaces): number | undefined {
  const code = text.charCodeAt(at)
  if (code !== 123 && code !== 60 && code !== 36 && code !== 64 && code !== 95) return undefined
  if (code === 60 && !(before?.kind === 'word' && collectionType.test(before.text))) {
    const words = matchAt(wordsInAngles, text, at, end)
    const isTypo = before?.end === at && cqlWordClass(words?.slice(1, -1).toLowerCase() ?? '', '6.0') === 'native-type'
    if (words !== undefined && !isTypo) return at + words.length
  }
  for (const [open, close, severalLines] of bracketed) {
    if (!text.startsWith(open, at)) continue
    const closing = nextPlace(places, text, close, at + 2)
    const to = closing + close.length
    if (to > end || to - at > longestPlaceholder) continue
    if (severalLines || nextPlace(places, text, '\n', at) > closing) return to
  }
  for (const pattern of namedPlaceholders) {
    const found = matchAt(pattern, text, at, end)
    if (found !== undefined) return at + found.length
  }
  return undefined
}

function numberAt(text: string, at: number, end: number): { readonly kind: CqlTokenKind; readonly raw: string } | undefined {
  const id = matchAt(uuid, text, at, end)
  if (id !== undefined) return { kind: 'uuid', raw: id }
  const iso = matchAt(isoDuration, text, at, end)
  if (iso !== undefined) return { kind: 'duration', raw: iso }
  const hexadecimal = matchAt(hex, text, at, end)
  if (hexadecimal !== undefined) return { kind: 'hex', raw: hexadecimal }
  const real = matchAt(float, text, at, end)
  if (real !== undefined) return { kind: 'float', raw: real }
  const span = matchAt(duration, text, at, end)
  if (span !== undefined) return { kind: 'duration', raw: span }
  const whole = matchAt(integer, text, at, end)
  if (whole !== undefined) return { kind: 'integer', raw: whole }
  const constant = matchAt(negativeConstant, text, at, end)
  return constant === undefined ? undefined : { kind: 'negative-constant', raw: constant }
}

const twoCharacterSymbols: ReadonlySet<string> = new Set(['<=', '>=', '!=', '+=', '-=', '..'])
const symbols: ReadonlySet<string> = new Set([...'(){}[]<>=,;:.*+-/%?'])

function lineEndAfter(text: string, at: number, end: number): number {
  let i = at
  while (i < end && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++
  return i
}

/** No statement that anybody wrote has more; what follows is one token of kind `refused`. */
const mostTokens = 1_000_000

/** All tokens between two offsets, without blanks and comments. Total: what cannot be a token is one of kind `refused`. Linear in the length. */
export function tokenizeCql(whole: string, start: number, end: number): readonly CqlToken[] {
  // A word or number that goes on behind `end` is cut there.
  const text = end < whole.length ? whole.slice(0, end) : whole
  const tokens: CqlToken[] = []
  const places: NextPlaces = new Map()
  let i = start
  const push = (kind: CqlTokenKind, to: number, tokenText: string) => {
    tokens.push({ kind, start: i, end: to, text: tokenText })
    i = to
  }
  while (i < end) {
    if (tokens.length === mostTokens) {
      push('refused', end, text.slice(i, i + 1))
      break
    }
    const code = text.charCodeAt(i)
    if (code === 32 || code === 9 || code === 10 || code === 13) {
      i++
      continue
    }
    const comment = commentEnd(text, i, end)
    if (comment !== undefined) {
      if (comment > end) push('refused', end, text.slice(i, Math.min(end, i + 2)))
      else i = comment
      continue
    }
    const character = text[i]!
    if (character === "'" || character === '"' || (character === '$' && text[i + 1] === '$')) {
      const width = character === '$' ? 2 : 1
      const quoted = quotedEnd(text, i, end)
      if (!quoted.closed) push('refused', end, text.slice(i, i + width))
      else {
        const inner = text.slice(i + width, quoted.end - width)
        if (character === "'") push('string', quoted.end, inner.includes("'") ? inner.replaceAll("''", "'") : inner)
        else if (character === '$') push('string', quoted.end, inner)
        else if (inner === '') push('empty-quoted-name', quoted.end, '')
        else push('quoted-name', quoted.end, inner.includes('"') ? inner.replaceAll('""', '"') : inner)
      }
      continue
    }
    const placeholder = placeholderEnd(text, i, end, tokens.at(-1), places)
    if (placeholder !== undefined) {
      push('placeholder', placeholder, text.slice(i, placeholder))
      continue
    }
    const isDigit = code >= 48 && code <= 57
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
    if (isDigit || code === 45 || code === 80 || (isLetter && (code | 32) <= 102)) {
      const number = numberAt(text, i, end)
      if (number) {
        push(number.kind, i + number.raw.length, number.raw)
        continue
      }
    }
    if (isLetter) {
      const raw = matchAt(word, text, i, end) ?? character
      push('word', i + raw.length, raw.toLowerCase())
      continue
    }
    if (character === '#') {
      // No comment to the server, but meant as one: refused up to the end of its line.
      push('refused', lineEndAfter(text, i, end), '#')
      continue
    }
    const two = text.slice(i, Math.min(end, i + 2))
    if (twoCharacterSymbols.has(two)) push('symbol', i + 2, two)
    else if (symbols.has(character)) push('symbol', i + 1, character)
    else push('refused', i + 1, character)
  }
  return tokens
}
