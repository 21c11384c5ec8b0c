/** Clients that talk to the cluster in plain text. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import { clientEncryption } from '../../model/encryption.ts'
import { clientExposure } from '../../model/exposure.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { isTunnelAddress } from '../../model/wireguard-addresses.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'security/client-plaintext',
  scope: 'cluster',
  effects: ['exposes', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'clients that may talk plain',
  why: 'Without client encryption, queries, data and passwords pass in the clear. A mesh between the nodes covers clients only where they dial an address of the mesh.',
  remedy: 'Set client_encryption_options enabled: true; during the change optional: true lets old clients in.',
  sources: ['cassandra.yaml: client_encryption_options', 'Apache Cassandra documentation: TLS/SSL encryption, client to node'],
  bad: exampleCluster('2x1', {
    'dc1/db1': {
      rpc_address: '0.0.0.0\n#            ^^^^^^^ warning[security/client-plaintext]: 9042',
      broadcast_rpc_address: '10.20.1.11',
    },
  }),
  good: exampleCluster('2x1', {
    'dc1/db1': { client_encryption_options: '\n  enabled: true\n  require_client_auth: true' },
    'dc2/db2': { client_encryption_options: '\n  enabled: true\n  require_client_auth: true' },
  }),
  *check(cluster) {
    if (cluster.datacenters.length < 2) return
    const plain = cluster.nodes.filter(node => {
      const mode = knownValue(clientEncryption(node))
      const address = knownValue(node.addresses.rpc)
      // At an address of the mesh WireGuard encrypts what comes from other hosts.
      const covered = address !== undefined && isTunnelAddress(node, address)
      return (mode === 'off' || mode === 'optional') && !covered
    })
    for (const [exposure, effect] of [
      ['open', 'exposes'],
      ['inside', 'informs'],
    ] as const) {
      const nodes = plain.filter(node => clientExposure(node) === exposure)
      const [first, ...rest] = placesOf(nodes, node => placeOf(clientEncryption(node)) ?? placeOf(node.addresses.rpc))
      if (!first) continue
      const address = knownValue(first.nodes[0]!.addresses.rpc)
      const port = knownValue(numberInEachRelease(first.nodes[0]!, 'native_transport_port')) ?? 9042
      yield {
        at: first.at,
        effect,
        message: `Clients ${knownValue(clientEncryption(first.nodes[0]!)) === 'optional' ? 'may ' : ''}talk plain to ${list(nodes.map(node => node.name))} on ${address} port ${port}${exposure === 'open' ? ', from every network that reaches it' : nodes.every(node => node.wireguard.length > 0) ? ', which is no address of the mesh' : ''}. Set client_encryption_options enabled: true.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
        about: [`cluster:${cluster.name}`, ...nodes.slice(0, 100).map(nodeKey), 'setting:client_encryption_options'],
      }
      // The way from everywhere is the finding; that from inside goes with it.
      return
    }
  },
})
