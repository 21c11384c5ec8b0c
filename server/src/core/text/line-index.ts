/** Offset to line and column and back. Lines and columns count from 0 here (UTF-16 units, as LSP does); printers add one. */
import type { SourceFile } from './source-file.ts'

export interface Position {
  readonly line: number
  readonly column: number
}

const remembered = new WeakMap<SourceFile, readonly number[]>()

/** Offsets at which lines start; the first is 0. `\r\n`, `\n` and lone `\r` end a line. */
export function lineStarts(file: SourceFile): readonly number[] {
  let starts = remembered.get(file) as number[] | undefined
  if (!starts) {
    starts = [0]
    const { text } = file
    if (text.includes('\r')) {
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i)
        if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
      }
    } else for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
    remembered.set(file, starts)
  }
  return starts
}

/** The position of an offset; offsets outside the text are clamped. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = lineStarts(file)
  const wanted = Math.max(0, Math.min(offset, file.text.length))
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= wanted) low = middle
    else high = middle - 1
  }
  return { line: low, column: wanted - starts[low]! }
}

/** The offset of a position; positions outside the text are clamped. */
export function offsetAt(file: SourceFile, position: Position): number {
  const starts = lineStarts(file)
  if (position.line < 0) return 0
  if (position.line >= starts.length) return file.text.length
  const next = starts[position.line + 1] ?? file.text.length
  return Math.max(starts[position.line]!, Math.min(starts[position.line]! + position.column, next))
}

/** The text of a line (from 0) without its line break. */
export function lineText(file: SourceFile, line: number): string {
  const starts = lineStarts(file)
  const start = starts[line]
  if (start === undefined) return ''
  return file.text.slice(start, starts[line + 1] ?? file.text.length).replace(/[\r\n]+$/, '')
}
