/**
 * What breaks a keyspace first: the smallest sets of nodes, racks, datacenters, tunnels or gateways whose loss leaves some range unserved, for every
 * operation, level and client datacenter. Only replicas and paths count: that a datacenter has no coordinator left is the simulator's matter, and
 * datacenters as units leave out the client's own.
 */
import { byCodeUnit, type ClusterShape, factorIn, type PlacedReplication, replicationKey } from './cluster-shape.ts'
import { type FatalRows, type SmallestSets, smallestSets, type UnitRows } from './co-occurrence.ts'
import type { ConsistencyLevel, Operation } from './consistency-level.ts'
import { type ClusterView, type KeyspaceView, requestsOf, type SimulationFilter } from './failure-simulation.ts'
import { fatalPaths, needsPaths, type PathContext, pathContext } from './fatal-paths.ts'
import { smallestNodeSets } from './node-co-occurrence.ts'
import { refine } from './range-states.ts'
import { type PlacementPart, placementParts } from './replica-placement.ts'
import { neededOf } from './request-answer.ts'
import type { Check } from './request-checks.ts'
import { copiesByRack } from './token-free-bounds.ts'
import type { TokenRing } from './token-ring.ts'

export const unitKinds = ['nodes', 'racks', 'datacenters', 'tunnels', 'gateways'] as const
export type UnitKind = (typeof unitKinds)[number]

export interface FatalSets {
  /** 0: unserved as it is. null: no set of these units is fatal. */
  readonly size: number | null
  /** null above 100,000, or when tokens are unknown and decide. */
  readonly count: number | null
  /** The first ten by name; each in the order of names. Racks are `DC/RACK`, tunnels `A/B`. */
  readonly sets: readonly (readonly string[])[]
  /** exact; bounds: no smaller set can be fatal, and this size is for some assignment of tokens (or the search ended there). */
  readonly basis: 'exact' | 'bounds'
}

export interface ResilienceRow {
  readonly keyspace: string
  readonly operation: Operation
  readonly level: ConsistencyLevel
  readonly commitLevel?: ConsistencyLevel
  readonly clientDatacenter: string
  readonly smallestFatal: { readonly [K in UnitKind]: FatalSets }
  /** Any choice of so many units is survived. */
  readonly tolerates: { readonly [K in UnitKind]: number }
}

/** A clause of a check as fatal sets need it: which replicas count, and how many must stay. */
export interface Need {
  readonly datacenter: string | null
  readonly needed: number | 'majority of placed'
  /** Only full replicas count. */
  readonly fullOnly: boolean
}

/** One row for each keyspace × client datacenter with nodes × operation × level of the filter. */
export function resilienceRows(
  cluster: ClusterView,
  keyspaces: readonly KeyspaceView[],
  filter: SimulationFilter = {},
): readonly ResilienceRow[] {
  const rows: ResilienceRow[] = []
  const known = new Map<string, ResilienceRow['smallestFatal']>()
  const paths = pathContext(cluster)
  for (const keyspace of keyspaces) {
    if (filter.keyspaces && !filter.keyspaces.includes(keyspace.name)) continue
    const { replication } = keyspace
    if (replication.kind !== 'networkTopology' && replication.kind !== 'simple') continue
    for (const clientDatacenter of cluster.shape.datacenters) {
      if (filter.clientDatacenters && !filter.clientDatacenters.includes(clientDatacenter)) continue
      for (const asked of requestsOf(replication, clientDatacenter, cluster.release, cluster.paxos, filter)) {
        const needs = needsOf(asked.checks)
        const key = JSON.stringify([replicationKey(replication), clientDatacenter, needs])
        let smallestFatal = known.get(key)
        if (!smallestFatal) {
          smallestFatal = fatalSetsOf(cluster, paths, replication, clientDatacenter, asked.checks, needs)
          known.set(key, smallestFatal)
        }
        rows.push({
          keyspace: keyspace.name,
          operation: asked.operation,
          level: asked.level,
          ...(asked.commitLevel ? { commitLevel: asked.commitLevel } : {}),
          clientDatacenter,
          smallestFatal,
          tolerates: toleratedOf(smallestFatal, cluster, paths, clientDatacenter),
        })
      }
    }
  }
  return rows
}

