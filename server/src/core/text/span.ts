/** Where something stands: which file, from which offset to which. Every value of the model carries one. */
import type { SourceFile } from './source-file.ts'

/** Offsets in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}

/** A value and the place it was read from. */
export interface Located<T> {
  readonly value: T
  readonly span: Span
}

export function spanOf(file: SourceFile, start: number, end: number): Span {
  return { file, start, end }
}

export function located<T>(value: T, span: Span): Located<T> {
  return { value, span }
}

export function textAt(span: Span): string {
  return span.file.text.slice(span.start, span.end)
}
