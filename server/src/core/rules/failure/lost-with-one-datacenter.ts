/** Levels that stop everywhere when another datacenter is cut off. */
import { fatalLosses, type Loss } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutUses, capital, gatherFatals, otherPlace, placeOfUse, sayUses } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"

export default rule({
  id: 'failure/lost-with-one-datacenter',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that a lost datacenter breaks elsewhere',
  why: 'QUORUM over two equal datacenters needs copies in both, EACH_QUORUM a quorum in each: when one is cut off, the other stops too. Only three datacenters, or local levels, let one go.',
  remedy: 'Use LOCAL_QUORUM, and decide what happens after a failover; or add a third datacenter.',
  sources: ['Cassandra: ConsistencyLevel.blockFor', 'Apache Cassandra documentation: Dynamo, multi-datacenter'],
  bad: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: QUORUM, clients: [dc1, dc2] }\n#                                                ^^^^^^ warning[failure/lost-with-one-datacenter]: dc2\n`,
  ),
  good: exampleCluster('2x3', {}, schema),
  *check(keyspace) {
    const found = gatherFatals(fatalLosses(keyspace).filter(one => one.loss.kind === 'datacenter'))
    for (const { fatal, datacenters } of found) {
      const loss = fatal.loss as Extract<Loss, { kind: 'datacenter' }>
      const { workload, uses, needed, after, where } = fatal
      yield {
        at: placeOfUse(keyspace, workload, uses[0]),
        effect: workload.declared ? 'breaks-later' : 'informs',
        message: `${capital(sayUses(keyspace, uses, datacenters))} fail when ${datacenters.length > 1 ? `another datacenter (${loss.datacenter} seen from ${workload.datacenter})` : loss.datacenter} is cut off: ${after} ${after === 1 ? 'copy' : 'copies'} left${where === null ? '' : ` in ${where}`}, ${needed} needed. LOCAL_QUORUM would go on.`,
        see: otherPlace(keyspace, workload),
        about: aboutUses(keyspace, fatal.level, datacenters),
      }
    }
  },
})
