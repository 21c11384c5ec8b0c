/** A rack that holds too many copies of some data. */
import { type SingleLoss, shortageText } from '../../analysis/single-loss.ts'
import { usesOf } from '../../model/workload-losses.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'
import { aboutLosses, assumedNote, bySmallest, capital, placeOfUse, sayFrom, sayShare, sayUse } from '../workload-words.ts'

const twoRacks =
  "#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r2\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"

export default rule({
  id: 'failure/lost-with-one-rack',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'workload that stops with one rack',
  why: 'Racks fail as a whole: a switch, a power feed, a maintenance window. Where one rack holds so many copies of some data that too few are left for the consistency level, requests for that data fail until the rack is back.',
  remedy: 'Use as many racks as copies, each with the same number of nodes, or a level that needs fewer copies.',
  sources: ['Cassandra: NetworkTopologyStrategy', 'Cassandra: ConsistencyLevel.blockFor'],
  bad: exampleCluster(
    '1x3',
    {},
    `${twoRacks}#- foretell.yaml
workloads:
  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }
#                           ^^^^^^^^^^^^ warning[failure/lost-with-one-rack]: 2 of 3 copies
`,
  ),
  good: `#- cluster: 1x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
#- foretell.yaml
workloads:
  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }
`,
  *check(keyspace) {
    for (const uses of bySmallest(usesOf(keyspace), 'rack')) {
      const { workload, use } = uses[0]!
      const { levelsAssumed } = workload
      // Assumed levels add nothing to the racks that are too few for the factor: topology/racks-fewer-than-factor says it.
      if (!workload.declared && keyspace.replication.kind === 'network-topology') continue
      const losses = distinct(uses.flatMap(each => each.losses[0]!.fatal))
      const worst = losses.find(loss => loss.certainty !== 'possible') ?? losses[0]!
      const bigger = uses.some(each => each.losses.some(({ kind }) => kind === 'datacenter'))
      yield {
        ...placeOfUse(uses[0]!),
        effect: worst.certainty === 'possible' || levelsAssumed ? 'informs' : 'breaks-later',
        message:
          `${capital(sayUse(keyspace, use))}${sayFrom(uses)} ${worst.certainty === 'possible' ? 'may fail' : 'fail'} for part of the data when ${losses.map(sayRack).join('; or ')}.` +
          `${bigger ? ' They fail without a whole datacenter, too.' : ''}${levelsAssumed ? assumedNote : ' Use as many racks as copies.'}`,
        about: aboutLosses(keyspace, uses, losses),
      }
    }
  },
})

function sayRack({ datacenter, units, certainty, lost, placed, short, share }: SingleLoss): string {
  const left = shortageText(short)
  if (certainty === 'exact')
    return `rack ${units[0]} of ${datacenter} is lost: it holds ${lost} of ${placed} copies${share === undefined ? '' : ` of ${sayShare(share)} of the data`}, ${left}`
  const which = units.length === 1 ? `rack ${units[0]} of ${datacenter}` : `one of the racks ${list(units, 4)} of ${datacenter}`
  return certainty === 'certain'
    ? `${which} is lost: ${units.length === 1 ? 'it' : 'one of them'} holds at least ${lost} of ${placed} copies, ${left}`
    : `${which} is lost: it may hold ${lost} of ${placed} copies, depending on the tokens, and then ${left}`
}

function distinct(losses: readonly SingleLoss[]): readonly SingleLoss[] {
  return losses.filter((loss, i) => losses.findIndex(other => other.datacenter === loss.datacenter) === i)
}
