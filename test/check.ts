/** The few functions by which tests ask the product about a fixture. Nobody else calls its API, so that a change of the API edits only these. */
import { expect } from 'vitest'
import { lineStarts, lineText, positionAt } from '../server/src/core/text/line-index.ts'
import { applyEdits } from '../server/src/core/text/text-edit.ts'
import type { Finding } from '../server/src/core/workspace/finding.ts'
import type { Snapshot } from '../server/src/core/workspace/snapshot.ts'
import { createWorkspace, type WorkspaceOptions } from '../server/src/core/workspace/workspace.ts'
import { type Fixture, type Mark, parseFixture } from './fixture.ts'

/** The day on which fixtures play, where they do not say. */
const today = '2026-06-01'

export function snapshotOf(fixture: Fixture): Snapshot {
  const options: WorkspaceOptions = {
    today: fixture.today ?? today,
    isolated: fixture.isolated,
    ...(fixture.release ? { statedRelease: fixture.release } : {}),
  }
  const workspace = createWorkspace(options)
  workspace.apply({ set: fixture.files })
  return workspace.snapshot()
}

/** Every finding is marked and every mark is found. */
export function check(text: string): void {
  compare(parseFixture(text), () => true)
}

/** As `check`, for the findings of one rule (`group/rule`) or group (`group`). */
export function checkOnly(ruleOrGroup: string, text: string): void {
  compare(parseFixture(text), rule => rule === ruleOrGroup || rule.startsWith(`${ruleOrGroup}/`))
}

/** The findings of one rule or group. */
export function findingsOf(ruleOrGroup: string, text: string): readonly Finding[] {
  return snapshotOf(parseFixture(text)).findings.filter(({ rule }) => rule === ruleOrGroup || rule.startsWith(`${ruleOrGroup}/`))
}

/** The first fix of the only finding of `rule` in `before` gives the files of `after`, which has no finding of that rule. */
export function checkFix(rule: string, before: string, after: string): void {
  const fixture = parseFixture(before)
  const found = snapshotOf(fixture).findings.filter(finding => finding.rule === rule)
  expect(found.map(describeFinding), `one finding of ${rule}`).toHaveLength(1)
  const fix = found[0]!.fixes()[0]
  expect(fix, `a fix of ${rule}`).toBeDefined()
  const wanted = parseFixture(after)
  const fixed = fixture.files.map(file => ({ path: file.path, text: applyEdits(file, fix!.edits) }))
  expect(fixed).toEqual(wanted.files)
  const left = snapshotOf(wanted).findings.filter(finding => finding.rule === rule)
  expect(left.map(describeFinding), `${rule} after its fix`).toEqual([])
}

function compare(fixture: Fixture, concerns: (rule: string) => boolean): void {
  const findings = snapshotOf(fixture).findings.filter(({ rule }) => concerns(rule))
  const marks = fixture.marks.filter(({ rule }) => concerns(rule))
  const unfound = [...marks]
  const unmarked: Finding[] = []
  for (const finding of findings) {
    const at = unfound.findIndex(mark => matches(mark, finding))
    if (at < 0) unmarked.push(finding)
    else unfound.splice(at, 1)
  }
  if (unfound.length === 0 && unmarked.length === 0) return
  const lines = [
    ...unfound.map(
      mark =>
        `missing: ${mark.path}:${mark.line + 1}:${mark.column + 1} +${mark.length} ${mark.severity}[${mark.rule}] ${mark.words ?? ''}`,
    ),
    ...unmarked.map(finding => `surplus: ${describeFinding(finding)}`),
  ]
  expect.fail(lines.join('\n'))
}

/** Whether a mark is at the finding's place (its first line) and says what the finding says. */
export function matches(mark: Mark, finding: Finding): boolean {
  const place = placeOf(finding)
  return (
    mark.rule === finding.rule &&
    mark.severity === finding.severity &&
    mark.path === place.path &&
    mark.line === place.line &&
    mark.column === place.column &&
    mark.length === place.length &&
    (mark.words === undefined || finding.message.includes(mark.words)) &&
    (!mark.hasFix || finding.fixes().length > 0)
  )
}

function placeOf({ span }: Finding) {
  const start = positionAt(span.file, span.start)
  const lineEnd = lineStarts(span.file)[start.line]! + lineText(span.file, start.line).length
  return { path: span.file.path, ...start, length: Math.max(1, Math.min(span.end, lineEnd) - span.start) }
}

export function describeFinding(finding: Finding): string {
  const place = placeOf(finding)
  return `${place.path}:${place.line + 1}:${place.column + 1} +${place.length} ${finding.severity}[${finding.rule}]: ${finding.message}`
}
