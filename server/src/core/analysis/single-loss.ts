/**
 * What one lost node, rack or datacenter takes from requests: exactly where all tokens are known, else what holds for every assignment of tokens
 * (by the pigeonhole some rack holds at least copies / racks of a range) and what some assignment allows. Only replicas count here, no tunnels.
 */
import { type ClusterShape, factorIn, type PlacedReplication } from './cluster-shape.ts'
import { type PlacementPart, placementParts } from './replica-placement.ts'
import { answerTo, neededOf } from './request-answer.ts'
import type { Check } from './request-checks.ts'
import { copiesByRack } from './token-free-bounds.ts'
import type { TokenRing } from './token-ring.ts'

export type LossKind = 'node' | 'rack' | 'datacenter'

export interface SingleLoss {
  /** Tunnels and gateways are told by whoever knows the network. */
  readonly kind: LossKind | 'tunnel' | 'gateway'
  /** Datacenter of the lost thing; of a tunnel or gateway, the clients' own. */
  readonly datacenter: string
  /** Racks or nodes that are fatal, by name; one of them where tokens are unknown and `certainty` is not exact. Empty for nodes: any one. */
  readonly units: readonly string[]
  /** exact: with the tokens as they are. certain: for every assignment of tokens, some unit and some range. possible: for some assignment. */
  readonly certainty: 'exact' | 'certain' | 'possible'
  /** Copies of one range that go with it, in the worst case, of `placed` in that datacenter (SimpleStrategy: anywhere). */
  readonly lost: number
  readonly placed: number
  /** What the request then lacks. */
  readonly short: Shortage
  /** Share of the ring that the worst unit leaves unserved; undefined unless exact. */
  readonly share: number | undefined
}

export interface Shortage {
  /** null: anywhere. */
  readonly datacenter: string | null
  readonly needed: number
  readonly left: number
}

/** `1 of the 2 copies that are needed in dc2 is left`, `no copy is left`. */
export function shortageText({ needed, left, datacenter }: Shortage): string {
  const where = datacenter === null ? '' : ` in ${datacenter}`
  if (needed === 1) return `no copy${where} is left`
  return `${left === 0 ? 'none' : left} of the ${needed} copies that are needed${where} ${left <= 1 ? 'is' : 'are'} left`
}

/** Copies of a range by datacenter with nothing lost. */
export interface PlacedCopies {
  readonly byDatacenter: ReadonlyMap<string, number>
  readonly total: number
}

/**
 * Copies that are placed. `complete` false: the cluster may have more nodes than are known, so the factor counts.
 */
export function placedCopies(shape: ClusterShape, replication: PlacedReplication, complete: boolean): PlacedCopies {
  const nodes = (name: string) => shape.ownersOfDatacenter[shape.datacenters.indexOf(name)]?.length ?? 0
  if (replication.kind === 'simple') {
    const all = shape.ownersOfDatacenter.reduce((sum, owners) => sum + owners.length, 0)
    const total = complete ? Math.min(replication.factor.all, all) : replication.factor.all
    const [only] = shape.datacenters
    // In a cluster of one datacenter every copy is local.
    return { byDatacenter: new Map(complete && shape.datacenters.length === 1 ? [[only!, total]] : []), total }
  }
  const byDatacenter = new Map<string, number>()
  let total = 0
  for (const name of replication.factors.keys()) {
    const factor = factorIn(replication, name)
    const placed = complete ? Math.min(factor, nodes(name)) : factor
    byDatacenter.set(name, placed)
    total += placed
  }
  return { byDatacenter, total }
}

/** The first shortage of a request when the copies of a range are so many; undefined when it is served. */
export function shortageOf(
  checks: readonly Check[],
  alive: (datacenter: string | null) => number,
  placed: (datacenter: string | null) => number,
): Shortage | undefined {
  const view = { alive, placed, fullAlive: alive, localNodes: 2, localAlive: 2, everyNode: true }
  for (const check of checks) {
    if (check.kind !== 'replicas' || answerTo([check], view).kind === 'ok') continue
    for (const clause of check.clauses) {
      const needed = neededOf(clause.needed, placed(clause.datacenter))
      const left = alive(clause.datacenter)
      if (left < needed) return { datacenter: clause.datacenter, needed, left }
    }
    return { datacenter: null, needed: check.anyFirst ?? 1, left: 0 }
  }
  return undefined
}

