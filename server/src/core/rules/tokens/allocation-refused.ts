/** Token allocation needs as many racks as the factor it is told, or one. */

import { placeOf, placesOf } from '../../model/agreement.ts'
import { isComplete } from '../../model/cluster.ts'
import { textSetting } from '../../model/identity-settings.ts'
import type { Node } from '../../model/node.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list, nodeKey } from '../words.ts'

const two =
  '#- dc1/db1/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n#- dc1/db2/cassandra-rackdc.properties\ndc=dc1\nrack=r2\n#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r2\n'

export default rule({
  id: 'tokens/allocation-refused',
  scope: 'datacenter',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: ['4.0', '4.1', '5.0', '6.0'],
  title: 'token allocation for more replicas than there are racks',
  why: 'With allocate_tokens_for_local_replication_factor Cassandra spreads tokens rack by rack. With two racks and a factor of three it gives up: the next node that joins is refused.',
  remedy: 'Set the factor to the number of racks where the keyspaces allow it, or add a rack.',
  sources: ['Cassandra: TokenAllocation (the number of racks … is lower than its replication factor)'],
  bad: exampleCluster(
    '1x3',
    {
      'dc1/db1': {
        allocate_tokens_for_local_replication_factor:
          '3\n#                                             ^ 💡 warning[tokens/allocation-refused]: 2 racks',
      },
      'dc1/db2': { allocate_tokens_for_local_replication_factor: '3' },
      'dc1/db3': { allocate_tokens_for_local_replication_factor: '3' },
    },
    two,
  ),
  good: exampleCluster('1x3', { 'dc1/db1': { allocate_tokens_for_local_replication_factor: '3' } }),
  *check(datacenter) {
    const { racks, racksUnknown, cluster, name, nodes } = datacenter
    if (racksUnknown || racks.length < 2 || !isComplete(cluster)) return
    const allocating = nodes.filter(node => {
      const factor = knownValue(numberInEachRelease(node, 'allocate_tokens_for_local_replication_factor'))
      return (
        factor !== undefined &&
        racks.length < factor &&
        textSetting(node.yaml, 'initial_token').kind === 'absent' &&
        textSetting(node.yaml, 'allocate_tokens_for_keyspace').kind === 'absent'
      )
    })
    const first = allocating.find(node => node.declared.state === 'new') ?? allocating[0]
    if (!first) return
    const setting = numberInEachRelease(first, 'allocate_tokens_for_local_replication_factor')
    const factor = knownValue(setting)!
    const refused = refusedNow(
      nodes,
      racks.map(rack => rack.nodes),
    )
    yield {
      at: (setting.kind === 'known' && setting.span) || first.span,
      effect: refused ? 'never-works' : 'breaks-later',
      message: `${name} has ${racks.length} racks, fewer than ${factor}: token allocation fails and ${refused ? list(refused.map(node => node.name)) : 'the next node in one of them'} does not join. Set ${racks.length}, if the keyspaces keep at most ${racks.length} copies there, or add a rack.`,
      see: racks.slice(0, 5).flatMap(rack => {
        const place = rack.nodes[0]!.location.rack
        return place.kind === 'known' && place.span ? [{ at: place.span, message: `rack ${rack.name}` }] : []
      }),
      about: [datacenterKey(name), ...allocating.slice(0, 50).map(nodeKey), 'setting:allocate_tokens_for_local_replication_factor'],
      fixes: () => {
        const copies = cluster.keyspaces.map(keyspace => factorsOf(keyspace)?.get(name)?.total ?? 0)
        if (copies.some(count => count > racks.length)) return []
        const places = placesOf(allocating, node => placeOf(numberInEachRelease(node, 'allocate_tokens_for_local_replication_factor')))
        return [
          { title: `Write ${racks.length}`, safe: false, edits: places.map(place => ({ at: place.at, newText: String(racks.length) })) },
        ]
      },
    }
  },
})

/** Nodes that are refused in any order of joining; undefined when only a later one will be. */
function refusedNow(nodes: readonly Node[], racks: readonly (readonly Node[])[]): readonly Node[] | undefined {
  const fresh = nodes.filter(node => node.declared.state === 'new')
  if (fresh.length === 0) return undefined
  if (fresh.length === nodes.length) return racks.filter(rack => rack.length >= 2).length >= 2 ? fresh : undefined
  const late = fresh.filter(node => racks.some(rack => rack.includes(node) && rack.some(other => other.declared.state !== 'new')))
  return late.length > 0 ? late : undefined
}
