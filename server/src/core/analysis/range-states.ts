/**
 * All ranges of a ring, gathered by what each group of coordinators sees of their replicas: 256,000 ranges become a handful of states, on which
 * every level is then judged at once.
 */
import type { ClusterShape } from './cluster-shape.ts'
import type { PlacementPart } from './replica-placement.ts'
import type { TokenRing } from './token-ring.ts'

export interface RangeState {
  /** Share of the ring in this state, 0 to 1; counts ranges when the ring's width is unknown. */
  readonly share: number
  /** A ring position in this state: the first. */
  readonly position: number
  /** The replicas of that range, part by part. */
  readonly members: readonly number[]
  /** Of each member, whether it is a full replica. */
  readonly full: readonly boolean[]
}

/** What keyspaces share that are judged on the same ring and views: whoever asks for several keeps it. */
export interface KnownStates {
  /** Numbers of states by position of a part; parts in the order in which they were met. */
  readonly parts: Map<PlacementPart, PartStates>
  /** Combinations by the parts that the views tell apart: a lost node of one datacenter leaves the factors of all others without meaning. */
  readonly gathered: Map<string, Gathered>
}

interface PartStates {
  readonly number: number
  readonly stateOf: Int32Array
  readonly count: number
}

interface Gathered {
  readonly share: readonly number[]
  readonly first: readonly number[]
}

export function noKnownStates(): KnownStates {
  return { parts: new Map(), gathered: new Map() }
}

/** The states of all ranges, as seen by each of `views` (1 for each node that is alive and reached). */
export function rangeStates(
  ring: TokenRing,
  parts: readonly PlacementPart[],
  views: readonly Uint8Array[],
  known = noKnownStates(),
): readonly RangeState[] {
  const coded = parts.map(part => {
    let states = known.parts.get(part)
    if (!states) {
      states = { number: known.parts.size, ...statesOfPart(ring.shape, part, views) }
      known.parts.set(part, states)
    }
    return { part, ...states }
  })
  const varying = coded.filter(each => each.count > 1)
  const key = varying.map(each => each.number).join()
  const { share, first } = known.gathered.get(key) ?? gathered(ring, varying)
  known.gathered.set(key, { share, first })
  return first.map((position, code) => {
    const members: number[] = []
    const full: boolean[] = []
    for (const part of parts) {
      const from = part.indexOf[position]! * part.copies
      for (let c = 0; c < part.copies; c++) {
        members.push(part.members[from + c]!)
        full.push(c < part.full)
      }
    }
    return { share: share[code]!, position, members, full }
  })
}

type CodedPart = { readonly part: PlacementPart; readonly stateOf: Int32Array; readonly count: number }

/** Share and first position of every combination of states that occurs, of parts that have more than one. */
function gathered(ring: TokenRing, varying: readonly CodedPart[]): Gathered {
  const size = ring.owners.length
  const { shares } = ring
  const combinations = varying.reduce((product, each) => product * each.count, 1)
  let codes: Int32Array | undefined
  let count = combinations
  if (combinations > 1 << 16) {
    count = 1
    for (const { part, stateOf, count: bound } of varying) {
      const values = new Int32Array(size)
      for (let i = 0; i < size; i++) values[i] = stateOf[part.indexOf[i]!]!
      const next = refine(codes, count, values, bound)
      codes = next.codes
      count = next.count
    }
  }
  const share = new Float64Array(count)
  const first = new Int32Array(count).fill(-1)
  const [a, b] = varying
  for (let i = 0; i < size; i++) {
    let code = 0
    if (codes) code = codes[i]!
    else if (varying.length <= 2) {
      if (a) code = a.stateOf[a.part.indexOf[i]!]!
      if (b) code = code * b.count + b.stateOf[b.part.indexOf[i]!]!
    } else for (const each of varying) code = code * each.count + each.stateOf[each.part.indexOf[i]!]!
    share[code]! += shares ? shares[i]! : 1 / size
    if (first[code] === -1) first[code] = i
  }
  const occurring = [...first.keys()].filter(code => first[code] !== -1)
  return { share: occurring.map(code => share[code]!), first: occurring.map(code => first[code]!) }
}

function statesOfPart(shape: ClusterShape, part: PlacementPart, views: readonly Uint8Array[]): { stateOf: Int32Array; count: number } {
  const { copies, members, full } = part
  const size = part.at.length
  let codes: Int32Array | undefined
  let count = 1
  const add = (values: Int32Array, bound: number) => {
    const next = refine(codes, count, values, bound)
    codes = next.codes
    count = next.count
  }
  const wholeRing = part.datacenter === undefined
  const scopes = wholeRing ? shape.datacenters.map((_, index) => index) : [part.datacenter]
  const telling = wholeRing ? views : tellingViews(shape.ownersOfDatacenter[part.datacenter!]!, views)
  for (const scope of scopes) {
    const counted = (view: Uint8Array | undefined, until: number) => {
      const values = new Int32Array(size)
      for (let i = 0; i < size; i++) {
        let alive = 0
        for (let c = 0; c < until; c++) {
          const node = members[i * copies + c]!
          if ((!view || view[node]) && (!wholeRing || shape.datacenterOf[node] === scope)) alive++
        }
        values[i] = alive
      }
      add(values, copies + 1)
    }
    if (wholeRing) counted(undefined, copies)
    for (const view of telling) {
      counted(view, copies)
      if (full < copies) counted(view, full)
    }
  }
  return { stateOf: codes ?? new Int32Array(size), count }
}

/** The views that tell the nodes apart, those that are alike once. */
function tellingViews(nodes: readonly number[], views: readonly Uint8Array[]): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  for (const view of views) {
    if (nodes.every(node => view[node] === view[nodes[0]!])) continue
    if (!found.some(other => nodes.every(node => view[node] === other[node]))) found.push(view)
  }
  return found
}

/** Numbers the pairs (code, value) that occur, in order of appearance. */
export function refine(
  codes: Int32Array | undefined,
  count: number,
  values: Int32Array,
  bound: number,
): { codes: Int32Array; count: number } {
  const size = values.length
  const next = new Int32Array(size)
  let made = 0
  if (count * bound <= 1 << 20) {
    const table = new Int32Array(count * bound).fill(-1)
    for (let i = 0; i < size; i++) {
      const key = (codes ? codes[i]! * bound : 0) + values[i]!
      if (table[key] === -1) table[key] = made++
      next[i] = table[key]!
    }
  } else {
    const table = new Map<number, number>()
    for (let i = 0; i < size; i++) {
      const key = (codes ? codes[i]! * bound : 0) + values[i]!
      let number = table.get(key)
      if (number === undefined) {
        number = made++
        table.set(key, number)
      }
      next[i] = number
    }
  }
  return { codes: next, count: made }
}
