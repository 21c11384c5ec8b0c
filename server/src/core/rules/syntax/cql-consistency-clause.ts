/** A consistency level written into a statement. */
import { consistencyClauses, mayHoldConsistencyClause } from '../../syntax/cql-consistency.ts'
import { spanOf } from '../../text/span.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'syntax/cql-consistency-clause',
  scope: 'file',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency clause in a CQL statement',
  why: 'CQL 3 has no consistency clause: USING takes TIMESTAMP and TTL only, and the server refuses the whole statement. The level belongs to the request, not to its text.',
  remedy: 'Set the level in the driver, or with CONSISTENCY on a line of its own in cqlsh.',
  sources: ["Apache Cassandra's own parser, releases 3.11.19 to 6.0-alpha2"],
  bad: `#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
INSERT INTO shop.carts (id) VALUES (1) USING CONSISTENCY QUORUM;
--                                     ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[syntax/cql-consistency-clause]: CONSISTENCY
`,
  good: `#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
CONSISTENCY QUORUM
INSERT INTO shop.carts (id) VALUES (1) USING TTL 60;
`,
  *check({ parsed }) {
    if (parsed.kind !== 'cql') return
    const { file, statements, dataExtents } = parsed
    const extents: (readonly [number, number])[] = statements
      .filter(({ kind }) => kind !== 'cqlsh' && kind !== 'broken')
      .map(({ span }) => [span.start, span.end])
    for (let i = 0; i < dataExtents.length; i += 3) {
      const start = dataExtents[i + 1]!
      const end = dataExtents[i + 2]!
      if (!endsWithValues(file.text, start, end)) extents.push([start, end])
    }
    if (extents.length === 0 || !mayHoldClause(file.text, extents)) return
    for (const [start, end] of extents.sort((a, b) => a[0] - b[0])) {
      for (const clause of consistencyClauses(file.text, start, end)) {
        const level = clause.level || 'the level'
        yield {
          at: spanOf(file, clause.start, clause.end),
          message: `CQL has no consistency clause, and Cassandra refuses this statement: set ${level} in the driver, or with \`CONSISTENCY ${clause.level || 'LOCAL_QUORUM'}\` in cqlsh.`,
          fixes: () => {
            let from = clause.start
            while (from > start && /\s/.test(file.text[from - 1]!)) from--
            return [{ title: 'Delete the clause', safe: false, edits: [{ at: spanOf(file, from, clause.end), newText: '' }] }]
          },
        }
      }
    }
  },
})

/** An INSERT that ends with its values: nothing follows them. A dump is made of such. */
function endsWithValues(text: string, start: number, end: number): boolean {
  if ((text.charCodeAt(start) | 32) !== 105) return false
  let last = end - 1
  if (text.charCodeAt(last) === 59) last--
  while (last > start && text.charCodeAt(last) <= 32) last--
  return text.charCodeAt(last) === 41
}

/** Few statements are searched one by one, many all at once. */
function mayHoldClause(text: string, extents: readonly (readonly [number, number])[]): boolean {
  return extents.length < 1000 || mayHoldConsistencyClause(text)
}
