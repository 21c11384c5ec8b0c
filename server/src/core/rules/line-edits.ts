/** Edits of whole lines, and the numbers by which messages speak of lines. */
import { positionAt } from '../text/line-index.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { TextEdit } from '../text/text-edit.ts'

/** The line on which a span starts, from 1. */
export function lineNumber(span: Span): number {
  return positionAt(span.file, span.start).line + 1
}

export function replace(at: Span, newText: string): TextEdit {
  return { at, newText }
}

/** Takes the whole lines of a span away, with their line break. */
export function deleteLines(span: Span): TextEdit {
  const { text } = span.file
  const start = text.lastIndexOf('\n', span.start - 1) + 1
  const after = text.indexOf('\n', span.end)
  return { at: spanOf(span.file, start, after < 0 ? text.length : after + 1), newText: '' }
}

/** Puts lines below the line in which a span ends. */
export function insertBelow(span: Span, ...lines: readonly string[]): TextEdit {
  const { text } = span.file
  const after = text.indexOf('\n', span.end)
  const at = after < 0 ? text.length : after
  const lineBreak = text[at - 1] === '\r' ? '\r\n' : '\n'
  const end = text[at - 1] === '\r' ? at - 1 : at
  return { at: spanOf(span.file, end, end), newText: lines.map(line => lineBreak + line).join('') }
}

/** Puts lines at the end of a file. */
export function appendLines(span: Span, ...lines: readonly string[]): TextEdit {
  const { text } = span.file
  return {
    at: spanOf(span.file, text.length, text.length),
    newText: `${text === '' || text.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`,
  }
}
