/** Endpoints that are this host itself, nobody, or inside the tunnel that they should carry. */
import { holds, kindOfAddress, showAddress, showPrefix } from '../../analysis/ip-network.ts'
import type { MeshPeer } from '../../model/mesh.ts'
import { isShared } from '../../model/mesh-ends.ts'
import { nameOfEnd, sameAddress } from '../../model/mesh-facts.ts'
import { peerFor, routesAllowedIps } from '../../model/mesh-routes.ts'
import { exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/unusable-endpoint',
  scope: 'mesh',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard endpoint that cannot be reached',
  why: 'wg takes any address as an endpoint. Packets to an unspecified, loopback, multicast or own address reach no peer, and wg-quick then works out an MTU of 65456; an endpoint inside the tunnel’s own networks sends the encrypted packets into the tunnel again.',
  remedy: 'Write the address of the peer outside the tunnel.',
  sources: [
    'Measured with wireguard-tools 1.0.20210914: 0.0.0.0, 127.0.0.1, 224.0.0.1, own address and an address inside AllowedIPs as endpoints',
  ],
  bad: exampleMesh(2, {
    1: { peers: { 2: { Endpoint: '10.20.1.12:51820\n#          ^^^^^^^^^^ error[mesh/unusable-endpoint]: tunnel' } } },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const end of mesh.ends)
      for (const peer of end.peers) {
        const what = whatIsWrong(peer)
        if (what === undefined) continue
        yield {
          at: peer.endpoint!.hostSpan,
          message: `${showAddress(peer.endpoint!.address!)} ${what}. Write the address of ${peer.to ? nameOfEnd(peer.to) : 'the peer'} outside the tunnel.`,
          about: peer.to ? [`pair:${[end.host.name, peer.to.host.name].sort().join('/')}`] : [`node:${end.host.name}`],
        }
      }
  },
})

const forwarder = /udp2raw|phantun|wstunnel|socat|udptunnel|obfs|shadowsocks|ssh\b|stunnel|proxy/i

function whatIsWrong({ end, endpoint, to }: MeshPeer): string | undefined {
  const address = endpoint?.address
  if (!address) return undefined
  const kind = kindOfAddress(address)
  if (kind === 'unspecified' || kind === 'multicast' || kind === 'broadcast')
    return `is ${kind === 'unspecified' ? 'no address that can be called' : `a ${kind} address`}`
  if (kind === 'loopback') {
    // A program on this host may pass packets on; between two known hosts nothing hints at that.
    if (!to || forwarder.test(end.file.file.text)) return undefined
    return `is this host itself${end.file.interface.mtu.kind === 'absent' ? ', and the automatic MTU becomes 65456' : ''}`
  }
  if (
    end.addresses.some(own => sameAddress(own.address, address)) ||
    (to !== undefined && to !== end && end.underlayAddresses.has(showAddress(address)) && !to.underlayAddresses.has(showAddress(address)))
  )
    return `is this host itself${end.file.interface.mtu.kind === 'absent' ? ', and the automatic MTU becomes 65456' : ''}`
  const own = end.addresses.find(({ network }) => isShared(network) && holds(network, address))
  if (own) return `lies inside the tunnel network ${showPrefix(own.network)}: the encrypted packets would go into the tunnel again`
  const carrier = routesAllowedIps(end) ? peerFor(end, address) : undefined
  const inside = carrier?.prefixes.find(({ prefix }) => prefix.length > 1 && holds(prefix, address))
  return inside && `lies inside AllowedIPs ${showPrefix(inside.prefix)}: the encrypted packets would go into the tunnel again`
}
