/**
 * Who can send to whom over the WireGuard mesh, as the analysis takes it. Routing is static: AllowedIPs choose the peer before a loss and never again.
 * An address in no tunnel network goes over the underlay; a node without WireGuard files stands behind the one gateway that announces its address,
 * or counts as reachable.
 */
import { holds, type IpAddress, readAddress, widthOf } from '../analysis/ip-network.ts'
import { type Chain, type Network, route } from '../analysis/reachability.ts'
import { knownValue } from '../text/fact.ts'
import type { Cluster } from './cluster.ts'
import type { Mesh, MeshHost } from './mesh.ts'
import { isOwnAddress, nextHop, takesSource, tunnelComesUp } from './mesh-routes.ts'
import type { Node } from './node.ts'

/** More hops than any real mesh has. */
const manyHops = 8

/** Undefined without WireGuard files: everyone reaches everyone. */
export function networkOf(cluster: Cluster, nodes: readonly Node[]): Network | undefined {
  const { mesh } = cluster
  if (!mesh || mesh.hosts.length < 2) return undefined
  const others = mesh.hosts.filter(host => !host.node || !nodes.includes(host.node))
  const hosts: readonly (MeshHost | undefined)[] = [...nodes.map(node => mesh.hosts.find(host => host.node === node)), ...others]
  const names = [...nodes.map(node => node.name as string), ...others.map(host => host.name)]
  const index = new Map<MeshHost, number>()
  for (const [i, host] of hosts.entries()) if (host) index.set(host, i)
  const assuming = new Set<string>()
  const addresses = nodes.map(dialled)
  const gateways = nodes.map((_, i) => (hosts[i] ? undefined : gatewayOf(mesh, addresses[i], names[i]!, assuming)))
  const routes = new Int32Array(nodes.length ** 2).fill(route.underlay)
  const chains: Chain[] = []
  const chainIndex = new Map<string, number>()
  for (let from = 0; from < nodes.length; from++) {
    for (let to = 0; to < nodes.length; to++) {
      if (from === to) continue
      const way = wayOf(hosts[from] ?? gateways[from], hosts[from] === undefined, hosts[to], addresses[from], addresses[to], assuming)
      if (typeof way === 'number') {
        routes[from * nodes.length + to] = way
        continue
      }
      const via = way.via.map(host => index.get(host)!)
      const key = `${via.join()} ${way.tunnels.join()}`
      if (!chainIndex.has(key)) {
        chainIndex.set(key, chains.length)
        chains.push({ via, tunnels: way.tunnels })
      }
      routes[from * nodes.length + to] = chainIndex.get(key)!
    }
  }
  return { hosts: names, routes, chains, assuming: [...assuming] }
}

/** What other nodes dial. */
function dialled(node: Node): IpAddress | undefined {
  const text = knownValue(node.addresses.effectiveBroadcast) ?? knownValue(node.addresses.listen)
  return text === undefined ? undefined : readAddress(text)
}

interface Way {
  readonly via: readonly MeshHost[]
  readonly tunnels: readonly boolean[]
}

function wayOf(
  start: MeshHost | undefined,
  behindStart: boolean,
  target: MeshHost | undefined,
  source: IpAddress | undefined,
  address: IpAddress | undefined,
  assuming: Set<string>,
): number | Way {
  if (!start || !address) return route.underlay
  const via: MeshHost[] = behindStart ? [start] : []
  const tunnels: boolean[] = behindStart ? [false] : []
  let at = start
  for (let hops = 0; hops < manyHops; hops++) {
    if (at === target || isOwnAddress(at, address))
      return tunnels.length === 1 && tunnels[0] ? route.tunnel : { via: via.slice(0, -1), tunnels }
    const hop = nextHop(at, address)
    if (hop === 'dropped') return route.none
    if (hop === 'underlay') return at === start ? route.underlay : { via, tunnels: [...tunnels, false] }
    if (!hop.to) {
      assuming.add(`a peer of ${at.name} belongs to no file here: taken as carrying what its AllowedIPs say`)
      return route.underlay
    }
    if (!tunnelComesUp(hop) || (source && !takesSource(hop, source))) return route.none
    at = hop.to.host
    if (via.includes(at)) return route.none
    via.push(at)
    tunnels.push(true)
  }
  return route.none
}

/** The one host whose peers send it packets for a network that holds the address; undefined, and said, when none or several do. */
function gatewayOf(mesh: Mesh, address: IpAddress | undefined, name: string, assuming: Set<string>): MeshHost | undefined {
  const found = new Set<MeshHost>()
  if (address)
    for (const end of mesh.ends)
      for (const { to, prefixes } of end.peers)
        if (
          to &&
          prefixes.some(
            ({ prefix }) =>
              prefix.length > 0 && prefix.length < widthOf(prefix.family) && holds(prefix, address) && !isTunnelNetwork(mesh, prefix),
          )
        )
          found.add(to.host)
  if (found.size === 1) return [...found][0]
  assuming.add(`${name} has no WireGuard files${found.size > 1 ? ' and several gateways carry its address' : ''}: taken as reachable`)
  return undefined
}

function isTunnelNetwork(mesh: Mesh, prefix: { readonly family: 4 | 6; readonly bits: bigint; readonly length: number }): boolean {
  return mesh.tunnelNetworks.some(
    network => network.family === prefix.family && network.bits === prefix.bits && network.length === prefix.length,
  )
}
