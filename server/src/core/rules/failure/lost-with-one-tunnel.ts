/** A tunnel between gateways that cannot be spared. */
import { usesOf } from '../../model/workload-losses.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'
import { aboutLosses, assumedNote, bySmallest, placeOfUse, sayFrom, sayUse } from '../workload-words.ts'
import { sayLeft } from './loss-words.ts'

const files = (workload: string) => `#- cluster: 2x3
#- gw1/wg0.conf
${exampleInterface(1, { Address: '10.99.0.1/24' })}${examplePeer(2, { AllowedIPs: '10.99.0.2/32, 10.20.2.0/24' })}#- gw2/wg0.conf
${exampleInterface(2, { Address: '10.99.0.2/24' })}${examplePeer(1, { AllowedIPs: '10.99.0.1/32, 10.20.1.0/24' })}#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
workloads:
${workload}`

export default rule({
  id: 'failure/lost-with-one-tunnel',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'workload that stops with one tunnel',
  why: 'Between two gateways there is one tunnel, and WireGuard knows no other way: while it is down the datacenters do not reach each other, and levels that need copies on the other side fail although every node is up.',
  remedy: 'Use a level that stays in the datacenter, or give the nodes tunnels of their own (any to any).',
  sources: ['WireGuard: AllowedIPs (cryptokey routing)', 'Cassandra: ConsistencyLevel.blockFor'],
  bad: files(`  - { keyspace: shop, read: LOCAL_QUORUM, write: EACH_QUORUM, clients: [dc1] }
#                                                ^^^^^^^^^^^ warning[failure/lost-with-one-tunnel]: gw1/gw2
`),
  good: files('  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n'),
  *check(keyspace) {
    if (!keyspace.cluster?.mesh) return
    for (const uses of bySmallest(usesOf(keyspace), 'tunnel')) {
      const { workload, use, losses: all } = uses[0]!
      const losses = uses.flatMap(each => each.losses[0]!.fatal)
      const tunnels = [...new Set(losses.flatMap(({ units }) => units))]
      const gateways = [
        ...new Set(all.filter(({ kind }) => kind === 'gateway').flatMap(({ fatal }) => fatal.flatMap(({ units }) => units))),
      ]
      yield {
        ...placeOfUse(uses[0]!),
        effect: workload.levelsAssumed ? 'informs' : 'breaks-later',
        message: `The ${sayUse(keyspace, use)}${sayFrom(uses)} fail when the tunnel ${list(tunnels)} is down, ${sayLeft(losses[0]!)}${gateways.length > 0 ? ` The same without ${list(gateways)}.` : ''}${workload.levelsAssumed ? assumedNote : ' Nothing fails over by itself.'}`,
        about: aboutLosses(keyspace, uses, losses),
      }
    }
  },
})
