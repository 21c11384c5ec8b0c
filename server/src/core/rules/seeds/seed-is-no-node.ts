/** A seed address that nobody carries, in a list whose other entries are known. */
import { isLoopback } from '../../analysis/ip-network.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { seedMap } from '../../model/seed-map.ts'
import { knownValue } from '../../text/fact.ts'
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
    if (cluster.templates.length > 0 || cluster.nodes.some(node => node.addresses.effectiveBroadcast.kind !== 'known')) return
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
    for (const [address, places] of strangers) {
      const [first, ...rest] = places
      yield {
        at: first!.at,
        message: `Seed ${address} is no node here: ${list(places.map(place => place.node))} wait${places.length === 1 ? 's' : ''} for it in vain at every start. Write the address of a node, or remove it.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: 'and here' })),
        about: places.map(place => nodeKey({ name: place.node })),
        fixes: () => {
          const nearest = nearestName(
            address,
            cluster.nodes.flatMap(node => knownValue(node.addresses.effectiveBroadcast) ?? []),
          )
          if (nearest === undefined) return []
          return [{ title: `Write ${nearest}`, safe: false, edits: places.map(place => ({ at: place.at, newText: nearest })) }]
        },
      }
    }
  },
})
