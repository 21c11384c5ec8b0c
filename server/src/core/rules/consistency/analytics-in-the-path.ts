/** A datacenter for batch jobs that every request may wait for. */
import { placedReplication, workloadsOf } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutUses, capital, otherPlace, placeOfUse, sayUses } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 1};\n"
const roles = 'datacenters: { dc2: { role: analytics } }\n'

export default rule({
  id: 'consistency/analytics-in-the-path',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'requests that may wait for an analytics datacenter',
  why: 'Levels that count all datacenters may be answered by, or wait for, one that is busy with batch jobs or search: latencies follow its load, and its maintenance stops requests.',
  remedy: 'Use LOCAL_ levels in operational datacenters.',
  sources: ['Apache Cassandra documentation: Dynamo, tunable consistency', 'Cassandra: ConsistencyLevel'],
  bad: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\n${roles}workloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: QUORUM, clients: [dc1] }\n#                                                ^^^^^^ warning[consistency/analytics-in-the-path]: dc2\n`,
  ),
  good: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\n${roles}workloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`,
  ),
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || replication?.kind !== 'networkTopology') return
    const busy = cluster.datacenters.find(
      datacenter =>
        datacenter.declared?.role !== undefined &&
        datacenter.declared.role !== 'operational' &&
        (replication.factors.get(datacenter.name)?.all ?? 0) > 0,
    )
    if (!busy) return
    const told = new Set<unknown>()
    for (const workload of workloadsOf(keyspace)) {
      const uses = workload.uses.filter(use => /^(?:ONE|TWO|THREE|QUORUM|EACH_QUORUM|ALL)$/.test(use.level))
      const first = uses[0]
      if (!first || !workload.declared || told.has(workload.declared) || workload.datacenter === busy.name) continue
      told.add(workload.declared)
      yield {
        at: placeOfUse(keyspace, workload, first),
        message: `${capital(
          sayUses(
            keyspace,
            uses.filter(use => use.level === first.level),
            [workload.datacenter],
          ),
        )} may wait for ${busy.name}, which is declared for ${busy.declared!.role}. Use a LOCAL_ level.`,
        see: [...otherPlace(keyspace, workload), { at: busy.declared!.span, message: busy.name }],
        about: aboutUses(keyspace, first.level, [workload.datacenter]),
      }
    }
  },
})
