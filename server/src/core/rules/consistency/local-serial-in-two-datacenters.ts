/** Two electorates decide about one row. */
import { workloadsOf } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'
import { aboutUses, otherPlace, placeOfUse } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"

export default rule({
  id: 'consistency/local-serial-in-two-datacenters',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'LOCAL_SERIAL on one keyspace from two datacenters',
  why: 'With LOCAL_SERIAL the replicas of one datacenter decide alone. Two datacenters decide apart from each other: both conditional updates of one row can win, and one is lost.',
  remedy: 'Use SERIAL, or send the conditional updates of a keyspace to one datacenter only.',
  sources: ['Cassandra: Paxos (participants of LOCAL_SERIAL)', 'Apache Cassandra documentation: Lightweight transactions'],
  bad: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, serial: LOCAL_SERIAL, clients: [dc1, dc2] }\n#                             ^^^^^^^^^^^^ warning[consistency/local-serial-in-two-datacenters]: dc1 and dc2\n`,
  ),
  good: exampleCluster('2x3', {}, `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, serial: LOCAL_SERIAL, clients: [dc1] }\n`),
  *check(keyspace) {
    const local = workloadsOf(keyspace).flatMap(workload =>
      workload.uses.filter(use => use.use === 'serial' && use.level === 'LOCAL_SERIAL').map(use => ({ workload, use })),
    )
    const datacenters = [...new Set(local.map(one => one.workload.datacenter))]
    const first = local[0]
    if (!first || datacenters.length < 2) return
    yield {
      at: placeOfUse(keyspace, first.workload, first.use),
      message: `${list(datacenters)} each decide alone about conditional updates of ${keyspace.name} at LOCAL_SERIAL: two updates of one row can both win. Use SERIAL, or one datacenter.`,
      see: otherPlace(keyspace, first.workload),
      about: aboutUses(keyspace, 'LOCAL_SERIAL', datacenters),
    }
  },
})
