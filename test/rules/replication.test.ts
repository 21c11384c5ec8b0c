/** The rules about keyspaces beyond their own examples: releases, unknown facts, real-world oddities. */
import { expect, test } from 'vitest'
import { check, checkFix, checkOnly, findingsOf } from '../check.ts'

const nts = (rest: string) => `{'class': 'NetworkTopologyStrategy'${rest}}`
const create = (map: string, rest = '') => `CREATE KEYSPACE shop WITH replication = ${map}${rest};\n`
const ids = (rule: string, text: string) => findingsOf(rule, text).map(({ rule: id, severity }) => `${severity} ${id}`)
const ownKeyspaces = `ALTER KEYSPACE system_auth WITH replication = ${nts(", 'dc1': 3, 'dc2': 3")};\n`

test('a healthy keyspace in a healthy cluster has no finding', () => {
  checkOnly('replication', `#- cluster: 2x3\n#- schema.cql\n${create(nts(", 'dc1': 3, 'dc2': 3"))}${ownKeyspaces}`)
})

test('an isolated file says only what it proves', () => {
  expect(ids('replication', `#- isolated\n#- schema.cql\n${create(nts(", 'dc9': 3"))}`)).toEqual([])
  expect(ids('replication', `#- isolated\n#- schema.cql\n${create("{'class': 'SimpleStrategy', 'replication_factor': 3}")}`)).toEqual([])
  expect(ids('replication', `#- isolated\n#- schema.cql\n${create(nts(", 'dc1': 'x'"))}`)).toEqual(['error replication/statement-refused'])
})

test('a datacenter that may be elsewhere is not unknown', () => {
  const elsewhere =
    '#- cluster: 1x3\n#- dc1/db1/cassandra.yaml\ncluster_name: prod\nnum_tokens: 16\nlisten_address: 10.20.1.11\nendpoint_snitch: GossipingPropertyFileSnitch\npartitioner: org.apache.cassandra.dht.Murmur3Partitioner\ncommitlog_sync: periodic\ncommitlog_sync_period: 10s\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.20.1.11,10.99.1.1"\n'
  expect(ids('replication/unknown-datacenter', `${elsewhere}#- schema.cql\n${create(nts(", 'dc1': 3, 'dc9': 3"))}`)).toEqual([])
  expect(ids('replication/unknown-datacenter', `#- cluster: 1x3\n#- schema.cql\n${create(nts(", 'dc1': 3, 'dc9': 3"))}`)).toEqual([
    'error replication/unknown-datacenter',
  ])
})

test('unknown datacenters are refused from 4.0, and never work in 3.11', () => {
  const text = (line: string) => `#- cassandra: ${line}\n#- cluster: 1x3\n#- schema.cql\n${create(nts(", 'dc1': 3, 'dc9': 3"))}`
  expect(findingsOf('replication/unknown-datacenter', text('4.0'))[0]!.effect).toBe('refuses')
  expect(findingsOf('replication/unknown-datacenter', text('3.11'))[0]!.effect).toBe('never-works')
})

test('what some release takes is not refused while the release is not known', () => {
  const expanding = create(nts(", 'replication_factor': 3"))
  expect(ids('replication/statement-refused', `#- schema.cql\n${expanding}`)).toEqual([])
  expect(ids('replication/statement-refused', `#- cassandra: 3.11\n#- schema.cql\n${expanding}`)).toEqual([
    'error replication/statement-refused',
  ])
  expect(ids('syntax/cql-unreadable', '#- schema.cql\nALTER KEYSPACE IF EXISTS shop WITH durable_writes = true;\n')).toEqual([])
  expect(
    ids('syntax/cql-unreadable', '#- cassandra: 4.0\n#- schema.cql\nALTER KEYSPACE IF EXISTS shop WITH durable_writes = true;\n'),
  ).toEqual(['error syntax/cql-unreadable'])
})

test('a refused statement is one finding, wherever its fault is', () => {
  check(`#- schema.cql
CREATE KEYSPACE a WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc1': 3};
--                                                                                  ^^^^^ error[replication/statement-refused]: twice
CREATE KEYSPACE b WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3} WITH durable_writes = true;
--                                                                                  ^^^^ error[syntax/cql-unreadable]: \`;\` is missing
CREATE KEYSPACE c USING CONSISTENCY QUORUM WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
--                ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[syntax/cql-consistency-clause]
CREATE KEYSPACE d WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3} AND strategy_class = 'x';
--                                                                                      ^^^^^^^^^^^^^^ error[replication/statement-refused]: strategy_class
`)
})

test('templates are silent where a placeholder stands', () => {
  check(`#- schema.cql.j2
CREATE KEYSPACE {{ name }} WITH replication = {'class': 'NetworkTopologyStrategy', '{{ dc }}': {{ rf }}};
CREATE KEYSPACE a WITH replication = {'class': '{{ strategy }}', 'dc1': 3} AND durable_writes = {{ durable }};
{% if b %}
CREATE KEYSPACE b WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': {{ rf }}};
{% endif %}
`)
})

test('transient copies are refused where the setting is known to be off', () => {
  checkOnly(
    'replication/statement-refused',
    `#- cassandra: 5.0\n#- cluster: 1x3\n#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': '3/1'};
--                                                                                  ^^^^^ error[replication/statement-refused]: switched off
`,
  )
})

