/** The schema of each release takes the file that the release ships, and refuses what it does not know. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type ReleaseLine, releaseLines } from '../../server/src/core/catalog/release.ts'
import { settingsSchema } from '../../server/src/core/features/settings-schema.ts'

const stock = join(import.meta.dirname, '../corpus/stock')
const lineOf = (folder: string): ReleaseLine => (folder.startsWith('trunk') ? '6.0' : (/^\d+\.\d+/.exec(folder)![0] as ReleaseLine))
const shipped = readdirSync(stock)
  .filter(folder => (releaseLines as readonly string[]).includes(lineOf(folder)))
  .flatMap(folder => ['cassandra.yaml', 'cassandra_latest.yaml'].map(name => [folder, name] as const))
  .filter(([folder, name]) => existsSync(join(stock, folder, name)))

describe.each(releaseLines)('%s', line => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(settingsSchema(line))

  test.each(shipped.filter(([folder]) => lineOf(folder) === line))('takes the file of %s/%s', (folder, name) => {
    validate(parse(readFileSync(join(stock, folder, name), 'utf8'), { version: '1.1' }))
    expect(validate.errors ?? []).toEqual([])
  })
  test('refuses an unknown key and a wrong type', () => {
    expect(validate({ cluster_name: 'prod', num_tokens: 16 })).toBe(true)
    expect(validate({ cluster_nam: 'prod' })).toBe(false)
    expect(validate({ num_tokens: 'many' })).toBe(false)
  })
})

test('renames are there, deprecated', () => {
  const { properties } = settingsSchema('4.1') as unknown as { properties: Record<string, { deprecated?: boolean; description?: string }> }
  expect(properties.max_hint_window_in_ms).toMatchObject({ deprecated: true, description: 'Now called max_hint_window.' })
  expect(properties.max_hint_window?.deprecated).toBeUndefined()
})

test('files of several releases are looked at', () => {
  expect(new Set(shipped.map(([folder]) => lineOf(folder))).size).toBeGreaterThan(3)
})
