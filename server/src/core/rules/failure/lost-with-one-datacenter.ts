/** A level that needs another datacenter. */
import { shortageText } from '../../analysis/single-loss.ts'
import type { UseFromDatacenter } from '../../model/workload-losses.ts'
import { usesOf } from '../../model/workload-losses.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list } from '../words.ts'
import { aboutLosses, assumedNote, bySmallest, levelFix, localLevel, placeOfUse, sayUse } from '../workload-words.ts'

const schema =
  "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n#- foretell.yaml\nworkloads:\n"

export default rule({
  id: 'failure/lost-with-one-datacenter',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'workload that stops with another datacenter',
  why: 'QUORUM counts the copies of all datacenters: of two equal ones neither has a majority alone. EACH_QUORUM and ALL need every datacenter. When the other one is lost or cut off, requests fail here although all local copies are up.',
  remedy: 'Use LOCAL_QUORUM; or, where a majority over datacenters is wanted, three datacenters with copies.',
  sources: ['Cassandra: ConsistencyLevel.blockFor'],
  bad: `#- cluster: 2x3
${schema}  - { keyspace: shop, read: QUORUM, write: QUORUM, clients: [dc1] }
#                           ^^^^^^ 💡 warning[failure/lost-with-one-datacenter]: dc2
`,
  good: `#- cluster: 2x3
${schema}  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }
`,
  *check(keyspace) {
    for (const uses of bySmallest(usesOf(keyspace), 'datacenter')) {
      const first = uses[0]!
      const { workload, use } = first
      const losses = uses.flatMap(each => each.losses[0]!.fatal)
      const { short } = losses[0]!
      yield {
        ...placeOfUse(first),
        effect: workload.levelsAssumed ? 'informs' : 'breaks-later',
        message: `The ${sayUse(keyspace, use)} fail ${uses.map(sayCase).join('; ')}: ${shortageText(short)}.${workload.levelsAssumed ? assumedNote : advice(use.level)}`,
        about: aboutLosses(keyspace, uses, losses).filter(
          key => !key.startsWith('datacenter:') || losses.some(({ datacenter }) => key === datacenterKey(datacenter)),
        ),
        fixes: () => levelFix(first, localLevel(use.level)),
      }
    }
  },
})

function sayCase({ client, losses }: UseFromDatacenter): string {
  const lost = losses[0]!.fatal.map(({ datacenter }) => datacenter)
  if (client === undefined) return `when ${anyOf(lost)} is lost or cut off`
  const others = lost.filter(name => name !== client)
  if (others.length === 0) return `when ${client} is lost, also after failover`
  return `from ${client} when ${anyOf(others)} is lost or cut off`
}

function anyOf(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `any of ${list(names, 4)}`
}

function advice(level: string): string {
  return level === 'QUORUM' || level === 'EACH_QUORUM' || level === 'ALL' ? ' LOCAL_QUORUM needs only the local copies.' : ''
}
