/** Levels whose sets of copies need not meet. */
import type { PlacedReplication } from '../../analysis/cluster-shape.ts'
import { factorIn, totalFactor } from '../../analysis/cluster-shape.ts'
import { blockFor, type ConsistencyLevel, isLocal, readSeesWrite } from '../../analysis/consistency-level.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import { placedReplication, type Workload, workloadsOf } from '../../model/workload.ts'
import { isMissing } from '../../model/workload-losses.ts'
import { rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'
import { placeOfLevel } from '../workload-words.ts'

const schema = (workload: string) => `#- cluster: 1x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
#- foretell.yaml
workloads:
${workload}`

export default rule({
  id: 'consistency/read-may-miss-write',
  scope: 'keyspace',
  effects: ['informs', 'breaks-promise'],
  certainty: 'proven',
  releases: 'all',
  title: 'reads that may miss the last write',
  why: 'A read sees the last acknowledged write for sure only when the copies that answer the read and the copies that took the write must overlap: when both numbers together exceed the number of copies that both draw on.',
  remedy: 'Read and write at LOCAL_QUORUM within one datacenter; across datacenters write at EACH_QUORUM, or read and write at QUORUM.',
  sources: ['Cassandra: ConsistencyLevel.blockFor', 'Quorum arithmetic: R + W > N'],
  bad: schema(`  - { keyspace: shop, read: ONE, write: ONE, strong: true, clients: [dc1] }
#                           ^^^ error[consistency/read-may-miss-write]: 1 + 1
`),
  good: schema('  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, strong: true, clients: [dc1] }\n'),
  *check(keyspace) {
    const replication = placedReplication(keyspace)
    if (!keyspace.cluster || !replication) return
    for (const workload of workloadsOf(keyspace)) {
      const read = workload.uses.find(({ kinds }) => kinds.includes('read'))
      const write = workload.uses.find(({ kinds }) => kinds.includes('write'))
      if (!workload.declared || workload.levelsAssumed || !read || !write) continue
      const missed = firstMissed(keyspace, replication, workload, read.level, write.level)
      if (!missed) continue
      const { strong } = workload.declared
      const promise = strong ? ' The workload is declared strong.' : ''
      const place = placeOfLevel(workload, read, 'read')
      const where = placeOfLevel(workload, write, 'write').at
      yield {
        at: place.at,
        effect: strong ? 'breaks-promise' : 'informs',
        message: `${missed}${promise}`,
        see: [{ at: where, message: `writes at ${write.level}` }, ...(place.see ?? [])],
        about: [keyspaceKey(keyspace), `workload:${keyspace.name}`],
      }
    }
  },
})

/** Words for the first pair of datacenters where a read may miss a write; within one datacenter before across two. */
function firstMissed(
  keyspace: Keyspace,
  replication: PlacedReplication,
  { clients }: Workload,
  read: ConsistencyLevel,
  write: ConsistencyLevel,
): string | undefined {
  const known = clients.filter(name => !isMissing(keyspace.cluster!, name))
  const from = clients.length > 0 ? known : isLocal(read) || isLocal(write) ? [] : ['']
  for (const client of from) {
    if (readSeesWrite(replication, { level: read, datacenter: client }, { level: write, datacenter: client })) continue
    const r = blockFor(read, replication, client)
    const w = write === 'ANY' ? 0 : blockFor(write, replication, client)
    const local = isLocal(read) && isLocal(write) && replication.kind !== 'simple'
    const copies = local ? factorIn(replication, client) : totalFactor(replication)
    const sum =
      w + r <= copies
        ? `${w} + ${r} copies are no more than ${copies === 1 ? '1' : `the ${copies}`} there are`
        : 'they need not share a copy'
    return `Writes of ${keyspace.name} at ${write}, reads at ${read}: ${sum}${local ? ` in ${client}` : ''}, so a read may miss the last write.`
  }
  for (const reader of from)
    for (const writer of from) {
      if (reader === writer) continue
      if (readSeesWrite(replication, { level: read, datacenter: reader }, { level: write, datacenter: writer })) continue
      return `Clients in ${reader} that read ${keyspace.name} at ${read} may miss what clients in ${writer} just wrote at ${write}: the two sets of copies need not meet.`
    }
  return undefined
}
