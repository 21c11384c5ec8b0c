/**
 * Smallest fatal sets of nodes on large rings, where every replica is a unit of its own: then any `enough` of a range's replicas are fatal, and only
 * counting them and finding the first by name takes thought. Same answers as co-occurrence.ts, for hundreds of thousands of ranges.
 */
import { countLimit, type FatalRows, type SmallestSets, shownSets, type UnitRows, type UnitSource } from './co-occurrence.ts'

/** For rows whose elements are units (nodes), all of which count: each node at most once in a row, and as many in each. */
export function smallestNodeSets(fatal: readonly FatalRows[]): SmallestSets {
  const sized = fatal.map(each => ({ ...each, size: enoughOf(each) }))
  const size = Math.min(Number.POSITIVE_INFINITY, ...sized.map(each => each.size))
  if (size === Number.POSITIVE_INFINITY) return { size: null, count: 0, sets: [] }
  if (size === 0) return { size: 0, count: 1, sets: [[]] }
  const chosen = withoutContained(sized.filter(each => each.size === size).map(each => each.rows))
  const units = chosen[0]!.unitOf
  const known = setsOfUnits.get(units) ?? new Map<string, SmallestSets>()
  setsOfUnits.set(units, known)
  const key = `${size}: ${chosen.map(rows => rows.sources.map(source => `${numberOf(source.elements)}/${keptOf(source)}`).join('+')).join()}`
  const before = known.get(key)
  if (before) return before
  const made = { size, count: countOf(chosen, size), sets: firstOf(chosen, size) }
  known.set(key, made)
  return made
}

/** The size alone, of the same rows. */
export function smallestNodeSetSize(fatal: readonly FatalRows[]): number | null {
  const size = Math.min(Number.POSITIVE_INFINITY, ...fatal.map(enoughOf))
  return size === Number.POSITIVE_INFINITY ? null : size
}

/** Answers by what they were counted over: QUORUM is the same from every datacenter, and many keyspaces are placed alike. */
const setsOfUnits = new WeakMap<Int32Array, Map<string, SmallestSets>>()
const numbers = new WeakMap<Int32Array, number>()
let nextNumber = 0

export function numberOf(elements: Int32Array): number {
  const number = numbers.get(elements) ?? nextNumber++
  numbers.set(elements, number)
  return number
}

const keptOf = (source: UnitSource) => source.until ?? source.width

function enoughOf({ rows, needed }: FatalRows): number {
  const placed = rows.rows === 0 ? 0 : rows.sources.reduce((sum, source) => sum + keptOf(source), 0)
  const enough = placed - needed(placed) + 1
  return enough <= 0 ? 0 : enough > placed ? Number.POSITIVE_INFINITY : enough
}

/** Drops rows whose every source is among another's: what is fatal there is fatal here. */
function withoutContained(all: readonly UnitRows[]): readonly UnitRows[] {
  const within = (a: UnitRows, b: UnitRows) =>
    a.sources.every(x => b.sources.some(y => y.elements === x.elements && keptOf(x) <= keptOf(y)))
  return all.filter((rows, i) => !all.some((other, j) => i !== j && within(rows, other) && (!within(other, rows) || j < i)))
}

// Counting

function countOf(chosen: readonly UnitRows[], size: number): number | null {
  let count = 0
  const shared =
    new Set(chosen.flatMap(rows => rows.sources.map(source => source.elements))).size <
    chosen.reduce((sum, rows) => sum + rows.sources.length, 0)
  // Rows of different datacenters have no node in common, so their sets are different ones.
  if (shared) count = distinctOf(chosen, size)
  else for (const rows of chosen) count = Math.min(countLimit + 1, count + countRows(rows, size))
  return count > countLimit ? null : count
}

function countRows(rows: UnitRows, size: number): number {
  if (rows.sources.length === 1) return subsetsOf(rows, rows.sources[0]!, size)
  if (size === 1) return rows.sources.reduce((sum, source) => sum + subsetsOf(rows, source, 1), 0)
  const width = rows.sources.reduce((sum, source) => sum + keptOf(source), 0)
  for (const source of rows.sources) {
    // Every subset of one datacenter's replicas is completed by some subset of the others'.
    const own = Math.min(size, keptOf(source))
    if (size - own <= width - keptOf(source) && subsetsOf(rows, source, own) > countLimit) return countLimit + 1
  }
  return distinctOf([rows], size)
}

