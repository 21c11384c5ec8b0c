/**
 * The search for smallest fatal sets where paths matter: whichever coordinator can still serve a range must lose something, so one of the units that
 * it depends on is lost next. Every set of the smallest size is found once.
 */
import type { ClusterShape } from './cluster-shape.ts'
import { route, tunnelEnds, tunnelKey, tunnelsOfChain } from './reachability.ts'
import { answerTo, type CoordinatorView } from './request-answer.ts'
import type { ReplicaCheck } from './request-checks.ts'
import type { RouteClasses } from './route-classes.ts'
import type { UnitKind } from './unit-rows.ts'

export interface Member {
  readonly node: number
  readonly full: boolean
}

/** Replica sets that are alike: members by class. */
export interface Pattern {
  readonly members: readonly Member[]
  /** Ring positions with such a set; all when missing. */
  readonly positions?: readonly number[]
}

export interface Coordinator {
  readonly node: number
  /** Stands for so many of its class that losing each of them, or its own tunnels, is never the smallest way. */
  readonly many: boolean
}

/** Sets of more units than this are not searched for: what then is said is a sum over coordinators, or a bound. */
export const deepest = 6
const mostSteps = 30_000

export interface SearchResult {
  readonly size: number
  readonly sets: readonly (readonly number[])[]
  /** The search ended before it was finished: nothing smaller than `size` is fatal. */
  readonly stopped: boolean
}

export function searchPattern(
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

export function searchSets(
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

export function touches(classes: RouteClasses, tunnel: number, host: number): boolean {
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

export function cuttersOf(
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
