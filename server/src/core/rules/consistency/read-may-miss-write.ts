/** Reads and writes whose replicas need not meet. */
import { type ConsistencyLevel, readSeesWrite } from '../../analysis/consistency-level.ts'
import { type LevelUse, placedReplication, type Workload, workloadsOf } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutUses, otherPlace, placeOfUse } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"

export default rule({
  id: 'consistency/read-may-miss-write',
  scope: 'keyspace',
  effects: ['informs', 'breaks-promise'],
  certainty: 'proven',
  releases: 'all',
  title: 'read that may miss the last write',
  why: 'A read sees the last write for certain only if the replicas that answer it meet those that took the write: reads and writes together must need more copies than there are.',
  remedy: 'Read and write at LOCAL_QUORUM in one datacenter, or at QUORUM over several, where reads have to see writes.',
  sources: ['Apache Cassandra documentation: Dynamo, picking consistency levels (W + R > RF)'],
  bad: exampleCluster(
    '1x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: ONE, write: LOCAL_QUORUM, strong: true, clients: [dc1] }\n#                           ^^^ error[consistency/read-may-miss-write]: LOCAL_QUORUM\n`,
  ),
  good: exampleCluster(
    '1x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, strong: true, clients: [dc1] }\n`,
  ),
  *check(keyspace) {
    const replication = placedReplication(keyspace)
    if (!replication) return
    const workloads = workloadsOf(keyspace).filter(workload => workload.declared)
    const writes = workloads.flatMap(workload => workload.uses.filter(use => use.use === 'write').map(use => ({ workload, use })))
    const told = new Set<unknown>()
    for (const workload of workloads) {
      const read = workload.uses.find(use => use.use === 'read')
      if (!read || told.has(workload.declared)) continue
      const own = writes.filter(write => write.workload.declared === workload.declared)
      const missed = (own.length > 0 ? own : writes).find(
        write =>
          !readSeesWrite(
            replication,
            { level: read.level, datacenter: workload.datacenter },
            { level: write.use.level, datacenter: write.workload.datacenter },
          ),
      )
      if (!missed) continue
      told.add(workload.declared)
      yield {
        at: placeOfUse(keyspace, workload, read),
        effect: workload.strong ? 'breaks-promise' : 'informs',
        message: `A read of ${keyspace.name} at ${read.level}${from(workload, missed.workload)} may miss a write at ${missed.use.level}${from(missed.workload, workload)}: ${sum(read.level, missed.use)} they need not share a replica.${workload.strong ? ' The workload is declared strong.' : ''}`,
        see: otherPlace(keyspace, workload),
        about: aboutUses(keyspace, read.level, [workload.datacenter]),
      }
    }
  },
})

/** Named only where the datacenters differ. */
function from(workload: Workload, other: Workload): string {
  return workload.datacenter === other.datacenter || workload.datacenter === '' ? '' : ` in ${workload.datacenter}`
}

function sum(read: ConsistencyLevel, write: LevelUse): string {
  return write.level === 'ANY' ? 'ANY is content with a hint, and' : read === write.level ? 'even at one level' : 'together'
}