const subsetCounts = new WeakMap<Int32Array, Map<string, number>>()

/** Different subsets of so many nodes in the rows of one source; counting stops above the limit. Kept for the life of the placement. */
function subsetsOf(rows: UnitRows, source: UnitSource, size: number): number {
  const known = subsetCounts.get(source.elements) ?? new Map<string, number>()
  subsetCounts.set(source.elements, known)
  const key = `${size} ${keptOf(source)}`
  const before = known.get(key)
  if (before !== undefined) return before
  const own: UnitSource = { elements: source.elements, width: source.width, until: keptOf(source) }
  const count = distinctOf([{ rows: source.elements.length / source.width, sources: [own], unitOf: rows.unitOf, units: rows.units }], size)
  known.set(key, count)
  return count
}

/** Different subsets in all rows; stops above the limit. */
function distinctOf(all: readonly UnitRows[], size: number): number {
  if (size === 1) return nodesOf(all)
  const units = Math.max(1, ...all.map(rows => rows.units))
  const keys = units ** size
  const bitmap = keys <= 1 << 22 ? new Uint8Array(keys) : undefined
  const slots = 1 << 18
  const table = bitmap || keys >= 2 ** 53 ? undefined : new Float64Array(slots).fill(-1)
  const texts = bitmap || table ? undefined : new Set<string>()
  let count = 0
  // All positions but the last are advanced together; the last runs through the rest of the row, so that a key costs one sum.
  const picked = new Int32Array(size - 1)
  for (const rows of all) {
    const line = new Int32Array(rows.sources.reduce((sum, source) => sum + keptOf(source), 0))
    if (line.length < size) continue
    for (let row = 0; row < rows.rows; row++) {
      readLine(rows, row, line)
      for (let i = 0; i < picked.length; i++) picked[i] = i
      for (;;) {
        let prefix = 0
        for (let i = 0; i < picked.length; i++) prefix = (prefix + line[picked[i]!]!) * units
        for (let last = picked[picked.length - 1]! + 1; last < line.length; last++) {
          const key = prefix + line[last]!
          if (bitmap) {
            if (bitmap[key] === 0) {
              bitmap[key] = 1
              count++
            }
          } else if (table) {
            let slot = (Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b)) >>> 14
            while (table[slot] !== -1 && table[slot] !== key) slot = (slot + 1) & (slots - 1)
            if (table[slot] === -1) {
              table[slot] = key
              count++
            }
          } else count = texts!.add([...Array.from(picked, i => line[i]!), line[last]!].join()).size
          if (count > countLimit) return count
        }
        if (!advance(picked, line.length - 1)) break
      }
    }
  }
  return count
}

/** How many nodes occur; every row of a source is the row of some range. */
function nodesOf(all: readonly UnitRows[]): number {
  let count = 0
  const seen = new Uint8Array(Math.max(0, ...all.map(rows => rows.unitOf.length)))
  for (const { sources } of all) {
    for (const source of sources) {
      const { elements, width } = source
      const until = keptOf(source)
      for (let row = 0; row < elements.length; row += width) {
        for (let c = 0; c < until; c++) {
          const node = elements[row + c]!
          count += 1 - seen[node]!
          seen[node] = 1
        }
      }
    }
  }
  return count
}

/** The next combination of positions below `width`, in ascending order; false after the last. */
function advance(picked: Int32Array, width: number): boolean {
  const size = picked.length
  let i = size - 1
  while (i >= 0 && picked[i] === width - size + i) i--
  if (i < 0) return false
  picked[i]!++
  for (let k = i + 1; k < size; k++) picked[k] = picked[k - 1]! + 1
  return true
}

