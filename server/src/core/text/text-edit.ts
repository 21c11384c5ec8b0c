/** Replacements in files, and applying them. */
import type { SourceFile } from './source-file.ts'
import type { Span } from './span.ts'

export interface TextEdit {
  readonly at: Span
  readonly newText: string
}

/** The text of `file` after all of its edits; of two overlapping edits the one that starts first counts. */
export function applyEdits(file: SourceFile, edits: readonly TextEdit[]): string {
  const mine = edits.filter(edit => edit.at.file.path === file.path).sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)
  let result = ''
  let from = 0
  for (const edit of mine) {
    if (edit.at.start < from) continue
    result += file.text.slice(from, edit.at.start) + edit.newText
    from = edit.at.end
  }
  return result + file.text.slice(from)
}
