/** What holds for every rule: documented, registered, spelled right, its examples are true, its fixes fix, its severity follows from its effect. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allRules } from '../server/src/core/rules/all-rules.ts'
import { retiredIds } from '../server/src/core/rules/retired-ids.ts'
import { severityOf } from '../server/src/core/rules/rule.ts'
import { applyEdits } from '../server/src/core/text/text-edit.ts'
import { describeFinding, matches, snapshotOf } from './check.ts'
import { parseFixture } from './fixture.ts'

const folder = join(import.meta.dirname, '../server/src/core/rules')

test('every rule file is in the list, and the list is sorted', () => {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && entry.parentPath !== folder)
    .map(entry => `${entry.parentPath.slice(folder.length + 1)}/${entry.name.slice(0, -3)}`)
    .filter(id => !/-(?:table|words|data)$/.test(id))
    .sort()
  expect(allRules.map(({ id }) => id)).toEqual(files)
})

test('no id is used twice or again', () => {
  const ids = allRules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => retiredIds.has(id))).toEqual([])
})

describe.each(allRules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('is spelled and documented', () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(rule.title, 'title').toMatch(/^\S.{5,}[^.]$/)
    expect(rule.why.length, 'why').toBeGreaterThan(30)
    expect(rule.remedy.length, 'remedy').toBeGreaterThan(10)
    expect(rule.sources.length, 'sources').toBeGreaterThan(0)
    expect(new Set(rule.effects).size, 'effects').toBe(rule.effects.length)
    if (rule.certainty === 'advice')
      expect(
        rule.effects.filter(effect => severityOf[effect] === 'error'),
        'advice is never an error',
      ).toEqual([])
  })

  test('its bad example is found where it is marked', () => {
    const fixture = parseFixture(rule.bad)
    const findings = snapshotOf(fixture).findings
    const mine = findings.filter(finding => finding.rule === id)
    expect(mine.length, 'findings of this rule').toBeGreaterThan(0)
    const marks = fixture.marks.filter(mark => mark.rule === id)
    if (marks.length > 0) {
      const surplus = mine.filter(finding => !marks.some(mark => matches(mark, finding))).map(describeFinding)
      const missing = marks.filter(mark => !mine.some(finding => matches(mark, finding)))
      expect({ surplus, missing }).toEqual({ surplus: [], missing: [] })
    }
    expect(
      findings
        .filter(finding => finding.rule !== id && finding.severity === 'error' && !fixture.marks.some(mark => matches(mark, finding)))
        .map(describeFinding),
      'errors of other rules that the example does not mark',
    ).toEqual([])
  })

  test('its good example is silent', () => {
    expect(
      snapshotOf(parseFixture(rule.good))
        .findings.filter(finding => finding.rule === id)
        .map(describeFinding),
    ).toEqual([])
  })

  test('its findings say what it declares', () => {
    for (const finding of snapshotOf(parseFixture(rule.bad)).findings.filter(finding => finding.rule === id)) {
      expect(rule.effects).toContain(finding.effect)
      expect(finding.severity).toBe(severityOf[finding.effect])
      expect(finding.message.trim()).not.toBe('')
      expect(finding.span.start).toBeGreaterThanOrEqual(0)
      expect(finding.span.end).toBeGreaterThanOrEqual(finding.span.start)
      expect(finding.span.end).toBeLessThanOrEqual(finding.span.file.text.length)
    }
  })

  test('each fix removes its finding', () => {
    const fixture = parseFixture(rule.bad)
    const before = snapshotOf(fixture).findings.filter(finding => finding.rule === id)
    for (const finding of before)
      for (const fix of finding.fixes()) {
        expect(fix.edits.length, fix.title).toBeGreaterThan(0)
        const paths = new Set([...fixture.files.map(({ path }) => path), ...fix.edits.map(edit => edit.at.file.path)])
        const files = [...paths].map(path => {
          const file = fixture.files.find(file => file.path === path) ?? fix.edits.find(edit => edit.at.file.path === path)!.at.file
          return { path, text: applyEdits(file, fix.edits) }
        })
        const after = snapshotOf({ ...fixture, files }).findings
        expect(after.filter(other => other.rule === id).length, fix.title).toBeLessThan(before.length)
        if (fix.safe)
          expect(after.filter(other => other.severity === 'error').length, fix.title).toBeLessThanOrEqual(
            snapshotOf(fixture).findings.filter(other => other.severity === 'error').length,
          )
      }
  })
})
