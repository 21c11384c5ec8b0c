/** Options of tables that the release does not take: those of read repair that 4.0 removed, and any other that it refuses. */

import { foreignCompactionStrategies, foreignTableOptions, tableOptionNames } from '../../catalog/cql-table-options.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import { mapValue } from '../../model/replication-map.ts'
import { judgeTableStatement, type TableRefusal } from '../../model/table-verdict.ts'
import type { CqlTableStatement, ParsedCql } from '../../syntax/cql-file.ts'
import { judgeSyntax } from '../../syntax/cql-grammar.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { spanOf } from '../../text/span.ts'
import { sayRelease } from '../replication/replication-words.ts'
import { type Fix, rule } from '../rule.ts'

export default rule({
  id: 'repair/removed-table-option',
  scope: 'file',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'table option that the release refuses',
  why: 'Cassandra 4.0 removed read_repair_chance and dclocal_read_repair_chance, and refuses a table statement that holds them, or any option or value it does not know. The table is then missing, or keeps its options.',
  remedy: 'Remove the option; repairs, and read_repair = BLOCKING, do what the chances did.',
  sources: [
    'CASSANDRA-13910',
    'Answers of Cassandra 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2',
    'Cassandra: TableAttributes, TableParams',
  ],
  bad: `#- cassandra: 4.1
#- schema.cql
CREATE TABLE shop.carts (id int PRIMARY KEY) WITH gc_grace_seconds = 864000 AND read_repair_chance = 0.1;
--                                                                              ^^^^^^^^^^^^^^^^^^ 💡 error[repair/removed-table-option]: 4.0
`,
  good: "#- cassandra: 4.1\n#- schema.cql\nCREATE TABLE shop.carts (id int PRIMARY KEY) WITH gc_grace_seconds = 864000 AND read_repair = 'BLOCKING';\n",
  *check({ parsed, release }) {
    if (parsed.kind !== 'cql' || isForAnotherProduct(parsed)) return
    for (const statement of parsed.statements) {
      if (!/^(?:create|alter)-(?:table|view)$/.test(statement.kind)) continue
      const table = statement as CqlTableStatement
      if (release.candidates.every(line => judgeSyntax(table, line).accepted === false)) continue
      const others = release.candidates.filter(line => line !== release.line).map(line => judgeTableStatement(table, line))
      for (const refusal of judgeTableStatement(table, release.line)) {
        if (!others.every(list => list.some(({ at }) => at.start === refusal.at.start))) continue
        yield {
          at: refusal.at,
          message: messageOf(refusal, sayRelease(release), table),
          ...(table.name ? { about: [`table:${table.keyspace ? `${table.keyspace.text}.` : ''}${table.name.text}` as const] } : {}),
          fixes: () => fixesOf(refusal, table, release.line),
        }
      }
    }
  },
})

/** Some table has an option that only ScyllaDB or DataStax Enterprise take. */
function isForAnotherProduct({ statements }: ParsedCql): boolean {
  return statements.some(statement => {
    if (!('properties' in statement) || !/-(?:table|view)$/.test(statement.kind)) return false
    return statement.properties.some(({ name, value }) => {
      if (foreignTableOptions.has(name.value)) return true
      const strategy = name.value === 'compaction' && value?.kind === 'map' ? mapValue(value, 'class') : undefined
      return strategy !== undefined && foreignCompactionStrategies.has(strategy.text)
    })
  })
}

function messageOf({ kind, option, value, expected }: TableRefusal, server: string, { name }: CqlTableStatement): string {
  switch (kind) {
    case 'removed-option':
      return `${server} rejects \`${option}\`: it was removed in 4.0.${expected === 'read_repair' ? ' Repairs replace it.' : ''} Remove it.`
    case 'option-from-another-release':
      return `${server} rejects \`${option}\`: a later release knows this option. Remove it.`
    case 'unknown-option':
      return `Cassandra rejects \`${option}\`: tables have no such option.`
    case 'bad-value':
      return `${server} rejects \`${option} = ${value}\`: expected ${expected}.`
    case 'no-primary-key':
      return `Cassandra rejects table ${name?.text ?? option}: it has no PRIMARY KEY.`
    case 'unknown-key-column':
      return `Cassandra rejects this table: its PRIMARY KEY names \`${option}\`, which is no column of it.`
    case 'clustering-order':
      return `Cassandra rejects this table: CLUSTERING ORDER BY must name the clustering columns in their order, ${expected === undefined ? `and \`${option}\` is none` : `\`${expected}\` before \`${option}\``}.`
    case 'static-without-clustering':
      return `Cassandra rejects this table: \`${option}\` is static, yet the table has no clustering column.`
    case 'long-name':
      return `${server} rejects the table name ${option}: more than 48 characters.`
  }
}

function fixesOf({ kind, option, property, at }: TableRefusal, { properties, span }: CqlTableStatement, line: ReleaseLine): readonly Fix[] {
  if (kind === 'unknown-option') {
    const name = nearestName(option, tableOptionNames(line))
    if (name) return [{ title: `Write ${name}`, safe: false, edits: [{ at, newText: name }] }]
  }
  if (!property || kind === 'bad-value') return []
  const { text } = span.file
  const index = properties.indexOf(property)
  let { start, end } = property.span
  const after = /^\s*and\s+/i.exec(text.slice(end, span.end))
  const before = /\s+and\s+$/i.exec(text.slice(Math.max(span.start, start - 200), start))
  const opening = /\s*with\s+$/i.exec(text.slice(Math.max(span.start, start - 200), start))
  if (before) start -= before[0].length
  else if (after) end += after[0].length
  else if (opening && properties.length === 1) {
    if (!/^(?:create)/i.test(text.slice(span.start, span.end))) return []
    start -= opening[0].length
  } else if (index < 0) return []
  return [{ title: `Remove ${option}`, safe: kind === 'removed-option', edits: [{ at: spanOf(span.file, start, end), newText: '' }] }]
}
