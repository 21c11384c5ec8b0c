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

const suspicious = /\{\{|\{%|\{#|<%|\$[A-Za-z_{(]|@@|__[A-Za-z]|<[A-Za-z]|^\s*%/m
const placeholder =
  /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|<%[\s\S]*?%>|\$\{[^}\n]*\}|\$\([^)\n]*\)|\$[A-Za-z_]\w*|@@\w+@@|(?<![A-Za-z0-9])__[A-Za-z]\w*?__(?![A-Za-z0-9])|(?<=[:-][ \t]+["']?)<[A-Za-z][\w .-]*>(?=["']?[ \t]*(?:#.*)?$)|^[ \t]*%[ \t]*(?:if|elif|else|for|while|end\w*|include)\b.*$/gm
const control = /^(?:\{%|\{#|<%(?!=)|\{\{-?\s*(?:if|range|with|else|end|template|include|define|block)\b|[ \t]*%)/
/** What may bring keys of its own. */
const generates =
  /^(?:\{%[-+]?\s*(?:for|include|import|extends|block|macro|set)\b|<%-?\s*(?:.*\.each|.*\bdo\b|for\b|include)|\{\{-?\s*(?:range|template|include)\b|[ \t]*%\s*for\b)/

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
  placeholder.lastIndex = 0
  for (let found = placeholder.exec(text); found; found = placeholder.exec(text)) {
    const start = found.index
    const end = start + found[0].length
    const lineStart = text.lastIndexOf('\n', start - 1) + 1
    if (commentBefore(text, lineStart, start)) {
      const lineEnd = text.indexOf('\n', start)
      placeholder.lastIndex = lineEnd < 0 ? text.length : Math.min(end, lineEnd)
      if (placeholder.lastIndex <= start) placeholder.lastIndex = start + 1
      continue
    }
    const isControl = control.test(found[0])
    if (isControl && !/^\{#/.test(found[0])) steered = true
    if (generates.test(found[0])) elsewhere = true
    const lineEnd = nextLineEnd(text, end)
    const alone =
      isBlankOrMasked(text.slice(lineStart, start), parts, lineStart, from) &&
      /^(?:\s|\{%[^\n]*?%\}|<%[^\n]*?%>|\{\{[^\n]*?\}\})*$/.test(text.slice(end, Math.min(lineEnd, end + 2000)))
    const simple = /^[$_]/.test(found[0]) && !found[0].includes('{')
    if (alone && !isControl) elsewhere = true
    if (alone || !simple) {
      parts.push(text.slice(from, start), alone ? blanked(found[0]) : 'x'.repeat(found[0].length))
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

/** Whether a comment begins on the line before the offset, outside of quotes. */
function commentBefore(text: string, lineStart: number, offset: number): boolean {
  let quote = ''
  for (let i = lineStart; i < offset; i++) {
    const character = text[i]!
    if (quote) {
      if (character === quote) quote = ''
    } else if (character === '#' && (i === lineStart || /\s/.test(text[i - 1]!)) && text[i - 1] !== '{') return true
    else if ((character === '"' || character === "'") && /[\s[{,:-]/.test(text[i - 1] ?? ' ')) quote = character
  }
  return false
}
