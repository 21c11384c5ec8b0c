/** A datacenter that does not exist disables nothing. */

import { isComplete } from '../../model/cluster.ts'
import { disabledHintDatacenters } from '../../model/hint-settings.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'

export default rule({
  id: 'hints/unknown-datacenter',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'hints disabled for a datacenter that does not exist',
  why: 'Cassandra does not check the names in hinted_handoff_disabled_datacenters. A misspelt one disables nothing.',
  remedy: 'Write the name as the nodes have it, letter by letter.',
  sources: ['Cassandra: StorageProxy.shouldHint', 'Cassandra: DatabaseDescriptor.hintedHandoffDisabledDCs'],
  bad: exampleCluster('2x2', {
    'dc1/db1': { hinted_handoff_disabled_datacenters: '\n  - DC2\n#   ^^^ 💡 warning[hints/unknown-datacenter]: dc2' },
  }),
  good: '#- cluster: 2x2',
  *check(cluster) {
    if (!isComplete(cluster)) return
    const names = new Set<string>(cluster.datacenters.map(datacenter => datacenter.name))
    const seen = new Set<unknown>()
    for (const node of cluster.nodes) {
      if (seen.has(node.yaml)) continue
      seen.add(node.yaml)
      for (const { value, span } of disabledHintDatacenters(node)) {
        if (names.has(value)) continue
        const nearest = nearestName(value, names)
        yield {
          at: span,
          message: `There is no datacenter "${value}" (there are ${list([...names], 5)}): Cassandra does not check the name, and it disables nothing.`,
          about: [`datacenter:${value}`, 'setting:hinted_handoff_disabled_datacenters'],
          fixes: () => (nearest === undefined ? [] : [{ title: `Write ${nearest}`, safe: false, edits: [{ at: span, newText: nearest }] }]),
        }
      }
    }
  },
})
