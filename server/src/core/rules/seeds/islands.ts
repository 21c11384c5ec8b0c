/** Seed lists that never lead from one part of the cluster to the other. */

import type { Node } from '../../model/node.ts'
import { type ResolvedSeed, seedMap, seedNodes } from '../../model/seed-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

const first = '"10.20.1.11,10.20.1.12"'
const second = '"10.20.2.11,10.20.2.12"'

export default rule({
  id: 'seeds/islands',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'seed lists that split a cluster in two',
  why: 'A node finds the cluster through its seeds only. Where no list of one group names a node of the other, the groups never hear of each other: two clusters with one name.',
  remedy: 'Put one common list on all nodes, with two nodes of each datacenter.',
  sources: ['Cassandra: SimpleSeedProvider', 'Cassandra: Gossiper.doShadowRound'],
  bad: exampleCluster('2x3', {
    'dc1/db1': { seeds: first },
    'dc1/db2': { seeds: first },
    'dc1/db3': { seeds: first },
    'dc2/db4': { seeds: `${second}\n#              ^^^^^^^^^^^^^^^^^^^^^^^ error[seeds/islands]: db1, db2 and db3` },
    'dc2/db5': { seeds: second },
    'dc2/db6': { seeds: second },
  }),
  good: '#- cluster: 2x3',
  *check(cluster) {
    const map = seedMap(cluster)
    // A template may be the node that asks both.
    if (!map.complete || cluster.nodes.length < 2 || cluster.templates.length > 0) return
    const groups = components(cluster.nodes, node => map.listOf.get(node) ?? [])
    if (groups.length < 2 || groups.some(group => group.every(node => seedNodes(map.listOf.get(node)!).size === 0))) return
    const [largest, ...others] = groups.sort((a, b) => b.length - a.length)
    for (const group of others) {
      const node = group[0]!
      const there = largest![0]!
      yield {
        at: node.seeds.kind === 'known' && node.seeds.span ? node.seeds.span : node.span,
        message: `${list(
          group.map(one => one.name),
          4,
        )} and ${list(
          largest!.map(one => one.name),
          4,
        )} share no seed: they form two clusters with one name. Put one common list on all nodes.`,
        see: there.seeds.kind === 'known' && there.seeds.span ? [{ at: there.seeds.span, message: `the seeds of ${there.name}` }] : [],
        about: [`cluster:${cluster.name}`, ...group.map(nodeKey)],
      }
    }
  },
})

/** Connected parts of the graph node – its seeds, in path order. */
function components(nodes: readonly Node[], seeds: (node: Node) => readonly ResolvedSeed[]): Node[][] {
  const neighbours = new Map<Node, Node[]>(nodes.map(node => [node, []]))
  for (const node of nodes)
    for (const { target } of seeds(node))
      if (typeof target !== 'string') {
        neighbours.get(node)!.push(target)
        neighbours.get(target)?.push(node)
      }
  const met = new Set<Node>()
  const groups: Node[][] = []
  for (const start of nodes) {
    if (met.has(start)) continue
    met.add(start)
    const group = [start]
    for (const node of group)
      for (const next of neighbours.get(node)!)
        if (!met.has(next)) {
          met.add(next)
          group.push(next)
        }
    if (group.length === nodes.length) return [[...nodes]]
    groups.push(group)
  }
  const order = new Map(nodes.map((node, index) => [node, index]))
  return groups.map(group => group.sort((a, b) => order.get(a)! - order.get(b)!))
}
