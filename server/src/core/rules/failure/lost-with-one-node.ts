/** Levels that one lost node breaks. */
import { fatalLosses } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutUses, assumption, capital, gatherFatals, otherPlace, placeOfUse, sayUses } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2};\n"

export default rule({
  id: 'failure/lost-with-one-node',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that one lost node breaks',
  why: 'A quorum of two copies is two: with factor 2 every restart of a node makes part of the data unavailable at QUORUM. With three copies a quorum is two as well, and one node may be away.',
  remedy: 'Keep three copies in the datacenter, or use a level that fewer copies meet.',
  sources: ['Cassandra: ConsistencyLevel.blockFor', 'Apache Cassandra documentation: Dynamo, tunable consistency'],
  bad: exampleCluster(
    '1x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: ONE, clients: [dc1] }\n#                           ^^^^^^^^^^^^ warning[failure/lost-with-one-node]: any one node\n`,
  ),
  good: exampleCluster('1x3', {}, schema.replace('2}', '3}')),
  *check(keyspace) {
    for (const { fatal, datacenters } of gatherFatals(fatalLosses(keyspace).filter(one => one.loss.kind === 'node'))) {
      const { workload, uses, where, needed, before, after } = fatal
      const node = where === null ? 'with a copy' : where === workload.datacenter ? 'there' : `of ${where}`
      yield {
        at: placeOfUse(keyspace, workload, uses[0]),
        effect: workload.declared ? 'breaks-later' : 'informs',
        message: `${capital(sayUses(keyspace, uses, datacenters))} fail for part of the data while any one node ${node} is down: ${after} of ${before} ${before === 1 ? 'copy' : 'copies'} left, ${needed} needed${workload.declared ? '' : assumption}.`,
        see: otherPlace(keyspace, workload),
        about: aboutUses(keyspace, fatal.level, datacenters),
      }
    }
  },
})
