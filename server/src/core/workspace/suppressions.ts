/**
 * What is not shown: findings that a comment, foretell.yaml or a baseline suppresses, and severities that foretell.yaml sets. Suppressions police
 * themselves: those without effect, out of date or of unknown rules become findings.
 */
import type { Declared, DeclaredSuppression } from '../model/declared.ts'
import { type SuppressionComment, suppressionComments } from '../model/suppression-comment.ts'
import { allRules } from '../rules/all-rules.ts'
import type { Severity } from '../rules/rule.ts'
import expired, { expiredReport } from '../rules/suppressions/expired.ts'
import needless, { needlessReport } from '../rules/suppressions/needless.ts'
import unknownRule, { patternOverErrorReport, unknownRuleReport } from '../rules/suppressions/unknown-rule.ts'
import withoutReason from '../rules/suppressions/without-reason.ts'
import type { ParsedFile } from '../syntax/parsed-file.ts'
import { positionAt } from '../text/line-index.ts'
import { nearestName } from '../text/nearest-name.ts'
import { folderOf } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import { applyBaseline } from './baseline.ts'
import type { Finding } from './finding.ts'
import { findingOf } from './finding-of-report.ts'

/** One suppression, wherever it is written. */
interface Suppression {
  readonly rule: string
  readonly until: string | undefined
  /** Where it is reported. */
  readonly at: Span
  readonly idSpan: Span | undefined
  readonly removal: Span | undefined
  covers(finding: Finding): boolean
}

const ruleById = new Map(allRules.map(rule => [rule.id, rule] as const))
const groups = new Set(allRules.map(rule => rule.id.slice(0, rule.id.indexOf('/'))))
const policing = new Set([expired.id, needless.id, unknownRule.id, withoutReason.id])

/**
 * The findings that are shown, and what is wrong with the suppressions themselves. `today` is `YYYY-MM-DD`; without it nothing expires.
 * Isolated, rules over several files did not run: suppressions of them are not needless.
 */
export function applySuppressions(
  findings: readonly Finding[],
  files: readonly ParsedFile[],
  declared: Declared,
  today: string | undefined,
  isolated = false,
): readonly Finding[] {
  const suppressions: Suppression[] = []
  for (const { kind, file } of files)
    if (kind !== 'unrecognised') for (const comment of suppressionComments(file)) suppressions.push(fromComment(comment))
  for (const entry of declared.suppress) suppressions.push(fromDeclared(entry))
  const meta: Finding[] = []
  let shown = findings.filter(finding => severityIn(declared, finding) !== 'off')
  for (const suppression of suppressions) {
    if (suppression.rule === '') continue
    if (!isKnown(suppression.rule)) {
      meta.push(
        findingOf(
          unknownRule,
          unknownRuleReport(suppression.idSpan ?? suppression.at, suppression.rule, nearestRule(suppression.rule), suppression.idSpan),
        ),
      )
      continue
    }
    const hidden = shown.filter(
      finding => !policing.has(finding.rule) && names(suppression.rule, finding.rule) && suppression.covers(finding),
    )
    if (suppression.until !== undefined && today !== undefined && today > suppression.until) {
      meta.push(findingOf(expired, expiredReport(suppression.at, suppression.until, hidden.length)))
      continue
    }
    const error = isPattern(suppression.rule) ? hidden.find(finding => finding.severity === 'error') : undefined
    if (error) meta.push(findingOf(unknownRule, patternOverErrorReport(suppression.at, suppression.rule, error.rule)))
    const gone = new Set(error ? hidden.filter(finding => finding.severity !== 'error') : hidden)
    if (gone.size > 0) shown = shown.filter(finding => !gone.has(finding))
    else if (!error && !(isolated && !judgedAlone(suppression.rule)))
      meta.push(findingOf(needless, needlessReport(suppression.at, suppression.rule, suppression.removal)))
  }
  for (const [id, severity] of declared.rules)
    if (!isKnown(id)) meta.push(findingOf(unknownRule, unknownRuleReport(severity.span, id, nearestRule(id), severity.span)))
  const baseline = baselineOf(files, declared)
  const known = baseline ? applyBaseline(shown, baseline) : undefined
  if (known) meta.push(...needlessBaselineFindings(known.needless))
  const kept = [...(known?.shown ?? shown), ...meta.filter(finding => severityIn(declared, finding) !== 'off')]
  return kept.map(finding => withSeverity(finding, severityIn(declared, finding)))
}

/** Entries of a baseline that know nothing any more, as findings. */
export function needlessBaselineFindings(entries: readonly { readonly rule: string; readonly at: Span }[]): readonly Finding[] {
  return entries.map(({ at, rule }) => findingOf(needless, needlessReport(at, rule, undefined)))
}

function fromComment(comment: SuppressionComment): Suppression {
  return {
    rule: comment.rule,
    until: comment.until,
    at: comment.span,
    idSpan: comment.ruleSpan,
    removal: comment.line,
    covers: ({ span }) => span.file === comment.file && (comment.wholeFile || positionAt(span.file, span.start).line === comment.covers),
  }
}

function fromDeclared(declared: DeclaredSuppression): Suppression {
  return {
    rule: declared.rule,
    until: declared.until,
    at: declared.span,
    idSpan: undefined,
    removal: undefined,
    covers: finding => declared.entity === undefined || finding.about.some(key => concerns(key, declared.entity!)),
  }
}

/** Whether an entity (`node:db1`, `pair:db1/db2`) is the one named: with its kind, by its name, or as one of a pair. */
function concerns(key: string, entity: string): boolean {
  const name = key.slice(key.indexOf(':') + 1)
  return key === entity || name === entity || (key.startsWith('pair:') && name.split('/').includes(entity))
}

const isPattern = (id: string) => !ruleById.has(id)
const isKnown = (id: string) => ruleById.has(id) || id === '*' || groups.has(id.replace(/\/\*$/, ''))
const names = (id: string, rule: string) => id === rule || id === '*' || (isPattern(id) && rule.startsWith(`${id.replace(/\/\*$/, '')}/`))
const judgedAlone = (id: string) => ['file', 'node', 'keyspace'].includes(ruleById.get(id)?.scope ?? '')
const nearestRule = (id: string) => nearestName(id, ruleById.keys())

/** The severity that foretell.yaml gives a finding's rule or group, else its own. */
function severityIn(declared: Declared, finding: Finding): Severity | 'off' {
  if (declared.rules.size === 0) return finding.severity
  const group = finding.rule.slice(0, finding.rule.indexOf('/'))
  const set = declared.rules.get(finding.rule) ?? declared.rules.get(group) ?? declared.rules.get(`${group}/*`)
  return (set?.value as Severity | 'off' | undefined) ?? finding.severity
}

function withSeverity(finding: Finding, severity: Severity | 'off'): Finding {
  return severity === finding.severity || severity === 'off' ? finding : { ...finding, severity }
}

function baselineOf(files: readonly ParsedFile[], declared: Declared) {
  if (declared.baseline === undefined || !declared.file) return undefined
  const folder = folderOf(declared.file.path)
  const path = folder === '' ? declared.baseline : `${folder}/${declared.baseline}`
  return files.find(({ file }) => file.path === path.replace(/\/\.\//g, '/').replace(/^\.\//, ''))?.file
}
