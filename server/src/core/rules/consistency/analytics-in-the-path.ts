/** Operational requests that may wait for a datacenter that runs analytics or search. */
import { placedReplication, workloadsOf } from '../../model/workload.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey, list } from '../words.ts'
import { capital, levelFix, localLevel, placeOfLevel, sayUse } from '../workload-words.ts'

const schema = (workload: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
datacenters: { dc2: { role: analytics } }
workloads:
${workload}`

const waiting = new Set(['ONE', 'TWO', 'THREE', 'QUORUM', 'EACH_QUORUM', 'ALL'])

export default rule({
  id: 'consistency/analytics-in-the-path',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'requests that may wait for an analytics datacenter',
  why: 'A datacenter for analytics or search is kept apart so that long scans do not slow the operational one. Levels that count its copies send requests there again: they wait for its busiest hour.',
  remedy: 'Use LOCAL_ONE or LOCAL_QUORUM in the operational datacenter.',
  sources: ['Apache Cassandra documentation: Dynamo, multiple datacenters', 'Cassandra: ConsistencyLevel'],
  bad: schema(`  - { keyspace: shop, read: LOCAL_QUORUM, write: EACH_QUORUM, clients: [dc1] }
#                                                ^^^^^^^^^^^ 💡 warning[consistency/analytics-in-the-path]: dc2
`),
  good: schema('  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n'),
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || !replication) return
    const apart = cluster.datacenters.filter(({ declared, name }) => {
      const holds = replication.kind === 'simple' || (replication.factors.get(name)?.all ?? 0) > 0
      return holds && (declared?.role === 'analytics' || declared?.role === 'search')
    })
    for (const workload of workloadsOf(keyspace)) {
      if (!workload.declared) continue
      const concerned = apart.filter(
        ({ name }) => !workload.clients.includes(name) && (workload.clients.length > 0 || cluster.datacenters.length > 1),
      )
      if (concerned.length === 0) continue
      const roles = list([...new Set(concerned.map(({ declared }) => declared!.role!))])
      for (const use of workload.uses) {
        if (!waiting.has(use.level)) continue
        yield {
          ...placeOfLevel(workload, use),
          message: `${capital(sayUse(keyspace, use))} may wait for ${list(concerned.map(({ name }) => name))}, which runs ${roles}. ${localLevel(use.level)} leaves it out.`,
          about: [keyspaceKey(keyspace), `workload:${keyspace.name}`, ...concerned.map(({ name }) => datacenterKey(name))],
          fixes: () => levelFix({ workload, use }, localLevel(use.level)),
        }
      }
    }
  },
})
