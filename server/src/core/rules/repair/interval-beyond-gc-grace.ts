/** Repair must come round before tombstones go. */
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { keyspaceKey, list, sayMillis } from '../words.ts'

const usualGrace = 864_000

export default rule({
  id: 'repair/interval-beyond-gc-grace',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'repairs further apart than tombstones live',
  why: 'A deletion leaves a tombstone for gc_grace_seconds. A replica that missed it and is not repaired in that time brings the deleted row back to all others.',
  remedy: 'Repair every table well within its gc_grace_seconds, or raise that.',
  sources: ['Apache Cassandra documentation: Repair, and Tombstones', 'Cassandra: gc_grace_seconds'],
  bad: exampleCluster(
    '1x3',
    {},
    "#- foretell.yaml\nrepair: { interval: 7d }\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\nCREATE TABLE shop.cart (id uuid PRIMARY KEY) WITH gc_grace_seconds = 86400;\n--                                                                   ^^^^^ warning[repair/interval-beyond-gc-grace]: 1 d\n",
  ),
  good: exampleCluster(
    '1x3',
    {},
    "#- foretell.yaml\nrepair: { interval: 7d }\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  ),
  *check(keyspace) {
    const interval = keyspace.cluster?.declared.repairIntervalMillis
    if (!interval || keyspace.isSystem) return
    const short = keyspace.tables.filter(table => {
      const grace = knownValue(table.gcGraceSeconds)
      return grace !== undefined && grace > 0 && grace * 1000 <= interval.value
    })
    if (short.length === 0) {
      if (interval.value < usualGrace * 1000 || keyspace.tables.length > 0) return
      yield {
        at: keyspace.nameSpan,
        message: `Repair every ${sayMillis(interval.value)}, but tombstones of ${keyspace.name} go after 10 d, the default: deleted data may return. Repair more often.`,
        see: [{ at: interval.span, message: 'the interval' }],
        about: [keyspaceKey(keyspace)],
      }
      return
    }
    const least = short.reduce((a, b) => (knownValue(b.gcGraceSeconds)! < knownValue(a.gcGraceSeconds)! ? b : a))
    yield {
      at: (least.gcGraceSeconds.kind === 'known' && least.gcGraceSeconds.span) || least.name.span,
      message: `Repair every ${sayMillis(interval.value)}, but tombstones of ${list(short.map(table => `${keyspace.name}.${table.name.value}`))} go after ${sayMillis(knownValue(least.gcGraceSeconds)! * 1000)}: deleted data may return. Repair more often, or raise gc_grace_seconds.`,
      see: [{ at: interval.span, message: 'the interval' }],
      about: [keyspaceKey(keyspace), ...short.map(table => `table:${keyspace.name}.${table.name.value}` as const)],
    }
  },
})
