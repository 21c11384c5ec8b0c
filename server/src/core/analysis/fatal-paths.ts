/**
 * Smallest fatal sets where paths matter: tunnels, gateways, and hosts that route on for others. A range is unserved when every live coordinator of
 * the client's datacenter is short. Sets are searched coordinator by coordinator (whoever can still serve must lose something), once for each kind of
 * replica set that the network tells apart; the sets of all alike ones follow by exchanging nodes of a class.
 */
import { byCodeUnit, type ClusterShape, type PlacedReplication } from './cluster-shape.ts'
import { countLimit, shownSets } from './co-occurrence.ts'
import { drawnRings } from './drawn-rings.ts'
import type { ClusterView } from './failure-simulation.ts'
import { refine } from './range-states.ts'
import { route, tunnelEnds, tunnelKey, tunnelName, tunnelsOfChain } from './reachability.ts'
import { type PlacementPart, placementParts } from './replica-placement.ts'
import { answerTo, type CoordinatorView, neededOf } from './request-answer.ts'
import type { Check, ReplicaCheck } from './request-checks.ts'
import { type RouteClasses, routeClasses } from './route-classes.ts'
import type { FatalSets, UnitKind } from './smallest-fatal-set.ts'
import type { TokenRing } from './token-ring.ts'

export interface PathContext {
  readonly classes: RouteClasses | undefined
  readonly tunnels: number
  readonly gateways: readonly number[]
}

/** Sets of more units than this are not searched for: what then is said is a sum over coordinators, or a bound. */
const deepest = 6
const mostSteps = 30_000

export function pathContext(cluster: ClusterView): PathContext {
  if (!cluster.network) return { classes: undefined, tunnels: 0, gateways: [] }
  const classes = routeClasses(cluster.shape, cluster.network)
  return { classes, tunnels: classes.tunnels, gateways: classes.gateways }
}

/** Whether losing units of this kind can cut paths, or some pair does not talk as it is. */
export function needsPaths(paths: PathContext, kind: UnitKind): boolean {
  if (!paths.classes) return false
  if (kind === 'tunnels') return paths.tunnels > 0 || !allDirect(paths)
  if (kind === 'gateways') return paths.gateways.length > 0 || !allDirect(paths)
  return !allDirect(paths)
}

function allDirect(paths: PathContext): boolean {
  return paths.classes!.direct.every(Boolean)
}

interface Member {
  readonly node: number
  readonly full: boolean
}

/** Replica sets that are alike: members by class. */
interface Pattern {
  readonly members: readonly Member[]
  /** Ring positions with such a set; all when missing. */
  readonly positions?: readonly number[]
}

interface Coordinator {
  readonly node: number
  /** Stands for so many of its class that losing each of them, or its own tunnels, is never the smallest way. */
  readonly many: boolean
}

export function fatalPaths(
  cluster: ClusterView,
  paths: PathContext,
  replication: PlacedReplication,
  client: string,
  checks: readonly Check[],
  kind: UnitKind,
): FatalSets {
  const { shape } = cluster
  const classes = paths.classes!
  const ring = cluster.ring ?? drawnRings(shape, cluster.allocation, 1)[0]!
  const replicaChecks = checks.filter(check => check.kind === 'replicas')
  const parts = placementParts(ring, replication)
  if (kind === 'tunnels' && classes.mesh && shape.nodesOfDatacenter[shape.datacenters.indexOf(client)]!.length > 2 * deepest) {
    return manyTunnels(shape, classes, patternsOf(ring, parts, shape.datacenterOf, shape.datacenters.length), client, replicaChecks)
  }
  const patterns = patternsOf(ring, parts, classes.classOf, classes.members.length)
  const search = (pattern: Pattern, limit: number) => searchPattern(shape, classes, pattern, client, replicaChecks, kind, limit)
  let best = Number.POSITIVE_INFINITY
  let sure = true
  const found: { readonly pattern: Pattern; readonly sets: readonly (readonly number[])[] }[] = []
  for (const pattern of patterns) {
    const result = search(pattern, Math.min(best, deepest))
    if (result.sets.length > 0 && result.size <= best) {
      if (result.size < best) found.length = 0
      best = result.size
      found.push({ pattern, sets: result.sets })
    } else if (result.stopped) {
      sure = false
      best = Math.min(best, Math.max(result.size, 1))
    }
  }
  if (best === 0) return { size: 0, count: 1, sets: [[]], basis: 'exact' }
  if (best <= deepest && found.length > 0 && sure) return listed(cluster, classes, ring, parts, found, best, kind)
  if (best <= deepest && !sure) return { size: best, count: null, sets: [], basis: 'bounds' }
  return kind === 'tunnels'
    ? manyTunnels(shape, classes, patterns, client, replicaChecks)
    : { size: null, count: 0, sets: [], basis: 'exact' }
}

