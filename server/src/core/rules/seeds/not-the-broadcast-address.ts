/** A seed is known by its broadcast address; its listen address is another thing. */

import type { Node } from '../../model/node.ts'
import { seedMap } from '../../model/seed-map.ts'
import { knownValue } from '../../text/fact.ts'
import type { Span } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'seeds/not-the-broadcast-address',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'seed list that names the listen address of a node with a broadcast address',
  why: 'A node looks for its broadcast address in the seed list to know that it is a seed. Under its listen address it does not recognise itself, and at a cold start waits for other seeds.',
  remedy: 'List the broadcast address.',
  sources: ['Cassandra: StorageService.isSeed', 'Cassandra: FBUtilities.getBroadcastAddressAndPort'],
  bad: exampleCluster('1x3', {
    'dc1/db1': {
      listen_address: '10.20.1.11',
      broadcast_address: '10.30.1.11',
      seeds: '"10.20.1.11,10.20.1.12"\n#               ^^^^^^^^^^ 💡 warning[seeds/not-the-broadcast-address]: 10.30.1.11',
    },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const found = new Map<string, { readonly target: Node; readonly places: Span[] }>()
    for (const seeds of seedMap(cluster).listOf.values())
      for (const { entry, target } of seeds) {
        if (typeof target === 'string') continue
        const { listen, broadcast } = target.addresses
        const address = entry.value.address
        if (broadcast.kind !== 'known' || address === undefined || address === broadcast.value || address !== knownValue(listen)) continue
        const there = found.get(address)
        if (!there) found.set(address, { target, places: [entry.span] })
        else if (!there.places.some(span => span.file === entry.span.file)) there.places.push(entry.span)
      }
    for (const [address, { target, places }] of found) {
      const right = knownValue(target.addresses.broadcast)!
      yield {
        at: places[0]!,
        message: `${address} is where ${target.name} listens; it announces ${right}. ${target.name} does not recognise itself as a seed and waits for others at a cold start. List ${right}.`,
        see: places.slice(1, 20).map(at => ({ at, message: 'and here' })),
        about: [nodeKey(target), 'setting:seed_provider'],
        fixes: () => [
          {
            title: `Write ${right}`,
            safe: true,
            edits: places.map(at => ({ at, newText: right.includes(':') && /:\d+$/.test(address) ? `[${right}]` : right })),
          },
        ],
      }
    }
  },
})