/** The units of one row, ascending. */
function readLine({ sources, unitOf }: UnitRows, row: number, into: Int32Array): void {
  let count = 0
  for (const source of sources) {
    const from = (source.index ? source.index[row]! : row) * source.width
    const until = keptOf(source)
    for (let c = 0; c < until; c++) {
      const unit = unitOf[source.elements[from + c]!]!
      let place = count++
      while (place > 0 && into[place - 1]! > unit) {
        into[place] = into[place - 1]!
        place--
      }
      into[place] = unit
    }
  }
}

// The first by name

/** The first sets in order: those that begin with the first node, then with the next, until there are ten. */
function firstOf(chosen: readonly UnitRows[], size: number): readonly (readonly number[])[] {
  const found: (readonly number[])[] = []
  const units = Math.max(0, ...chosen.map(rows => rows.units))
  for (let unit = 0; unit < units && found.length < shownSets; unit++) {
    const here = new Map<string, readonly number[]>()
    let worst: readonly number[] | undefined
    for (const rows of chosen) {
      const line = new Int32Array(rows.sources.reduce((sum, source) => sum + keptOf(source), 0))
      const picked = new Int32Array(size)
      for (const row of rowsWith(rows, unit)) {
        readLine(rows, row, line)
        const first = line.indexOf(unit)
        if (size === 1 && here.size > 0) break
        if (first < 0 || first > line.length - size) continue
        for (let i = 0; i < size; i++) picked[i] = first + i
        do {
          if (picked[0] !== first) break
          if (worst && after(picked, line, worst)) break
          const set = Array.from(picked, i => line[i]!)
          here.set(set.join(), set)
          if (here.size > shownSets * 3) worst = keepFirst(here)
        } while (advance(picked, line.length))
      }
    }
    keepFirst(here)
    for (const set of here.values()) if (found.length < shownSets) found.push(set)
  }
  return found
}

function after(picked: Int32Array, line: Int32Array, set: readonly number[]): boolean {
  for (let i = 0; i < picked.length; i++) {
    const here = line[picked[i]!]!
    if (here !== set[i]) return here > set[i]!
  }
  return true
}

/** Leaves the first ten in the map, in order; the last of them, when there are as many. */
function keepFirst(sets: Map<string, readonly number[]>): readonly number[] | undefined {
  const kept = [...sets.values()].sort(compareSets).slice(0, shownSets)
  sets.clear()
  for (const set of kept) sets.set(set.join(), set)
  return kept.length === shownSets ? kept[shownSets - 1] : undefined
}

export function compareSets(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}

interface Occurrences {
  /** Rows in which each unit occurs: `rows` from `starts[unit]` to before `starts[unit + 1]`. */
  readonly starts: Int32Array
  readonly rows: Int32Array
}

const occurrencesOf = new WeakMap<Int32Array, Occurrences>()

function occurrences(rows: UnitRows, source: UnitSource): Occurrences {
  const known = occurrencesOf.get(source.elements)
  if (known) return known
  const { elements, width } = source
  const starts = new Int32Array(rows.units + 2)
  for (let i = 0; i < elements.length; i++) starts[rows.unitOf[elements[i]!]! + 2]!++
  for (let unit = 2; unit < starts.length; unit++) starts[unit]! += starts[unit - 1]!
  const list = new Int32Array(elements.length)
  for (let i = 0; i < elements.length; i++) list[starts[rows.unitOf[elements[i]!]! + 1]!++] = Math.floor(i / width)
  const made = { starts: starts.subarray(0, rows.units + 1), rows: list }
  occurrencesOf.set(elements, made)
  return made
}

/** Rows in which the unit occurs in some source. */
export function* rowsWith(rows: UnitRows, unit: number): Generator<number> {
  for (const source of rows.sources) {
    const { starts, rows: list } = occurrences(rows, source)
    for (let i = starts[unit]!; i < starts[unit + 1]!; i++) {
      const own = list[i]!
      if (!source.index) yield own
      else {
        const at = source.at!
        // The ranges between the datacenter's previous token and this one; for the first also those after its last.
        for (let row = own === 0 ? 0 : at[own - 1]! + 1; row <= at[own]!; row++) yield row
        if (own === 0) for (let row = at[at.length - 1]! + 1; row < rows.rows; row++) yield row
      }
    }
  }
}