/** Replica sets told apart by the classes of their members only. */
function patternsOf(ring: TokenRing, parts: readonly PlacementPart[], classOf: Int32Array, classes: number): readonly Pattern[] {
  const { shape } = ring
  const oneClass = shape.ownersOfDatacenter.every(owners => owners.every(node => classOf[node] === classOf[owners[0]!]))
  if (oneClass && parts.every(part => part.datacenter !== undefined) && ring.owners.length > 0) {
    return [{ members: membersAt(parts, 0) }]
  }
  let codes: Int32Array = new Int32Array(ring.owners.length)
  let count = 1
  for (const part of parts) {
    for (let c = 0; c < part.copies; c++) {
      const values = new Int32Array(ring.owners.length)
      for (let i = 0; i < values.length; i++) values[i] = classOf[part.members[part.indexOf[i]! * part.copies + c]!]!
      const next = refine(codes, count, values, classes)
      codes = next.codes
      count = next.count
    }
  }
  const positions: number[][] = Array.from({ length: count }, () => [])
  for (let i = 0; i < codes.length; i++) positions[codes[i]!]!.push(i)
  const alike = new Map<string, { members: Member[]; positions: number[] }>()
  for (const here of positions) {
    if (here.length === 0) continue
    const set = membersAt(parts, here[0]!)
    const key = set
      .map(({ node, full }) => classOf[node]! * 2 + Number(full))
      .sort((a, b) => a - b)
      .join()
    const known = alike.get(key)
    if (known) for (const position of here) known.positions.push(position)
    else alike.set(key, { members: set, positions: here })
  }
  return [...alike.values()]
}

function membersAt(parts: readonly PlacementPart[], position: number): Member[] {
  return parts.flatMap(part => {
    const from = part.indexOf[position]! * part.copies
    return Array.from({ length: part.copies }, (_, c) => ({ node: part.members[from + c]!, full: c < part.full }))
  })
}

// The search

interface SearchResult {
  readonly size: number
  readonly sets: readonly (readonly number[])[]
  /** The search ended before it was finished: nothing smaller than `size` is fatal. */
  readonly stopped: boolean
}

function searchPattern(
  shape: ClusterShape,
  classes: RouteClasses,
  pattern: Pattern,
  client: string,
  checks: readonly ReplicaCheck[],
  kind: UnitKind,
  limit: number,
): SearchResult {
  const coordinators = coordinatorsOf(shape, classes, pattern, client, limit)
  return searchSets(shape, classes, pattern.members, coordinators, client, checks, kind, limit)
}

function coordinatorsOf(
  shape: ClusterShape,
  { classOf, members }: RouteClasses,
  pattern: Pattern,
  client: string,
  limit: number,
): readonly Coordinator[] {
  const own = new Set(pattern.members.map(member => member.node))
  const index = shape.datacenters.indexOf(client)
  const nodes = shape.nodesOfDatacenter[index]!
  const result: Coordinator[] = nodes.filter(node => own.has(node)).map(node => ({ node, many: false }))
  for (const number of new Set(nodes.map(node => classOf[node]!))) {
    const rest = members[number]!.filter(node => !own.has(node))
    if (rest.length > limit) result.push({ node: rest[0]!, many: true })
    else for (const node of rest) result.push({ node, many: false })
  }
  return result
}

