/** Agreement with five releases of Cassandra on what they refuse of a cassandra.yaml. The committed answers are Cassandra's own. */
import { describe, expect, test } from 'vitest'
import { type ReleaseLine, releaseLines } from '../../../server/src/core/catalog/release.ts'
import { loadSettings } from '../../../server/src/core/model/settings/load-settings.ts'
import { validateStart } from '../../../server/src/core/model/settings/start-validation.ts'
import { parseCassandraYaml } from '../../../server/src/core/syntax/cassandra-yaml.ts'
import { createWorkspace } from '../../../server/src/core/workspace/workspace.ts'
import { fileQuestions, propertyQuestions, type Question } from './questions.ts'

/** L, S or A, as Cassandra would say. */
function verdictOf(text: string, line: ReleaseLine): string {
  const yaml = parseCassandraYaml({ path: 'cassandra.yaml', text })
  if (yaml.problems.length > 0 || loadSettings(yaml, line).refusals.length > 0) return 'L'
  return validateStart(yaml, line).some(refusal => !refusal.later) ? 'S' : 'A'
}

/** Whether the product, asked as `check --isolated --cassandra` asks it, says that the file is refused. */
function isRefusedByFindings(text: string, line: ReleaseLine): boolean {
  const workspace = createWorkspace({ today: '2026-06-01', isolated: true, statedRelease: { stated: true, line, candidates: [line] } })
  workspace.apply({ set: [{ path: 'cassandra.yaml', text }] })
  return workspace.snapshot().findings.some(finding => finding.effect === 'refuses')
}

function disagreements(
  questions: Iterable<Question>,
  answer: (yaml: string) => string,
): { readonly asked: number; readonly wrong: string[] } {
  const wrong: string[] = []
  let asked = 0
  for (const { name, yaml, verdict } of questions) {
    asked++
    const mine = answer(yaml)
    if (mine !== verdict && !(verdict === 'R' && mine !== 'A')) wrong.push(`${name}: Cassandra ${verdict}, Foretell ${mine}`)
  }
  return { asked, wrong }
}

describe.each(releaseLines)('Cassandra %s', line => {
  test('every property with every value', () => {
    const { asked, wrong } = disagreements(propertyQuestions(line), yaml => verdictOf(yaml, line))
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(3000)
  })

  test('combinations of settings', () => {
    const { asked, wrong } = disagreements(fileQuestions('combinations.jsonl', line), yaml => verdictOf(yaml, line))
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(100)
  })

  test('files of real repositories', () => {
    const { asked, wrong } = disagreements(fileQuestions('corpus.jsonl', line), yaml => verdictOf(yaml, line))
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(30)
  })

  test('findings say so too', () => {
    const questions = [...fileQuestions('combinations.jsonl', line), ...fileQuestions('corpus.jsonl', line)]
    const { wrong } = disagreements(questions, yaml => (isRefusedByFindings(yaml, line) ? 'R' : 'A'))
    expect(wrong).toEqual([])
  })
})
