/** Suppressions: by comment, by foretell.yaml, with a date, by pattern; and how they police themselves. */
import { describe, expect, test } from 'vitest'
import { applyBaseline, baselineProblem, writeBaseline } from '../../server/src/core/workspace/baseline.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const rulesOf = (text: string) => snapshotOf(parseFixture(text)).findings.map(finding => `${finding.severity} ${finding.rule}`)

describe('a comment', () => {
  test('hides the line below it and no other', () => {
    expect(rulesOf('#- foretell.yaml\n# foretell: ignore syntax/foretell-unreadable it is new\nasertions: []\nnodez: {}\n')).toEqual([
      'error syntax/foretell-unreadable',
    ])
  })
  test('looks over further comments and empty lines', () => {
    expect(rulesOf('#- foretell.yaml\n# foretell: ignore syntax/foretell-unreadable it is new\n\n# a word\nasertions: []\n')).toEqual([])
  })
  test('may stand for the whole file', () => {
    expect(rulesOf('#- foretell.yaml\n# foretell: ignore-file syntax/foretell-unreadable it is new\nasertions: []\nnodez: {}\n')).toEqual(
      [],
    )
  })
  test('with a date counts up to that day', () => {
    const on = (day: string) =>
      rulesOf(
        `#- today: ${day}\n#- foretell.yaml\n# foretell: ignore syntax/foretell-unreadable until 2027-01-31 it is new\nasertions: []\n`,
      )
    expect(on('2027-01-31')).toEqual([])
    expect(on('2027-02-01')).toEqual(['warning suppressions/expired', 'error syntax/foretell-unreadable'])
  })
  test('needs a reason', () => {
    expect(rulesOf('#- foretell.yaml\n# foretell: ignore syntax/foretell-unreadable\nasertions: []\n')).toEqual([
      'warning suppressions/without-reason',
    ])
  })
  test('that hides nothing is told', () => {
    expect(rulesOf('#- foretell.yaml\n# foretell: ignore syntax/foretell-unreadable it is new\nnodes: {}\n')).toEqual([
      'hint suppressions/needless',
    ])
  })
  test('of an unknown rule is told, and only that', () => {
    expect(rulesOf('#- foretell.yaml\n# foretell: ignore syntax/foretel-unreadable it is new\nasertions: []\n')).toEqual([
      'warning suppressions/unknown-rule',
      'error syntax/foretell-unreadable',
    ])
  })
  test('of a group or of everything hides no error', () => {
    for (const pattern of ['syntax', 'syntax/*', '*'])
      expect(rulesOf(`#- foretell.yaml\n# foretell: ignore ${pattern} it is new\nasertions: []\n`)).toEqual([
        'warning suppressions/unknown-rule',
        'error syntax/foretell-unreadable',
      ])
  })
  test('cannot hide what polices it', () => {
    expect(
      rulesOf(
        '#- foretell.yaml\n# foretell: ignore-file suppressions/needless I like it\n# foretell: ignore syntax/foretell-unreadable it is new\nnodes: {}\n',
      ),
    ).toContain('hint suppressions/needless')
  })
})

describe('foretell.yaml', () => {
  const wrong = (rest: string) => `#- foretell.yaml\n${rest}\nasertions: []\n`
  test('turns a rule off or down', () => {
    expect(rulesOf(wrong('rules: { syntax/foretell-unreadable: "off" }'))).toEqual([])
    expect(rulesOf(wrong('rules: { syntax/foretell-unreadable: hint }'))).toEqual(['hint syntax/foretell-unreadable'])
    expect(rulesOf(wrong('rules: { syntax/foretel-unreadable: hint }'))).toEqual([
      'warning suppressions/unknown-rule',
      'error syntax/foretell-unreadable',
    ])
  })
  test('suppresses everywhere, or by entity', () => {
    expect(rulesOf(wrong('suppress: [{ rule: syntax/foretell-unreadable, reason: new }]'))).toEqual([])
    expect(rulesOf(wrong('suppress: [{ rule: syntax/foretell-unreadable, entity: db9, reason: new }]'))).toEqual([
      'hint suppressions/needless',
      'error syntax/foretell-unreadable',
    ])
    expect(rulesOf(wrong('suppress: [{ rule: syntax/foretell-unreadable }]'))).toEqual(['warning suppressions/without-reason'])
  })
})

describe('a baseline', () => {
  const findings = snapshotOf(parseFixture('#- foretell.yaml\nasertions: []\nnodez: {}\n')).findings
  test('knows what it was written from, line by line', () => {
    const text = writeBaseline(findings)
    const { shown, needless } = applyBaseline(findings, { path: 'b.json', text })
    expect({ shown, needless }).toEqual({ shown: [], needless: [] })
    expect(JSON.parse(text).findings).toHaveLength(2)
  })
  test('tells which entries know nothing any more, at their line', () => {
    const file = { path: 'b.json', text: writeBaseline(findings) }
    const { needless } = applyBaseline(findings.slice(1), file)
    expect(needless).toHaveLength(1)
    expect(file.text.slice(needless[0]!.at.start, needless[0]!.at.end)).toContain('asertions')
  })
  test('that is none is refused, and hides nothing', () => {
    expect(baselineProblem('[]')).toBeDefined()
    expect(baselineProblem('{')).toBeDefined()
    expect(baselineProblem('{"version":2,"findings":[]}')).toBeDefined()
    expect(baselineProblem(writeBaseline([]))).toBeUndefined()
    expect(applyBaseline(findings, { path: 'b.json', text: 'null' }).shown).toHaveLength(2)
  })
})
