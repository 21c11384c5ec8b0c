/** A node in the mesh that is dialled outside it. */
import { kindOfAddress, readAddress, showAddress } from '../../analysis/ip-network.ts'
import { covers, endsOfNode, hostOfEndpoint, inTunnelNetwork } from '../../model/mesh-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { exampleEnd } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const tunnelled = (n: number) => ({ listen_address: `10.20.1.1${n}`, rpc_address: `10.20.1.1${n}`, seeds: '"10.20.1.11,10.20.1.12"' })
const files = `#- dc1/db1/wg0.conf\n${exampleEnd(1, 2)}#- dc2/db2/wg0.conf\n${exampleEnd(2, 2)}`

export default rule({
  id: 'reach/bypasses-tunnel',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'node of a mesh that is dialled at its public address',
  why: 'The other nodes send to the broadcast address. When that is a public address or the very endpoint of the tunnel, traffic between datacenters runs beside the tunnel: unencrypted unless Cassandra’s own encryption is on, and stopped by the first firewall that expects only the tunnel.',
  remedy: 'Set broadcast_address to the node’s address in the mesh.',
  sources: [
    'Cassandra: cassandra.yaml, broadcast_address',
    'Measured with three nodes: an address outside AllowedIPs leaves by the default route',
  ],
  bad: exampleCluster(
    '2x1',
    {
      'dc1/db1': tunnelled(1),
      'dc2/db2': {
        ...tunnelled(2),
        broadcast_address: '192.0.2.2\n#                  ^^^^^^^^^ 💡 warning[reach/bypasses-tunnel]: 192.0.2.2',
      },
    },
    files,
  ),
  good: exampleCluster('2x1', { 'dc1/db1': tunnelled(1), 'dc2/db2': tunnelled(2) }, files),
  *check(cluster) {
    const { mesh } = cluster
    if (!mesh) return
    const placed = cluster.nodes
      .map(node => ({ node, ends: endsOfNode(mesh, node), datacenter: knownValue(node.location.datacenter) }))
      .filter(({ ends }) => ends.length > 0)
    const endpoints = new Map(
      mesh.ends.flatMap(end => end.peers.flatMap(peer => (peer.to ? [[hostOfEndpoint(peer), peer.to] as const] : []))),
    )
    for (const { node, ends, datacenter } of placed) {
      const fact = node.addresses.effectiveBroadcast
      const address = fact.kind === 'known' ? readAddress(fact.value) : undefined
      if (!address || fact.kind !== 'known' || datacenter === undefined || node.addressesRewritten || inTunnelNetwork(mesh, address))
        continue
      if (!placed.some(other => other.datacenter !== undefined && other.datacenter !== datacenter)) continue
      const isEndpoint = endpoints.get(showAddress(address))?.node === node
      if (!isEndpoint && kindOfAddress(address) !== 'public') continue
      if (placed.some(other => other.node !== node && covers(other.ends, address))) continue
      const own = ends[0]!.addresses.find(each => each.address.family === address.family)
      const { span } = fact
      yield {
        at: span ?? node.span,
        message: `Traffic to ${node.name} goes to ${showAddress(address)}, beside the tunnel: that is ${isEndpoint ? 'the endpoint of its tunnel' : 'a public address'}, not its address in the mesh.${own ? ` Set broadcast_address to ${showAddress(own.address)}.` : ''}`,
        see: own ? [{ at: own.span, message: `${node.name}’s address in the mesh` }] : [],
        about: [nodeKey(node), 'setting:broadcast_address'],
        fixes: () =>
          own && span
            ? [{ title: `Write ${showAddress(own.address)}`, safe: false, edits: [replace(span, showAddress(own.address))] }]
            : [],
      }
    }
  },
})
