/** Levels that one lost node breaks. */
import { shortageText } from '../../analysis/single-loss.ts'
import { usesOf } from '../../model/workload-losses.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { aboutLosses, assumedNote, bySmallest, capital, placeOfUse, sayFrom, sayUse } from '../workload-words.ts'

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
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: ONE, clients: [dc1] }\n#                           ^^^^^^^^^^^^ warning[failure/lost-with-one-node]: any one node of dc1\n`,
  ),
  good: exampleCluster('1x3', {}, schema.replace('2}', '3}')),
  *check(keyspace) {
    for (const uses of bySmallest(usesOf(keyspace), 'node')) {
      const { workload, use } = uses[0]!
      const losses = uses.flatMap(each => each.losses[0]!.fatal)
      const worst = losses.find(loss => loss.certainty !== 'possible') ?? losses[0]!
      const places = [...new Set(losses.map(loss => loss.datacenter))]
      const possible = worst.certainty === 'possible'
      const bigger = uses.some(each => each.losses.length > 1)
      yield {
        ...placeOfUse(uses[0]!),
        effect: possible || workload.levelsAssumed ? 'informs' : 'breaks-later',
        message:
          `${capital(sayUse(keyspace, use))}${sayFrom(uses)} ${possible ? 'may fail' : 'fail'} for part of the data while any one node${places.some(name => name !== '') ? ` of ${places.join(' or ')}` : ''} is down: ${shortageText(worst.short)}.` +
          `${bigger ? ' Bigger losses break them, too.' : ''}${workload.levelsAssumed ? assumedNote : ' Keep three copies, or use another level.'}`,
        about: aboutLosses(keyspace, uses, losses),
      }
    }
  },
})