test('every line says what durable_writes it takes', () => {
  const text = (line: string) => `#- cassandra: ${line}\n#- schema.cql\n${create(nts(", 'dc1': 3"), " AND durable_writes = 'off'")}`
  expect(ids('replication', text('3.11'))).toEqual(['warning replication/statement-refused'])
  expect(ids('replication', text('4.1'))).toEqual(['error replication/statement-refused'])
})

test('system_auth must name every datacenter with nodes from 4.1', () => {
  const text = (line: string) =>
    `#- cassandra: ${line}\n#- cluster: 2x3\n#- schema.cql\nALTER KEYSPACE system_auth WITH replication = ${nts(", 'dc1': 3")};\n`
  expect(ids('replication/statement-refused', text('4.0'))).toEqual([])
  expect(ids('replication/statement-refused', text('5.0'))).toEqual(['error replication/statement-refused'])
})

test('the fix of an unknown datacenter writes the known one', () => {
  checkFix(
    'replication/unknown-datacenter',
    `#- cluster: 2x3\n#- schema.cql\n${create(nts(", 'dc1': 3, 'DC2': 3"))}`,
    `#- cluster: 2x3\n#- schema.cql\n${create(nts(", 'dc1': 3, 'dc2': 3"))}`,
  )
})

test('the fix of SimpleStrategy names every datacenter, with no more copies than nodes', () => {
  checkFix(
    'replication/simple-strategy',
    `#- cluster: 2x2\n#- schema.cql\n${create("{'class': 'SimpleStrategy', 'replication_factor': 3}")}`,
    `#- cluster: 2x2\n#- schema.cql\n${create(nts(", 'dc1': 2, 'dc2': 2"))}`,
  )
})

test('the fix of an implicit factor writes the datacenters out', () => {
  checkFix(
    'replication/implicit-factor',
    `#- cassandra: 5.0\n#- cluster: 2x3\n#- schema.cql\n${create(nts(", 'replication_factor': 3"))}`,
    `#- cassandra: 5.0\n#- cluster: 2x3\n#- schema.cql\n${create(nts(", 'dc1': 3, 'dc2': 3"))}`,
  )
})

test('an exclusion by 0 beside replication_factor is no leftover', () => {
  expect(ids('replication/zero-factor', `#- cassandra: 5.0\n#- schema.cql\n${create(nts(", 'replication_factor': 3, 'dc2': 0"))}`)).toEqual(
    [],
  )
})

test('the fix of a removed option takes its AND with it', () => {
  const table = (rest: string) => `#- cassandra: 4.1\n#- schema.cql\nCREATE TABLE shop.t (id int PRIMARY KEY)${rest};\n`
  checkFix('repair/removed-table-option', table(" WITH read_repair_chance = 0.1 AND comment = 'x'"), table(" WITH comment = 'x'"))
  checkFix('repair/removed-table-option', table(" WITH comment = 'x' AND dclocal_read_repair_chance = 0.1"), table(" WITH comment = 'x'"))
  checkFix('repair/removed-table-option', table(' WITH read_repair_chance = 0.1'), table(''))
})

test('schemas for ScyllaDB are not held against Cassandra', () => {
  expect(
    ids(
      'repair',
      `#- schema.cql\nCREATE TABLE a.b (id int PRIMARY KEY) WITH cdc = {'enabled': true} AND compaction = {'class': 'IncrementalCompactionStrategy'};\n`,
    ),
  ).toEqual([])
})

test('gc_grace_seconds is measured against the longest hint window', () => {
  const schema = `#- schema.cql\n${create(nts(", 'dc1': 3, 'dc2': 3"))}CREATE TABLE shop.t (id int PRIMARY KEY) WITH gc_grace_seconds = 10800;\n`
  expect(ids('hints/gc-grace-below-window', `#- cluster: 2x3\n${schema}`)).toEqual([])
  expect(ids('hints/gc-grace-below-window', `#- cluster: 2x3\n${schema.replace('10800', '10799')}`)).toEqual([
    'warning hints/gc-grace-below-window',
  ])
  expect(ids('hints/gc-grace-below-window', `#- cluster: 1x1\n${schema.replace('10800', '0')}`)).toEqual([])
})

test('keys and clustering order must name columns of the table', () => {
  checkOnly(
    'repair/removed-table-option',
    `#- schema.cql
CREATE TABLE a.t (id int, day date, note text, PRIMARY KEY (id, dai));
--                                                              ^^^ error[repair/removed-table-option]: no column
CREATE TABLE a.u (id int, day date, note text, PRIMARY KEY (id, day)) WITH CLUSTERING ORDER BY (note DESC);
--                                                                                              ^^^^ error[repair/removed-table-option]: \`day\` before \`note\`
CREATE TABLE a.v (id int PRIMARY KEY, note text STATIC);
--                                    ^^^^ error[repair/removed-table-option]: static
CREATE TABLE a.w (id int, day date, hour int, PRIMARY KEY (id, day, hour)) WITH CLUSTERING ORDER BY (day DESC);
`,
  )
})

test("Cassandra's own keyspaces cannot be dropped", () => {
  checkOnly(
    'replication',
    `#- isolated
#- schema.cql
DROP KEYSPACE system_auth;
--            ^^^^^^^^^^^ error[replication/statement-refused]: its own
DROP KEYSPACE IF EXISTS shop;
`,
  )
})
