/** Prose of settings: it is about settings that exist, is complete for what shipped files write, and says where it comes from. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { releaseLines } from '../../server/src/core/catalog/release.ts'
import { catalogueOf, linesAccepting, newestName, topClass } from '../../server/src/core/catalog/settings-catalogue.ts'
import { proseOf, settingsWithProse } from '../../server/src/core/catalog/settings-prose.ts'

test('is about settings that some release has, by their newest names', () => {
  expect(settingsWithProse.filter(name => newestName(name) !== name || linesAccepting(name).length === 0)).toEqual([])
  expect(settingsWithProse.length).toBeGreaterThan(150)
})

test('covers every setting that a shipped file writes or shows as a comment', () => {
  const stock = join(import.meta.dirname, '../corpus/stock')
  const shown = new Set<string>()
  for (const version of readdirSync(stock))
    for (const name of readdirSync(join(stock, version)).filter(file => /^cassandra(?:_latest)?\.yaml$/.test(file)))
      for (const [, key] of readFileSync(join(stock, version, name), 'utf8').matchAll(/^(?:# ?)?([a-z][a-z0-9_]+):(?:\s|$)/gm))
        if (linesAccepting(key!).length > 0) shown.add(newestName(key!))
  expect(shown.size).toBeGreaterThan(250)
  expect([...shown].filter(name => !proseOf(name)).sort()).toEqual([])
})

test('names a source, and is short', () => {
  const all = new Set(releaseLines.flatMap(line => Object.keys(catalogueOf(line).classes[topClass]!.properties)).map(newestName))
  for (const name of all) {
    const prose = proseOf(name)
    if (!prose) continue
    expect(prose.source).toMatch(/^Apache Cassandra/)
    expect(`${prose.what} ${prose.advice ?? ''}`.length, name).toBeLessThan(420)
    expect(prose.what, name).toMatch(/^[A-Z0-9].*[.]$/)
  }
})