function searchSets(
  shape: ClusterShape,
  classes: RouteClasses,
  members: readonly Member[],
  coordinators: readonly Coordinator[],
  client: string,
  checks: readonly ReplicaCheck[],
  kind: UnitKind,
  limit: number,
): SearchResult {
  const unit = unitNumbers(shape, classes, kind, client)
  // For each coordinator and member: the units any of which cuts the member off; undefined when it is cut off as it is.
  const cutters = coordinators.map(({ node }) => members.map(member => cuttersOf(classes, unit, kind, node, member.node)))
  const ownUnit = coordinators.map(({ node }) => unit(node))
  const lost = new Set<number>()
  const excluded = new Set<number>()
  const view = viewer(shape, members)
  let steps = 0
  const reached = (c: number) => members.map((_, m) => cutters[c]![m] !== undefined && !cutters[c]![m]!.some(each => lost.has(each)))
  const serves = (c: number): readonly boolean[] | undefined => {
    const reach = reached(c)
    return answerTo(checks, view(reach)).kind === 'ok' ? reach : undefined
  }
  const firstServing = (): { readonly c: number; readonly reach: readonly boolean[] } | undefined => {
    let some = false
    for (let c = 0; c < coordinators.length; c++) {
      if (ownUnit[c]! >= 0 && lost.has(ownUnit[c]!)) continue
      some = true
      const reach = serves(c)
      if (reach) return { c, reach }
    }
    // That no coordinator is left is not what is asked: then replicas and paths decide.
    for (let c = 0; !some && c < coordinators.length; c++) {
      const reach = serves(c)
      if (reach) return { c, reach }
    }
    return undefined
  }
  const sets: number[][] = []
  const walk = (depth: number): boolean => {
    if (++steps > mostSteps) return false
    const serving = firstServing()
    if (!serving) {
      if (depth === 0) sets.push([...lost].sort((a, b) => a - b))
      return true
    }
    if (depth === 0) return true
    const { c, reach } = serving
    const candidates = new Set<number>()
    const own = ownUnit[c]!
    if (own >= 0 && (!coordinators[c]!.many || kind === 'racks' || kind === 'datacenters')) candidates.add(own)
    members.forEach((_, m) => {
      if (!reach[m]) return
      for (const each of cutters[c]![m]!)
        if (!coordinators[c]!.many || kind !== 'tunnels' || !touches(classes, each, coordinators[c]!.node)) candidates.add(each)
    })
    const mine: number[] = []
    let finished = true
    for (const each of candidates) {
      if (excluded.has(each) || lost.has(each)) continue
      lost.add(each)
      finished = walk(depth - 1)
      lost.delete(each)
      if (!finished) break
      excluded.add(each)
      mine.push(each)
    }
    for (const each of mine) excluded.delete(each)
    return finished
  }
  for (let size = 0; size <= limit; size++) {
    if (!walk(size)) return { size, sets: [], stopped: true }
    if (sets.length > 0) return { size, sets, stopped: false }
  }
  return { size: limit + 1, sets: [], stopped: false }
}

function touches(classes: RouteClasses, tunnel: number, host: number): boolean {
  const [a, b] = tunnelEnds(classes.network.hosts.length, tunnel)
  return a === host || b === host
}

/** The number of the unit that a host is lost with, or -1. Tunnels: none is lost with a host. */
function unitNumbers(shape: ClusterShape, classes: RouteClasses, kind: UnitKind, client: string): (host: number) => number {
  const gateways = new Set(classes.gateways)
  return host => {
    if (kind === 'tunnels') return -1
    if (kind === 'gateways') return gateways.has(host) ? host : -1
    if (host >= shape.nodes.length) return -1
    if (kind === 'nodes') return host
    if (kind === 'racks') return shape.rackOf[host]!
    return shape.nodes[host]!.datacenter === client ? -1 : shape.datacenterOf[host]!
  }
}

function cuttersOf(
  classes: RouteClasses,
  unit: (host: number) => number,
  kind: UnitKind,
  from: number,
  to: number,
): readonly number[] | undefined {
  const found = new Set<number>()
  const own = unit(to)
  if (own >= 0) found.add(own)
  if (from === to) return [...found]
  const { network, classOf } = classes
  const size = classOf.length
  for (const [a, b] of [
    [from, to],
    [to, from],
  ] as const) {
    const way = network.routes[a * size + b]!
    if (way === route.none) return undefined
    if (way === route.tunnel && kind === 'tunnels') found.add(tunnelKey(network.hosts.length, a, b))
    if (way < 0) continue
    const chain = network.chains[way]!
    for (const host of chain.via) if (unit(host) >= 0) found.add(unit(host))
    if (kind === 'tunnels') for (const key of tunnelsOfChain(network, chain, a, b)) found.add(key)
  }
  return [...found]
}

