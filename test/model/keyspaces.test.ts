/** Schema files run in order: what keyspaces and tables they leave, and what the server says of each statement. */
import { describe, expect, test } from 'vitest'
import { parseRelease, type ReleaseLine } from '../../server/src/core/catalog/release.ts'
import { gatherKeyspaces } from '../../server/src/core/model/gather-keyspaces.ts'
import type { Keyspace } from '../../server/src/core/model/keyspace.ts'
import { judgeKeyspaceStatement, stockSituation } from '../../server/src/core/model/keyspace-verdict.ts'
import { effectiveFactors } from '../../server/src/core/model/replication-map.ts'
import { type CqlKeyspaceStatement, parseCql } from '../../server/src/core/syntax/cql-file.ts'
import { knownValue } from '../../server/src/core/text/fact.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const gather = (files: Record<string, string>, line: ReleaseLine = '5.0') =>
  gatherKeyspaces(
    Object.entries(files).map(([path, text]) => parseCql({ path, text })),
    undefined,
    parseRelease(line)!,
  )
const one = (text: string, line?: ReleaseLine): Keyspace => gather({ 'schema.cql': text }, line)[0]!
const factors = ({ replication }: Keyspace, line: ReleaseLine = '5.0', datacenters: readonly string[] = ['dc1', 'dc2']) =>
  Object.fromEntries([...(effectiveFactors(replication, datacenters, line) ?? [])].map(([name, { total }]) => [name, total]))

const nts = (rest: string) => `{'class': 'NetworkTopologyStrategy'${rest}}`

describe('sequence', () => {
  test('the last ALTER wins, and the finding is at its statement', () => {
    const keyspace = one(
      `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1")};\nALTER KEYSPACE a WITH replication = ${nts(", 'dc1': 3")};`,
    )
    expect(factors(keyspace)).toEqual({ dc1: 3 })
    expect(textAt(keyspace.statement)).toMatch(/^ALTER/)
    expect(keyspace.statements.map(({ applied }) => applied)).toEqual([true, true])
  })

  test('IF NOT EXISTS changes nothing that is there', () => {
    const keyspace = one(
      `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1")};\nCREATE KEYSPACE IF NOT EXISTS a WITH replication = ${nts(", 'dc1': 3")};`,
    )
    expect(factors(keyspace)).toEqual({ dc1: 1 })
  })

  test('files run in the order of their names, numbers as numbers', () => {
    const keyspaces = gather({
      'V10__last.cql': `ALTER KEYSPACE a WITH replication = ${nts(", 'dc1': 5")};`,
      'V2__more.cql': `ALTER KEYSPACE a WITH replication = ${nts(", 'dc1': 3")};`,
      'V1__first.cql': `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1")};`,
    })
    expect(keyspaces).toHaveLength(1)
    expect(factors(keyspaces[0]!)).toEqual({ dc1: 5 })
  })

  test('a dropped keyspace is gone; files that undo are no part of the sequence', () => {
    const create = `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1")};`
    expect(gather({ '1.cql': create, '2.cql': 'DROP KEYSPACE a;' })).toEqual([])
    expect(gather({ 'schema.cql': create, 'teardown.cql': 'DROP KEYSPACE a;' })).toHaveLength(1)
    expect(gather({ '1.up.cql': create, '1.down.cql': 'DROP KEYSPACE a;' })).toHaveLength(1)
    expect(factors(one(`${create} DROP KEYSPACE a; CREATE KEYSPACE a WITH replication = ${nts(", 'dc2': 2")};`))).toEqual({ dc2: 2 })
  })

  test('a refused statement changes nothing', () => {
    const keyspace = one(
      `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1")};\nALTER KEYSPACE a WITH replication = ${nts(", 'dc1': 'three'")};\nALTER KEYSPACE a WITH replication = {'class': 'X',};`,
    )
    expect(factors(keyspace)).toEqual({ dc1: 1 })
    expect(keyspace.statements.map(({ applied }) => applied)).toEqual([true, false, false])
  })

  test('durable_writes alone leaves the replication', () => {
    const keyspace = one(`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3")};\nALTER KEYSPACE a WITH durable_writes = 'no';`)
    expect(knownValue(keyspace.durableWrites)).toBe(false)
    expect(factors(keyspace)).toEqual({ dc1: 3 })
  })
})

