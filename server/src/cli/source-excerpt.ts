/** A line of a file with carets under a place, cropped to the terminal and without secrets. */
import { lineWithoutSecrets, withoutSecrets } from '../core/text/hidden-secret.ts'
import { lineStarts, lineText, positionAt } from '../core/text/line-index.ts'
import type { Span } from '../core/text/span.ts'
import { harmless, type Paint, textWidth } from './paint.ts'

const longestLine = 20_000

/** The line above, where it helps, the line itself, and carets. No line break at the end of lines. */
export function excerpt(span: Span, width: number, paint: Paint, mark: (text: string) => string): string[] {
  const { line, column } = positionAt(span.file, span.start)
  const text = lineText(span.file, line)
  const gutter = Math.max(4, String(line + 1).length + 2)
  const room = Math.max(20, width - gutter - 3)
  const end = Math.max(column + 1, Math.min(span.end - lineStarts(span.file)[line]!, text.length))
  const hidden = (at: number) =>
    lineText(span.file, at).length > longestLine ? undefined : lineWithoutSecrets(each => lineText(span.file, each), at)
  const { shown, before, marked } = crop(text, column, end, room, hidden(line))
  const lines: string[] = []
  const above = line > 0 ? lineText(span.file, line - 1) : ''
  if (above.trim() !== '' && above.length <= longestLine)
    lines.push(gutterLine(String(line), paint.faint(crop(above, 0, 0, room, hidden(line - 1)).shown)))
  lines.push(gutterLine(String(line + 1), shown))
  lines.push(gutterLine('', ' '.repeat(before) + mark('^'.repeat(Math.max(1, marked)))))
  return lines

  function gutterLine(number: string, content: string): string {
    return `${paint.faint(`${number.padStart(gutter)} │`)} ${content}`.trimEnd()
  }
}

/** The part of a line around a place that fits: its text, the columns before the place, the columns of the place. `whole`: the line without secrets, unless it is very long. */
function crop(
  text: string,
  start: number,
  end: number,
  room: number,
  whole: string | undefined,
): { shown: string; before: number; marked: number } {
  const far = text.length > longestLine
  const offset = far ? Math.max(0, start - 40) : 0
  // Of a very long line only the part around the place is looked at, with enough before it to see the name of a secret.
  const before = Math.max(0, offset - 4000)
  const hidden = whole ?? withoutSecrets(text.slice(before, offset + 400)).slice(offset - before)
  const safe = expandTabs(hidden, start - offset, end - offset)
  const line = harmless(safe.line)
  if (textWidth(line) <= room && !far)
    return { shown: line, before: textWidth(line.slice(0, safe.start)), marked: textWidth(line.slice(safe.start, safe.end)) }
  const from = safe.start <= room / 2 ? 0 : Math.max(0, safe.start - Math.floor(room / 3))
  const head = from > 0 || offset > 0 ? '…' : ''
  let shown = head
  let at = from
  while (at < line.length && textWidth(shown + line[at]!) < room) shown += line[at++]!
  if (at < line.length || far) shown += '…'
  const indent = textWidth(head + line.slice(from, safe.start))
  // Carets stand under what is shown, the sign of the cut included.
  return { shown, before: indent, marked: Math.min(textWidth(line.slice(safe.start, safe.end)), Math.max(1, textWidth(shown) - indent)) }
}

function expandTabs(text: string, start: number, end: number): { line: string; start: number; end: number } {
  let line = ''
  let newStart = start
  let newEnd = end
  for (let i = 0; i < text.length; i++) {
    if (i === start) newStart = line.length
    if (i === end) newEnd = line.length
    line += text[i] === '\t' ? '    '.slice(0, 4 - (line.length % 4)) : text[i]!
  }
  if (start >= text.length) newStart = line.length + (start - text.length)
  if (end >= text.length) newEnd = line.length + (end - text.length)
  return { line, start: newStart, end: newEnd }
}
