/** Local writes reach the other datacenter later. */
import { isLocal } from '../../analysis/consistency-level.ts'
import { workloadsOf } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'
import { aboutUses, otherPlace, placeOfUse } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"

export default rule({
  id: 'consistency/stale-after-failover',
  scope: 'keyspace',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'failover to a datacenter that local writes may not have reached',
  why: 'A LOCAL_ write is done when its own datacenter has it. Writes of the last moments, and all that hints no longer hold, are not yet in the datacenter that clients turn to.',
  remedy: 'Expect stale reads after a failover, and switch back only when hints are delivered or a repair has run.',
  sources: ['Cassandra: ConsistencyLevel (LOCAL_QUORUM)', 'Apache Cassandra documentation: Hints'],
  bad: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1], failover: [dc2] }\n#                                                ^^^^^^^^^^^^ info[consistency/stale-after-failover]: dc2\n`,
  ),
  good: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`,
  ),
  *check(keyspace) {
    const told = new Set<unknown>()
    for (const workload of workloadsOf(keyspace)) {
      const write = workload.uses.find(use => use.use === 'write')
      const elsewhere = workload.failover.filter(name => name !== workload.datacenter)
      if (!write || !isLocal(write.level) || elsewhere.length === 0 || told.has(workload.declared)) continue
      told.add(workload.declared)
      yield {
        at: placeOfUse(keyspace, workload, write),
        message: `After a failover to ${list(elsewhere)} reads of ${keyspace.name} may miss writes at ${write.level} that are not yet there. Switch back only after hints are delivered, or after a repair.`,
        see: otherPlace(keyspace, workload),
        about: aboutUses(keyspace, write.level, [workload.datacenter]),
      }
    }
  },
})
