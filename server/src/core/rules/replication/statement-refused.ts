/** CREATE and ALTER KEYSPACE that the server says no to, whose grammar is right. */
import { falseWords, trueWords } from '../../catalog/cql-replication.ts'
import { atLeast } from '../../catalog/release.ts'
import type { Keyspace, RunStatement } from '../../model/keyspace.ts'
import { refusalsOf } from '../../model/keyspace-situation.ts'
import { propertyOf } from '../../model/replication-map.ts'
import { judgeSyntax } from '../../syntax/cql-grammar.ts'
import { spanOf } from '../../text/span.ts'
import { type Report, rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'
import { refusalFixes, refusalMessage, reportedElsewhere } from './refusal-words.ts'

export default rule({
  id: 'replication/statement-refused',
  scope: 'keyspace',
  effects: ['refuses', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'keyspace statement that the server refuses',
  why: 'A refused statement changes nothing: the keyspace is missing, or keeps the replication it had, and what comes after in the file fails too.',
  remedy: 'Write the statement as the release reads it; the message says which part it refuses.',
  sources: [
    'Answers of Cassandra 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2',
    'Cassandra: KeyspaceAttributes, ReplicationParams, NetworkTopologyStrategy',
  ],
  bad: `#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategi', 'dc1': 3};
--                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ error[replication/statement-refused]: NetworkTopologyStrategi
CREATE KEYSPACE logs WITH replication = {'Class': 'NetworkTopologyStrategy', 'dc1': 3};
--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[replication/statement-refused]: no 'class'
CREATE KEYSPACE carts WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 'three'};
--                                                                                   ^^^^^^^ error[replication/statement-refused]: three
CREATE KEYSPACE users WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3, 'dc1': 3};
--                                                                                            ^^^^^ error[replication/statement-refused]: dc1
`,
  good: "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3} AND durable_writes = true;\n",
  *check(keyspace) {
    for (const at of keyspace.refusedDrops)
      yield {
        at,
        effect: 'refuses',
        message: `Cassandra refuses to drop ${keyspace.name}: this keyspace is its own.`,
        about: [keyspaceKey(keyspace)],
      }
    for (const run of keyspace.statements) {
      const repeated = repeatedName(keyspace, run)
      if (repeated) yield repeated
      if (keyspace.release.candidates.every(line => judgeSyntax(run.statement, line).accepted === false)) continue
      for (const refusal of refusalsOf(keyspace, run)) {
        if (reportedElsewhere.has(refusal.kind) || (refusal.kind === 'already-exists' && !keyspace.isSystem)) continue
        yield {
          at: refusal.at,
          effect: 'refuses',
          message: refusalMessage(refusal, keyspace, run.statement),
          about: [keyspaceKey(keyspace)],
          fixes: () => refusalFixes(refusal, keyspace, keyspace.release.line),
        }
      }
      yield* countsAsFalse(keyspace, run)
    }
  },
})

/** A property or a key of the map that stands twice: the parser itself refuses it. */
function repeatedName(keyspace: Keyspace, { statement }: RunStatement): Report | undefined {
  const verdicts = keyspace.release.candidates.map(line => judgeSyntax(statement, line))
  const verdict = verdicts[0]!
  if (verdict.accepted !== false || verdict.reason === 'grammar') return undefined
  if (!verdicts.every(other => other.accepted === false && other.reason === verdict.reason)) return undefined
  const at = spanOf(statement.span.file, verdict.start, verdict.end)
  const name = statement.span.file.text.slice(verdict.start, verdict.end)
  const what = verdict.reason === 'duplicate-key' ? `the key ${name} stands twice in one map` : `the property ${name} is given twice`
  return {
    at,
    effect: 'refuses',
    message: `Cassandra refuses this statement: ${what}. Keep one of the two.`,
    about: [keyspaceKey(keyspace)],
  }
}

/** 3.x takes any text for durable_writes, and what is not true counts as false. */
function* countsAsFalse(keyspace: Keyspace, { statement }: RunStatement): Iterable<Report> {
  const value = propertyOf(statement.properties, 'durable_writes')?.value
  if (value?.kind !== 'constant' || value.placeholder || keyspace.release.candidates.some(line => atLeast(line, '4.0'))) return
  const word = value.text.toLowerCase()
  if (trueWords.has(word) || falseWords.has(word)) return
  yield {
    at: value.span,
    effect: 'breaks-later',
    message: `Cassandra 3.x reads \`durable_writes = ${value.text}\` as false: writes to ${keyspace.name} skip the commit log, and 4.0 refuses the statement. Write true or false.`,
    about: [keyspaceKey(keyspace)],
    fixes: () => [{ title: 'Write true', safe: false, edits: [{ at: value.span, newText: 'true' }] }],
  }
}
