/** Findings where a change is reviewed: workflow commands of GitHub Actions, and Markdown for a comment. */

import { docsOf } from '../core/features/documentation-address.ts'
import { counted } from '../core/features/losable-things.ts'
import type { Severity } from '../core/rules/rule.ts'
import type { Finding } from '../core/workspace/finding.ts'
import { harmless } from './paint.ts'
import { rangeOf, type Summary } from './print-json.ts'

const commandOf: { readonly [S in Severity]: string } = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' }

/** One workflow command per finding. */
export function printGithub(findings: readonly Finding[], shownPath: (path: string) => string): string {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return findings
    .map(finding => {
      const { start, end } = rangeOf(finding.span)
      // A column of the end counts only on the line of the start.
      const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : ''
      const where = `file=${property(shownPath(finding.span.file.path))},line=${start.line},endLine=${end.line}${columns}`
      return `::${commandOf[finding.severity]} ${where},title=${property(finding.rule)}::${data(harmless(finding.message))}\n`
    })
    .join('')
}

export function printMarkdown(findings: readonly Finding[], summary: Summary, shownPath: (path: string) => string): string {
  const cell = (text: string) => harmless(text).replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;')
  const read = `${counted(summary.files, 'file')}, ${counted(summary.nodes, 'node')}, ${counted(summary.clusters, 'cluster')}`
  if (findings.length === 0) return `### Foretell\n\nNothing found in ${read}.\n`
  const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint']
  const counts = severities.map(severity => [severity, findings.filter(finding => finding.severity === severity).length] as const)
  const total = counts.flatMap(([severity, count]) => (count > 0 ? [counted(count, severity)] : [])).join(', ')
  const rows = severities.flatMap(severity => findings.filter(finding => finding.severity === severity))
  const most = 200
  const table = rows.slice(0, most).map(finding => {
    const { start } = rangeOf(finding.span)
    return `| ${finding.severity} | \`${cell(shownPath(finding.span.file.path))}:${start.line}\` | ${cell(finding.message)} | [${finding.rule}](${docsOf(finding.rule)}) |`
  })
  const more = rows.length > most ? `\n… and ${counted(rows.length - most, 'more finding')}.\n` : ''
  return `### Foretell\n\n${total} in ${read}.\n\n| | where | what | rule |\n|---|---|---|---|\n${table.join('\n')}\n${more}`
}
