/** cassandra-rackdc.properties and cassandra-topology.properties as java.util.Properties reads them, with places. */
import { hasTemplateSuffix, holdsControlStructure, holdsPlaceholder } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import { findMergeConflict } from './merge-conflict.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface PropertyEntry {
  /** After unescaping. */
  readonly key: string
  /** As Java's ISO-8859-1 reader sees it: trailing blanks are kept, a letter outside ASCII falls apart into its bytes. */
  readonly value: string
  readonly keySpan: Span
  /** Empty span after the separator when there is no value. */
  readonly valueSpan: Span
  /** The whole logical line. */
  readonly span: Span
  readonly placeholder: boolean
}

export interface ParsedProperties {
  readonly kind: 'rackdc' | 'topology'
  readonly file: SourceFile
  /** In order, duplicates included; the last of a key counts (`entryFor`). */
  readonly entries: readonly PropertyEntry[]
  /** A whole-line expression, a loop or a condition: a key that is not here may still come. */
  readonly keysMayBeElsewhere: boolean
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}

/** The entry that counts for a key: the last one. Keys are case-sensitive. */
export function entryFor(parsed: ParsedProperties | undefined, key: string): PropertyEntry | undefined {
  return parsed?.entries.findLast(entry => entry.key === key)
}

/** Reads as java.util.Properties does (JDK 17). A malformed `\u` ends the reading there, as it does in Java; a problem says so. */
export function parseProperties(file: SourceFile, kind: 'rackdc' | 'topology'): ParsedProperties {
  const conflict = findMergeConflict(file)
  const entries: PropertyEntry[] = []
  const problems: SyntaxProblem[] = conflict ? [conflict] : []
  const uncommented: string[] = []
  let keysMayBeElsewhere = false
  for (const line of conflict ? [] : logicalLines(file.text)) {
    const raw = file.text.slice(line.start, line.end)
    const placeholder = holdsPlaceholder(raw) || holdsControlStructure(raw)
    uncommented.push(raw)
    const cut = keyAndValue(line.text)
    const key = unescaped(line.text.slice(0, cut.keyEnd))
    const value = unescaped(line.text.slice(cut.valueStart))
    if (key === undefined || value === undefined) {
      problems.push({ kind: 'properties-escape', detail: 'Malformed \\uxxxx encoding.', span: { file, start: line.start, end: line.end } })
      break
    }
    if (placeholder && (holdsPlaceholder(line.text.slice(0, cut.keyEnd)) || /^(?:\{[{%#]|<%|%|\$)/.test(line.text)))
      keysMayBeElsewhere = true
    entries.push({
      key,
      value,
      keySpan: { file, start: line.sourceOf(0), end: line.sourceAfter(cut.keyEnd) },
      valueSpan: valueSpan(file, line, cut.valueStart),
      span: { file, start: line.start, end: line.end },
      placeholder,
    })
  }
  const steered = holdsControlStructure(uncommented.join('\n'))
  return {
    kind,
    file,
    entries,
    keysMayBeElsewhere: keysMayBeElsewhere || steered,
    template: hasTemplateSuffix(file.path) || steered,
    problems,
  }
}

interface LogicalLine {
  /** The characters that count, continuation marks and the blanks after them left out. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Offset in the file of the character at an index of `text`. */
  sourceOf(index: number): number
  /** Offset in the file after the character before an index of `text`. */
  sourceAfter(index: number): number
}

function* logicalLines(text: string): Generator<LogicalLine> {
  let at = 0
  while (at < text.length) {
    at = skipBlanksAndBreaks(text, at)
    if (at >= text.length) return
    if (text[at] === '#' || text[at] === '!') {
      at = endOfNaturalLine(text, at)
      continue
    }
    const pieces: { readonly from: number; readonly to: number }[] = []
    let length = 0
    let comment = false
    for (;;) {
      const lineEnd = endOfNaturalLine(text, at)
      const continued = endsInOddBackslashes(text, at, lineEnd)
      const to = continued ? lineEnd - 1 : lineEnd
      pieces.push({ from: at, to })
      length += to - at
      at = lineEnd
      if (!continued) break
      at = skipBlanks(text, afterBreak(text, lineEnd))
      // Nothing counted so far: the next line is a fresh one, and may be a comment.
      if (length === 0) {
        comment = true
        break
      }
      if (at >= text.length) break
    }
    if (!comment) yield lineOf(text, pieces)
  }
}

function lineOf(text: string, pieces: readonly { readonly from: number; readonly to: number }[]): LogicalLine {
  const first = pieces[0]!
  const last = pieces.findLast(piece => piece.to > piece.from) ?? first
  if (pieces.length === 1)
    return {
      text: text.slice(first.from, first.to),
      start: first.from,
      end: first.to,
      sourceOf: index => first.from + index,
      sourceAfter: index => first.from + index,
    }
  const starts: number[] = []
  let length = 0
  for (const piece of pieces) {
    starts.push(length)
    length += piece.to - piece.from
  }
  const sourceOf = (index: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= index) low = middle
      else high = middle - 1
    }
    return pieces[low]!.from + (index - starts[low]!)
  }
  return {
    text: pieces.map(piece => text.slice(piece.from, piece.to)).join(''),
    start: first.from,
    end: last.to,
    sourceOf: index => (index >= length ? last.to : sourceOf(index)),
    sourceAfter: index => (index <= 0 ? first.from : sourceOf(index - 1) + 1),
  }
}

function valueSpan(file: SourceFile, line: LogicalLine, valueStart: number): Span {
  const start = Math.min(line.sourceOf(valueStart), line.end)
  return { file, start, end: Math.max(start, line.end) }
}

function keyAndValue(line: string): { readonly keyEnd: number; readonly valueStart: number } {
  let keyEnd = 0
  let escaped = false
  for (; keyEnd < line.length; keyEnd++) {
    const character = line[keyEnd]!
    if (!escaped && (character === '=' || character === ':' || isBlank(character))) break
    escaped = character === '\\' && !escaped
  }
  let valueStart = keyEnd
  let separated = false
  for (; valueStart < line.length; valueStart++) {
    const character = line[valueStart]!
    if (isBlank(character)) continue
    if (separated || (character !== '=' && character !== ':')) break
    separated = true
  }
  return { keyEnd, valueStart }
}

/** Undefined on a malformed `\u`. */
function unescaped(raw: string): string | undefined {
  const text = asLatin1(raw)
  if (!text.includes('\\')) return text
  let result = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      result += text[i]
      continue
    }
    const escaped = text[++i]
    if (escaped === undefined) break
    if (escaped === 'u') {
      const digits = text.slice(i + 1, i + 5)
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) return undefined
      result += String.fromCharCode(Number.parseInt(digits, 16))
      i += 4
    } else result += named[escaped] ?? escaped
  }
  return result
}

const named: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', f: '\f' }

/** What a reader of ISO-8859-1 makes of a text stored in UTF-8. */
function asLatin1(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text
  const parts: string[] = []
  let plain = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!
    if (code < 0x80) continue
    parts.push(text.slice(plain, i), utf8(code >= 0xd800 && code < 0xe000 ? 0xfffd : code))
    if (code > 0xffff) i++
    plain = i + 1
  }
  parts.push(text.slice(plain))
  return parts.join('')
}

/** The bytes of a code point above ASCII, as characters. */
function utf8(code: number): string {
  const last = 0x80 | (code & 63)
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), last)
  const middle = 0x80 | ((code >> 6) & 63)
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), middle, last)
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), middle, last)
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\f'
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && isBlank(text[at]!)) at++
  return at
}

function skipBlanksAndBreaks(text: string, from: number): number {
  let at = from
  while (at < text.length && (isBlank(text[at]!) || text[at] === '\n' || text[at] === '\r')) at++
  return at
}

function endOfNaturalLine(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length)
}

function endsInOddBackslashes(text: string, from: number, to: number): boolean {
  let count = 0
  while (to - count > from && text[to - count - 1] === '\\') count++
  return count % 2 === 1
}
