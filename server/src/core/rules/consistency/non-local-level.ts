/** Levels that wait for other datacenters. */
import { type LevelUse, workloadsOf } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, sayMillis } from '../words.ts'
import { aboutUses, capital, otherPlace, placeOfUse, sayUses } from '../workload-words.ts'

const instead: Readonly<Record<string, string>> = {
  ONE: 'LOCAL_ONE',
  TWO: 'LOCAL_QUORUM',
  THREE: 'LOCAL_QUORUM',
  QUORUM: 'LOCAL_QUORUM',
  ALL: 'LOCAL_QUORUM',
  SERIAL: 'LOCAL_SERIAL',
}
const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"

export default rule({
  id: 'consistency/non-local-level',
  scope: 'keyspace',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'consistency level that counts all datacenters',
  why: 'ONE, TWO, THREE, QUORUM, ALL and SERIAL count replicas wherever they are. A request may then wait for the WAN, and fails with it.',
  remedy: 'Use the LOCAL_ level where one datacenter is enough.',
  sources: ['Cassandra: ConsistencyLevel', 'Apache Cassandra documentation: Dynamo, tunable consistency'],
  bad: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n#                           ^^^^^^ 💡 info[consistency/non-local-level]: dc2\n`,
  ),
  good: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`,
  ),
  *check(keyspace) {
    const { cluster } = keyspace
    if (!cluster || cluster.datacenters.length < 2) return
    const told = new Set<unknown>()
    for (const workload of workloadsOf(keyspace)) {
      if (!workload.declared || told.has(workload.declared)) continue
      told.add(workload.declared)
      const byLevel = new Map<string, LevelUse[]>()
      for (const use of workload.uses)
        if (instead[use.level] !== undefined) byLevel.set(use.level, [...(byLevel.get(use.level) ?? []), use])
      for (const [level, uses] of byLevel) {
        const others = cluster.datacenters.filter(datacenter => datacenter.name !== workload.datacenter).map(datacenter => datacenter.name)
        const trips = cluster.declared.links.flatMap(link =>
          link.roundTripMillis !== undefined && link.between.includes(workload.datacenter) ? [link.roundTripMillis] : [],
        )
        const local = instead[level]!
        yield {
          at: placeOfUse(keyspace, workload, uses[0]),
          message: `${capital(sayUses(keyspace, uses, workload.declared.clients))} may wait for ${list(others)}${trips.length > 0 ? ` (${sayMillis(Math.max(...trips))})` : ''}. ${local} stays in the client's datacenter.`,
          see: otherPlace(keyspace, workload),
          about: aboutUses(keyspace, level, workload.declared.clients),
          fixes: () => {
            const edits = uses.flatMap(use => (use.span ? [{ at: use.span, newText: local }] : []))
            return edits.length === uses.length ? [{ title: `Write ${local} (and set it in the driver)`, safe: false, edits }] : []
          },
        }
      }
    }
  },
})