const sumOf = (copies: PlacedCopies) => (datacenter: string | null) =>
  datacenter === null ? copies.total : (copies.byDatacenter.get(datacenter) ?? 0)

/** What a request lacks with nothing lost. Undefined for SimpleStrategy where local copies count: it depends on the key. */
export function shortageAtRest(replication: PlacedReplication, copies: PlacedCopies, checks: readonly Check[]): Shortage | undefined {
  if (replication.kind === 'simple' && countsLocally(checks) && copies.byDatacenter.size === 0) return undefined
  return shortageOf(checks, sumOf(copies), sumOf(copies))
}

/** Whether a check counts the replicas of one datacenter alone. */
export function countsLocally(checks: readonly Check[]): boolean {
  return checks.some(check => check.kind === 'replicas' && check.clauses.some(clause => clause.datacenter !== null))
}

export interface LossQuestion {
  readonly shape: ClusterShape
  /** Missing when tokens are not known. */
  readonly ring: TokenRing | undefined
  readonly replication: PlacedReplication
  readonly checks: readonly Check[]
  /** Every node is known; without, racks are not judged. */
  readonly complete: boolean
  /** Datacenters whose racks are not all known. */
  readonly racksUnknown: ReadonlySet<string>
  /** The clients' own, which is not lost as a datacenter. */
  readonly client: string | undefined
}

/** Units of one kind whose loss alone leaves some range unserved, one entry for each datacenter; none when the request fails as it is. */
export function fatalAlone(question: LossQuestion, kind: LossKind): readonly SingleLoss[] {
  const { replication, checks, shape, complete } = question
  const copies = placedCopies(shape, replication, complete)
  if (replication.kind === 'simple') return fatalOfSimple(question, kind, copies)
  if (shortageOf(checks, sumOf(copies), sumOf(copies))) return []
  const found: SingleLoss[] = []
  for (const [datacenter, placed] of copies.byDatacenter) {
    if (placed === 0) continue
    const without = (lost: number) =>
      shortageOf(checks, where => sumOf(copies)(where) - (where === null || where === datacenter ? lost : 0), sumOf(copies))
    const entry = { kind, datacenter, placed }
    if (kind === 'node') {
      const short = without(1)
      if (short) found.push({ ...entry, units: [], certainty: 'certain', lost: 1, short, share: undefined })
    } else if (kind === 'datacenter') {
      const short = datacenter === question.client ? undefined : without(placed)
      if (short) found.push({ ...entry, units: [datacenter], certainty: 'certain', lost: placed, short, share: 1 })
    } else {
      const rack = fatalRack(question, datacenter, placed, without)
      if (rack) found.push({ ...entry, ...rack })
    }
  }
  return found
}

function fatalRack(
  { shape, ring, replication, complete, racksUnknown }: LossQuestion,
  datacenter: string,
  placed: number,
  without: (lost: number) => Shortage | undefined,
): Pick<SingleLoss, 'units' | 'certainty' | 'lost' | 'short' | 'share'> | undefined {
  const index = shape.datacenters.indexOf(datacenter)
  const racks = shape.racks.flatMap((rack, i) => (rack.datacenter === index && shape.ownersOfRack[i]!.length > 0 ? [i] : []))
  if (!complete || racksUnknown.has(datacenter) || racks.length < 2) return undefined
  let fatal = 1
  while (fatal <= placed && !without(fatal)) fatal++
  if (fatal > placed) return undefined
  const bounds = copiesByRack(
    factorIn(replication, datacenter),
    racks.map(rack => shape.ownersOfRack[rack]!.length),
  )
  if (bounds.every(bound => bound.most < fatal)) return undefined
  const part = ring && placementParts(ring, replication).find(each => each.datacenter === index)
  if (ring && part) {
    const worst = countUnits(ring, part, shape.rackOf, (lost: number) => lost >= fatal)
    if (worst.units.length === 0) return undefined
    const units = worst.units.map(rack => shape.racks[rack]!.name)
    return { units, certainty: 'exact', lost: worst.lost, short: without(worst.lost)!, share: worst.share }
  }
  const named = (test: (most: number) => boolean) => racks.filter((_, i) => test(bounds[i]!.most)).map(rack => shape.racks[rack]!.name)
  const sure = Math.max(Math.ceil(placed / racks.length), ...bounds.map(bound => bound.least))
  const certain = without(sure)
  if (certain) {
    const always = racks.filter((_, i) => bounds[i]!.least >= fatal).map(rack => shape.racks[rack]!.name)
    return {
      units: always.length > 0 ? always : named(most => most >= fatal),
      certainty: 'certain',
      lost: sure,
      short: certain,
      share: undefined,
    }
  }
  const most = Math.max(...bounds.map(bound => bound.most))
  const possible = without(most)
  return possible && { units: named(each => each >= fatal), certainty: 'possible', lost: most, short: possible, share: undefined }
}

