/** Questions about ends and pairs of a mesh that several rules and features ask. */
import { holds, type IpAddress, type IpPrefix, prefixKey, prefixOf, showAddress, widthOf } from '../analysis/ip-network.ts'
import type { OuterFamily } from '../analysis/tunnel-mtu.ts'
import { knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Mesh, MeshEnd, MeshPeer, OwnAddress } from './mesh.ts'
import { isShared } from './mesh-ends.ts'
import { peerFor } from './mesh-routes.ts'

/** How a message calls an end: the host, and the interface where the host has several. */
export function nameOfEnd(end: MeshEnd): string {
  return end.host.ends.length > 1 ? `${end.host.name} (${end.interfaceName})` : end.host.name
}

/** `db1/db2`, names in order. */
export function pairName(a: MeshEnd, b: MeshEnd): string {
  return [a.host.name, b.host.name].sort().join('/')
}

/** Every peer's key of the file can be read: "nobody here has this key" is true or false. */
export function knowsAllItsPeers(end: MeshEnd): boolean {
  return !end.file.template && !end.file.linesMayBeElsewhere && end.file.peers.every(peer => peer.publicKey.kind === 'known')
}

/** Addresses of the other end that this block should carry and does not: those in a network that both ends share. */
export function uncoveredAddresses(peer: MeshPeer): readonly OwnAddress[] {
  const { to, end } = peer
  if (!to || peer.peer.allowedIpsUnknown || end.file.linesMayBeElsewhere) return []
  return to.addresses.filter(
    own =>
      own.written !== undefined &&
      !isLinkLocal(own.address) &&
      end.addresses.some(mine => isShared(mine.network) && holds(mine.network, own.address)) &&
      !end.addresses.some(mine => sameAddress(mine.address, own.address)) &&
      !peer.prefixes.some(({ prefix }) => holds(prefix, own.address)),
  )
}

export function isLinkLocal(address: IpAddress): boolean {
  return address.family === 6 ? address.bits >> 118n === 0x3fan : address.bits >> 16n === 0xa9fen
}

export function sameAddress(a: IpAddress, b: IpAddress): boolean {
  return a.family === b.family && a.bits === b.bits
}

/** A single address as a prefix. */
export function hostPrefix(address: IpAddress): IpPrefix {
  return prefixOf(address, widthOf(address.family))
}

/** Whether the host has the address itself, or some peer of it carries it. */
export function covers(ends: readonly MeshEnd[], address: IpAddress): boolean {
  return ends.some(end => end.addresses.some(own => sameAddress(own.address, address)) || peerFor(end, address) !== undefined)
}

/** Some AllowedIPs of the host cannot be read: "nobody carries it" is unknown. */
export function hasOpenPrefixes(ends: readonly MeshEnd[]): boolean {
  return ends.some(end => end.file.linesMayBeElsewhere || end.file.peers.some(peer => peer.allowedIpsUnknown))
}

export function inTunnelNetwork(mesh: Mesh, address: IpAddress): boolean {
  return mesh.tunnelNetworks.some(network => holds(network, address))
}

/** Ends of a Cassandra node in a mesh. */
export function endsOfNode(mesh: Mesh | undefined, node: unknown): readonly MeshEnd[] {
  return mesh?.ends.filter(end => end.node === node) ?? []
}

/** The family of a tunnel's outer packets, as far as an endpoint tells; a name or none counts as IPv4. */
export function outerFamilyOf(peer: MeshPeer): OuterFamily {
  return (peer.endpoint?.address ?? peer.back?.endpoint?.address)?.family ?? 4
}

/** How often each host is dialled for each end's key: `address or name` → the blocks. */
export const diallersOf: (mesh: Mesh) => ReadonlyMap<MeshEnd, ReadonlyMap<string, readonly MeshPeer[]>> = memo(mesh => {
  const found = new Map<MeshEnd, Map<string, MeshPeer[]>>()
  for (const end of mesh.ends)
    for (const peer of end.peers) {
      if (!peer.to || !peer.endpoint) continue
      const host = hostOfEndpoint(peer)!
      const hosts = found.get(peer.to) ?? new Map<string, MeshPeer[]>()
      found.set(peer.to, hosts)
      const there = hosts.get(host)
      if (there) there.push(peer)
      else hosts.set(host, [peer])
    }
  return found
})

export function hostOfEndpoint(peer: MeshPeer): string | undefined {
  const { endpoint } = peer
  return endpoint && (endpoint.address ? showAddress(endpoint.address) : endpoint.host.toLowerCase())
}

/** Where an end can be dialled, by the word of most of its peers, with its own ListenPort. */
export function likelyEndpointOf(mesh: Mesh, end: MeshEnd): string | undefined {
  const hosts = [...(diallersOf(mesh).get(end) ?? [])].sort((a, b) => b[1].length - a[1].length)
  const host = hosts[0]?.[0] ?? end.node?.declared.address?.value
  const port = knownValue(end.file.interface.listenPort)
  if (host === undefined || !port) return undefined
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The block that another file needs for this end; undefined while its public key is not known. */
export function peerBlockFor(mesh: Mesh, end: MeshEnd): readonly string[] | undefined {
  const key = end.publicKey ?? keyByOthers(mesh, end)
  if (key === undefined) return undefined
  const addresses = end.addresses
    .filter(own => own.written && !isLinkLocal(own.address))
    .map(({ address }) => `${showAddress(address)}/${widthOf(address.family)}`)
  const endpoint = likelyEndpointOf(mesh, end)
  return [
    '',
    `# ${end.host.name}`,
    '[Peer]',
    `PublicKey = ${key}`,
    ...(addresses.length > 0 ? [`AllowedIPs = ${addresses.join(', ')}`] : []),
    ...(endpoint === undefined ? [] : [`Endpoint = ${endpoint}`]),
    'PersistentKeepalive = 25',
  ]
}

function keyByOthers(mesh: Mesh, end: MeshEnd): string | undefined {
  const keys = new Set(
    mesh.ends.flatMap(other => other.peers.filter(peer => peer.to === end).flatMap(peer => knownValue(peer.peer.publicKey) ?? [])),
  )
  return keys.size === 1 ? [...keys][0] : undefined
}

/** Every address that some file of the mesh gives a host, as keys of single addresses. */
export const addressKeysOf: (mesh: Mesh) => ReadonlySet<string | number> = memo(
  mesh => new Set(mesh.ends.flatMap(end => end.addresses.map(({ address }) => prefixKey(hostPrefix(address))))),
)

/** Whether keys tell that the blocks are for each other's ends; else addresses make it likely. */
export function isCertain(...peers: readonly (MeshPeer | undefined)[]): boolean {
  return peers.every(peer => peer === undefined || peer.by === 'key')
}