function toleratedOf(
  sets: ResilienceRow['smallestFatal'],
  cluster: ClusterView,
  paths: PathContext,
  client: string,
): ResilienceRow['tolerates'] {
  const { shape } = cluster
  const all: { readonly [K in UnitKind]: number } = {
    nodes: shape.nodes.length,
    racks: shape.racks.length,
    datacenters: shape.datacenters.filter(name => name !== client).length,
    tunnels: paths.tunnels,
    gateways: paths.gateways.length,
  }
  const tolerated = (kind: UnitKind) => (sets[kind].size === null ? all[kind] : Math.max(0, sets[kind].size - 1))
  return {
    nodes: tolerated('nodes'),
    racks: tolerated('racks'),
    datacenters: tolerated('datacenters'),
    tunnels: tolerated('tunnels'),
    gateways: tolerated('gateways'),
  }
}

/** The clauses of all replica checks; a batchlog or every node are left to the simulator. */
export function needsOf(checks: readonly Check[]): readonly Need[] {
  const needs: Need[] = []
  for (const check of checks) {
    if (check.kind !== 'replicas') continue
    for (const clause of check.clauses) needs.push({ ...clause, fullOnly: false })
    if (check.needsFull)
      needs.push({ datacenter: check.clauses.length === 1 ? check.clauses[0]!.datacenter : null, needed: 1, fullOnly: true })
  }
  return needs
}

function fatalSetsOf(
  cluster: ClusterView,
  paths: PathContext,
  replication: PlacedReplication,
  client: string,
  checks: readonly Check[],
  needs: readonly Need[],
): ResilienceRow['smallestFatal'] {
  const one = (kind: UnitKind): FatalSets => {
    if (needsPaths(paths, kind)) return fatalPaths(cluster, paths, replication, client, checks, kind)
    if (kind === 'tunnels' || kind === 'gateways')
      return alreadyFatal(cluster, replication, needs)
        ? { size: 0, count: 1, sets: [[]], basis: 'exact' }
        : { size: null, count: 0, sets: [], basis: 'exact' }
    return cluster.ring
      ? named(cluster.shape, kind, client, knownSets(cluster.shape, cluster.ring, replication, kind, client, needs))
      : withoutTokens(cluster.shape, replication, kind, client, needs)
  }
  return { nodes: one('nodes'), racks: one('racks'), datacenters: one('datacenters'), tunnels: one('tunnels'), gateways: one('gateways') }
}

function alreadyFatal(cluster: ClusterView, replication: PlacedReplication, needs: readonly Need[]): boolean {
  const { shape, ring } = cluster
  const sets = ring
    ? knownSets(shape, ring, replication, 'nodes', '', needs).size
    : withoutTokens(shape, replication, 'nodes', '', needs).size
  return sets === 0
}

// Units by name

interface Units {
  readonly names: readonly string[]
  /** Of each node; -1: never lost. */
  readonly of: Int32Array
}

const unitsOfShape = new WeakMap<ClusterShape, Map<string, Units>>()

/** Units of a kind, numbered in the order of their names. */
export function unitsOf(shape: ClusterShape, kind: 'nodes' | 'racks' | 'datacenters', client: string): Units {
  const known = unitsOfShape.get(shape) ?? new Map<string, Units>()
  unitsOfShape.set(shape, known)
  const key = kind === 'datacenters' ? `datacenters ${client}` : kind
  const before = known.get(key)
  if (before) return before
  const nameOf = (node: number): string => {
    const { name, datacenter, rack } = shape.nodes[node]!
    return kind === 'nodes' ? name : kind === 'racks' ? `${datacenter}/${rack}` : datacenter
  }
  const all = shape.nodes.map((_, node) => nameOf(node))
  const names = [...new Set(all)].filter(name => kind !== 'datacenters' || name !== client).sort(byCodeUnit)
  const rank = new Map(names.map((name, i) => [name, i]))
  const made = { names, of: Int32Array.from(all, name => rank.get(name) ?? -1) }
  known.set(key, made)
  return made
}

function named(shape: ClusterShape, kind: 'nodes' | 'racks' | 'datacenters', client: string, sets: SmallestSets): FatalSets {
  const { names } = unitsOf(shape, kind, client)
  return { size: sets.size, count: sets.count, sets: sets.sets.map(set => set.map(unit => names[unit]!)), basis: 'exact' }
}

// Known tokens

