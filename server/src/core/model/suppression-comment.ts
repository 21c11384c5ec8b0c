/** Suppressions written as comments: `# foretell: ignore seeds/too-few until 2027-01-31 second seed is ordered`. */
import { lineStarts, lineText } from '../text/line-index.ts'
import { memo } from '../text/memo.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'

export interface SuppressionComment {
  readonly file: SourceFile
  /** Id of a rule, or a group, as written. */
  readonly rule: string
  readonly wholeFile: boolean
  /** `YYYY-MM-DD`, the last day that it counts. */
  readonly until: string | undefined
  readonly reason: string
  /** Line that it covers, from 0; undefined for a whole file, or when nothing follows. */
  readonly covers: number | undefined
  /** The comment without its indentation. */
  readonly span: Span
  readonly ruleSpan: Span
  /** The comment's line with its line break: what is deleted to remove it. */
  readonly line: Span
}

const marker = 'foretell:'
const comment =
  /^([ \t]*)(#+|--|\/\/|!)[ \t]*foretell:[ \t]*ignore(-file)?(?:[ \t]+(\S+))?(?:[ \t]+until[ \t]+(\d{4}-\d{2}-\d{2})(?=[ \t]|$))?[ \t:]*(.*)$/
const emptyOrComment = /^[ \t]*(?:#|--|\/\/|!|$)/

/** Every suppression comment of a file, in order. */
export const suppressionComments = memo((file: SourceFile): readonly SuppressionComment[] => {
  if (!file.text.includes(marker)) return []
  const found: SuppressionComment[] = []
  const starts = lineStarts(file)
  let from = file.text.indexOf(marker)
  let line = 0
  while (from >= 0) {
    while (line + 1 < starts.length && starts[line + 1]! <= from) line++
    const next = starts[line + 1] ?? file.text.length
    const match = starts[line]! + 400 > from ? comment.exec(lineText(file, line).slice(0, 2000)) : null
    if (match) {
      const start = starts[line]! + match[1]!.length
      const end = starts[line]! + match[0].trimEnd().length
      const rule = match[4] ?? ''
      const ruleStart = rule === '' ? start : starts[line]! + match[0].indexOf(rule, match[0].indexOf('ignore') + 6)
      found.push({
        file,
        rule,
        wholeFile: match[3] !== undefined,
        until: match[5],
        reason: match[6]!.trim(),
        covers: match[3] === undefined ? lineBelow(file, line) : undefined,
        span: spanOf(file, start, end),
        ruleSpan: rule === '' ? spanOf(file, start, end) : spanOf(file, ruleStart, ruleStart + rule.length),
        line: spanOf(file, starts[line]!, next),
      })
    }
    from = file.text.indexOf(marker, next)
  }
  return found
})

/** The next line that is neither empty nor a comment. */
function lineBelow(file: SourceFile, line: number): number | undefined {
  const { length } = lineStarts(file)
  for (let below = line + 1; below < length; below++) if (!emptyOrComment.test(lineText(file, below))) return below
  return undefined
}
