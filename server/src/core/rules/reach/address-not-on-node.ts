/** A node told to listen on a tunnel address that is not its own. */
import { readAddress, showAddress } from '../../analysis/ip-network.ts'
import { endsOfNode, inTunnelNetwork, sameAddress } from '../../model/mesh-facts.ts'
import { exampleCluster } from '../example-cluster.ts'
import { exampleEnd } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const files = `#- dc1/db1/wg0.conf\n${exampleEnd(1, 2)}#- dc1/db2/wg0.conf\n${exampleEnd(2, 2)}`

export default rule({
  id: 'reach/address-not-on-node',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'listen address that is not on the node',
  why: 'A process can bind only addresses of its own host. An address of the tunnel network that this node’s WireGuard file does not carry is another host’s or nobody’s: Cassandra stops at the bind.',
  remedy: 'Write the node’s own Address, or give the interface that address.',
  sources: ['POSIX: bind, EADDRNOTAVAIL', 'Cassandra: InboundSockets'],
  bad: exampleCluster(
    '1x2',
    { 'dc1/db1': { rpc_address: '10.20.1.12\n#            ^^^^^^^^^^ 💡 error[reach/address-not-on-node]: db2' } },
    files,
  ),
  good: exampleCluster('1x2', {}, files),
  *check(cluster) {
    const { mesh } = cluster
    if (!mesh) return
    for (const node of cluster.nodes) {
      const ends = endsOfNode(mesh, node)
      if (
        ends.length === 0 ||
        node.addressesRewritten ||
        ends.some(
          end =>
            end.file.interface.addressesUnknown ||
            end.file.interface.hooks.some(({ wholeCommand }) => /\.sh\b|\bsource\b/.test(wholeCommand)),
        )
      )
        continue
      for (const [setting, fact] of [
        ['listen_address', node.addresses.listen],
        ['rpc_address', node.addresses.rpc],
      ] as const) {
        const address = fact.kind === 'known' ? readAddress(fact.value) : undefined
        if (!address || fact.kind !== 'known' || address.bits === 0n || !inTunnelNetwork(mesh, address)) continue
        if (ends.some(end => end.addresses.some(own => sameAddress(own.address, address)))) continue
        const owner = mesh.ends.find(end => end.addresses.some(own => sameAddress(own.address, address)))
        const own = ends[0]!.addresses.find(each => each.address.family === address.family)
        const { span } = fact
        yield {
          at: span ?? node.span,
          message: `${node.name} cannot bind ${showAddress(address)}: it belongs to ${owner ? owner.host.name : 'nobody in the mesh'}, and ${ends[0]!.file.file.path} does not carry it.${own ? ` Write ${showAddress(own.address)}.` : ''}`,
          see: ends[0]!.addresses.slice(0, 3).map(each => ({ at: each.span, message: `an address of ${node.name}` })),
          about: [nodeKey(node), `setting:${setting}`],
          fixes: () =>
            own && span
              ? [{ title: `Write ${showAddress(own.address)}`, safe: false, edits: [replace(span, showAddress(own.address))] }]
              : [],
        }
      }
    }
  },
})
