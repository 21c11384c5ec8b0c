/** What the editor shows and offers in CQL files. */
import { expect, test } from 'vitest'
import { completionsAt } from '../../server/src/core/features/completion.ts'
import { formatKeyspaceStatements } from '../../server/src/core/features/cql-format.ts'
import { keyspaceAt } from '../../server/src/core/features/cql-places.ts'
import { cqlSemanticTokens } from '../../server/src/core/features/cql-semantic-tokens.ts'
import { cqlSignatureHelpAt } from '../../server/src/core/features/cql-signature-help.ts'
import { cqlFoldingRanges, cqlSymbolsOf } from '../../server/src/core/features/cql-symbols.ts'
import { definitionAt, renameAt } from '../../server/src/core/features/definition.ts'
import { inlayHintsOf } from '../../server/src/core/features/inlay-hints.ts'
import { parseCql } from '../../server/src/core/syntax/cql-file.ts'
import { textAt } from '../../server/src/core/text/span.ts'
import { applyEdits } from '../../server/src/core/text/text-edit.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

/** A cluster of two datacenters of three nodes, and a schema with the cursor at `$0`. */
function open(schema: string) {
  const fixture = parseFixture(`#- cluster: 2x3\n#- schema.cql\n${schema}\n`)
  const snapshot = snapshotOf(fixture)
  const cursor = fixture.cursor ?? { file: fixture.files.find(({ path }) => path === 'schema.cql')!, offset: 0 }
  return { snapshot, path: cursor.file.path, offset: cursor.offset, file: cursor.file }
}

function offered(schema: string): readonly string[] {
  const { snapshot, path, offset } = open(schema)
  return completionsAt(snapshot, path, offset).map(({ label }) => label)
}

const anchor = "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"

test.each([
  ['strategies', "ALTER KEYSPACE shop WITH replication = {'class': '$0'};", ['NetworkTopologyStrategy', 'SimpleStrategy']],
  ['the class first', 'ALTER KEYSPACE shop WITH replication = {$0};', ['class']],
  [
    'datacenters that are not named yet',
    "ALTER KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, '$0'};",
    ['dc2'],
  ],
  [
    'factors up to the number of nodes',
    "ALTER KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': $0};",
    ['3', '2', '1'],
  ],
  ['the factor of SimpleStrategy', "ALTER KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', '$0'};", ['replication_factor']],
  ['properties of a keyspace', 'ALTER KEYSPACE shop WITH $0', ['replication', 'durable_writes']],
  ['booleans', 'ALTER KEYSPACE shop WITH durable_writes = $0', ['true', 'false']],
  ['keyspaces', 'USE $0', ['shop']],
  [
    'compaction strategies',
    "ALTER TABLE shop.t WITH compaction = {'class': '$0'};",
    ['SizeTieredCompactionStrategy', 'LeveledCompactionStrategy', 'TimeWindowCompactionStrategy', 'UnifiedCompactionStrategy'],
  ],
  ['levels', 'CONSISTENCY LOCAL_$0', expect.arrayContaining(['LOCAL_QUORUM', 'EACH_QUORUM'])],
] as const)('completion offers %s', (_, schema, labels) => {
  expect(offered(anchor + schema)).toEqual(labels)
})

test('completion of a text in quotes replaces what is between them', () => {
  const { snapshot, path, offset, file } = open(`${anchor}ALTER KEYSPACE shop WITH replication = {'class': 'Netw$0Strategy'};`)
  const [first] = completionsAt(snapshot, path, offset)
  expect(file.text.slice(first!.replace.start, first!.replace.end)).toBe('NetwStrategy')
})

test('completion begins statements with the datacenters of the workspace', () => {
  const { snapshot, path, offset } = open(`${anchor}$0`)
  const create = completionsAt(snapshot, path, offset).find(({ label }) => label === 'CREATE KEYSPACE')
  expect(create?.insertText).toBe(
    "CREATE KEYSPACE ${1:name} WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': ${2:3}, 'dc2': ${3:3}\\};$0",
  )
})