/** SimpleStrategy: racks and datacenters mean nothing to it, so only known tokens tell; a node takes one copy of some range. */
function fatalOfSimple(question: LossQuestion, kind: LossKind, copies: PlacedCopies): readonly SingleLoss[] {
  const { shape, ring, replication, checks, complete, client, racksUnknown } = question
  if (!ring || !complete) {
    const depends = countsLocally(checks) && copies.byDatacenter.size === 0
    if (depends || copies.total === 0 || shortageOf(checks, sumOf(copies), sumOf(copies)) || kind !== 'node') return []
    const short = shortageOf(checks, where => sumOf(copies)(where) - 1, sumOf(copies))
    const datacenter = shape.datacenters[0] ?? ''
    return short ? [{ kind, datacenter, units: [], certainty: 'certain', lost: 1, placed: copies.total, short, share: undefined }] : []
  }
  const local = client === undefined ? -1 : shape.datacenters.indexOf(client)
  if (countsLocally(checks) && local < 0) return []
  const part = placementParts(ring, replication)[0]
  if (!part) return []
  const unitOf = kind === 'node' ? Int32Array.from(shape.nodes, (_, i) => i) : kind === 'rack' ? shape.rackOf : shape.datacenterOf
  const failing = new Map<string, Shortage | undefined>()
  const shortage = (lost: number, own: number, unit: number, member: number): Shortage | undefined => {
    const isLocal = shape.datacenterOf[member] === local
    if (kind === 'datacenter' && unit === local) return undefined
    const key = `${lost} ${own} ${isLocal}`
    if (!failing.has(key)) {
      const count = (where: string | null) => (where === null ? copies.total : own)
      failing.set(
        key,
        shortageOf(checks, where => count(where) - (where === null || isLocal ? lost : 0), count),
      )
    }
    return failing.get(key)
  }
  const found = new Map<number, { share: number; lost: number; short: Shortage; datacenter: number }>()
  const shares = shareOfPositions(ring, part)
  const wholeServed = new Map<number, boolean>()
  for (let at = 0; at < part.at.length; at++) {
    const members = part.members.subarray(at * part.copies, (at + 1) * part.copies)
    const own = members.reduce((sum, node) => sum + (shape.datacenterOf[node] === local ? 1 : 0), 0)
    if (!wholeServed.has(own)) {
      const whole = (where: string | null) => (where === null ? copies.total : own)
      wholeServed.set(own, !shortageOf(checks, whole, whole))
    }
    if (!wholeServed.get(own)) return []
    const counts = new Map<number, { lost: number; member: number }>()
    for (const member of members) {
      const unit = unitOf[member]!
      const there = counts.get(unit)
      if (there) there.lost++
      else counts.set(unit, { lost: 1, member })
    }
    for (const [unit, { lost, member }] of counts) {
      const short = shortage(lost, own, unit, member)
      if (!short) continue
      const there = found.get(unit)
      found.set(unit, {
        share: (there?.share ?? 0) + shares[at]!,
        lost: Math.max(there?.lost ?? 0, lost),
        short: there && there.lost >= lost ? there.short : short,
        datacenter: shape.datacenterOf[member]!,
      })
    }
  }
  const byDatacenter = new Map<number, { units: number[]; worst: { share: number; lost: number; short: Shortage } }>()
  for (const [unit, each] of found) {
    const there = byDatacenter.get(each.datacenter)
    if (!there) byDatacenter.set(each.datacenter, { units: [unit], worst: each })
    else {
      there.units.push(unit)
      if (each.share > there.worst.share) there.worst = each
    }
  }
  return [...byDatacenter]
    .filter(([datacenter]) => kind !== 'rack' || (!racksUnknown.has(shape.datacenters[datacenter]!) && severalRacks(shape, datacenter)))
    .map(([datacenter, { units, worst }]) => ({
      kind,
      datacenter: shape.datacenters[datacenter]!,
      units: kind === 'node' ? [] : units.map(unit => (kind === 'rack' ? shape.racks[unit]!.name : shape.datacenters[unit]!)),
      certainty: 'exact' as const,
      lost: worst.lost,
      placed: copies.total,
      short: worst.short,
      share: ring.shares ? worst.share : undefined,
    }))
}

