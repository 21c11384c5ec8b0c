/** The rules refuse what the real tools refuse, and nothing else: a finding of effect `refuses` on every refused input, none on an accepted one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { holdsPlaceholder } from '../../server/src/core/text/placeholder.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'

test('findings agree with the verdicts of wg on every input', () => {
  const goldens = readFileSync(join(import.meta.dirname, '../conformance/wireguard/inputs.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(
      line =>
        JSON.parse(line) as {
          readonly id: number
          readonly why: string
          readonly text: string
          readonly verdict: string
          readonly message: string
        },
    )
    .filter(({ text }) => !holdsPlaceholder(text))
  const workspace = createWorkspace({ today: '2026-06-01', isolated: true })
  workspace.apply({ set: goldens.map(({ id, text }) => ({ path: `input${id}/wg0.conf`, text })) })
  const refused = new Set(
    workspace
      .snapshot()
      .findings.filter(({ effect }) => effect === 'refuses')
      .map(({ span }) => span.file.path),
  )
  const wrong = goldens.filter(({ id, verdict }) => refused.has(`input${id}/wg0.conf`) !== (verdict === 'refused'))
  expect(wrong.map(({ id, why, message }) => `${id} ${why}: ${message}`)).toEqual([])
}, 120_000)