function viewer(shape: ClusterShape, members: readonly Member[]): (reach: readonly boolean[]) => CoordinatorView {
  const names = members.map(({ node }) => shape.nodes[node]!.datacenter)
  return reach => {
    const count = (datacenter: string | null, test: (m: number) => boolean) => {
      let sum = 0
      for (let m = 0; m < members.length; m++) if ((datacenter === null || names[m] === datacenter) && test(m)) sum++
      return sum
    }
    return {
      alive: datacenter => count(datacenter, m => reach[m]!),
      fullAlive: datacenter => count(datacenter, m => reach[m]! && members[m]!.full),
      placed: datacenter => count(datacenter, () => true),
      localNodes: 0,
      localAlive: 0,
      everyNode: true,
    }
  }
}

// Names and numbers of what was found

function listed(
  cluster: ClusterView,
  classes: RouteClasses,
  ring: TokenRing,
  parts: readonly PlacementPart[],
  found: readonly { readonly pattern: Pattern; readonly sets: readonly (readonly number[])[] }[],
  size: number,
  kind: UnitKind,
): FatalSets {
  const { shape } = cluster
  const name = namer(shape, classes, kind)
  const all = new Map<string, readonly string[]>()
  let work = 0
  let complete = true
  for (const { pattern, sets } of found) {
    for (const position of pattern.positions ?? ring.owners.keys()) {
      const swap = kind === 'racks' || kind === 'datacenters' ? undefined : exchange(classes, pattern.members, membersAt(parts, position))
      for (const set of sets) {
        const names = set.map(each => name(each, swap)).sort(byCodeUnit)
        all.set(names.join('\n'), names)
      }
      work += sets.length
      if (!swap || !cluster.ring) break
      if (work > 20 * countLimit) {
        complete = false
        break
      }
    }
  }
  const sorted = [...all.values()].sort((a, b) => byCodeUnit(a.join('\n'), b.join('\n')))
  const certain = cluster.ring !== undefined
  return {
    size,
    count: certain && complete && sorted.length <= countLimit ? sorted.length : null,
    sets: certain ? sorted.slice(0, shownSets) : [],
    basis: certain ? 'exact' : 'bounds',
  }
}

/** The exchange of nodes within classes that turns one replica set into a like one. */
function exchange(classes: RouteClasses, from: readonly Member[], to: readonly Member[]): (host: number) => number {
  const map = new Map<number, number>()
  const taken = new Set<number>()
  const key = ({ node, full }: Member) => classes.classOf[node]! * 2 + Number(full)
  const left = [...to]
  for (const member of from) {
    const at = left.findIndex(each => key(each) === key(member))
    map.set(member.node, left[at]!.node)
    taken.add(left[at]!.node)
    left.splice(at, 1)
  }
  // The rest of each class that lost or gained places, in order.
  for (const number of new Set(from.map(({ node }) => classes.classOf[node]!))) {
    const members = classes.members[number]!
    const free = members.filter(node => !taken.has(node))
    let next = 0
    for (const node of members) if (!map.has(node)) map.set(node, free[next++]!)
  }
  return host => map.get(host) ?? host
}

function namer(
  shape: ClusterShape,
  { network }: RouteClasses,
  kind: UnitKind,
): (unit: number, swap: ((host: number) => number) | undefined) => string {
  const hosts = network.hosts
  switch (kind) {
    case 'tunnels':
      return (key, swap) => {
        const [a, b] = tunnelEnds(hosts.length, key)
        return tunnelName(hosts, swap ? tunnelKey(hosts.length, swap(a), swap(b)) : key)
      }
    case 'racks':
      return rack => `${shape.datacenters[shape.racks[rack]!.datacenter]}/${shape.racks[rack]!.name}`
    case 'datacenters':
      return datacenter => shape.datacenters[datacenter]!
    default:
      return (host, swap) => hosts[swap ? swap(host) : host]!
  }
}

