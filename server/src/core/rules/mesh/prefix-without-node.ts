/** Prefixes that open the mesh to more than Cassandra. */
import { holds, prefixKey, readAddress, showPrefix, widthOf } from '../../analysis/ip-network.ts'
import { addressKeysOf, nameOfEnd, uncoveredAddresses } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/prefix-without-node',
  scope: 'mesh',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'WireGuard prefix in which no node lives',
  why: 'What AllowedIPs list is routed into the tunnel and accepted from the peer. A prefix without a node of this mesh opens it to other machines, or is left over from one that is gone.',
  remedy: 'Take the prefix away, or declare what lives there.',
  sources: ['digitalis.io: Meshing with Cassandra, advertise only the Cassandra subnets'],
  bad: exampleMesh(
    3,
    {
      1: {
        peers: {
          2: {
            AllowedIPs:
              '10.20.1.12/32, 10.99.0.0/24\n#                           ^^^^^^^^^^^^ info[mesh/prefix-without-node]: 10.99.0.0/24',
          },
        },
      },
    },
    true,
  ),
  good: exampleMesh(3, {}, true),
  *check(mesh) {
    const nodes = mesh.ends.filter(end => end.node)
    if (
      nodes.length < 2 ||
      nodes.some(
        end =>
          end.file.linesMayBeElsewhere ||
          end.file.interface.addressesUnknown ||
          end.peers.some(peer => !peer.to || peer.peer.allowedIpsUnknown),
      )
    )
      return
    const cassandra = nodes.flatMap(({ node }) => node!.knownAs.flatMap(text => readAddress(text) ?? []))
    const addresses = [...mesh.ends.flatMap(end => end.addresses.map(({ address }) => address)), ...cassandra]
    const keys = addressKeysOf(mesh)
    for (const end of nodes)
      for (const peer of end.peers) {
        // A block with the wrong address is another rule's matter.
        if (uncoveredAddresses(peer).length > 0) continue
        for (const { prefix, written } of peer.prefixes) {
          if (prefix.length === widthOf(prefix.family) && keys.has(prefixKey(prefix))) continue
          if (addresses.some(address => holds(prefix, address))) continue
          yield {
            at: written.span,
            message: `${showPrefix(prefix)} opens ${nameOfEnd(end)} to more than Cassandra: no node and no tunnel address of this mesh lies in it. Take it away if nothing needs it.`,
            about: [`prefix:${showPrefix(prefix)}`, `node:${end.host.name}`],
          }
        }
      }
  },
})
