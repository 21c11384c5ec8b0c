/** The catalogue of settings: made by the present program from the listed releases, and its questions answered as the jars answer. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseQuantity, quantityType, textOfAmount } from '../../server/src/core/catalog/quantity.ts'
import { releaseLines } from '../../server/src/core/catalog/release.ts'
import {
  acceptsKey,
  catalogueOf,
  findPath,
  linesAccepting,
  nameInLine,
  namesOf,
  newestName,
  successorOf,
  topKeys,
} from '../../server/src/core/catalog/settings-catalogue.ts'
import { proseOf, settingsWithProse } from '../../server/src/core/catalog/settings-prose.ts'

const tasks = join(import.meta.dirname, '../../tasks/catalogue')

test('the data is made by the present program from the listed releases: npm run catalogue', () => {
  const made = createHash('sha256')
    .update(readFileSync(join(tasks, 'Catalogue.java')))
    .digest('hex')
    .slice(0, 16)
  const listed = readFileSync(join(tasks, 'releases.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map(row => row.split('\t'))
  expect(releaseLines.map(line => [line, catalogueOf(line).version, catalogueOf(line).madeBy])).toEqual(
    listed.map(([line, version]) => [line, version, made]),
  )
})

describe('names', () => {
  test.each([
    ['read_request_timeout_in_ms', 'read_request_timeout', ['3.11', '4.0', '4.1', '5.0', '6.0']],
    ['start_rpc', 'start_rpc', ['3.11']],
    ['storage_compatibility_mode', 'storage_compatibility_mode', ['5.0', '6.0']],
    ['gossip_interval_ms', 'gossip_interval_ms', []],
    ['constructor', 'constructor', []],
    ['toString', 'toString', []],
  ] as const)('%s', (key, newest, lines) => {
    expect(newestName(key)).toBe(newest)
    expect(linesAccepting(key)).toEqual(lines)
  })

  test('a setting is known by the name of each line', () => {
    expect(releaseLines.map(line => nameInLine(line, 'stream_throughput_outbound'))).toEqual([
      'stream_throughput_outbound_megabits_per_sec',
      'stream_throughput_outbound_megabits_per_sec',
      'stream_throughput_outbound',
      'stream_throughput_outbound',
      'stream_throughput_outbound',
    ])
    expect(successorOf('max_hint_window_in_ms')?.since).toBe('4.1')
    expect(namesOf('max_hint_window')).toEqual(['max_hint_window', 'max_hint_window_in_ms'])
  })

  test('dotted keys are read from 4.1', () => {
    expect(releaseLines.filter(line => acceptsKey(line, 'audit_logging_options.enabled'))).toEqual(['4.1', '5.0', '6.0'])
    expect(findPath('4.1', 'audit_logging_options.enabeld')).toBeUndefined()
  })
})

describe('quantities', () => {
  const millis = quantityType('DurationSpec.LongMillisecondsBound')!
  const mebibytes = quantityType('DataStorageSpec.IntMebibytesBound')!
  test.each([
    ['10s', 10_000],
    ['500ms', 500],
    ['1d', 86_400_000],
    ['500us', 'unit-too-small'],
    ['10 s', 'grammar'],
    ['10S', 'grammar'],
    ['-1ms', 'grammar'],
    ['10', 'grammar'],
    ['9223372036854775807ms', 'too-large'],
    ['99999999999999999999d', 'too-large'],
  ])('%s', (text, wanted) => {
    const parsed = parseQuantity(text, millis)
    expect(typeof parsed === 'string' ? parsed : parsed.amount).toBe(wanted)
  })
  test('bounds count in the least unit', () => {
    expect(parseQuantity('2147483646MiB', mebibytes)).toMatchObject({ unit: 'MiB' })
    expect(parseQuantity('2147483647MiB', mebibytes)).toBe('too-large')
    expect(parseQuantity('1024KiB', mebibytes)).toBe('unit-too-small')
  })
  test('amounts are written in their largest whole unit', () => {
    expect(textOfAmount(5000, millis)).toBe('5s')
    expect(textOfAmount(1500, millis)).toBe('1500ms')
    expect(textOfAmount(0, mebibytes)).toBe('0MiB')
  })
})

test('prose is about settings that some release has, by their newest names, and names its source', () => {
  const known = new Set(releaseLines.flatMap(line => topKeys(line)))
  expect(settingsWithProse.filter(name => !known.has(name) || newestName(name) !== name)).toEqual([])
  expect(settingsWithProse.length).toBeGreaterThan(150)
  for (const name of settingsWithProse)
    expect(proseOf(name)).toMatchObject({ what: expect.stringMatching(/\.$/), source: expect.stringContaining('Cassandra') })
})
