/** Writes that skip the commit log. */
import { stands } from '../../model/keyspace-situation.ts'
import { rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'

export default rule({
  id: 'replication/durable-writes-off',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'durable_writes switched off',
  why: 'Without the commit log, a write is only in memory until its memtable is flushed. A crash of the process or the host loses it, on every replica that crashes.',
  remedy: 'Leave durable_writes at true.',
  sources: ['Apache Cassandra documentation: CREATE KEYSPACE, durable_writes'],
  bad: "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3} AND durable_writes = false;\n--                                                                                                          ^^^^^ 💡 warning[replication/durable-writes-off]: shop\n",
  good: "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3} AND durable_writes = true;\n",
  *check(keyspace) {
    const { durableWrites, name } = keyspace
    if (durableWrites.kind !== 'known' || durableWrites.value || !durableWrites.span || keyspace.isSystem) return
    if (!keyspace.statements.some(({ applied }) => applied) && !stands(keyspace)) return
    const at = durableWrites.span
    yield {
      at,
      message: `Writes to ${name} skip the commit log: a crash loses what was not flushed, on every replica that crashes. Write durable_writes = true.`,
      about: [keyspaceKey(keyspace)],
      fixes: () => [{ title: 'Switch durable_writes on', safe: false, edits: [{ at, newText: 'true' }] }],
    }
  },
})
