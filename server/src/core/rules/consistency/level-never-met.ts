/** Levels that no request meets, with every node up. */
import { fatalLosses } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutUses, assumption, capital, gatherFatals, otherPlace, placeOfUse, sayUses } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"

export default rule({
  id: 'consistency/level-never-met',
  scope: 'keyspace',
  effects: ['never-works', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that is never met',
  why: 'Cassandra counts what a level needs from the factors as they are written, and compares with the replicas that are alive. In a datacenter without replicas a local quorum needs one of none.',
  remedy: 'Place replicas where the clients are, or use another level or another datacenter.',
  sources: ['Cassandra: ConsistencyLevel.blockFor', 'Cassandra: ReplicaPlans.assureSufficientLiveReplicas'],
  bad: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc2] }\n#                           ^^^^^^^^^^^^ error[consistency/level-never-met]: 1 of 0\n`,
  ),
  good: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`,
  ),
  *check(keyspace) {
    for (const { fatal, datacenters } of gatherFatals(fatalLosses(keyspace).filter(one => one.loss.kind === 'nothing'))) {
      const { workload, uses, where, needed, before } = fatal
      yield {
        at: placeOfUse(keyspace, workload, uses[0]),
        effect: workload.declared ? 'never-works' : 'informs',
        message: `${capital(sayUses(keyspace, uses, datacenters))} never succeed: ${needed} of ${before} ${before === 1 ? 'copy' : 'copies'}${where === null ? '' : ` in ${where}`} would have to answer${workload.declared ? '' : assumption}. Place replicas there, or use another level.`,
        see: otherPlace(keyspace, workload),
        about: aboutUses(keyspace, fatal.level, datacenters),
      }
    }
  },
})
