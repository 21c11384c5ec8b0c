/** Units by name, and rows of units for each range of a known ring: what the counting of fatal sets works on. */
import { byCodeUnit, type ClusterShape, type PlacedReplication } from './cluster-shape.ts'
import { type FatalRows, type SmallestSets, smallestSets, type UnitRows } from './co-occurrence.ts'
import { smallestNodeSets } from './node-co-occurrence.ts'
import { refine } from './range-states.ts'
import { type PlacementPart, placementParts } from './replica-placement.ts'
import { neededOf } from './request-answer.ts'
import type { Check } from './request-checks.ts'
import type { TokenRing } from './token-ring.ts'

export const unitKinds = ['nodes', 'racks', 'datacenters', 'tunnels', 'gateways'] as const
export type UnitKind = (typeof unitKinds)[number]
/** Kinds of units that hosts belong to. */
export type HostUnitKind = 'nodes' | 'racks' | 'datacenters'

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

/** A clause of a check as fatal sets need it: which replicas count, and how many must stay. */
export interface Need {
  readonly datacenter: string | null
  readonly needed: number | 'majority of placed'
  /** Only full replicas count. */
  readonly fullOnly: boolean
}

/** The different clauses of all replica checks; for the others see `nodesNeeded`. */
export function needsOf(checks: readonly Check[]): readonly Need[] {
  const needs: Need[] = []
  for (const check of checks) {
    if (check.kind !== 'replicas') continue
    for (const clause of check.clauses) needs.push({ ...clause, fullOnly: false })
    if (check.needsFull)
      needs.push({ datacenter: check.clauses.length === 1 ? check.clauses[0]!.datacenter : null, needed: 1, fullOnly: true })
  }
  const same = (a: Need, b: Need) => a.datacenter === b.datacenter && a.needed === b.needed && a.fullOnly === b.fullOnly
  return needs.filter((need, i) => needs.findIndex(other => same(other, need)) === i)
}

// Units by name

export interface Units {
  readonly names: readonly string[]
  /** Of each node; -1: never lost. */
  readonly of: Int32Array
}

const unitsOfShape = new WeakMap<ClusterShape, Map<string, Units>>()

/** Units of a kind, numbered in the order of their names. */
export function unitsOf(shape: ClusterShape, kind: HostUnitKind, client: string): Units {
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

/** Sets of unit numbers by their names. */
export function named(shape: ClusterShape, kind: HostUnitKind, client: string, sets: SmallestSets): FatalSets {
  const { names } = unitsOf(shape, kind, client)
  return { size: sets.size, count: sets.count, sets: sets.sets.map(set => set.map(unit => names[unit]!)), basis: 'exact' }
}

// Known tokens

export function knownSets(
  shape: ClusterShape,
  ring: TokenRing,
  replication: PlacedReplication,
  kind: HostUnitKind,
  client: string,
  needs: readonly Need[],
  besides?: FatalRows,
): SmallestSets {
  const fatal = needs.map(need => fatalRows(shape, ring, replication, kind, client, need))
  if (besides) return smallestSets([...fatal, besides])
  return kind === 'nodes' && fatal.every(each => !each.rows.inScope) ? smallestNodeSets(fatal) : smallestSets(fatal)
}

/** What a request needs besides replicas: a logged batch two nodes of the client's datacenter, or the only one; TRUNCATE every node. */
export function nodesNeeded(shape: ClusterShape, kind: HostUnitKind, client: string, checks: readonly Check[]): FatalRows | undefined {
  const units = unitsOf(shape, kind, client)
  const rowOf = (nodes: readonly number[]) => ({
    rows: 1,
    sources: [{ elements: Int32Array.from(nodes), width: nodes.length }],
    unitOf: units.of,
    units: units.names.length,
  })
  if (checks.some(check => check.kind === 'every node')) return { rows: rowOf([...shape.nodes.keys()]), needed: nodes => nodes }
  if (!checks.some(check => check.kind === 'batchlog')) return undefined
  // That no coordinator is left is not what is asked: then one node is enough.
  return { rows: rowOf(shape.ownersOfDatacenter[shape.datacenters.indexOf(client)] ?? []), needed: nodes => (nodes < 2 ? 0 : 2) }
}

export function fatalRows(
  shape: ClusterShape,
  ring: TokenRing,
  replication: PlacedReplication,
  kind: HostUnitKind,
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
  kind: HostUnitKind,
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
    examples = firstOfEachCombination(
      ring.owners.length,
      parts.map((part, p) => ({ indexOf: part.indexOf, ...coded[p]! })),
    )
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

/** As above for several columns: the first position of every combination that occurs, ascending. Looks no further once all were met. */
function firstOfEachCombination(
  size: number,
  columns: readonly { readonly indexOf: Int32Array; readonly codes: Int32Array; readonly count: number }[],
): Int32Array {
  const combinations = columns.reduce((product, each) => product * each.count, 1)
  if (combinations > 1 << 20) {
    let codes: Int32Array | undefined
    let count = 1
    for (const column of columns) {
      const values = new Int32Array(size)
      for (let i = 0; i < size; i++) values[i] = column.codes[column.indexOf[i]!]!
      const next = refine(codes, count, values, column.count)
      codes = next.codes
      count = next.count
    }
    return firstOfEach({ codes: codes!, count })
  }
  const seen = new Uint8Array(combinations)
  const first: number[] = []
  for (let i = 0; i < size && first.length < combinations; i++) {
    let code = 0
    for (const { indexOf, codes, count } of columns) code = code * count + codes[indexOf[i]!]!
    if (seen[code] === 1) continue
    seen[code] = 1
    first.push(i)
  }
  return Int32Array.from(first)
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
