/**
 * Smallest fatal sets where paths matter: tunnels, gateways, and hosts that route on for others. A range is unserved when every live coordinator of
 * the client's datacenter is short. Sets are searched coordinator by coordinator (whoever can still serve must lose something), once for each kind of
 * replica set that the network tells apart; the sets of all alike ones follow by exchanging nodes of a class.
 */
import { byCodeUnit, type ClusterShape, type PlacedReplication } from './cluster-shape.ts'
import { countLimit, shownSets } from './co-occurrence.ts'
import { drawnRings } from './drawn-rings.ts'
import type { ClusterView } from './failure-simulation.ts'
import { deepest, type Member, type Pattern, searchPattern } from './fatal-path-search.ts'
import { manyTunnels } from './many-tunnels.ts'
import { refine } from './range-states.ts'
import { tunnelEnds, tunnelKey, tunnelName } from './reachability.ts'
import { type PlacementPart, placementParts } from './replica-placement.ts'
import type { Check } from './request-checks.ts'
import { type RouteClasses, routeClasses } from './route-classes.ts'
import type { TokenRing } from './token-ring.ts'
import type { FatalSets, UnitKind } from './unit-rows.ts'

export interface PathContext {
  readonly classes: RouteClasses | undefined
  readonly tunnels: number
  readonly gateways: readonly number[]
}

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

export function fatalPaths(
  cluster: ClusterView,
  paths: PathContext,
  replication: PlacedReplication,
  client: string,
  checks: readonly Check[],
  kind: UnitKind,
): FatalSets {
  const { shape } = cluster
  const classes = kind === 'racks' ? routeClasses(shape, cluster.network!, true) : paths.classes!
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
  if (best <= deepest && found.length > 0 && sure)
    return listed(cluster, classes, ring, parts, found, best, kind, alwaysAlike(shape, classes, replication))
  if (best <= deepest && !sure) return { size: best, count: null, sets: [], basis: 'bounds' }
  return kind === 'tunnels'
    ? manyTunnels(shape, classes, patterns, client, replicaChecks)
    : { size: null, count: 0, sets: [], basis: 'exact' }
}

/** Whether every assignment of tokens makes replica sets of one kind: each datacenter's owners are all of one class, or all of them are replicas. */
function alwaysAlike(shape: ClusterShape, { classOf }: RouteClasses, replication: PlacedReplication): boolean {
  if (replication.kind === 'simple') return false
  return shape.datacenters.every((name, datacenter) => {
    const owners = shape.ownersOfDatacenter[datacenter]!
    const factor = replication.factors.get(name)?.all ?? 0
    return factor === 0 || factor >= owners.length || owners.every(node => classOf[node] === classOf[owners[0]!])
  })
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

// Names and numbers of what was found

function listed(
  cluster: ClusterView,
  classes: RouteClasses,
  ring: TokenRing,
  parts: readonly PlacementPart[],
  found: readonly { readonly pattern: Pattern; readonly sets: readonly (readonly number[])[] }[],
  size: number,
  kind: UnitKind,
  alike: boolean,
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
  const known = cluster.ring !== undefined
  // Without tokens: sure where all replica sets are alike, and the sets are where none of their hosts could be another.
  const fixed = found.every(({ sets }) => sets.every(set => set.every(each => isFixed(shape, classes, kind, each))))
  return {
    size,
    count: known && complete && sorted.length <= countLimit ? sorted.length : null,
    sets: known || (alike && fixed) ? sorted.slice(0, shownSets) : [],
    basis: known || alike ? 'exact' : 'bounds',
  }
}

/** Whether a unit is the same whatever replica set is meant: no other host could stand in its place. */
function isFixed(shape: ClusterShape, classes: RouteClasses, kind: UnitKind, unit: number): boolean {
  if (kind === 'racks' || kind === 'datacenters') return true
  const hosts = kind === 'tunnels' ? tunnelEnds(classes.network.hosts.length, unit) : [unit]
  return hosts.every(host => host >= shape.nodes.length || classes.members[classes.classOf[host]!]!.length === 1)
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
