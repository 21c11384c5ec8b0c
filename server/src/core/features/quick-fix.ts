/** What the editor offers to do about a finding: its fixes, and a comment that suppresses it. */
import { lineStarts, lineText, positionAt } from '../text/line-index.ts'
import { spanOf } from '../text/span.ts'
import type { TextEdit } from '../text/text-edit.ts'
import type { Finding } from '../workspace/finding.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { QuickFix } from './editor-types.ts'

/** Fixes of these findings, safe ones first; the only safe one of a finding is preferred. */
export function quickFixesOf(findings: readonly Finding[]): readonly QuickFix[] {
  const fixes = findings.flatMap(finding => {
    const offered = finding.fixes()
    const safe = offered.filter(fix => fix.safe)
    return offered.map((fix): QuickFix & { readonly safe: boolean } => ({
      title: fix.title,
      edits: fix.edits,
      rule: finding.rule,
      preferred: fix.safe && safe.length === 1,
      span: finding.span,
      purpose: 'fix',
      safe: fix.safe,
    }))
  })
  return [...fixes.filter(fix => fix.safe), ...fixes.filter(fix => !fix.safe)].map(({ safe: _, ...fix }) => fix)
}

/** Every safe fix of these findings as one list of edits that do not overlap; of several for one finding the first counts. */
export function safeFixesOf(findings: readonly Finding[]): readonly TextEdit[] {
  const taken: TextEdit[] = []
  const takenIn = new Map<string, TextEdit[]>()
  for (const finding of findings) {
    const fix = finding.fixes().find(offered => offered.safe)
    if (!fix) continue
    if (fix.edits.some(edit => clashes(edit, takenIn.get(edit.at.file.path) ?? []))) continue
    for (const edit of fix.edits) {
      taken.push(edit)
      const there = takenIn.get(edit.at.file.path) ?? []
      takenIn.set(edit.at.file.path, there)
      there.splice(firstFrom(there, edit.at.start), 0, edit)
    }
  }
  return taken
}

/** The reason that a new suppression is written with; the operator is meant to replace it. */
export const reasonToBeGiven = 'because …'

/** For each rule that speaks here: a comment above its line, and one at the top for the whole file. */
export function suppressionsOf(snapshot: Snapshot, path: string, findings: readonly Finding[]): readonly QuickFix[] {
  const parsed = snapshot.parsed.get(path)
  if (!parsed || parsed.kind === 'unrecognised') return []
  const sign = parsed.kind === 'cql' ? '--' : '#'
  const { file } = parsed
  const offered = new Map<string, Finding>()
  for (const finding of findings) {
    // A suppression cannot be suppressed away.
    if (finding.span.file === file && !finding.rule.startsWith('suppressions/') && !offered.has(finding.rule))
      offered.set(finding.rule, finding)
  }
  return [...offered].flatMap(([rule, finding]): QuickFix[] => {
    const { line } = positionAt(file, finding.span.start)
    const lineStart = lineStarts(file)[line]!
    const indentation = /^[ \t]*/.exec(lineText(file, line))![0]
    const lineBreak = file.text.includes('\r\n') ? '\r\n' : '\n'
    const comment = (word: string) => `${sign} foretell: ${word} ${rule} ${reasonToBeGiven}${lineBreak}`
    // A first line that only the first line may hold: a script's interpreter, a YAML directive.
    const top = /^(?:#!|%YAML)/.test(file.text) ? (lineStarts(file)[1] ?? file.text.length) : 0
    return [
      {
        title: `Suppress ${rule} here, with a reason`,
        edits: [{ at: spanOf(file, lineStart, lineStart), newText: indentation + comment('ignore') }],
        rule,
        preferred: false,
        span: finding.span,
        purpose: 'suppress',
      },
      {
        title: `Suppress ${rule} in this file, with a reason`,
        edits: [{ at: spanOf(file, top, top), newText: comment('ignore-file') }],
        rule,
        preferred: false,
        span: finding.span,
        purpose: 'suppress',
      },
    ]
  })
}

/** The index of the first edit that starts at `offset` or later; the edits are in order of their starts. */
function firstFrom(ordered: readonly TextEdit[], offset: number): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ordered[middle]!.at.start < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether an edit overlaps one of those that are taken: they do not overlap each other, so only the neighbours matter. */
function clashes(edit: TextEdit, ordered: readonly TextEdit[]): boolean {
  for (let i = Math.max(0, firstFrom(ordered, edit.at.start) - 1); i < ordered.length && ordered[i]!.at.start <= edit.at.end; i++)
    if (overlaps(edit, ordered[i]!)) return true
  return false
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  if (a.at.file.path !== b.at.file.path) return false
  return a.at.start < b.at.end && b.at.start < a.at.end ? true : a.at.start === b.at.start
}
