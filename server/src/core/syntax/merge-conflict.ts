/** Unresolved merge conflicts: the three marks in their order, in any format. Nothing else in such a file can be judged. */
import type { SourceFile } from '../text/source-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** The first conflict, from its opening mark to the end of its closing line; undefined when there is none. */
export function findMergeConflict(file: SourceFile): SyntaxProblem | undefined {
  const opening = lineBeginningWith(file.text, '<<<<<<< ', 0)
  if (opening < 0) return undefined
  const middle = lineBeginningWith(file.text, '=======', opening)
  if (middle < 0) return undefined
  const closing = lineBeginningWith(file.text, '>>>>>>> ', middle)
  if (closing < 0) return undefined
  const lineEnd = file.text.slice(opening, opening + 400).search(/[\r\n]/)
  return {
    kind: 'merge-conflict',
    detail: 'unresolved merge conflict',
    span: { file, start: opening, end: lineEnd < 0 ? opening + 8 : opening + lineEnd },
  }
}

function lineBeginningWith(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    const before = text[at - 1]
    if (before === undefined || before === '\n' || before === '\r') return at
  }
  return -1
}
