/** Traffic between datacenters that nothing encrypts. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import { internodeEncryption } from '../../model/encryption.ts'
import type { Node } from '../../model/node.ts'
import { wireguardAddresses } from '../../model/wireguard-addresses.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'security/internode-plaintext',
  scope: 'cluster',
  effects: ['exposes', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'unencrypted traffic between datacenters',
  why: 'Between datacenters all data passes networks of others. Whoever is on the way reads it, and whoever reaches the storage port can pose as a node. A WireGuard tunnel covers the way, not the service itself.',
  remedy:
    'Set internode_encryption to all (or dc). On a running cluster from 4.0 on: first with optional: true on every node, then without.',
  sources: ['cassandra.yaml: server_encryption_options', 'Apache Cassandra documentation: TLS/SSL encryption, internode'],
  bad: exampleCluster('2x1', {
    'dc1/db1': {
      server_encryption_options: '\n  internode_encryption: none\n#                       ^^^^ warning[security/internode-plaintext]: dc1',
    },
    'dc2/db2': { server_encryption_options: '\n  internode_encryption: none' },
  }),
  good: exampleCluster('2x1', {
    'dc1/db1': { server_encryption_options: '\n  internode_encryption: dc' },
    'dc2/db2': { server_encryption_options: '\n  internode_encryption: dc' },
  }),
  *check(cluster) {
    if (cluster.datacenters.length < 2) return
    const plain = cluster.nodes.filter(node => knownValue(internodeEncryption(node)) === 'none')
    const plainIn = new Set(plain.flatMap(node => knownValue(node.location.datacenter) ?? []))
    if (plainIn.size < 2) return
    const outside = plain.filter(node => !isInsideMesh(node))
    const open = outside.length > 0
    const [first, ...rest] = placesOf(open ? outside : plain, node => placeOf(internodeEncryption(node)))
    const example = (name: string) => plain.find(node => knownValue(node.location.datacenter) === name)!
    const [a, b] = [...plainIn]
    yield {
      at: first!.at,
      effect: open ? 'exposes' : 'informs',
      message: open
        ? `Traffic between ${list([...plainIn], 4)} (${example(a!).name}–${example(b!).name}) is not encrypted. Set internode_encryption to all, on a running cluster with optional: true first.`
        : `Traffic between ${list([...plainIn], 4)} is encrypted by WireGuard only: TLS would protect the storage port itself too.`,
      see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
      about: [`cluster:${cluster.name}`, ...plain.slice(0, 100).map(nodeKey), 'setting:server_encryption_options'],
    }
  },
})

/** The address that other nodes dial is one of its tunnel's. */
function isInsideMesh(node: Node): boolean {
  const address = knownValue(node.addresses.effectiveBroadcast)
  return address !== undefined && node.wireguard.some(file => wireguardAddresses(file).includes(address))
}
