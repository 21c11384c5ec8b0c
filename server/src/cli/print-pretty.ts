/** Findings for a person at a terminal: the line, why it matters, what to do, the other places. What repeats is said once. */
import { counted } from '../core/features/losable-things.ts'
import { ruleNamed } from '../core/features/rule-page.ts'
import type { Severity } from '../core/rules/rule.ts'
import { positionAt } from '../core/text/line-index.ts'
import type { Span } from '../core/text/span.ts'
import type { Finding } from '../core/workspace/finding.ts'
import { harmless, labelled, type Paint, paintFor, textWidth, wrap } from './paint.ts'
import { excerpt } from './source-excerpt.ts'

export interface PrettyReport {
  readonly findings: readonly Finding[]
  readonly files: number
  readonly nodes: number
  readonly clusters: number
  /** Fixes that were applied before. */
  readonly fixed: number
  readonly columns: number
  readonly colours: boolean
  /** False: leaves out why and what to do, where the rule's page stands beside it. */
  readonly explained?: boolean
  shownPath(path: string): string
}

/** Findings of one rule that are told in full; further ones get a line each. */
const toldInFull = 3
/** Other places that are listed under a finding. */
const placesListed = 5

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint']

/** Findings that say the same of several places. */
interface Group {
  readonly first: Finding
  readonly others: readonly Finding[]
}

export function printPretty(report: PrettyReport): string {
  const paint = paintFor(report.colours)
  const width = Math.min(report.columns, 100)
  const lines: string[] = []
  const byRule = new Map<string, Group[]>()
  for (const group of groupsOf(report.findings)) {
    const key = `${group.first.severity} ${group.first.rule}`
    byRule.set(key, [...(byRule.get(key) ?? []), group])
  }
  for (const groups of byRule.values()) {
    for (const [i, group] of groups.slice(0, toldInFull).entries())
      lines.push(...block(group, i === 0 && report.explained !== false, report, paint, width), '')
    if (groups.length > toldInFull) lines.push(...remainder(groups.slice(toldInFull), report, paint, width), '')
  }
  lines.push(...summary(report, paint))
  return `${lines.join('\n')}\n`
}

function groupsOf(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, { first: Finding; others: Finding[] }>()
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule} ${sameWords(finding)}`
    const there = groups.get(key)
    if (there) there.others.push(finding)
    else groups.set(key, { first: finding, others: [] })
  }
  return [...groups.values()].sort((a, b) => order.indexOf(a.first.severity) - order.indexOf(b.first.severity))
}

/** The message without the names of what it is about: the same said of db1 and of db2 is one. */
function sameWords({ message, about }: Finding): string {
  const names = about
    .flatMap(entity => (/^(?:node|file|line):/.test(entity) ? [entity.slice(entity.indexOf(':') + 1)] : []))
    .filter(name => name !== '')
  if (names.length === 0) return message
  const pattern = new RegExp(names.map(name => `(?<![\\w./-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w/-])`).join('|'), 'g')
  return message.replace(pattern, '·')
}

function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.blue, hint: paint.cyan }[severity]
}

function block({ first, others }: Group, tellWhy: boolean, report: PrettyReport, paint: Paint, width: number): string[] {
  const colour = colourOf(first.severity, paint)
  const lines = [`${colour(paint.bold(first.severity))} ${paint.bold(first.rule)}  ${paint.faint(place(first.span, report))}`]
  lines.push(...wrap(harmless(first.message), width - 2).map(line => `  ${line}`))
  if (first.span.file.text.trim() !== '') lines.push('', ...excerpt(first.span, width, paint, colour))
  const notes: string[] = []
  const note = (label: string, text: string) => notes.push(...labelled(label, harmless(text), width, 2, 6, paint.faint))
  const rule = tellWhy ? ruleNamed(first.rule) : undefined
  if (rule) {
    note('why', rule.why)
    note('do', rule.remedy)
  }
  for (const related of first.related.slice(0, placesListed)) note('see', `${place(related.at, report)} ${related.message}`)
  if (first.related.length > placesListed) note('', `… and ${counted(first.related.length - placesListed, 'more place')}`)
  if (others.length > 0) note('also', placesOf(others, report))
  const fix = first.fixes()[0]
  if (fix) note('fix', fix.safe ? `${fix.title} (foretell check --fix)` : fix.title)
  return notes.length === 0 ? lines : [...lines, '', ...notes]
}

function placesOf(findings: readonly Finding[], report: PrettyReport): string {
  const listed = findings.slice(0, placesListed).map(finding => place(finding.span, report))
  const more = findings.length - listed.length
  return `${listed.join(' ')}${more > 0 ? ` … and ${counted(more, 'more place')}` : ''}`
}

function remainder(groups: readonly Group[], report: PrettyReport, paint: Paint, width: number): string[] {
  const { severity, rule } = groups[0]!.first
  const lines = [`${colourOf(severity, paint)(severity)} ${rule}  ${paint.faint(`${counted(groups.length, 'more finding')} of this rule`)}`]
  for (const { first, others } of groups.slice(0, 20)) {
    const where = place(first.span, report) + (others.length > 0 ? ` and ${counted(others.length, 'more place')}` : '')
    lines.push(`  ${paint.faint(where)}`, ...wrap(harmless(first.message), width - 4).map(line => `    ${line}`))
  }
  if (groups.length > 20) lines.push(`  … and ${groups.length - 20} more`)
  return lines
}

function place(span: Span, report: PrettyReport): string {
  const { line, column } = positionAt(span.file, span.start)
  return harmless(`${report.shownPath(span.file.path)}:${line + 1}:${column + 1}`)
}

function summary(report: PrettyReport, paint: Paint): string[] {
  const counts = order.map(severity => report.findings.filter(finding => finding.severity === severity).length)
  const found = order.flatMap((severity, i) => (counts[i]! > 0 ? [colourOf(severity, paint)(counted(counts[i]!, severity))] : []))
  const read = [
    counted(report.files, 'file'),
    report.nodes > 0 ? counted(report.nodes, 'node') : '',
    report.clusters > 0 ? counted(report.clusters, 'cluster') : '',
  ]
  const where = `in ${read.filter(part => part !== '').join(', ')}`
  const lines: string[] = []
  if (report.files === 0) lines.push('Nothing here is configuration of Cassandra or WireGuard.')
  else lines.push(found.length === 0 ? `${paint.green('Nothing found')} ${where}.` : `${found.join(', ')} ${where}.`)
  if (report.fixed > 0) lines.push(`${counted(report.fixed, 'fix').replace('fixs', 'fixes')} applied.`)
  const fixable = report.findings.filter(finding => finding.fixes().some(fix => fix.safe)).length
  if (fixable > 0) lines.push(paint.faint(`${fixable} can be mended safely: foretell check --fix`))
  return lines
}

/** For tests of the layout: the widest line. */
export function widestLine(text: string): number {
  return Math.max(...text.split('\n').map(textWidth))
}
