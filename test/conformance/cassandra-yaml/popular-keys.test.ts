/** Keys that people write, and which release takes them: read in the sources of February 2025 (`popular-keys.tsv`), with what the newer jars changed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isReleaseLine, type ReleaseLine } from '../../../server/src/core/catalog/release.ts'
import { findProperty, topClass } from '../../../server/src/core/catalog/settings-catalogue.ts'
import { firstPatchOf } from '../../../server/src/core/catalog/settings-since-patch.ts'

const [header = '', ...rows] = readFileSync(join(import.meta.dirname, 'popular-keys.tsv'), 'utf8')
  .trim()
  .split('\n')
const lines = header.split('\t').slice(1).filter(isReleaseLine)

/** 5.0.9 and 6.0-alpha2 are newer than the sources that were read. */
const changedSince = new Map([
  ['auto_repair 5.0', 'accepted'],
  ['auto_repair 6.0', 'accepted'],
  ['accord 6.0', 'accepted'],
  ['password_policy 6.0', 'accepted'],
  ['password_validator 6.0', 'REFUSED'],
])

function answer(line: ReleaseLine, key: string): string {
  const found = findProperty(line, topClass, key)
  if (!found) return 'REFUSED'
  return found.renamed && found.name !== key ? `alias->${found.name}` : 'accepted'
}

test.each(rows.map(row => [row.split('\t')[0]!, row.split('\t').slice(1)] as const))('%s', (key, said) => {
  const wanted = lines.map((line, i) => changedSince.get(`${key} ${line}`) ?? /^(?:REFUSED|accepted|alias->\w+)/.exec(said[i]!)![0])
  expect(lines.map(line => answer(line, key))).toEqual(wanted)
  for (const [i, line] of lines.entries()) {
    const since = /\(>=\d+\.\d+\.(\d+)\)/.exec(said[i]!)?.[1]
    if (since !== undefined && line !== '6.0') expect(firstPatchOf(line, key)).toBe(Number(since))
  }
})

test('the list is whole', () => {
  expect(rows.length).toBe(187)
})
