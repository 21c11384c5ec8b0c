/** Hints are kept for a while only. */

import type { Node } from '../../model/node.ts'
import { numberInEachRelease, writtenName } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey, sayMillis } from '../words.ts'

const usualGrace = 864_000

export default rule({
  id: 'hints/outlived-by-outage',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'outage that is longer than hints are kept',
  why: 'Once a node is down for longer than max_hint_window, coordinators stop to keep writes for it. When it comes back it answers without them, and beyond gc_grace_seconds even with rows that were deleted.',
  remedy: 'Repair before the datacenter serves again, or keep hints longer: the window costs disk on the coordinators.',
  sources: ['Cassandra: StorageProxy.shouldHint', 'Apache Cassandra documentation: Hints', 'cassandra.yaml: max_hint_window'],
  bad: exampleCluster('2x3', {}, '#- foretell.yaml\nlongestOutage: 6h\n#              ^^ warning[hints/outlived-by-outage]: 3 h\n'),
  good: exampleCluster('2x3', {}, '#- foretell.yaml\nlongestOutage: 2h\n'),
  *check(cluster) {
    const outage = cluster.declared.longestOutageMillis
    if (!outage) return
    const shorter: Node[] = []
    let window: number | undefined
    let shortest: Node | undefined
    for (const node of cluster.nodes) {
      const own = knownValue(numberInEachRelease(node, 'max_hint_window'))
      if (own === undefined || own >= outage.value) continue
      shorter.push(node)
      if (window === undefined || own < window) [window, shortest] = [own, node]
    }
    if (window === undefined || !shortest) return
    const tables = cluster.keyspaces.filter(keyspace => !keyspace.isSystem).flatMap(keyspace => keyspace.tables)
    const outlived = tables.filter(table => (knownValue(table.gcGraceSeconds) ?? usualGrace) * 1000 < outage.value)
    const setting = numberInEachRelease(shortest, 'max_hint_window')
    const resurrection = outlived.length > 0 ? `, and deleted rows of ${list(outlived.map(table => table.name.value))} may return` : ''
    yield {
      at: outage.span,
      message: `After ${sayMillis(window)} of ${sayMillis(outage.value)} the hints stop on ${shorter.length === cluster.nodes.length ? 'all nodes' : list(shorter.map(node => node.name))}: repair before the nodes that were down serve again${resurrection}. Or raise ${writtenName(shortest, 'max_hint_window')}.`,
      see: setting.kind === 'known' && setting.span ? [{ at: setting.span, message: `hints are kept for ${sayMillis(window)}` }] : [],
      about: [`cluster:${cluster.name}`, ...shorter.slice(0, 50).map(nodeKey), 'setting:max_hint_window'],
    }
  },
})