test('signature help shows the part of the map at the cursor', () => {
  const { snapshot, path, offset } = open(
    `${anchor}ALTER KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': $0};`,
  )
  const help = cqlSignatureHelpAt(snapshot, path, offset)!
  const active = help.parameters[help.activeParameter]!
  expect(help.label.slice(active.start, active.end)).toBe("'dc2': n")
  expect(active.documentation).toContain('dc2')
  expect(cqlSignatureHelpAt(snapshot, path, anchor.length + 3)).toBeUndefined()
})

test('inlay hints sum up the final replication', () => {
  const { snapshot, path, file } = open(anchor.trim())
  const hints = inlayHintsOf(snapshot, path, { file, start: 0, end: file.text.length })
  expect(hints.map(({ text }) => text)).toEqual(['RF 6 = 3 + 3, quorum 4'])
})

test('a datacenter is defined in the rackdc files', () => {
  const { snapshot, path, offset } = open(
    "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'd$0c2': 3};",
  )
  const definition = definitionAt(snapshot, path, offset)!
  expect(textAt(definition.from)).toBe('dc2')
  expect(new Set(definition.targets.map(({ file }) => file.path))).toEqual(
    new Set(['dc2/db4/cassandra-rackdc.properties', 'dc2/db5/cassandra-rackdc.properties', 'dc2/db6/cassandra-rackdc.properties']),
  )
})

test('renaming a datacenter covers the schema and the rackdc files', () => {
  const { snapshot, path, offset } = open(
    "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'd$0c2': 3};",
  )
  const rename = renameAt(snapshot, path, offset)!
  expect(rename.name).toBe('dc2')
  expect(rename.places.map(textAt)).toEqual(rename.places.map(() => 'dc2'))
  expect(rename.places.length).toBe(4)
})

test('renaming a keyspace covers every statement that names it', () => {
  const { snapshot, path, offset } = open(`${anchor}USE sh$0op;\nCREATE TABLE shop.carts (id int PRIMARY KEY);\nDROP TABLE shop.carts;`)
  expect(renameAt(snapshot, path, offset)!.places.length).toBe(4)
})

test('the keyspace at an offset is that of the statement', () => {
  const { snapshot, path, offset } = open(`${anchor}USE shop;\nCREATE TABLE car$0ts (id int PRIMARY KEY);`)
  expect(keyspaceAt(snapshot, path, offset)?.name).toBe('shop')
})

const script = parseCql({
  path: 'a.cql',
  text: "/* of\n   the shop */\ncreate   keyspace Shop with\n  replication={'class' : 'NetworkTopologyStrategy','dc1':3 } and durable_writes=true;\nUSE shop;\nCREATE TABLE carts (\n  id int PRIMARY KEY\n);\n",
})

test('the outline has keyspaces and tables', () => {
  expect(cqlSymbolsOf(script).map(({ kind, name }) => `${kind} ${name}`)).toEqual(['keyspace shop', 'table shop.carts'])
})

test('long statements and comments fold', () => {
  expect(cqlFoldingRanges(script).map(({ kind, span }) => `${kind} ${textAt(span).slice(0, 12)}`)).toEqual([
    'comment /* of\n   the',
    'region create   key',
    'region CREATE TABLE',
  ])
})

test('formatting writes keyspace statements evenly, and again changes nothing', () => {
  const formatted = applyEdits(script.file, formatKeyspaceStatements(script, '5.0'))
  expect(formatted).toContain(
    "CREATE KEYSPACE Shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3} AND durable_writes = true;\n",
  )
  expect(formatKeyspaceStatements(parseCql({ path: 'a.cql', text: formatted }), '5.0')).toEqual([])
})

test('formatting leaves comments and refused statements alone', () => {
  const text =
    "create keyspace a with /* why */ replication={'class':'SimpleStrategy','replication_factor':1};\ncreate keyspace b with replication={'class':'SimpleStrategy',};\n"
  expect(formatKeyspaceStatements(parseCql({ path: 'a.cql', text }), '5.0')).toEqual([])
})

test('semantic tokens tell keyspaces from datacenters', () => {
  const shown = cqlSemanticTokens(script, '5.0').map(({ kind, span }) => `${kind} ${textAt(span)}`)
  expect(shown).toContain('namespace Shop')
  expect(shown).toContain("enumMember 'dc1'")
  expect(shown).toContain('property durable_writes')
  expect(shown).toContain('class carts')
  expect(shown).toContain('type int')
})
