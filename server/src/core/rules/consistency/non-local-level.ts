/** Levels that may wait for another datacenter. */
import type { PlacedReplication } from '../../analysis/cluster-shape.ts'
import type { Cluster } from '../../model/cluster.ts'
import { placedReplication, type Workload, workloadsOf } from '../../model/workload.ts'
import { rule } from '../rule.ts'
import { keyspaceKey, list, sayMillis } from '../words.ts'
import { capital, levelFix, localLevel, placeOfLevel, roundTripBetween, sayUse } from '../workload-words.ts'

const schema = (workload: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
network: { links: [{ between: [dc1, dc2], roundTrip: 80ms }] }
workloads:
${workload}`

const global = new Set(['ONE', 'TWO', 'THREE', 'QUORUM', 'ALL', 'SERIAL'])

export default rule({
  id: 'consistency/non-local-level',
  scope: 'keyspace',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'level that may wait for another datacenter',
  why: 'ONE, TWO, THREE, QUORUM, ALL and SERIAL count the copies of every datacenter. A request may then wait for a round trip over the WAN, and it depends on the link between the datacenters.',
  remedy: 'Use LOCAL_ONE, LOCAL_QUORUM or LOCAL_SERIAL unless the other datacenter must take part.',
  sources: ['Cassandra: ConsistencyLevel', 'Apache Cassandra documentation: Dynamo, tunable consistency'],
  bad: schema(`  - { keyspace: shop, read: QUORUM, write: QUORUM, clients: [dc1] }
#                           ^^^^^^ 💡 info[consistency/non-local-level]: 80 ms
`),
  good: schema('  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n'),
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || !replication || cluster.datacenters.length < 2) return
    for (const workload of workloadsOf(keyspace))
      for (const use of workload.uses) {
        if (!workload.declared || !global.has(use.level)) continue
        const others = elsewhere(cluster, replication, workload)
        if (others === undefined) continue
        yield {
          ...placeOfLevel(workload, use),
          message: `${capital(sayUse(keyspace, use))} may wait for ${others}; ${localLevel(use.level)} stays in the clients' datacenter.`,
          about: [keyspaceKey(keyspace), `workload:${keyspace.name}`],
          fixes: () => levelFix({ workload, use }, localLevel(use.level)),
        }
      }
  },
})

/** Datacenters with copies that some client is not in, with the round trip where it is declared. Those for analytics are another rule's. */
function elsewhere(cluster: Cluster, replication: PlacedReplication, { clients }: Workload): string | undefined {
  const holders = cluster.datacenters
    .filter(({ declared }) => declared?.role !== 'analytics' && declared?.role !== 'search')
    .map(({ name }) => name as string)
    .filter(name => replication.kind === 'simple' || (replication.factors.get(name)?.all ?? 0) > 0)
  if (clients.length === 0) return holders.length > 1 ? list(holders, 4) : undefined
  const others = holders.filter(name => clients.some(client => client !== name))
  const told = others.map(name => {
    const trips = clients.flatMap(client => (client === name ? [] : (roundTripBetween(cluster, client, name)?.roundTripMillis ?? [])))
    return trips.length > 0 ? `${name} (${sayMillis(Math.max(...trips))} away)` : name
  })
  return told.length > 0 ? list(told, 4) : undefined
}
