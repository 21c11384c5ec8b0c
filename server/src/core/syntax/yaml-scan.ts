/**
 * YAML 1.1 text to tokens, as strict as SnakeYAML, which reads cassandra.yaml: tabs, stray colons and the like are refused at the same places.
 * After a refusal it goes on at the next line that starts a key at the root, so that the rest of a half-written file keeps its meaning.
 */
import type { ScalarStyle } from './yaml-tree.ts'

export type YamlTokenKind =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'directive'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | '{'
  | ']'
  | '}'
  | '-'
  | ','
  | 'key'
  | ':'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'
  /** Something was refused here and skipped; the next token starts a key at the root. */
  | 'gap'

export interface YamlToken {
  readonly kind: YamlTokenKind
  readonly start: number
  readonly end: number
  /** Column of a key in block style; -1 in flow style and for other tokens. */
  readonly column: number
  readonly text: string
  readonly style: ScalarStyle
}

export interface ScanProblem {
  readonly kind: string
  readonly detail: string
  readonly start: number
  readonly end: number
}

export interface Scanned {
  readonly tokens: readonly YamlToken[]
  readonly problems: readonly ScanProblem[]
}

interface PossibleKey {
  token: number
  required: boolean
  at: number
  lineStart: number
  column: number
}

const lineEnd = /[\n\r\x85\u2028\u2029\0]/g
const plainBlockStop = /[ \t\n\r\0\x85\u2028\u2029]|:(?=[ \t\n\r\0\x85\u2028\u2029]|$)/g
const plainFlowStop = /[ \t\n\r\0\x85\u2028\u2029,?[\]{}]|:(?=[ \t\n\r\0\x85\u2028\u2029,[\]{}]|$)/g
const anchorStop = /[ \t\n\r\0\x85\u2028\u2029:,[\]{}]|$/g
const escapes: { readonly [letter: string]: string } = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const escapeLengths: { readonly [letter: string]: number } = { x: 2, u: 4, U: 8 }
/** More brackets inside each other than the loader ever takes. */
const deepestFlow = 500
/** A simple key may be no longer than this (YAML 1.1). */
const longestSimpleKey = 1024

class Refused extends Error {
  readonly kind: string
  readonly start: number
  readonly end: number
  constructor(kind: string, detail: string, start: number, end: number) {
    super(detail)
    this.kind = kind
    this.start = start
    this.end = end
  }
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029
}
/** End of text, blank, tab or line break; NaN is the end of text. */
function isBlankOrEnd(code: number): boolean {
  return code === 32 || code === 9 || code === 0 || Number.isNaN(code) || isBreak(code)
}