function knownSets(
  shape: ClusterShape,
  ring: TokenRing,
  replication: PlacedReplication,
  kind: 'nodes' | 'racks' | 'datacenters',
  client: string,
  needs: readonly Need[],
): SmallestSets {
  const fatal = needs.map(need => fatalRows(shape, ring, replication, kind, client, need))
  return kind === 'nodes' && fatal.every(each => !each.rows.inScope) ? smallestNodeSets(fatal) : smallestSets(fatal)
}

export function fatalRows(
  shape: ClusterShape,
  ring: TokenRing,
  replication: PlacedReplication,
  kind: 'nodes' | 'racks' | 'datacenters',
  client: string,
  need: Need,
): FatalRows {
  const units = unitsOf(shape, kind, client)
  const scope = need.datacenter === null ? undefined : shape.datacenters.indexOf(need.datacenter)
  const all = placementParts(ring, replication)
  const parts = scope === undefined ? all : scopedParts(all, scope)
  const simpleScope = scope !== undefined && parts.some(part => part.datacenter === undefined)
  const rows: UnitRows = {
    ...rowsOf(ring, parts, kind, units, need.fullOnly),
    unitOf: units.of,
    units: units.names.length,
    ...(simpleScope ? { inScope: (node: number) => shape.datacenterOf[node] === scope } : {}),
  }
  const placed = need.fullOnly ? undefined : need.needed
  return { rows, needed: elements => (placed === undefined ? 1 : neededOf(placed, elements)) }
}

const partsByScope = new WeakMap<readonly PlacementPart[], Map<number, readonly PlacementPart[]>>()

/** The parts that count in a datacenter; the same array each time. */
function scopedParts(all: readonly PlacementPart[], scope: number): readonly PlacementPart[] {
  const known = partsByScope.get(all) ?? new Map<number, readonly PlacementPart[]>()
  partsByScope.set(all, known)
  const parts = known.get(scope) ?? all.filter(part => part.datacenter === undefined || part.datacenter === scope)
  known.set(scope, parts)
  return parts
}

const distinctOfPart = new WeakMap<PlacementPart, Map<string, { codes: Int32Array; count: number }>>()
const examplesOfParts = new WeakMap<readonly PlacementPart[], Map<string, Int32Array>>()

/** Rows of parts; for racks and datacenters only different ones. */
function rowsOf(
  ring: TokenRing,
  parts: readonly PlacementPart[],
  kind: 'nodes' | 'racks' | 'datacenters',
  units: Units,
  fullOnly: boolean,
): Pick<UnitRows, 'rows' | 'sources'> {
  const sourceOf = (part: PlacementPart, index?: Int32Array) => ({
    elements: part.members,
    width: part.copies,
    at: part.at,
    ...(index ? { index } : {}),
    ...(fullOnly && part.full < part.copies ? { until: part.full } : {}),
  })
  if (kind === 'nodes') {
    if (parts.length === 1) return { rows: parts[0]!.at.length, sources: [sourceOf(parts[0]!)] }
    return { rows: ring.owners.length, sources: parts.map(part => sourceOf(part, part.indexOf)) }
  }
  if (parts.length === 0) return { rows: 0, sources: [] }
  // With NetworkTopologyStrategy every range has as many replicas in each datacenter.
  if (kind === 'datacenters' && parts.every(part => part.datacenter !== undefined)) {
    return { rows: Math.min(1, ring.owners.length), sources: parts.map(part => sourceOf(part, new Int32Array(1))) }
  }
  const examples = examplesOf(ring, parts, kind, units)
  return {
    rows: examples.length,
    sources: parts.map(part =>
      sourceOf(
        part,
        examples.map(position => part.indexOf[position]!),
      ),
    ),
  }
}

/** One ring position for each different row of racks (or datacenters). */
function examplesOf(ring: TokenRing, parts: readonly PlacementPart[], kind: 'racks' | 'datacenters', units: Units): Int32Array {
  const known = examplesOfParts.get(parts) ?? new Map<string, Int32Array>()
  examplesOfParts.set(parts, known)
  const key = keyOf(kind, units)
  const before = known.get(key)
  if (before) return before
  const coded = parts.map(part => distinctRows(part, kind, units))
  let examples: Int32Array
  if (parts.length === 1) {
    examples = firstOfEach(coded[0]!).map(own => parts[0]!.at[own]!)
  } else {
    let codes: Int32Array | undefined
    let count = 1
    parts.forEach((part, p) => {
      const values = new Int32Array(ring.owners.length)
      for (let i = 0; i < values.length; i++) values[i] = coded[p]!.codes[part.indexOf[i]!]!
      const next = refine(codes, count, values, coded[p]!.count)
      codes = next.codes
      count = next.count
    })
    examples = firstOfEach({ codes: codes!, count })
  }
  known.set(key, examples)
  return examples
}

