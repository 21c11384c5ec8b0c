/**
 * Who can talk to whom after a loss. The network is given as it routes before the loss: static AllowedIPs choose the way, nothing fails over.
 * Talking needs both ways: the request's and the answer's. Without a network everyone reaches everyone.
 */
import type { ClusterShape } from './cluster-shape.ts'

/** How a host gets to another: not at all, over no tunnel, through one tunnel between the two; or the index of a chain (0 and up). */
export const route = { none: -1, underlay: -2, tunnel: -3 } as const

/** A way over other hosts. `tunnels` has one entry for each hop, one more than `via`: whether the hop is a tunnel or goes over the underlay. */
export interface Chain {
  /** Hosts in between, in order: the gateways that route on. */
  readonly via: readonly number[]
  readonly tunnels: readonly boolean[]
}

export interface Network {
  /** Names of hosts: the nodes of the cluster in their order, then hosts without Cassandra. Hosts are spoken of by index. */
  readonly hosts: readonly string[]
  /** `nodes × nodes`, row by row: how the node of the row sends to the node of the column; the diagonal is ignored. */
  readonly routes: Int32Array
  readonly chains: readonly Chain[]
  /** What was taken for granted: `db3 has no WireGuard files: taken as reachable`. */
  readonly assuming: readonly string[]
}

/** What is lost; hosts and nodes by index (a node is the host of the same index). */
export interface Loss {
  /** Lost hosts: nodes and gateways. They neither coordinate, answer nor route on. */
  readonly hosts: ReadonlySet<number>
  /** Lost tunnels by `tunnelKey`. */
  readonly tunnels: ReadonlySet<number>
}

export const nothingLost: Loss = { hosts: new Set(), tunnels: new Set() }

export type LossUnit =
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'rack'; readonly datacenter: string; readonly rack: string }
  | { readonly kind: 'datacenter'; readonly name: string }
  | { readonly kind: 'tunnel'; readonly between: readonly [string, string] }
  | { readonly kind: 'gateway'; readonly name: string }

/** A tunnel's number, the same for both directions. */
export function tunnelKey(hosts: number, a: number, b: number): number {
  return a < b ? a * hosts + b : b * hosts + a
}

export function tunnelEnds(hosts: number, key: number): readonly [number, number] {
  return [Math.floor(key / hosts), key % hosts]
}

/** `A/B`, the names in order of code unit. */
export function tunnelName(names: readonly string[], key: number): string {
  const [a, b] = tunnelEnds(names.length, key).map(host => names[host]!) as [string, string]
  return a < b ? `${a}/${b}` : `${b}/${a}`
}

export function hostNames(shape: ClusterShape, network: Network | undefined): readonly string[] {
  return network ? network.hosts : shape.nodes.map(node => node.name)
}

/** The loss that the units make together; the units that name nothing known are handed back. A lost tunnel must be one that some route uses. */
export function lossOf(
  shape: ClusterShape,
  network: Network | undefined,
  units: readonly LossUnit[],
): { readonly loss: Loss; readonly unknownUnits: readonly LossUnit[] } {
  const names = hostNames(shape, network)
  const hosts = new Set<number>()
  const tunnels = new Set<number>()
  const unknownUnits: LossUnit[] = []
  for (const unit of units) {
    const found = membersOf(unit, shape, names)
    if (unit.kind === 'tunnel') {
      const [a, b] = unit.between.map(name => names.indexOf(name)) as [number, number]
      const key = a >= 0 && b >= 0 && a !== b ? tunnelKey(names.length, a, b) : -1
      if (key >= 0 && network && usesTunnel(network, shape.nodes.length, key)) tunnels.add(key)
      else unknownUnits.push(unit)
    } else if (found.length === 0) unknownUnits.push(unit)
    else for (const host of found) hosts.add(host)
  }
  return { loss: { hosts, tunnels }, unknownUnits }
}

function membersOf(unit: LossUnit, shape: ClusterShape, names: readonly string[]): readonly number[] {
  const nodesWhere = (test: (node: { datacenter: string; rack: string }) => boolean) =>
    shape.nodes.flatMap((node, i) => (test(node) ? [i] : []))
  switch (unit.kind) {
    case 'node':
      return shape.nodes.flatMap((node, i) => (node.name === unit.name ? [i] : []))
    case 'gateway':
      return names.flatMap((name, i) => (name === unit.name ? [i] : []))
    case 'rack':
      return nodesWhere(node => node.datacenter === unit.datacenter && node.rack === unit.rack)
    case 'datacenter':
      return nodesWhere(node => node.datacenter === unit.name)
    case 'tunnel':
      return []
  }
}

