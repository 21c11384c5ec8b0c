/** What clients do not see after they move to another datacenter. */
import { isLocal } from '../../analysis/consistency-level.ts'
import { placedReplication, workloadsOf } from '../../model/workload.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey, list } from '../words.ts'
import { placeOfLevel } from '../workload-words.ts'

const schema = (workload: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
workloads:
${workload}`

export default rule({
  id: 'consistency/stale-after-failover',
  scope: 'keyspace',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'failover after local writes',
  why: 'A write at a LOCAL level is acknowledged by the local copies; the other datacenter gets it a moment later, or from hints, or only by repair. Clients that move there may miss the last writes, and miss them again when they move back too early.',
  remedy:
    'Plan for it: move back only after hints are delivered, or after a repair when the outage was longer than the hint window. Data that must not be missed needs EACH_QUORUM writes, which stop when a datacenter does.',
  sources: ['Cassandra: ConsistencyLevel', 'Apache Cassandra documentation: Hints'],
  bad: schema(`  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1], failover: [dc2] }
#                                                ^^^^^^^^^^^^ info[consistency/stale-after-failover]: dc2
`),
  good: schema('  - { keyspace: shop, read: LOCAL_QUORUM, write: EACH_QUORUM, clients: [dc1], failover: [dc2] }\n'),
  *check(keyspace) {
    const replication = placedReplication(keyspace)
    if (!keyspace.cluster || !replication) return
    for (const workload of workloadsOf(keyspace)) {
      const use = workload.uses.find(({ kinds, level }) => kinds.includes('write') && isLocal(level))
      const holds = (name: string) => replication.kind === 'simple' || (replication.factors.get(name)?.all ?? 0) > 0
      const failover = workload.failover.filter(name => !(workload.clients.length === 1 && workload.clients[0] === name) && holds(name))
      if (!workload.declared || !use || failover.length === 0) continue
      yield {
        ...placeOfLevel(workload, use, 'write'),
        message: `After failover to ${list(failover)} reads of ${keyspace.name} may miss writes at ${use.level} that were not replicated yet; move clients back only when hints are delivered, or after a repair.`,
        about: [keyspaceKey(keyspace), `workload:${keyspace.name}`, ...failover.map(datacenterKey)],
      }
    }
  },
})
