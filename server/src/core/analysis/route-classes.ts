/** Nodes that a network treats alike: exchanging two of a class changes no way between any nodes, so what holds for one replica set holds for its like. */
import type { ClusterShape } from './cluster-shape.ts'
import { gatewaysOf, type Network, route, tunnelsOf } from './reachability.ts'

export interface RouteClasses {
  readonly network: Network
  /** Class of each node; nodes of a class share their datacenter (and rack, where asked), and none routes on for others. */
  readonly classOf: Int32Array
  /** Members of each class, token owners first, each ascending. */
  readonly members: readonly (readonly number[])[]
  readonly gateways: readonly number[]
  /** Number of different tunnels. */
  readonly tunnels: number
  /** Whether every pair of nodes has a tunnel of its own. */
  readonly mesh: boolean
  /** By datacenter: whether its nodes and all others talk directly, over no third host. */
  readonly direct: readonly boolean[]
}

const known = {
  byRack: new WeakMap<Network, WeakMap<ClusterShape, RouteClasses>>(),
  byDatacenter: new WeakMap<Network, WeakMap<ClusterShape, RouteClasses>>(),
} as const

/** `byRack` keeps racks apart, for whoever loses racks. */
export function routeClasses(shape: ClusterShape, network: Network, byRack = false): RouteClasses {
  const memo = known[byRack ? 'byRack' : 'byDatacenter']
  const ofNetwork = memo.get(network) ?? new WeakMap<ClusterShape, RouteClasses>()
  memo.set(network, ofNetwork)
  const before = ofNetwork.get(shape)
  if (before) return before
  const made = classesOf(shape, withOneNumberPerChain(network), byRack)
  ofNetwork.set(shape, made)
  return made
}

/** Chains of the same hosts and tunnels get the same number. */
function withOneNumberPerChain(network: Network): Network {
  const first = new Map<string, number>()
  const renumbered = network.chains.map((chain, index) => {
    const key = `${chain.via.join()} ${chain.tunnels.join()}`
    const number = first.get(key) ?? index
    first.set(key, number)
    return number
  })
  return { ...network, routes: network.routes.map(way => (way >= 0 ? renumbered[way]! : way)) }
}

function classesOf(shape: ClusterShape, network: Network, byRack: boolean): RouteClasses {
  const size = shape.nodes.length
  const { routes } = network
  const gateways = gatewaysOf(network)
  const routesOn = new Set(gateways)
  const classOf = new Int32Array(size)
  const members: number[][] = []
  const representatives = new Map<string, number[]>()
  const alike = (a: number, b: number) => {
    if (routes[a * size + b] !== routes[b * size + a]) return false
    for (let z = 0; z < size; z++) {
      if (z === a || z === b) continue
      if (routes[a * size + z] !== routes[b * size + z] || routes[z * size + a] !== routes[z * size + b]) return false
    }
    return true
  }
  for (let node = 0; node < size; node++) {
    const { datacenter, rack } = shape.nodes[node]!
    const key = JSON.stringify(byRack ? [datacenter, rack] : [datacenter])
    const candidates = representatives.get(key) ?? []
    representatives.set(key, candidates)
    const like = routesOn.has(node) ? undefined : candidates.find(other => alike(other, node))
    if (like !== undefined) {
      classOf[node] = classOf[like]!
      members[classOf[like]!]!.push(node)
    } else {
      classOf[node] = members.length
      members.push([node])
      if (!routesOn.has(node)) candidates.push(node)
    }
  }
  const owner = new Set(shape.ownersOfDatacenter.flat())
  for (const each of members) each.sort((a, b) => Number(owner.has(b)) - Number(owner.has(a)) || a - b)
  const direct = shape.nodesOfDatacenter.map(nodes =>
    nodes.every(a => {
      for (let b = 0; b < size; b++) {
        if (a === b) continue
        const [there, back] = [routes[a * size + b]!, routes[b * size + a]!]
        if ((there !== route.underlay && there !== route.tunnel) || (back !== route.underlay && back !== route.tunnel)) return false
      }
      return true
    }),
  )
  return { network, classOf, members, gateways, tunnels: countTunnels(network, size), mesh: isMesh(network, size), direct }
}

function countTunnels(network: Network, nodes: number): number {
  let direct = 0
  let chained = false
  for (let a = 0; a < nodes; a++) {
    for (let b = a + 1; b < nodes; b++) {
      const [there, back] = [network.routes[a * nodes + b]!, network.routes[b * nodes + a]!]
      if (there === route.tunnel || back === route.tunnel) direct++
      if (there >= 0 || back >= 0) chained = true
    }
  }
  return chained ? tunnelsOf(network, nodes).length : direct
}

function isMesh(network: Network, nodes: number): boolean {
  return network.routes.every((way, i) => way === route.tunnel || Math.floor(i / nodes) === i % nodes)
}