function severalRacks(shape: ClusterShape, datacenter: number): boolean {
  return shape.racks.filter((rack, i) => rack.datacenter === datacenter && shape.ownersOfRack[i]!.length > 0).length > 1
}

/** Units that hold so many copies of some range that it is fatal, those that cost most first. */
function countUnits(
  ring: TokenRing,
  part: PlacementPart,
  unitOf: Int32Array,
  isFatal: (lost: number) => boolean,
): { readonly units: readonly number[]; readonly lost: number; readonly share: number | undefined } {
  const shares = shareOfPositions(ring, part)
  const found = new Map<number, { share: number; lost: number }>()
  for (let at = 0; at < part.at.length; at++) {
    const from = at * part.copies
    for (let i = 0; i < part.copies; i++) {
      const unit = unitOf[part.members[from + i]!]!
      let lost = 0
      let first = true
      for (let j = 0; j < part.copies; j++) {
        if (unitOf[part.members[from + j]!] !== unit) continue
        if (j < i) first = false
        lost++
      }
      if (!first || !isFatal(lost)) continue
      const there = found.get(unit)
      found.set(unit, { share: (there?.share ?? 0) + shares[at]!, lost: Math.max(there?.lost ?? 0, lost) })
    }
  }
  const sorted = [...found].sort(([, a], [, b]) => b.share - a.share)
  const worst = sorted[0]?.[1]
  return { units: sorted.map(([unit]) => unit), lost: worst?.lost ?? 0, share: ring.shares ? worst?.share : undefined }
}

const sharesOfPart = new WeakMap<PlacementPart, Float64Array>()

/** Share of the ring, 0 to 1, of each position of a part; of ranges, where the ring's width is unknown. */
export function shareOfPositions(ring: TokenRing, part: PlacementPart): Float64Array {
  const before = sharesOfPart.get(part)
  if (before) return before
  const shares = new Float64Array(part.at.length)
  const size = ring.owners.length
  for (let i = 0; i < size; i++) shares[part.indexOf[i]!]! += ring.shares ? ring.shares[i]! : 1 / size
  sharesOfPart.set(part, shares)
  return shares
}

/** Racks that alone hold every copy of some range, those with most of the ring first, and the share of the ring that any of them holds alone. */
export function allCopiesInOneRack(
  ring: TokenRing,
  replication: PlacedReplication,
): { readonly racks: readonly number[]; readonly share: number | undefined } {
  const parts = placementParts(ring, replication)
  const part = parts.length === 1 ? parts[0]! : undefined
  if (!part) return { racks: [], share: undefined }
  const rackOf = ring.shape.rackOf
  const shares = shareOfPositions(ring, part)
  const byRack = new Map<number, number>()
  let sum = 0
  for (let at = 0; at < part.at.length; at++) {
    const first = rackOf[part.members[at * part.copies]!]!
    let i = 1
    while (i < part.copies && rackOf[part.members[at * part.copies + i]!] === first) i++
    if (i < part.copies) continue
    byRack.set(first, (byRack.get(first) ?? 0) + shares[at]!)
    sum += shares[at]!
  }
  const racks = [...byRack].sort(([, a], [, b]) => b - a).map(([rack]) => rack)
  return { racks, share: ring.shares ? sum : undefined }
}