function keyOf(kind: 'racks' | 'datacenters', units: Units): string {
  return kind === 'racks' ? kind : `${kind} ${units.names.join(' ')}`
}

function firstOfEach({ codes, count }: { readonly codes: Int32Array; readonly count: number }): Int32Array {
  const first = new Int32Array(count).fill(-1)
  for (let i = 0; i < codes.length; i++) if (first[codes[i]!] === -1) first[codes[i]!] = i
  return first
}

function distinctRows(part: PlacementPart, kind: 'racks' | 'datacenters', units: Units): { codes: Int32Array; count: number } {
  const known = distinctOfPart.get(part) ?? new Map<string, { codes: Int32Array; count: number }>()
  distinctOfPart.set(part, known)
  const key = keyOf(kind, units)
  const before = known.get(key)
  if (before) return before
  let codes: Int32Array | undefined
  let count = 1
  // In the order of units, so that rows with the same units are the same row whatever the order of replicas; transient ones apart.
  const columns = Array.from({ length: part.copies }, () => new Int32Array(part.at.length))
  for (let i = 0; i < part.at.length; i++) {
    for (let c = 0; c < part.copies; c++) {
      const unit = units.of[part.members[i * part.copies + c]!]! + 1
      let place = c
      while (place > (c >= part.full ? part.full : 0) && columns[place - 1]![i]! > unit) {
        columns[place]![i] = columns[place - 1]![i]!
        place--
      }
      columns[place]![i] = unit
    }
  }
  for (const values of columns) {
    const next = refine(codes, count, values, units.names.length + 1)
    codes = next.codes
    count = next.count
  }
  const made = { codes: codes!, count }
  known.set(key, made)
  return made
}

// Unknown tokens

/**
 * Sizes from the racks alone. Nodes: each holds at most one replica of a range, so the size is exact and only the sets are unknown. Racks: exact where
 * every assignment puts as many copies on each rack. Datacenters: exact with NetworkTopologyStrategy.
 */
function withoutTokens(
  shape: ClusterShape,
  replication: PlacedReplication,
  kind: 'nodes' | 'racks' | 'datacenters',
  client: string,
  needs: readonly Need[],
): FatalSets {
  const copies = shape.datacenters.map((name, d) => Math.min(factorIn(replication, name), shape.ownersOfDatacenter[d]!.length))
  if (replication.kind === 'simple') return simpleWithoutTokens(shape, replication, kind, client, needs)
  const forced = forcedRow(shape, replication, copies, kind)
  if (forced) {
    const units = unitsOf(shape, kind, client)
    const fatal = needs.map((need): FatalRows => {
      const scope = need.datacenter === null ? undefined : shape.datacenters.indexOf(need.datacenter)
      const elements = forced.filter(node => scope === undefined || shape.datacenterOf[node] === scope)
      const rows = {
        rows: elements.length > 0 ? 1 : 0,
        sources: [{ elements: Int32Array.from(elements), width: elements.length }],
        unitOf: units.of,
        units: units.names.length,
      }
      return { rows, needed: count => (need.fullOnly ? 0 : neededOf(need.needed, count)) }
    })
    return named(shape, kind, client, smallestSets(fatal))
  }
  let least = Number.POSITIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  for (const need of needs) {
    if (need.fullOnly) continue
    const inScope = shape.datacenters.flatMap((name, d) => (need.datacenter === null || need.datacenter === name ? [d] : []))
    const placed = inScope.reduce((sum, d) => sum + copies[d]!, 0)
    const enough = placed - neededOf(need.needed, placed) + 1
    if (enough <= 0) return { size: 0, count: 1, sets: [[]], basis: 'exact' }
    if (enough > placed) continue
    if (kind === 'nodes') {
      least = Math.min(least, enough)
      most = Math.min(most, enough)
      continue
    }
    const weights = inScope.flatMap(d => {
      const racks = shape.ownersOfRack.flatMap((owners, rack) => (shape.racks[rack]!.datacenter === d ? [owners.length] : []))
      return copiesByRack(factorIn(replication, shape.datacenters[d]!), racks).map(bound => ({ ...bound, datacenter: d }))
    })
    least = Math.min(least, packed(weights, copies, enough, 'most'))
    most = Math.min(most, packed(weights, copies, enough, 'least'))
  }
  if (least === Number.POSITIVE_INFINITY) return { size: null, count: 0, sets: [], basis: 'exact' }
  return { size: least, count: null, sets: [], basis: least === most ? 'exact' : 'bounds' }
}