/**
 * More tunnels than are searched for: every coordinator must lose its own. The sum over coordinators that are no replicas, of which each has tunnels
 * that no other uses, and over the replicas among themselves. Exact where no tunnel serves several coordinators.
 */
function manyTunnels(
  shape: ClusterShape,
  classes: RouteClasses,
  patterns: readonly Pattern[],
  client: string,
  checks: readonly ReplicaCheck[],
): FatalSets {
  let best = Number.POSITIVE_INFINITY
  let exact = true
  const index = shape.datacenters.indexOf(client)
  const nodes = shape.nodesOfDatacenter[index]!
  for (const { members } of patterns) {
    const own = new Set(members.map(member => member.node))
    const local = nodes.filter(node => own.has(node))
    let total = meshCost(shape, classes, members, local, checks)
    if (total === undefined) {
      const joint = local.length === 0 ? { size: 0, stopped: false, sets: [[]] } : searchSets(shape, classes, members, local.map(node => ({ node, many: false })), client, checks, 'tunnels', 12) // biome-ignore format: one call
      if (joint.stopped) exact = false
      total = joint.sets.length > 0 || joint.stopped ? joint.size : Number.POSITIVE_INFINITY
    }
    for (const number of new Set(nodes.map(node => classes.classOf[node]!))) {
      const rest = classes.members[number]!.filter(node => !own.has(node))
      if (rest.length === 0 || total === Number.POSITIVE_INFINITY) continue
      const alone = meshCost(shape, classes, members, [rest[0]!], checks)
      if (alone !== undefined) {
        total += alone * rest.length
        continue
      }
      const one = searchSets(shape, classes, members, [{ node: rest[0]!, many: false }], client, checks, 'tunnels', 12)
      if (one.stopped) exact = false
      total += one.sets.length > 0 || one.stopped ? one.size * rest.length : Number.POSITIVE_INFINITY
      if (
        members.some(({ node }) => cuttersOf(classes, () => -1, 'tunnels', rest[0]!, node)?.some(key => !touches(classes, key, rest[0]!)))
      )
        exact = false
    }
    best = Math.min(best, total)
  }
  if (best === Number.POSITIVE_INFINITY) return { size: null, count: 0, sets: [], basis: 'exact' }
  if (best === 0) return { size: 0, count: 1, sets: [[]], basis: 'exact' }
  // A sum over private tunnels is no lower bound where tunnels are shared: what is sure is what the search went through.
  return exact
    ? { size: best, count: null, sets: [], basis: 'exact' }
    : { size: Math.min(best, deepest + 1), count: null, sets: [], basis: 'bounds' }
}

/** The tunnels that the replicas of the client's datacenter must lose among all replicas, where each pair has its own; undefined where not so. */
function meshCost(
  shape: ClusterShape,
  { network, classOf }: RouteClasses,
  members: readonly Member[],
  local: readonly number[],
  checks: readonly ReplicaCheck[],
): number | undefined {
  const size = classOf.length
  for (const a of local)
    for (const { node: b } of members)
      if (a !== b && (network.routes[a * size + b] !== route.tunnel || network.routes[b * size + a] !== route.tunnel)) return undefined
  if (local.length === 0) return 0
  let best = Number.POSITIVE_INFINITY
  for (const check of checks) {
    for (const clause of check.clauses) {
      const scope = members.filter(({ node }) => clause.datacenter === null || shape.nodes[node]!.datacenter === clause.datacenter)
      const within = local.filter(node => scope.some(member => member.node === node)).length
      const needed = neededOf(clause.needed, scope.length)
      const cut = scope.length - needed + 1
      if (cut <= 0) return 0
      if (needed < 1 || (within > 0 && needed < 2)) continue
      const outside = (local.length - within) * cut
      const shared = cut >= within - 1 ? (within * (within - 1)) / 2 + within * (cut - within + 1) : Math.ceil((within * cut) / 2)
      best = Math.min(best, outside + (within > 0 ? shared : 0))
    }
  }
  return best
}
