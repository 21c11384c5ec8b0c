/** Findings as JSON, version 1: the contract that scripts rely on. A change of it is a new version. */
import { docsOf } from '../core/features/documentation-address.ts'
import { positionAt } from '../core/text/line-index.ts'
import type { Span } from '../core/text/span.ts'
import type { Finding } from '../core/workspace/finding.ts'

export interface Summary {
  readonly files: number
  readonly nodes: number
  readonly clusters: number
}

type ShownPath = (path: string) => string

export function printJson(findings: readonly Finding[], summary: Summary, version: string, shownPath: ShownPath): string {
  const count = (severity: string) => findings.filter(finding => finding.severity === severity).length
  const report = {
    version: 1,
    tool: { name: 'foretell', version },
    summary: { ...summary, errors: count('error'), warnings: count('warning'), infos: count('info'), hints: count('hint') },
    findings: findings.map(finding => ({
      rule: finding.rule,
      severity: finding.severity,
      effect: finding.effect,
      certainty: finding.certainty,
      message: finding.message,
      file: shownPath(finding.span.file.path),
      range: rangeOf(finding.span),
      related: finding.related.map(({ at, message }) => ({ file: shownPath(at.file.path), range: rangeOf(at), message })),
      docs: docsOf(finding.rule),
      fixes: finding.fixes().map(({ title, safe }) => ({ title, safe })),
    })),
  }
  return `${JSON.stringify(report, undefined, 2)}\n`
}

/** Lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export function rangeOf(span: Span) {
  const start = positionAt(span.file, span.start)
  const end = positionAt(span.file, span.end)
  return { start: { line: start.line + 1, column: start.column + 1 }, end: { line: end.line + 1, column: end.column + 1 } }
}