/** How many racks it takes at least to hold `enough` copies, when each holds its most (or, for an upper bound, its fair least). */
function packed(
  weights: readonly { readonly least: number; readonly most: number; readonly datacenter: number }[],
  copies: readonly number[],
  enough: number,
  end: 'least' | 'most',
): number {
  const left = [...copies]
  const sorted = [...weights].sort((a, b) => b[end] - a[end])
  let sum = 0
  let used = 0
  for (const weight of sorted) {
    const take = Math.min(Math.max(end === 'least' ? 1 : 0, weight[end]), left[weight.datacenter]!, weight.most)
    if (take === 0) continue
    left[weight.datacenter]! -= take
    sum += take
    used++
    if (sum >= enough) return used
  }
  return used + (enough - sum)
}

/** One node for each replica, standing for its unit, where tokens decide nothing: every assignment places as many copies on each unit. */
function forcedRow(
  shape: ClusterShape,
  replication: PlacedReplication,
  copies: readonly number[],
  kind: 'nodes' | 'racks' | 'datacenters',
): readonly number[] | undefined {
  const row: number[] = []
  for (let d = 0; d < shape.datacenters.length; d++) {
    const owners = shape.ownersOfDatacenter[d]!
    if (copies[d] === 0) continue
    if (copies[d] === owners.length) row.push(...owners)
    else if (kind === 'datacenters') row.push(...owners.slice(0, copies[d]))
    else if (kind === 'nodes') return undefined
    else {
      const racks = shape.ownersOfRack.filter((_, rack) => shape.racks[rack]!.datacenter === d)
      const bounds = copiesByRack(factorIn(replication, shape.datacenters[d]!), racks.map(each => each.length)) // biome-ignore format: one call
      if (bounds.some(bound => bound.least !== bound.most)) return undefined
      bounds.forEach((bound, rack) => {
        row.push(...racks[rack]!.slice(0, bound.most))
      })
    }
  }
  return row
}

/** SimpleStrategy ignores places: any nodes may hold a range together. */
function simpleWithoutTokens(
  shape: ClusterShape,
  replication: PlacedReplication,
  kind: 'nodes' | 'racks' | 'datacenters',
  client: string,
  needs: readonly Need[],
): FatalSets {
  const nodes = shape.ownersOfDatacenter.flat()
  const copies = Math.min(factorIn(replication, ''), nodes.length)
  const units = unitsOf(shape, kind, client)
  let least = Number.POSITIVE_INFINITY
  let certain = true
  for (const need of needs) {
    if (need.fullOnly) continue
    const scope = need.datacenter === null ? undefined : shape.datacenters.indexOf(need.datacenter)
    // A range may have none of its replicas in the datacenter, unless there are too few nodes elsewhere.
    const local = scope === undefined ? copies : Math.max(0, copies - (nodes.length - (shape.ownersOfDatacenter[scope]?.length ?? 0)))
    const enough = Math.max(0, local - neededOf(need.needed, local) + 1)
    if (enough > local) continue
    const weights = new Map<number, number>()
    for (const node of nodes) {
      if (scope !== undefined && shape.datacenterOf[node] !== scope) continue
      const unit = units.of[node]!
      if (unit >= 0) weights.set(unit, (weights.get(unit) ?? 0) + 1)
    }
    let sum = 0
    let used = 0
    for (const weight of [...weights.values()].sort((a, b) => b - a)) {
      if (sum >= enough) break
      sum += weight
      used++
    }
    if (sum < enough) continue
    if (used < least) {
      least = used
      certain = scope === undefined && (kind === 'nodes' || copies === nodes.length)
    }
  }
  if (least === Number.POSITIVE_INFINITY) return { size: null, count: 0, sets: [], basis: 'exact' }
  return { size: least, count: least === 0 ? 1 : null, sets: least === 0 ? [[]] : [], basis: certain ? 'exact' : 'bounds' }
}
