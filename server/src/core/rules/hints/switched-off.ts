/** Without hints a short outage leaves gaps until the next repair. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import { disabledHintDatacenters } from '../../model/hint-settings.ts'
import type { Node } from '../../model/node.ts'
import { booleanInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list, nodeKey } from '../words.ts'

export default rule({
  id: 'hints/switched-off',
  scope: 'cluster',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'hints switched off',
  why: 'A coordinator keeps writes for a replica that is down and replays them when it is back. Without hints every restart leaves the node without the writes of that time, until a repair.',
  remedy: 'Leave hinted_handoff_enabled at true; where hints are off on purpose, repair after every outage.',
  sources: ['Cassandra: StorageProxy.shouldHint', 'Apache Cassandra documentation: Hints'],
  bad: exampleCluster('1x3', {
    'dc1/db1': { hinted_handoff_enabled: 'false\n#                       ^^^^^ 💡 warning[hints/switched-off]: db1' },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const off = cluster.nodes.filter(keepsNoHints)
    const places = placesOf(off, node => placeOf(booleanInEachRelease(node, 'hinted_handoff_enabled')))
    const [first, ...rest] = places
    if (first)
      yield {
        at: first.at,
        message: `${list(off.map(node => node.name))} ${off.length === 1 ? 'keeps' : 'keep'} no hints: writes missed by a node that was down come back only by repair. Write true.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
        about: [...off.map(nodeKey), 'setting:hinted_handoff_enabled'],
        fixes: () => [{ title: 'Write true', safe: false, edits: places.map(place => ({ at: place.at, newText: 'true' })) }],
      }
    const names = new Set<string>(cluster.datacenters.map(datacenter => datacenter.name))
    const seen = new Set<string>()
    for (const node of cluster.nodes)
      for (const { value, span } of disabledHintDatacenters(node)) {
        if (!names.has(value) || seen.has(value)) continue
        seen.add(value)
        yield {
          at: span,
          effect: 'informs',
          message: `No hints are kept for nodes of ${value}: writes that they miss come back only by repair.`,
          about: [datacenterKey(value), 'setting:hinted_handoff_disabled_datacenters'],
        }
      }
  },
})

const keepsNoHints: (node: Node) => boolean = memo(node => knownValue(booleanInEachRelease(node, 'hinted_handoff_enabled')) === false)
