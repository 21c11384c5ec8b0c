/** SimpleStrategy, which knows neither datacenters nor racks. */

import { stands } from '../../model/keyspace-situation.ts'
import { knownValue } from '../../text/fact.ts'
import { rule } from '../rule.ts'
import { keyspaceKey, list } from '../words.ts'
import { networkTopologyMap } from './replication-words.ts'

export default rule({
  id: 'replication/simple-strategy',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'SimpleStrategy for data of users',
  why: 'SimpleStrategy takes the next nodes of the ring, wherever they stand. Copies of one row may all be in one rack or one datacenter, LOCAL_QUORUM depends on chance, and a second datacenter can only be added after a change of strategy and a full repair.',
  remedy: 'Use NetworkTopologyStrategy with a factor for each datacenter, then run a full repair of the keyspace.',
  sources: ['Apache Cassandra documentation: Dynamo, replication strategies', 'Cassandra: SimpleStrategy'],
  bad: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3};\n--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 warning[replication/simple-strategy]: datacenters\n",
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const { cluster, replication, name, isSystem } = keyspace
    if (replication.kind !== 'simple' || isSystem || !cluster || cluster.datacenters.length === 0 || !stands(keyspace)) return
    const several = cluster.datacenters.length >= 2
    const names = cluster.datacenters.map(datacenter => datacenter.name as string)
    const factor = knownValue(replication.factor)?.total
    yield {
      at: replication.span,
      effect: several ? 'breaks-later' : 'informs',
      message: several
        ? `${name} ignores datacenters and racks: its copies land on any nodes of ${list(names, 5)}, and LOCAL_QUORUM and LOCAL_ONE count only those that are local by luck. Use NetworkTopologyStrategy.`
        : `${name} ignores racks, and a second datacenter could not be added without changing its strategy. NetworkTopologyStrategy with '${names[0]}' places its copies by rack.`,
      about: [keyspaceKey(keyspace)],
      fixes: () => {
        if (factor === undefined || cluster.mayHaveNodesElsewhere) return []
        const map = networkTopologyMap(
          cluster.datacenters.map(({ name: datacenter, nodes }) => [datacenter, Math.max(1, Math.min(factor, nodes.length))]),
        )
        return [
          {
            title: 'Use NetworkTopologyStrategy with the datacenters of this cluster',
            safe: false,
            edits: [{ at: replication.span, newText: map }],
          },
        ]
      },
    }
  },
})
