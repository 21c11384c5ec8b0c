/** One address, one node. */
import { isLoopback } from '../../analysis/ip-network.ts'
import type { Node } from '../../model/node.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'identity/duplicate-address',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'two nodes of a cluster with one address',
  why: 'A node is known to the others by its broadcast address. The second node that comes with the same one is refused because such a node already exists.',
  remedy:
    'Give each node its own listen_address (and broadcast_address, where it is set). Usually a file was copied and this line forgotten.',
  sources: ['Cassandra: StorageService.checkForEndpointCollision (A node with address … already exists)'],
  bad: exampleCluster('1x3', {
    'dc1/db3': { listen_address: '10.20.1.12\n#               ^^^^^^^^^^ error[identity/duplicate-address]: db2' },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    const first = new Map<string, Node>()
    for (const node of cluster.nodes) {
      const address = node.addresses.effectiveBroadcast
      if (address.kind !== 'known' || isLoopback(address.value)) continue
      const key = endpointOf(node, address.value)
      if (key === undefined) continue
      const other = first.get(key)
      if (!other) {
        first.set(key, node)
        continue
      }
      // One file for several hosts: what each host makes of it is not written here.
      if (other.yaml === node.yaml) continue
      const there = other.addresses.effectiveBroadcast
      yield {
        at: address.span ?? node.span,
        message: `${node.name} and ${other.name} both claim ${address.value}: whichever starts second is refused, because a node with this address already exists. Give ${node.name} its own address.`,
        see: there.kind === 'known' && there.span ? [{ at: there.span, message: `${other.name} has it too` }] : [],
        about: [nodeKey(node), nodeKey(other), 'setting:listen_address'],
      }
    }
  },
})

/** From 4.0 the storage port belongs to the endpoint; undefined when it depends on what is not known. */
function endpointOf(node: Node, address: string): string | undefined {
  const { candidates } = node.release
  if (candidates.every(line => line === '3.11')) return address
  if (node.storagePort.kind !== 'known') return undefined
  return candidates.includes('3.11') && node.storagePort.value !== 7000 ? undefined : `${address} ${node.storagePort.value}`
}