describe('replication as a release reads it', () => {
  test('replication_factor expands from 4.0 on', () => {
    const text = `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1, 'replication_factor': 2")};`
    expect(factors(one(text))).toEqual({ dc1: 1, dc2: 2 })
  })

  test('entries of 0 stay in 3.x and go in 4.0', () => {
    const text = `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1, 'dc2': 0")};`
    expect(factors(one(text, '3.11'), '3.11')).toEqual({ dc1: 1, dc2: 0 })
    expect(factors(one(text), '5.0')).toEqual({ dc1: 1 })
  })

  test('ALTER with replication_factor keeps the datacenters that are there', () => {
    const keyspace = one(
      `CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 1")};\nALTER KEYSPACE a WITH replication = ${nts(", 'replication_factor': 3")};`,
    )
    expect(factors(keyspace)).toEqual({ dc1: 1, dc2: 3 })
  })

  test('from SimpleStrategy without datacenters the old factor expands', () => {
    const keyspace = one(
      `CREATE KEYSPACE a WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 2};\nALTER KEYSPACE a WITH replication = ${nts('')};`,
    )
    expect(factors(keyspace)).toEqual({ dc1: 2, dc2: 2 })
  })

  test('transient copies are counted apart', () => {
    const { replication } = one(`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': '3/1'")};`)
    expect(replication.kind === 'network-topology' && knownValue(replication.factors[0]!.factor)).toEqual({ total: 3, transient: 1 })
  })

  test('what a template fills in is unknown', () => {
    const { replication } = one(`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': {{ factor }}, '{{ dc }}': 3")};`)
    expect(replication.kind === 'network-topology' && replication.factors.map(({ factor }) => factor.kind)).toEqual(['unknown', 'unknown'])
  })
})

test('tables belong to the keyspace in use, and their last options count', () => {
  const keyspace = one(`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3")};
USE a;
CREATE TABLE t (id int PRIMARY KEY) WITH gc_grace_seconds = 60;
ALTER TABLE a.t WITH gc_grace_seconds = 120 AND comment = 'x';
CREATE TABLE u (id int PRIMARY KEY);
CREATE TABLE gone (id int PRIMARY KEY);
DROP TABLE gone;`)
  expect(keyspace.tables.map(({ name, gcGraceSeconds }) => [name.value, knownValue(gcGraceSeconds)])).toEqual([
    ['t', 120],
    ['u', 864_000],
  ])
  expect(keyspace.tables[0]!.options.get('comment')?.value).toBe('x')
})

describe('verdicts', () => {
  const nodes = new Map([
    ['dc1', 3],
    ['dc2', 2],
  ])
  const judge = (text: string, line: ReleaseLine) =>
    judgeKeyspaceStatement(parseCql({ path: 'a.cql', text }).statements[0] as CqlKeyspaceStatement, stockSituation(line, nodes, 'none'))
  const kinds = (text: string, line: ReleaseLine) => judge(text, line).refusals.map(({ kind }) => kind)

  test.each([
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3, 'dc9': 1")};`, '4.1', ['unknown-datacenter']],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3, 'dc9': 1")};`, '3.11', []],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3, 'dc9': 0")};`, '4.1', []],
    [`CREATE KEYSPACE a WITH replication = ${nts('')};`, '4.0', ['no-datacenter']],
    [`CREATE KEYSPACE a WITH replication = ${nts('')};`, '4.1', []],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'replication_factor': 3")};`, '3.11', ['factor-option-in-network-topology']],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': '3/1'")};`, '5.0', ['transient-off']],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': '3/1'")};`, '3.11', ['bad-factor']],
    ["CREATE KEYSPACE a WITH replication = {'class': 'SimpleStrategy'};", '4.0', ['simple-without-factor']],
    ["CREATE KEYSPACE a WITH replication = {'class': 'SimpleStrategy'};", '5.0', []],
    ["CREATE KEYSPACE a WITH replication = {'class': 'EverywhereStrategy'};", '5.0', ['strategy']],
    ["CREATE KEYSPACE a WITH replication = {'class': 'com.example.OurStrategy', 'x': 'y'};", '5.0', []],
    ['CREATE KEYSPACE a WITH durable_writes = true;', '5.0', ['no-replication']],
    [`CREATE KEYSPACE "a-b" WITH replication = ${nts(", 'dc1': 3")};`, '5.0', ['bad-name']],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3")} AND strategy_class = 'x';`, '5.0', ['unknown-property']],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3")} AND durable_writes = 'off';`, '5.0', ['bad-durable-writes']],
    [`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3")} AND durable_writes = 'off';`, '3.11', []],
  ] as const)('%s in %s', (text, line, expected) => {
    expect(kinds(text, line)).toEqual(expected)
  })

  test('more copies than nodes is a warning for each datacenter', () => {
    expect(judge(`CREATE KEYSPACE a WITH replication = ${nts(", 'dc1': 3, 'dc2': 3")};`, '5.0').warnings).toEqual([
      { kind: 'factor-exceeds-nodes', datacenter: 'dc2', factor: 3, nodes: 2 },
    ])
  })
})