function usesTunnel(network: Network, nodes: number, key: number): boolean {
  const [a, b] = tunnelEnds(network.hosts.length, key)
  if (a < nodes && b < nodes && (network.routes[a * nodes + b] === route.tunnel || network.routes[b * nodes + a] === route.tunnel))
    return true
  return tunnelsInChains(network, nodes).has(key)
}

/** Tunnels that chains use; those between two nodes that talk directly are not listed. */
function tunnelsInChains(network: Network, nodes: number): ReadonlySet<number> {
  const found = new Set<number>()
  const routes = network.routes
  for (let i = 0; i < routes.length; i++) {
    if (routes[i]! < 0) continue
    for (const key of tunnelsOfChain(network, network.chains[routes[i]!]!, Math.floor(i / nodes), i % nodes)) found.add(key)
  }
  return found
}

export function tunnelsOfChain(network: Network, chain: Chain, from: number, to: number): readonly number[] {
  const stops = [from, ...chain.via, to]
  return chain.tunnels.flatMap((isTunnel, hop) => (isTunnel ? [tunnelKey(network.hosts.length, stops[hop]!, stops[hop + 1]!)] : []))
}

/** Hosts that route on for others, ascending. */
export function gatewaysOf(network: Network): readonly number[] {
  return [...new Set(network.chains.flatMap(chain => chain.via))].sort((a, b) => a - b)
}

/** Every tunnel that some route uses, ascending by key. A full mesh of n nodes has n(n-1)/2. */
export function tunnelsOf(network: Network, nodes: number): readonly number[] {
  const found = new Set(tunnelsInChains(network, nodes))
  for (let a = 0; a < nodes; a++) {
    for (let b = a + 1; b < nodes; b++) {
      if (network.routes[a * nodes + b] === route.tunnel || network.routes[b * nodes + a] === route.tunnel)
        found.add(tunnelKey(network.hosts.length, a, b))
    }
  }
  return [...found].sort((a, b) => a - b)
}

/** Coordinators of one datacenter that see the same nodes. */
export interface CoordinatorGroup {
  readonly coordinators: readonly number[]
  /** 1 for each live node that they reach, themselves included. */
  readonly reaches: Uint8Array
}

/** Live coordinators of a datacenter, grouped by what they reach. No group: no live coordinator. */
export function coordinatorGroups(
  shape: ClusterShape,
  network: Network | undefined,
  loss: Loss,
  datacenter: number,
): readonly CoordinatorGroup[] {
  const live = shape.nodesOfDatacenter[datacenter]!.filter(node => !loss.hosts.has(node))
  if (live.length === 0) return []
  const size = shape.nodes.length
  if (!network) {
    const reaches = new Uint8Array(size).fill(1)
    for (const host of loss.hosts) if (host < size) reaches[host] = 0
    return [{ coordinators: live, reaches }]
  }
  const broken = brokenChains(network, loss)
  const before = talksBefore(network, size)
  // A lost tunnel between two nodes that talk over no third host is theirs alone; one of a chain may be anybody's.
  const asBefore = network.chains.length === 0 ? tunnelPartners(network, size, loss) : loss.tunnels.size === 0 && !broken.includes(1) ? new Map<number, readonly number[]>() : undefined // biome-ignore format: one choice
  const groups = new Map<number, { coordinators: number[]; reaches: Uint8Array }[]>()
  const groupOfClass = new Map<number, { coordinators: number[] }>()
  const row = new Uint8Array(size)
  for (const from of live) {
    const partners = asBefore?.get(from)
    const alike = asBefore && !partners ? before.classOf[from]! : -1
    const known = groupOfClass.get(alike)
    if (known) {
      known.coordinators.push(from)
      continue
    }
    if (asBefore) {
      row.set(before.talks.subarray(from * size, (from + 1) * size))
      for (const host of loss.hosts) if (host < size) row[host] = 0
      for (const partner of partners ?? []) row[partner] = 0
    } else {
      for (let to = 0; to < size; to++)
        row[to] = to === from || (!loss.hosts.has(to) && talks(network, size, loss, broken, from, to)) ? 1 : 0
    }
    let hash = 0
    for (let to = 0; to < size; to++) hash = (Math.imul(hash, 31) + (row[to] ? to + 1 : 0)) | 0
    const same = groups.get(hash) ?? []
    groups.set(hash, same)
    let group = same.find(each => each.reaches.every((yes, to) => yes === row[to]))
    if (group) group.coordinators.push(from)
    else {
      group = { coordinators: [from], reaches: row.slice() }
      same.push(group)
    }
    if (alike >= 0) groupOfClass.set(alike, group)
  }
  return [...groups.values()].flat()
}

