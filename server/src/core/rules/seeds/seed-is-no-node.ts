/** A seed address that nobody carries, in a list whose other entries are known. */
import { isLoopback } from '../../analysis/ip-network.ts'
import { seedMap } from '../../model/seed-map.ts'
import { knownValue } from '../../text/fact.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { Span } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'seeds/seed-is-no-node',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'seed address that belongs to no node',
  why: 'A joining or restarting node asks its seeds first. An address that nobody carries costs time at every start, and when the other seeds are down nobody is left to ask.',
  remedy: 'Write the address of an existing node, or remove the entry; if the node lives in another repository, say so in foretell.yaml.',
  sources: ['Cassandra: SimpleSeedProvider', 'Cassandra: Gossiper.sendGossip'],
  bad: exampleCluster('1x3', {
    'dc1/db1': { seeds: '"10.20.1.11,10.20.1.22"\n#                          ^^^^^^^^^^ 💡 warning[seeds/seed-is-no-node]: 10.20.1.22' },
    'dc1/db2': { seeds: '"10.20.1.11,10.20.1.22"' },
    'dc1/db3': { seeds: '"10.20.1.11,10.20.1.22"' },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    // Of a lone node nobody knows where the others are.
    if (cluster.nodes.length < 2 || cluster.templates.length > 0) return
    if (cluster.nodes.some(node => node.addresses.effectiveBroadcast.kind !== 'known')) return
    const declared = new Set([...cluster.declared.nodes.values()].flatMap(node => node.address?.value ?? []))
    const strangers = new Map<string, { readonly at: Span; readonly node: string }[]>()
    for (const [node, seeds] of seedMap(cluster).listOf) {
      if (!seeds.some(seed => typeof seed.target !== 'string' && !isLoopback(seed.entry.value.address ?? '127.0.0.1'))) continue
      for (const { entry, target } of seeds) {
        if (target !== 'stranger' || declared.has(entry.value.address!)) continue
        const places = strangers.get(entry.value.address!) ?? []
        if (!places.some(place => place.at.file === entry.span.file)) places.push({ at: entry.span, node: node.name })
        strangers.set(entry.value.address!, places)
      }
    }
    const [first] = strangers
    if (!first) return
    const addresses = [...strangers.keys()]
    const places = [...strangers.values()].flat()
    const nodes = [...new Set(places.map(place => place.node))]
    yield {
      at: places[0]!.at,
      message:
        addresses.length === 1
          ? `Seed ${addresses[0]} is no node here: ${list(nodes)} wait${nodes.length === 1 ? 's' : ''} for it at every start, in vain if nobody carries it. Write the address of a node, or remove it.`
          : `Seeds ${list(addresses, 4)} are no nodes here: ${list(nodes)} wait${nodes.length === 1 ? 's' : ''} for them at every start, in vain if nobody carries them. Write addresses of nodes, or remove them.`,
      see: places.slice(1, 20).map(place => ({ at: place.at, message: 'and here' })),
      about: nodes.map(name => nodeKey({ name })),
      fixes: () => {
        const nearest = nearestName(
          addresses[0]!,
          cluster.nodes.flatMap(node => knownValue(node.addresses.effectiveBroadcast) ?? []),
        )
        if (nearest === undefined || addresses.length > 1) return []
        return [{ title: `Write ${nearest}`, safe: false, edits: places.map(place => ({ at: place.at, newText: nearest })) }]
      },
    }
  },
})
