/** One copy of everything: no node may ever be lost, nor restart unnoticed. */
import { knownDatacenters, stands } from '../../model/keyspace-situation.ts'
import { effectiveFactors } from '../../model/replication-map.ts'
import { knownValue } from '../../text/fact.ts'
import { rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'

export default rule({
  id: 'replication/single-copy',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'keyspace with one copy',
  why: 'With one copy a lost disk loses data for good, and every restart of a node makes its share of the data unreadable.',
  remedy: 'Keep three copies in each datacenter, on nodes of different racks.',
  sources: ['Apache Cassandra documentation: Dynamo, replication factor'],
  bad: "#- cluster: 1x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1};\n--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[replication/single-copy]: one copy\n",
  good: "#- cluster: 1x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  *check(keyspace) {
    const { replication, isSystem, name, release } = keyspace
    if (isSystem || !stands(keyspace)) return
    let copies: number | undefined
    if (replication.kind === 'simple') copies = knownValue(replication.factor)?.total
    if (replication.kind === 'network-topology') {
      const known = knownDatacenters(keyspace.cluster)
      if (replication.otherDatacenters.kind !== 'absent' && !known) return
      const factors = effectiveFactors(replication, known?.keys() ?? [], release.line)
      copies = factors && [...factors.values()].reduce((sum, { total }) => sum + total, 0)
    }
    if (copies !== 1) return
    yield {
      at: replication.span,
      message: `${name} has one copy: a lost disk loses data for good, and while a node restarts its share cannot be read. Keep three copies in each datacenter.`,
      about: [keyspaceKey(keyspace)],
    }
  },
})
