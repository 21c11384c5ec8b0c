/** Conditional updates that two datacenters decide apart. */
import { placedReplication, workloadsOf } from '../../model/workload.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey, list } from '../words.ts'
import { levelFix, placeOfLevel } from '../workload-words.ts'

const schema = (workload: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
workloads:
${workload}`

export default rule({
  id: 'consistency/local-serial-in-two-datacenters',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'LOCAL_SERIAL used from several datacenters',
  why: 'LOCAL_SERIAL lets the copies of one datacenter decide who wins. Two datacenters that decide about the same row do not see each other: both conditional updates can be told that they won, and the later timestamp stays.',
  remedy: 'Use SERIAL, or make conditional updates of a keyspace in one datacenter only.',
  sources: ['Cassandra: Paxos, electorate of LOCAL_SERIAL'],
  bad: schema(`  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, serial: LOCAL_SERIAL, clients: [dc1, dc2] }
#                                                                      ^^^^^^^^^^^^ 💡 warning[consistency/local-serial-in-two-datacenters]: dc1 and dc2
`),
  good: schema('  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, serial: LOCAL_SERIAL, clients: [dc1], failover: [dc2] }\n'),
  *check(keyspace) {
    const replication = placedReplication(keyspace)
    if (!keyspace.cluster || !replication) return
    const deciding = workloadsOf(keyspace).flatMap(workload =>
      workload.uses.filter(({ level, kinds }) => level === 'LOCAL_SERIAL' && kinds.includes('serial')).map(use => ({ workload, use })),
    )
    const holds = (name: string) => replication.kind === 'simple' || (replication.factors.get(name)?.all ?? 0) > 0
    const datacenters = [...new Set(deciding.flatMap(({ workload }) => workload.clients))].filter(holds)
    const first = deciding.find(({ workload }) => workload.clients.some(holds))
    if (!first || datacenters.length < 2) return
    const place = placeOfLevel(first.workload, first.use, 'serial')
    yield {
      at: place.at,
      message: `Clients in ${list(datacenters)} update ${keyspace.name} conditionally at LOCAL_SERIAL: each datacenter decides alone, and two conditional updates of one row can both win. Use SERIAL, or update from one datacenter.`,
      see: deciding.slice(deciding.indexOf(first) + 1).map(({ workload, use }) => ({
        at: placeOfLevel(workload, use, 'serial').at,
        message: `from ${list(workload.clients)} here`,
      })),
      about: [keyspaceKey(keyspace), `workload:${keyspace.name}`, ...datacenters.map(datacenterKey)],
      fixes: () => {
        const edits = deciding.flatMap(each => levelFix(each, 'SERIAL')[0]?.edits ?? [])
        return edits.length === 0 ? [] : [{ title: 'Use SERIAL', safe: false, edits }]
      },
    }
  },
})
