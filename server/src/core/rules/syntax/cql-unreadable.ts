/** Statements about keyspaces and tables that are not CQL to the server. */
import { consistencyClauses } from '../../syntax/cql-consistency.ts'
import type { CqlStatement } from '../../syntax/cql-file.ts'
import { judgeSyntax, type SyntaxVerdict } from '../../syntax/cql-grammar.ts'
import { type Span, spanOf } from '../../text/span.ts'
import { type Fix, rule } from '../rule.ts'

type Refused = Extract<SyntaxVerdict, { accepted: false }>

export default rule({
  id: 'syntax/cql-unreadable',
  scope: 'file',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'CQL statement that the parser refuses',
  why: 'The server answers with a syntax error and changes nothing. In a schema script everything after it is missing too, or runs against a keyspace that is not there.',
  remedy:
    'Write the statement by the grammar: map keys and texts in single quotes, a comma between entries and none after the last, WITH before the first property, AND before the next.',
  sources: ["Apache Cassandra's own parser, releases 3.11.19 to 6.0-alpha2", 'Apache Cassandra documentation: CQL, data definition'],
  bad: `#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', dc1: 3};
--                                                                           ^^^ 💡 error[syntax/cql-unreadable]: single quotes
CREATE KEYSPACE carts WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3,};
--                                                                                    ^ 💡 error[syntax/cql-unreadable]: comma
CREATE KEYSPACE logs replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
--                   ^^^^^^^^^^^ 💡 error[syntax/cql-unreadable]: WITH
`,
  good: "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  *check({ parsed, release }) {
    if (parsed.kind !== 'cql') return
    for (const statement of parsed.statements) {
      const verdict = judgeSyntax(statement, release.line)
      if (verdict.accepted !== false) continue
      if (/keyspace/.test(statement.kind) && verdict.reason !== 'grammar') continue
      if (!release.candidates.every(line => judgeSyntax(statement, line).accepted === false)) continue
      if (consistencyClauses(parsed.file.text, statement.span.start, statement.span.end).length > 0) continue
      const { text } = parsed.file
      const shown = verdict.start === verdict.end ? 'its end' : `\`${shorten(text.slice(verdict.start, verdict.end))}\``
      const at = placeOf(statement, verdict)
      const only = release.candidates.length === 1 ? ` ${release.line}` : ''
      yield {
        at,
        message: `Cassandra${only} rejects this statement at ${shown}: expected ${verdict.expected}.`,
        fixes: () => fixesOf(statement, verdict, at),
      }
    }
  },
})

function shorten(token: string): string {
  const line = token.split(/[\r\n]/)[0]!
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}

/** The token; where the statement ends too early, its last character. */
function placeOf(statement: CqlStatement, verdict: Refused): Span {
  const { file, start, end } = statement.span
  if (verdict.start < verdict.end && verdict.end <= end) return spanOf(file, verdict.start, verdict.end)
  let last = end
  while (last > start + 1 && /\s/.test(file.text[last - 1]!)) last--
  return spanOf(file, Math.max(start, last - 1), last)
}

function fixesOf(statement: CqlStatement, verdict: Refused, at: Span): readonly Fix[] {
  const { text } = at.file
  const token = text.slice(at.start, at.end)
  if (/in single quotes, '/.test(verdict.expected)) {
    const bare = token.replace(/^"|"$/g, '').replaceAll('""', '"').replaceAll("'", "''")
    return [{ title: `Write '${bare}'`, safe: true, edits: [{ at, newText: `'${bare}'` }] }]
  }
  if (verdict.expected.startsWith('no comma')) return [{ title: 'Remove the comma', safe: true, edits: [{ at, newText: '' }] }]
  if (token.startsWith('#'))
    return [{ title: 'Write --', safe: true, edits: [{ at: spanOf(at.file, at.start, at.start + 1), newText: '--' }] }]
  const before = spanOf(at.file, at.start, at.start)
  if (verdict.expected === '`WITH`' && /^\w/.test(token))
    return [{ title: 'Insert WITH', safe: false, edits: [{ at: before, newText: 'WITH ' }] }]
  if (verdict.expected.startsWith('`:`') && token === '=') return [{ title: 'Write a colon', safe: true, edits: [{ at, newText: ':' }] }]
  if (verdict.expected === '`,` or `}`' && /^['\w]/.test(token))
    return [{ title: 'Insert a comma', safe: true, edits: [{ at: before, newText: ', ' }] }]
  if (/reserved word/.test(verdict.expected) && /^\w+$/.test(token))
    return [{ title: `Write "${token.toLowerCase()}"`, safe: false, edits: [{ at, newText: `"${token.toLowerCase()}"` }] }]
  if (verdict.expected === '`KEYSPACE`' && /^(?:create|alter|drop)$/i.test(token)) {
    const object = /^\w+\s+(\w+)/.exec(text.slice(at.start, statement.span.end))
    if (!object) return []
    const end = at.start + object[0].length
    return [{ title: 'Write KEYSPACE', safe: true, edits: [{ at: spanOf(at.file, end - object[1]!.length, end), newText: 'KEYSPACE' }] }]
  }
  return []
}
