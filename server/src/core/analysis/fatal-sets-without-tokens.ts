/** Smallest fatal sets when tokens are not known: what racks and factors alone decide. */
import { type ClusterShape, factorIn, type PlacedReplication } from './cluster-shape.ts'
import { type FatalRows, smallestSets } from './co-occurrence.ts'
import { neededOf } from './request-answer.ts'
import { copiesByRack } from './token-free-bounds.ts'
import { type FatalSets, type HostUnitKind, type Need, named, unitsOf } from './unit-rows.ts'

/**
 * Sizes from the racks alone. Nodes: each holds at most one replica of a range, so the size is exact and only the sets are unknown. Racks: exact where
 * every assignment puts as many copies on each rack. Datacenters: exact with NetworkTopologyStrategy.
 */
export function fatalSetsWithoutTokens(
  shape: ClusterShape,
  replication: PlacedReplication,
  kind: HostUnitKind,
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
    const sets = named(shape, kind, client, smallestSets(fatal))
    // The sets are sure; how many there are is said for known tokens only.
    return sets.size ? { ...sets, count: null } : sets
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
  kind: HostUnitKind,
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
  kind: HostUnitKind,
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
  const already = least === 0 && certain
  return { size: least, count: already ? 1 : null, sets: already ? [[]] : [], basis: certain ? 'exact' : 'bounds' }
}