/** Tokens of `text` and what was refused. Always answers; linear in the text's length. */
export function scanYaml(text: string): Scanned {
  const tokens: YamlToken[] = []
  const problems: ScanProblem[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let lineStart = at
  let indent = -1
  const indents: number[] = []
  let rootColumn = 0
  let flow = 0
  let keyAllowed = true
  let possible: (PossibleKey | undefined)[] = []

  const column = (): number => at - lineStart
  /** A null character ends the text, as it does for SnakeYAML; that it stands there is refused elsewhere. */
  const atEnd = (): boolean => at >= text.length || text.charCodeAt(at) === 0
  const refuse = (detail: string, start: number, end = start + 1, kind = 'yaml'): never => {
    throw new Refused(kind, detail, start, Math.max(start, Math.min(end, text.length)))
  }
  const add = (kind: YamlTokenKind, start: number, end: number, value = '', style: ScalarStyle = 'plain'): void => {
    tokens.push({ kind, start, end, column: -1, text: value, style })
  }

  /** Takes one line break at `at`, if there is one; `\n` for all but the Unicode separators. */
  const takeBreak = (): string => {
    const code = text.charCodeAt(at)
    if (!isBreak(code)) return ''
    at += code === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1
    lineStart = at
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
  }
  const skipToLineEnd = (): void => {
    lineEnd.lastIndex = at
    at = lineEnd.exec(text)?.index ?? text.length
  }
  const skipToToken = (): void => {
    for (;;) {
      while (text.charCodeAt(at) === 32) at++
      if (text.charCodeAt(at) === 35) skipToLineEnd()
      if (takeBreak() === '') return
      if (flow === 0) keyAllowed = true
    }
  }

  const dropKey = (level: number): void => {
    const key = possible[level]
    if (key?.required) refuse('a key without a colon', key.at, at)
    possible[level] = undefined
  }
  const dropStaleKeys = (): void => {
    for (let level = 0; level < possible.length; level++) {
      const key = possible[level]
      if (key && (key.lineStart !== lineStart || at - key.at > longestSimpleKey)) dropKey(level)
    }
  }
  const mayBeKey = (): void => {
    if (!keyAllowed) return
    dropKey(flow)
    possible[flow] = { token: tokens.length, required: flow === 0 && indent === column(), at, lineStart, column: column() }
  }
  const unwindTo = (wanted: number): void => {
    if (flow > 0) return
    while (indent > wanted) {
      indent = indents.pop() ?? -1
      add('block-end', at, at)
    }
  }
  const indentTo = (wanted: number): boolean => {
    if (indent >= wanted) return false
    if (indents.length === 0) rootColumn = wanted
    indents.push(indent)
    indent = wanted
    return true
  }

  const documentMark = (kind: 'document-start' | 'document-end'): void => {
    unwindTo(-1)
    dropKey(flow)
    keyAllowed = false
    add(kind, at, at + 3)
    at += 3
  }
  const directive = (): void => {
    unwindTo(-1)
    dropKey(flow)
    keyAllowed = false
    const start = at
    skipToLineEnd()
    const line = text.slice(start, at)
    if (!/^%(?:YAML +1\.\d{1,3}|TAG +!\w*!? +\S+|(?!YAML\b|TAG\b)[\w-]+(?: .*)?)\s*(?:#.*)?$/.test(line))
      refuse('a directive that YAML 1.1 does not know', start, at)
    add('directive', start, at, line)
  }
  const openFlow = (kind: '[' | '{'): void => {
    mayBeKey()
    // Every token looks at one possible key per bracket: without a bound, brackets alone would cost their square.
    if (++flow > deepestFlow) refuse('brackets nested too deeply', at)
    keyAllowed = true
    add(kind, at, ++at)
  }
  const closeFlow = (kind: ']' | '}'): void => {
    dropKey(flow)
    if (flow > 0) {
      possible.length = flow
      flow--
    } else refuse(`\`${kind}\` without its opening bracket`, at)
    keyAllowed = false
    add(kind, at, ++at)
  }
  const blockEntry = (): void => {
    if (flow === 0) {
      if (!keyAllowed) refuse('a list entry that is not allowed here', at)
      if (indentTo(column())) add('block-sequence', at, at)
    }
    keyAllowed = true
    dropKey(flow)
    add('-', at, ++at)
  }
  const explicitKey = (): void => {
    if (flow === 0) {
      if (!keyAllowed) refuse('a key that is not allowed here', at)
      if (indentTo(column())) add('block-mapping', at, at)
    }
    keyAllowed = flow === 0
    dropKey(flow)
    tokens.push({ kind: 'key', start: at, end: at + 1, column: flow === 0 ? column() : -1, text: '?', style: 'plain' })
    at++
  }
  const colon = (): void => {
    const key = possible[flow]
    if (key) {
      possible[flow] = undefined
      const keyToken: YamlToken = {
        kind: 'key',
        start: key.at,
        end: key.at,
        column: flow === 0 ? key.column : -1,
        text: '',
        style: 'plain',
      }
      const opens = flow === 0 && indentTo(key.column)
      if (opens)
        tokens.splice(key.token, 0, { kind: 'block-mapping', start: key.at, end: key.at, column: -1, text: '', style: 'plain' }, keyToken)
      else tokens.splice(key.token, 0, keyToken)
      keyAllowed = false
    } else {
      if (flow === 0) {
        if (!keyAllowed) refuse('a second colon on the line; quote the value', at)
        if (indentTo(column())) add('block-mapping', at, at)
      }
      keyAllowed = flow === 0
    }
    add(':', at, ++at)
  }
  const anchorOrAlias = (kind: 'anchor' | 'alias'): void => {
    mayBeKey()
    keyAllowed = false
    const start = at
    anchorStop.lastIndex = at + 1
    at = anchorStop.exec(text)?.index ?? text.length
    if (at === start + 1) refuse(`\`${text[start]}\` without a name; quote the value`, start)
    const next = text.charCodeAt(at)
    if (!isBlankOrEnd(next) && !':,]}'.includes(text[at]!)) refuse('a character that a name cannot hold', at)
    add(kind, start, at, text.slice(start + 1, at))
  }
  const tag = (): void => {
    mayBeKey()
    keyAllowed = false
    const start = at
    const found = /!(?:<[\w\-;/?:@&=+$,.!~*'()[\]%]+>|[\w-]*![\w\-;/?:@&=+$,.!~*'()[\]%]+|[\w\-;/?:@&=+$,.!~*'()[\]%]*)/y
    found.lastIndex = at
    at += found.exec(text)?.[0].length ?? 1
    const next = text.charCodeAt(at)
    if (!isBlankOrEnd(next) || next === 9) refuse('a tag that cannot be read', start, at + 1)
    add('tag', start, at, text.slice(start, at))
  }

  const blockScalar = (style: 'literal' | 'folded'): void => {
    keyAllowed = true
    dropKey(flow)
    const start = at
    at++
    const header = /([+-]?)(\d?)([+-]?)/y
    header.lastIndex = at
    const [whole = '', before = '', digit = '', after = ''] = header.exec(text) ?? []
    at += before === '' || after === '' ? whole.length : whole.length - 1
    if (digit === '0') refuse('a block text indented by 0', at - 1)
    if (!isBlankOrEnd(text.charCodeAt(at)) || text.charCodeAt(at) === 9) refuse('something after the sign of a block text', at)
    while (text.charCodeAt(at) === 32) at++
    if (text.charCodeAt(at) === 35) skipToLineEnd()
    if (takeBreak() === '' && !atEnd()) refuse('something after the sign of a block text', at)
    const least = Math.max(1, indent + 1)
    let breaks = ''
    let end = at
    let wanted: number
    const takeBreaks = (): void => {
      breaks = ''
      end = at
      for (;;) {
        while (column() < wanted && text.charCodeAt(at) === 32) at++
        const one = takeBreak()
        if (one === '') return
        breaks += one
        end = at
      }
    }
    if (digit === '') {
      let widest = 0
      for (;;) {
        if (text.charCodeAt(at) === 32) {
          at++
          widest = Math.max(widest, column())
        } else {
          const one = takeBreak()
          if (one === '') break
          breaks += one
          end = at
        }
      }
      wanted = Math.max(least, widest)
    } else {
      wanted = least + Number(digit) - 1
      takeBreaks()
    }
    const parts: string[] = []
    let lastBreak = ''
    while (column() === wanted && !atEnd()) {
      parts.push(breaks)
      const startsBlank = text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9
      const from = at
      skipToLineEnd()
      parts.push(text.slice(from, at))
      end = at
      lastBreak = takeBreak()
      takeBreaks()
      if (breaks === '') end = Math.max(end, from)
      if (column() !== wanted || atEnd()) break
      const nextBlank = text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9
      if (style === 'folded' && lastBreak === '\n' && !startsBlank && !nextBlank) {
        if (breaks === '') parts.push(' ')
      } else parts.push(lastBreak)
    }
    const chomp = before || after
    if (chomp !== '-') parts.push(lastBreak)
    if (chomp === '+') parts.push(breaks)
    add('scalar', start, Math.min(end, at), parts.join(''), style)
  }

  /** Line breaks and blanks inside a quoted text, folded. */
  const quotedBlank = (start: number): string => {
    const from = at
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++
    const blanks = text.slice(from, at)
    if (atEnd()) refuse('a quote that is never closed', start, text.length)
    const first = takeBreak()
    if (first === '') return blanks
    const more = quotedBreaks(start)
    if (first !== '\n') return first + more
    return more === '' ? ' ' : more
  }
  const quotedBreaks = (start: number): string => {
    let breaks = ''
    for (;;) {
      if ((text.startsWith('---', at) || text.startsWith('...', at)) && isBlankOrEnd(text.charCodeAt(at + 3)))
        refuse('a quote that is not closed before the document ends', start)
      while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++
      const one = takeBreak()
      if (one === '') return breaks
      breaks += one
    }
  }
  const quoted = (double: boolean): void => {
    mayBeKey()
    keyAllowed = false
    const start = at
    const stop = double ? /["\\ \t\n\r\0\x85\u2028\u2029]/g : /[' \t\n\r\0\x85\u2028\u2029]/g
    at++
    const parts: string[] = []
    for (;;) {
      stop.lastIndex = at
      const next = stop.exec(text)?.index ?? text.length
      if (next > at) parts.push(text.slice(at, next))
      at = next
      const code = text.charCodeAt(at)
      if (!double && code === 39) {
        if (text.charCodeAt(at + 1) !== 39) break
        parts.push("'")
        at += 2
      } else if (double && code === 34) break
      else if (double && code === 92) {
        const letter = text[at + 1] ?? ''
        const plain = escapes[letter]
        const length = escapeLengths[letter]
        if (plain !== undefined) {
          parts.push(plain)
          at += 2
        } else if (length !== undefined) {
          const hex = text.slice(at + 2, at + 2 + length)
          const value = hex.length === length && /^[0-9A-Fa-f]+$/.test(hex) ? Number.parseInt(hex, 16) : Number.POSITIVE_INFINITY
          if (value > 0x10ffff) refuse(`\`\\${letter}\` needs ${length} hexadecimal digits`, at, at + 2)
          parts.push(String.fromCodePoint(value))
          at += 2 + length
        } else {
          at++
          if (takeBreak() === '') refuse(`\`\\${letter}\` means nothing between double quotes; use single quotes`, at - 1, at + 1)
          parts.push(quotedBreaks(start))
        }
      } else if (code !== 32 && code !== 9 && at < text.length && !isBreak(code) && code !== 0) {
        parts.push(text[at]!)
        at++
      } else parts.push(quotedBlank(start))
    }
    at++
    add('scalar', start, at, parts.join(''), double ? 'double-quoted' : 'single-quoted')
  }

  /** Blanks after a piece of plain text: folded breaks, the blanks, or nothing when the document ends there. */
  const plainBlank = (): string => {
    const from = at
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++
    const blanks = text.slice(from, at)
    const first = takeBreak()
    if (first === '') return blanks
    keyAllowed = true
    const documentEnds = (): boolean => text.startsWith('---', at) || (text.startsWith('...', at) && isBlankOrEnd(text.charCodeAt(at + 3)))
    if (documentEnds()) return ''
    let breaks = ''
    for (;;) {
      while (text.charCodeAt(at) === 32) at++
      const one = takeBreak()
      if (one === '') break
      breaks += one
      if (documentEnds()) return ''
    }
    if (first !== '\n') return first + breaks
    return breaks === '' ? ' ' : breaks
  }
  const plain = (): void => {
    mayBeKey()
    keyAllowed = false
    const start = at
    let end = at
    const least = indent + 1
    const stop = flow > 0 ? plainFlowStop : plainBlockStop
    let value = ''
    let blank = ''
    for (;;) {
      if (text.charCodeAt(at) === 35) break
      stop.lastIndex = at
      const next = stop.exec(text)?.index ?? text.length
      if (next === at) break
      keyAllowed = false
      value += blank + text.slice(at, next)
      at = next
      end = next
      blank = plainBlank()
      if (blank === '' || text.charCodeAt(at) === 35 || (flow === 0 && column() < least)) break
    }
    add('scalar', start, end, value)
  }
  const startsPlain = (code: number): boolean => {
    if (isBlankOrEnd(code)) return false
    const character = text[at]!
    if (!'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true
    return !isBlankOrEnd(text.charCodeAt(at + 1)) && (character === '-' || (flow === 0 && (character === '?' || character === ':')))
  }

  const fetchToken = (code: number): void => {
    const nextBlank = isBlankOrEnd(text.charCodeAt(at + 1))
    const marks = (mark: string): boolean => column() === 0 && text.startsWith(mark, at) && isBlankOrEnd(text.charCodeAt(at + 3))
    const character = text[at]!
    if (character === '%' && column() === 0) directive()
    else if (character === '-' && marks('---')) documentMark('document-start')
    else if (character === '.' && marks('...')) documentMark('document-end')
    else if (character === '-' && nextBlank) blockEntry()
    else if (character === '[' || character === '{') openFlow(character)
    else if (character === ']' || character === '}') closeFlow(character)
    else if (character === ',') {
      keyAllowed = true
      dropKey(flow)
      add(',', at, ++at)
    } else if (character === '?' && (flow > 0 || nextBlank)) explicitKey()
    else if (character === ':' && (flow > 0 || nextBlank)) colon()
    else if (character === '*') anchorOrAlias('alias')
    else if (character === '&') anchorOrAlias('anchor')
    else if (character === '!') tag()
    else if (character === '|' && flow === 0) blockScalar('literal')
    else if (character === '>' && flow === 0) blockScalar('folded')
    else if (character === "'" || character === '"') quoted(character === '"')
    else if (startsPlain(code)) plain()
    else refuse(code === 9 ? 'a tab where only blanks may stand' : `\`${character}\` cannot start a value; quote it`, at)
  }
  /** Takes at least one token; false at the end of the text. */
  const fetch = (): boolean => {
    skipToToken()
    dropStaleKeys()
    unwindTo(column())
    if (!atEnd()) {
      fetchToken(text.charCodeAt(at))
      return true
    }
    unwindTo(-1)
    dropKey(flow)
    add('stream-end', at, at)
    return false
  }

  /** Moves to the next line after `from` that starts a key at the root; the open blocks below the root are closed. */
  const goOn = (from: number): void => {
    const next = new RegExp(`(?:[\\n\\r\\x85\\u2028\\u2029]) {${Math.min(rootColumn, 1000)}}(?=["'A-Za-z_])`, 'g')
    next.lastIndex = from
    const found = next.exec(text)
    flow = 0
    possible = []
    keyAllowed = true
    at = found ? found.index + 1 : text.length
    lineStart = at
    while (indents.length > 1) {
      indent = indents.pop() ?? -1
      add('block-end', at, at)
    }
    add('gap', at, at)
  }

  let wentOnFrom = -1
  for (;;) {
    try {
      while (fetch());
      return { tokens, problems }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      problems.push({ kind: error.kind, detail: error.message, start: error.start, end: error.end })
      // A problem is found late when a key has no colon: the lines after the key may be sound.
      const from = Math.max(error.start, wentOnFrom + 1)
      wentOnFrom = from
      goOn(from)
      wentOnFrom = Math.max(wentOnFrom, at - 1)
    }
  }
}
