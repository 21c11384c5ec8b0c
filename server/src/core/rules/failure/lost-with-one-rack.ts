/** Levels that one lost rack breaks. */
import { fatalLosses, type Loss } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutUses, assumption, capital, gatherFatals, otherPlace, placeOfUse, sayUses } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"

export default rule({
  id: 'failure/lost-with-one-rack',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that one lost rack breaks',
  why: 'With fewer racks than copies some rack holds several copies of the same data. When it fails, the quorum is gone with it.',
  remedy: 'Use as many racks as copies, so that each holds one.',
  sources: ['Cassandra: NetworkTopologyStrategy', 'Cassandra: ConsistencyLevel.blockFor'],
  bad: exampleCluster(
    '1x4',
    {},
    `#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n#- dc1/db4/cassandra-rackdc.properties\ndc=dc1\nrack=r2\n${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n#                           ^^^^^^^^^^^^ warning[failure/lost-with-one-rack]: 2 of 3\n`,
  ),
  good: exampleCluster('1x3', {}, schema),
  *check(keyspace) {
    for (const { fatal, datacenters } of gatherFatals(fatalLosses(keyspace).filter(one => one.loss.kind === 'rack'))) {
      const loss = fatal.loss as Extract<Loss, { kind: 'rack' }>
      const { workload, uses } = fatal
      yield {
        at: placeOfUse(keyspace, workload, uses[0]),
        effect: workload.declared && loss.certain ? 'breaks-later' : 'informs',
        message: `${capital(sayUses(keyspace, uses, datacenters))} ${loss.certain ? 'fail' : 'may fail'} for part of the data when ${loss.rack === undefined ? `a rack of ${loss.datacenter}` : `rack ${loss.rack} of ${loss.datacenter}`} is lost: it ${loss.certain ? 'holds' : 'may hold'} ${loss.copies} of ${loss.of} copies, ${fatal.needed} are needed${workload.declared ? '' : assumption}.`,
        see: otherPlace(keyspace, workload),
        about: aboutUses(keyspace, fatal.level, datacenters),
      }
    }
  },
})
