/**
 * YAML 1.1 text to tokens, as strict as SnakeYAML, which reads cassandra.yaml: tabs, stray colons and the like are refused at the same places.
 * After a refusal it goes on at the next line that starts a key at the root, so that the rest of a half-written file keeps its meaning.
 */
import {
  atEnd,
  type Cursor,
  column,
  isBlankOrEnd,
  Refused,
  readBlockScalar,
  readPlain,
  readQuoted,
  refuse,
  type ScannedText,
  skipToLineEnd,
  takeBreak,
} from './yaml-scan-texts.ts'
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

const anchorStop = /[ \t\n\r\0\x85\u2028\u2029:,[\]{}]|$/g
/** More brackets inside each other than the loader ever takes. */
const deepestFlow = 500
/** A simple key may be no longer than this (YAML 1.1). */
const longestSimpleKey = 1024

/** A text with more is no YAML, and going on behind each would cost its square. */
const mostProblems = 100

/** Tokens of `text` and what was refused. Always answers; linear in the text's length. */
export function scanYaml(text: string): Scanned {
  const tokens: YamlToken[] = []
  const problems: ScanProblem[] = []
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const c: Cursor = { text, at: from, lineStart: from, keyAllowed: true }
  let indent = -1
  const indents: number[] = []
  let rootColumn = 0
  let flow = 0
  /** Where the outermost open bracket stands. */
  let flowStart = 0
  let possible: (PossibleKey | undefined)[] = []

  const add = (kind: YamlTokenKind, start: number, end: number, value = '', style: ScalarStyle = 'plain'): void => {
    tokens.push({ kind, start, end, column: -1, text: value, style })
  }

  const skipToToken = (): void => {
    for (;;) {
      while (text.charCodeAt(c.at) === 32) c.at++
      if (text.charCodeAt(c.at) === 35) skipToLineEnd(c)
      if (takeBreak(c) === '') return
      if (flow === 0) c.keyAllowed = true
    }
  }

  const dropKey = (level: number): void => {
    const key = possible[level]
    if (key?.required) refuse(c, 'a key without a colon', key.at, c.at)
    possible[level] = undefined
  }
  const dropStaleKeys = (): void => {
    for (let level = 0; level < possible.length; level++) {
      const key = possible[level]
      if (key && (key.lineStart !== c.lineStart || c.at - key.at > longestSimpleKey)) dropKey(level)
    }
  }
  const mayBeKey = (): void => {
    if (!c.keyAllowed) return
    dropKey(flow)
    possible[flow] = {
      token: tokens.length,
      required: flow === 0 && indent === column(c),
      at: c.at,
      lineStart: c.lineStart,
      column: column(c),
    }
  }
  const unwindTo = (wanted: number): void => {
    if (flow > 0) return
    while (indent > wanted) {
      indent = indents.pop() ?? -1
      add('block-end', c.at, c.at)
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
    c.keyAllowed = false
    add(kind, c.at, c.at + 3)
    c.at += 3
  }
  const directive = (): void => {
    unwindTo(-1)
    dropKey(flow)
    c.keyAllowed = false
    const start = c.at
    skipToLineEnd(c)
    const line = text.slice(start, c.at)
    if (!/^%(?:YAML +1\.\d{1,3}|TAG +!\w*!? +\S+|(?!YAML\b|TAG\b)[\w-]+(?: .*)?)\s*(?:#.*)?$/.test(line))
      refuse(c, 'a directive that YAML 1.1 does not know', start, c.at)
    add('directive', start, c.at, line)
  }
  const openFlow = (kind: '[' | '{'): void => {
    mayBeKey()
    // Every token looks at one possible key per bracket: without a bound, brackets alone would cost their square.
    if (flow === 0) flowStart = c.at
    if (++flow > deepestFlow) refuse(c, 'brackets nested too deeply', c.at)
    c.keyAllowed = true
    add(kind, c.at, ++c.at)
  }
  const closeFlow = (kind: ']' | '}'): void => {
    dropKey(flow)
    if (flow > 0) {
      possible.length = flow
      flow--
    } else refuse(c, `\`${kind}\` without its opening bracket`, c.at)
    c.keyAllowed = false
    add(kind, c.at, ++c.at)
  }
  const blockEntry = (): void => {
    if (flow === 0) {
      if (!c.keyAllowed) refuse(c, 'a list entry that is not allowed here', c.at)
      if (indentTo(column(c))) add('block-sequence', c.at, c.at)
    }
    c.keyAllowed = true
    dropKey(flow)
    add('-', c.at, ++c.at)
  }
  const explicitKey = (): void => {
    if (flow === 0) {
      if (!c.keyAllowed) refuse(c, 'a key that is not allowed here', c.at)
      if (indentTo(column(c))) add('block-mapping', c.at, c.at)
    }
    c.keyAllowed = flow === 0
    dropKey(flow)
    tokens.push({ kind: 'key', start: c.at, end: c.at + 1, column: flow === 0 ? column(c) : -1, text: '?', style: 'plain' })
    c.at++
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
      c.keyAllowed = false
    } else {
      if (flow === 0) {
        if (!c.keyAllowed) refuse(c, 'a second colon on the line; quote the value', c.at)
        if (indentTo(column(c))) add('block-mapping', c.at, c.at)
      }
      c.keyAllowed = flow === 0
    }
    add(':', c.at, ++c.at)
  }
  const anchorOrAlias = (kind: 'anchor' | 'alias'): void => {
    mayBeKey()
    c.keyAllowed = false
    const start = c.at
    anchorStop.lastIndex = c.at + 1
    c.at = anchorStop.exec(text)?.index ?? text.length
    if (c.at === start + 1) refuse(c, `\`${text[start]}\` without a name; quote the value`, start)
    const next = text.charCodeAt(c.at)
    if (!isBlankOrEnd(next) && !':,]}'.includes(text[c.at]!)) refuse(c, 'a character that a name cannot hold', c.at)
    add(kind, start, c.at, text.slice(start + 1, c.at))
  }
  const tag = (): void => {
    mayBeKey()
    c.keyAllowed = false
    const start = c.at
    const found = /!(?:<[\w\-;/?:@&=+$,.!~*'()[\]%]+>|[\w-]*![\w\-;/?:@&=+$,.!~*'()[\]%]+|[\w\-;/?:@&=+$,.!~*'()[\]%]*)/y
    found.lastIndex = c.at
    c.at += found.exec(text)?.[0].length ?? 1
    const next = text.charCodeAt(c.at)
    if (!isBlankOrEnd(next) || next === 9) refuse(c, 'a tag that cannot be read', start, c.at + 1)
    add('tag', start, c.at, text.slice(start, c.at))
  }

  const addText = (read: ScannedText, style: ScalarStyle): void => add('scalar', read.start, read.end, read.text, style)
  const blockText = (style: 'literal' | 'folded'): void => {
    c.keyAllowed = true
    dropKey(flow)
    addText(readBlockScalar(c, style, indent), style)
  }
  const quotedText = (double: boolean): void => {
    mayBeKey()
    c.keyAllowed = false
    addText(readQuoted(c, double), double ? 'double-quoted' : 'single-quoted')
  }
  const plainText = (): void => {
    mayBeKey()
    c.keyAllowed = false
    addText(readPlain(c, flow > 0, indent), 'plain')
  }
  const startsPlain = (code: number): boolean => {
    if (isBlankOrEnd(code)) return false
    const character = text[c.at]!
    if (!'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true
    return !isBlankOrEnd(text.charCodeAt(c.at + 1)) && (character === '-' || (flow === 0 && (character === '?' || character === ':')))
  }

  const fetchToken = (code: number): void => {
    const nextBlank = isBlankOrEnd(text.charCodeAt(c.at + 1))
    const marks = (mark: string): boolean => column(c) === 0 && text.startsWith(mark, c.at) && isBlankOrEnd(text.charCodeAt(c.at + 3))
    const character = text[c.at]!
    if (character === '%' && column(c) === 0) directive()
    else if (character === '-' && marks('---')) documentMark('document-start')
    else if (character === '.' && marks('...')) documentMark('document-end')
    else if (character === '-' && nextBlank) blockEntry()
    else if (character === '[' || character === '{') openFlow(character)
    else if (character === ']' || character === '}') closeFlow(character)
    else if (character === ',') {
      c.keyAllowed = true
      dropKey(flow)
      add(',', c.at, ++c.at)
    } else if (character === '?' && (flow > 0 || nextBlank)) explicitKey()
    else if (character === ':' && (flow > 0 || nextBlank)) colon()
    else if (character === '*') anchorOrAlias('alias')
    else if (character === '&') anchorOrAlias('anchor')
    else if (character === '!') tag()
    else if (character === '|' && flow === 0) blockText('literal')
    else if (character === '>' && flow === 0) blockText('folded')
    else if (character === "'" || character === '"') quotedText(character === '"')
    else if (startsPlain(code)) plainText()
    else refuse(c, code === 9 ? 'a tab where only blanks may stand' : `\`${character}\` cannot start a value; quote it`, c.at)
  }
  /** Takes at least one token; false at the end of the text. */
  const fetch = (): boolean => {
    skipToToken()
    dropStaleKeys()
    unwindTo(column(c))
    if (!atEnd(c)) {
      fetchToken(text.charCodeAt(c.at))
      return true
    }
    unwindTo(-1)
    dropKey(flow)
    add('stream-end', c.at, c.at)
    return false
  }

  /** Moves to the next line after `from` that starts a key at the root; the open blocks below the root are closed. */
  const goOn = (from: number): void => {
    const next = new RegExp(`(?:[\\n\\r\\x85\\u2028\\u2029]) {${Math.min(rootColumn, 1000)}}(?=["'A-Za-z_])`, 'g')
    next.lastIndex = from
    const found = next.exec(text)
    flow = 0
    possible = []
    c.keyAllowed = true
    c.at = found ? found.index + 1 : text.length
    c.lineStart = c.at
    while (indents.length > 1) {
      indent = indents.pop() ?? -1
      add('block-end', c.at, c.at)
    }
    add('gap', c.at, c.at)
  }

  let wentOnFrom = -1
  for (;;) {
    try {
      while (fetch());
      return { tokens, problems }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      problems.push({ kind: error.kind, detail: error.message, start: error.start, end: error.end })
      if (problems.length >= mostProblems) {
        flow = 0
        unwindTo(-1)
        add('stream-end', text.length, text.length)
        return { tokens, problems }
      }
      // A problem is found late when a key has no colon: the lines after the key may be sound.
      const from = Math.max(flow > 0 ? Math.min(error.start, flowStart) : error.start, wentOnFrom + 1)
      wentOnFrom = from
      goOn(from)
      wentOnFrom = Math.max(wentOnFrom, c.at - 1)
    }
  }
}