/** Who talks to whom while nothing is lost. */
interface TalksBefore {
  /** `nodes × nodes`, 1 where the two talk; a node talks to itself. */
  readonly talks: Uint8Array
  /** The same number for nodes that talk to the same nodes. */
  readonly classOf: Int32Array
}

const talksOfNetwork = new WeakMap<Network, TalksBefore>()

function talksBefore(network: Network, size: number): TalksBefore {
  const known = talksOfNetwork.get(network)
  if (known) return known
  const { routes } = network
  const talks = new Uint8Array(size * size).fill(1)
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      if (from !== to && routes[from * size + to] === route.none) talks[from * size + to] = talks[to * size + from] = 0
    }
  }
  const classOf = new Int32Array(size)
  const byHash = new Map<number, number[]>()
  for (let node = 0; node < size; node++) {
    let hash = 0
    for (let i = node * size; i < (node + 1) * size; i++) hash = (Math.imul(hash, 31) + talks[i]!) | 0
    const candidates = byHash.get(hash) ?? []
    byHash.set(hash, candidates)
    const like = candidates.find(other => {
      for (let to = 0; to < size; to++) if (talks[node * size + to] !== talks[other * size + to]) return false
      return true
    })
    classOf[node] = like ?? node
    if (like === undefined) candidates.push(node)
  }
  const made = { talks, classOf }
  talksOfNetwork.set(network, made)
  return made
}

/** Of each node the others that it talked to through a tunnel that is lost, in a network without chains. */
function tunnelPartners(network: Network, size: number, loss: Loss): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const key of loss.tunnels) {
    const [a, b] = tunnelEnds(network.hosts.length, key)
    if (a >= size || b >= size) continue
    if (network.routes[a * size + b] !== route.tunnel && network.routes[b * size + a] !== route.tunnel) continue
    found.set(a, [...(found.get(a) ?? []), b])
    found.set(b, [...(found.get(b) ?? []), a])
  }
  return found
}

/** 1 for each chain that runs over a lost gateway, or over a lost tunnel between two gateways. Its ends' own tunnels differ from pair to pair. */
function brokenChains(network: Network, loss: Loss): Uint8Array {
  const broken = new Uint8Array(network.chains.length)
  if (loss.hosts.size === 0 && loss.tunnels.size === 0) return broken
  network.chains.forEach((chain, index) => {
    if (chain.via.some(host => loss.hosts.has(host))) broken[index] = 1
    for (let hop = 1; hop < chain.via.length; hop++) {
      if (chain.tunnels[hop] && loss.tunnels.has(tunnelKey(network.hosts.length, chain.via[hop - 1]!, chain.via[hop]!))) broken[index] = 1
    }
  })
  return broken
}

function talks(network: Network, size: number, loss: Loss, broken: Uint8Array, from: number, to: number): boolean {
  return (
    passes(network, network.routes[from * size + to]!, loss, broken, from, to) &&
    passes(network, network.routes[to * size + from]!, loss, broken, to, from)
  )
}

function passes(network: Network, way: number, loss: Loss, broken: Uint8Array, from: number, to: number): boolean {
  if (way === route.none) return false
  if (way === route.underlay) return true
  const hosts = network.hosts.length
  if (way === route.tunnel) return loss.tunnels.size === 0 || !loss.tunnels.has(tunnelKey(hosts, from, to))
  if (broken[way]) return false
  if (loss.tunnels.size === 0) return true
  const chain = network.chains[way]!
  const first = chain.via[0]!
  const last = chain.via[chain.via.length - 1]!
  if (chain.tunnels[0] && loss.tunnels.has(tunnelKey(hosts, from, first))) return false
  return !(chain.tunnels[chain.tunnels.length - 1] && loss.tunnels.has(tunnelKey(hosts, last, to)))
}

/** Whether two live nodes talk after the loss. */
export function nodesTalk(shape: ClusterShape, network: Network | undefined, loss: Loss, a: number, b: number): boolean {
  if (loss.hosts.has(a) || loss.hosts.has(b)) return false
  return a === b || !network || talks(network, shape.nodes.length, loss, brokenChains(network, loss), a, b)
}

/** A network in which every pair of nodes has a tunnel of its own. */
export function fullMesh(shape: ClusterShape): Network {
  return {
    hosts: shape.nodes.map(node => node.name),
    routes: new Int32Array(shape.nodes.length ** 2).fill(route.tunnel),
    chains: [],
    assuming: [],
  }
}
