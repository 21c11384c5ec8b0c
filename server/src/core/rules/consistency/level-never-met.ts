/** A level that asks for more copies than there are. */
import type { Shortage } from '../../analysis/single-loss.ts'
import { placedReplication } from '../../model/workload.ts'
import { isMissing, shortAtRest, type UseFromDatacenter, usesOf } from '../../model/workload-losses.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey } from '../words.ts'
import { assumedNote, capital, placeOfUse, sayFrom, sayUse } from '../workload-words.ts'

const schema = (workload: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
#- foretell.yaml
workloads:
${workload}`

export default rule({
  id: 'consistency/level-never-met',
  scope: 'keyspace',
  effects: ['never-works', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that no copies can meet',
  why: 'The number of copies that a level waits for follows from the configured factors, not from the nodes that exist; and LOCAL_* levels count only copies in the datacenter of the client. Where fewer are placed, every request is refused as unavailable although all nodes are up.',
  remedy: 'Place copies where the clients are, lower the factor to the number of nodes, or use another level.',
  sources: [
    'Cassandra: ConsistencyLevel.blockFor',
    'Measured on 3.11 to 6.0: a local datacenter outside the replication map answers required 1, alive 0',
  ],
  bad: schema(`  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc2] }
#                           ^^^^^^^^^^^^ error[consistency/level-never-met]: dc2
`),
  good: schema('  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n'),
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || !replication) return
    const groups = new Map<unknown, (UseFromDatacenter & { readonly atRest: Shortage })[]>()
    const add = (each: UseFromDatacenter) => {
      const { atRest } = each
      if (!atRest) return
      const group = groups.get(each.use) ?? []
      groups.set(each.use, group)
      if (!group.some(({ client }) => client === each.client)) group.push({ ...each, atRest })
    }
    const uses = usesOf(keyspace)
    for (const each of uses) {
      add(each)
      for (const client of each.workload.failover)
        if (!isMissing(cluster, client)) add({ ...each, client, atRest: shortAtRest(cluster, replication, each.use, client), losses: [] })
    }
    for (const group of groups.values()) {
      const first = group[0]!
      const { atRest, workload, use } = first
      const where = atRest.datacenter === null ? '' : ` in ${atRest.datacenter}`
      const exist = atRest.left === 0 ? 'there is none' : `there ${atRest.left === 1 ? 'is' : 'are'} ${atRest.left}`
      yield {
        ...placeOfUse(first),
        effect: workload.levelsAssumed ? 'informs' : 'never-works',
        message: `${capital(sayUse(keyspace, use))}${sayFrom(group)} fail always: ${atRest.needed} ${atRest.needed === 1 ? 'copy is' : 'copies are'} needed${where} and ${exist}, even with every node up. ${atRest.left === 0 ? 'Place copies there' : 'Lower the factor to the number of nodes'}, or use another level.${workload.levelsAssumed ? assumedNote : ''}`,
        about: [
          keyspaceKey(keyspace),
          `workload:${keyspace.name}`,
          ...group.flatMap(({ client }) => (client === undefined ? [] : [datacenterKey(client)])),
          ...(atRest.datacenter === null ? [] : [datacenterKey(atRest.datacenter)]),
        ],
      }
    }
  },
})
