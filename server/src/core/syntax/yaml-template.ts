/** Placeholders in YAML: found, and masked so that what is literal can be read. A placeholder in a comment does not count. */
import { hasTemplateSuffix } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'

export interface MaskedYaml {
  /** Of the same length as the file's text. */
  readonly text: string
  readonly holdsPlaceholder: (start: number, end: number) => boolean
  /** Conditions, loops, includes. */
  readonly steered: boolean
  /** A loop, an include or an expression on a line of its own: any key may come from there. */
  readonly keysMayBeElsewhere: boolean
}

const suspicious = /\{\{|\{%|\{#|<%|\$[A-Za-z_{(]|@@|__[A-Za-z]|<[A-Za-z]|^[ \t]*%/m
/** Where a placeholder may begin: searched first, because it is quick. */
const candidate = /[{<$@%]|__/g
/** Where a placeholder begins; those of brackets end at their closing signs, which `closings` finds. */
const opening =
  /\{\{|\{%|\{#|<%|\$\{|\$\(|\$[A-Za-z_]\w*|@@\w+@@|(?<![A-Za-z0-9])__[A-Za-z]\w{0,200}?__(?![A-Za-z0-9])|(?<=[:-][ \t]{1,100}["']?)<[A-Za-z][\w .-]{0,200}>(?=["']?[ \t]*(?:#.*)?$)|^[ \t]{0,200}%[ \t]*(?:if|elif|else|for|while|end\w*|include)\b.*$/my
const closings: { readonly [opening: string]: string } = { '{{': '}}', '{%': '%}', '{#': '#}', '<%': '%>', '${': '}', '$(': ')' }
const control = /^(?:\{%|\{#|<%(?!=)|\{\{-?\s*(?:if|range|with|else|end|template|include|define|block)\b|[ \t]*%)/
/** What may bring keys of its own. */
const generates =
  /^(?:\{%[-+]?\s*(?:for|include|import|extends|block|macro|set)\b|<%-?\s*(?:.*\.each|.*\bdo\b|for\b|include)|\{\{-?\s*(?:range|template|include)\b|[ \t]*%\s*for\b)/

/** Placeholders further along a line do not stand alone on it. */
const farthestAlone = 4000

/** The text with placeholders replaced by letters, and control structures on their own lines by blanks. */
export function maskTemplate(file: SourceFile): MaskedYaml {
  const { text } = file
  const suffix = hasTemplateSuffix(file.path)
  if (!suspicious.test(text)) return { text, holdsPlaceholder: () => false, steered: suffix, keysMayBeElsewhere: false }
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let from = 0
  let steered = suffix
  let elsewhere = false
  let edited = false
  let next = 0
  const nextClosing: { [sign: string]: number } = {}
  const isComment = commentsOf(text)
  let line = { start: 0, end: -1 }
  for (let found = openingFrom(text, next); found; found = openingFrom(text, next)) {
    const start = found.index
    next = start + found[0].length
    const end = endOf(text, start, found[0], nextClosing)
    if (end === undefined) continue
    next = end
    const whole = text.slice(start, end)
    if (start > line.end) line = { start: text.lastIndexOf('\n', start - 1) + 1, end: nextLineEnd(text, start) }
    const lineStart = line.start
    if (isComment(lineStart, start)) {
      next = Math.max(start + 1, line.end)
      continue
    }
    const isControl = control.test(whole)
    if (isControl && !/^\{#/.test(whole)) steered = true
    if (generates.test(whole)) elsewhere = true
    const lineEnd = end <= line.end ? line.end : nextLineEnd(text, end)
    const alone =
      start - lineStart < farthestAlone &&
      isBlankOrMasked(text.slice(lineStart, start), parts, lineStart, from) &&
      /^(?:\s|\{%[^\n]*?%\}|<%[^\n]*?%>|\{\{[^\n]*?\}\})*$/.test(text.slice(end, Math.min(lineEnd, end + 2000)))
    const simple = /^[$_]/.test(whole) && !whole.includes('{')
    if (alone && !isControl) elsewhere = true
    if (alone || !simple) {
      parts.push(text.slice(from, start), alone ? blanked(whole) : 'x'.repeat(whole.length))
      from = end
      edited = true
    }
    if (!alone) {
      starts.push(start)
      ends.push(end)
    }
  }
  parts.push(text.slice(from))
  const holdsPlaceholder = (start: number, end: number): boolean => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle]! <= start) low = middle + 1
      else high = middle
    }
    return low < starts.length && starts[low]! < end
  }
  return { text: edited ? parts.join('') : text, holdsPlaceholder, steered, keysMayBeElsewhere: elsewhere }
}

/** The first opening at or after an offset. */
function openingFrom(text: string, from: number): RegExpExecArray | null {
  candidate.lastIndex = from
  for (let possible = candidate.exec(text); possible; possible = candidate.exec(text)) {
    const start = possible[0] === '%' ? lineStartBefore(text, possible.index) : possible.index
    opening.lastIndex = start
    const found = start >= from ? opening.exec(text) : null
    if (found) return found
    candidate.lastIndex = possible.index + 1
  }
  return null
}

/** The line's start when only some blanks stand between, else -1. */
function lineStartBefore(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < 200 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r' ? start : -1
}

/** The end of what opens at `start`: behind its closing sign for brackets. Undefined when it never closes. Each closing sign is looked for once. */
function endOf(text: string, start: number, sign: string, next: { [sign: string]: number }): number | undefined {
  const closing = closings[sign]
  if (closing === undefined) return start + sign.length
  const place = (wanted: string): number => {
    const known = next[wanted] ?? -1
    if (known >= start + sign.length) return known
    const found = text.indexOf(wanted, start + sign.length)
    next[wanted] = found < 0 ? text.length : found
    return next[wanted]
  }
  const at = place(closing)
  if (at >= text.length) return undefined
  // Those of a shell stand on one line.
  return sign[0] === '$' && place('\n') < at ? undefined : at + closing.length
}

function nextLineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** Blanks of the same length; line breaks stay. */
function blanked(text: string): string {
  return text.replace(/[^\n\r]/g, ' ')
}

/** What stands before on the line is blank, or was masked as standing alone. */
function isBlankOrMasked(before: string, parts: readonly string[], lineStart: number, from: number): boolean {
  if (before.trim() === '') return true
  if (from <= lineStart) return false
  const masked = parts.at(-1) ?? ''
  return masked.trim() === '' && before.slice(from - lineStart).trim() === ''
}

/** Whether a comment begins on the line before an offset, outside of quotes. Asked in order, it looks at each character once. */
function commentsOf(text: string): (lineStart: number, offset: number) => boolean {
  let line = -1
  let at = 0
  let quote = ''
  let comment = false
  return (lineStart, offset) => {
    if (lineStart !== line || offset < at) {
      line = lineStart
      at = lineStart
      quote = ''
      comment = false
    }
    for (; at < offset && !comment; at++) {
      const character = text[at]!
      if (quote) {
        if (character === quote) quote = ''
      } else if (character === '#' && (at === lineStart || /\s/.test(text[at - 1]!)) && text[at - 1] !== '{') comment = true
      else if ((character === '"' || character === "'") && /[\s[{,:-]/.test(text[at - 1] ?? ' ')) quote = character
    }
    return comment
  }
}
