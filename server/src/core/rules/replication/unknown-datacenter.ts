/** A keyspace that names a datacenter in which no node is. */
import { replicationBehaves } from '../../catalog/cql-replication.ts'
import { knownDatacenters } from '../../model/keyspace-situation.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey, list } from '../words.ts'

export default rule({
  id: 'replication/unknown-datacenter',
  scope: 'keyspace',
  effects: ['refuses', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'keyspace that names a datacenter without nodes',
  why: 'Names of datacenters are compared letter by letter. Cassandra 4.0 and later refuse an unknown one; 3.x takes it and stores no copy anywhere for it, while levels that count it fail.',
  remedy: 'Write the name as the nodes have it, or add the datacenter before the statement runs.',
  sources: ['Cassandra: AbstractReplicationStrategy.validateExpectedOptions, NetworkTopologyStrategy'],
  bad: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'DC2': 3};\n--                                                                                     ^^^^^ 💡 error[replication/unknown-datacenter]: DC2\n",
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const known = knownDatacenters(keyspace.cluster)
    const { replication, release } = keyspace
    if (!known || known.size === 0 || replication.kind !== 'network-topology') return
    const refused = release.candidates.every(line => replicationBehaves('refuses-unknown-datacenter', line))
    for (const { datacenter, factor } of replication.factors) {
      const name = datacenter.value
      if (known.has(name) || factor.kind !== 'known' || factor.value.total === 0) continue
      const nearest =
        nearestName(name, [...known.keys()]) ?? [...known.keys()].find(other => other.toLowerCase().trim() === name.toLowerCase().trim())
      yield {
        at: datacenter.span,
        effect: refused ? 'refuses' : 'never-works',
        message: `No node is in "${name}" (known: ${list([...known.keys()], 6)}): Cassandra ${
          refused ? 'refuses the statement' : '4.0 and later refuse the statement, 3.x stores no copy there'
        }.${nearest ? ` Did you mean "${nearest}"?` : ''}`,
        about: [keyspaceKey(keyspace), datacenterKey(name)],
        fixes: () =>
          nearest
            ? [
                {
                  title: `Write '${nearest}'`,
                  safe: false,
                  edits: [{ at: datacenter.span, newText: `'${nearest.replaceAll("'", "''")}'` }],
                },
              ]
            : [],
      }
    }
  },
})
