/** A datacenter with factor 0: nothing in 4.0 and later, a trap before. */
import { replicationBehaves } from '../../catalog/cql-replication.ts'
import { stands } from '../../model/keyspace-situation.ts'
import { spanOf } from '../../text/span.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey } from '../words.ts'
import { writtenMap } from './replication-words.ts'

export default rule({
  id: 'replication/zero-factor',
  scope: 'keyspace',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'datacenter with factor 0',
  why: 'Cassandra 3.x keeps the entry, and EACH_QUORUM then asks for one answer of no copies in that datacenter: it always fails. 4.0 and later drop the entry.',
  remedy: 'Leave the datacenter out of the map.',
  sources: ['Cassandra: NetworkTopologyStrategy, ConsistencyLevel.blockForEachQuorum'],
  bad: "#- cassandra: 3.11\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 0};\n--                                                                                     ^^^^^^^^ 💡 warning[replication/zero-factor]: dc2\n",
  good: "#- cassandra: 3.11\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  *check(keyspace) {
    const { name, replication, release } = keyspace
    const map = writtenMap(keyspace)
    if (replication.kind !== 'network-topology' || !map || !stands(keyspace)) return
    const expands = map.entries.some(({ key }) => key.text === 'replication_factor')
    if (expands) return
    const stays = release.candidates.every(line => !replicationBehaves('drops-zero-factors', line))
    for (const [i, entry] of map.entries.entries()) {
      if (entry.key.text === 'class' || entry.value?.text !== '0' || entry.key.placeholder) continue
      const datacenter = entry.key.text
      if (datacenter === 'replication_factor') continue
      yield {
        at: entry.span,
        effect: stays ? 'breaks-later' : 'tidies',
        message: stays
          ? `${datacenter} with 0 copies makes EACH_QUORUM on ${name} fail always. Leave it out of the map.`
          : `${datacenter} with 0 copies is dropped from the map of ${name}; leave it out.`,
        about: [keyspaceKey(keyspace), datacenterKey(datacenter)],
        fixes: () => {
          const before = map.entries[i - 1]
          if (!before) return []
          return [
            {
              title: `Remove '${datacenter}'`,
              safe: false,
              edits: [{ at: spanOf(entry.span.file, before.span.end, entry.span.end), newText: '' }],
            },
          ]
        },
      }
    }
  },
})
