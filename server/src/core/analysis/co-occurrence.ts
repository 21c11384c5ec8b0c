/**
 * Which units (nodes, racks, datacenters) occur together in replica sets: the smallest combinations that take away enough replicas of some range,
 * how many different ones there are, and the first of them by name. Counted over replica sets, never by trying combinations of all units.
 */

/** Rows of unit numbers, one row for each range (or each different one), put together from columns of one or more sources. */
import { compareSets } from './node-co-occurrence.ts'

export interface UnitRows {
  readonly rows: number
  readonly sources: readonly UnitSource[]
  /** Unit number of each element that the sources hold; -1: no unit can take it away. Numbers ascend with names. */
  readonly unitOf: Int32Array
  readonly units: number
  /** Keeps an element in the row; all are kept when missing. */
  readonly inScope?: (element: number) => boolean
}

export interface UnitSource {
  readonly elements: Int32Array
  readonly width: number
  /** For each row, the row of `elements`; the same number when missing. */
  readonly index?: Int32Array
  /** For each row of `elements` the last of the rows that have it (they follow each other); needed with `index` for nodes. */
  readonly at?: Int32Array
  /** Leave out columns from this on (transient replicas). */
  readonly until?: number
}

/** Taking away so many elements of a row that fewer than `needed` are left is fatal. */
export interface FatalRows {
  readonly rows: UnitRows
  readonly needed: (elements: number) => number
}

export interface SmallestSets {
  /** null: no set of these units is fatal. */
  readonly size: number | null
  /** Different sets of that size; null above the limit. */
  readonly count: number | null
  /** The first by unit number, at most ten. */
  readonly sets: readonly (readonly number[])[]
}

export const countLimit = 100_000
export const shownSets = 10

/** One row's units with their weights (how many of the row's elements each takes away), ascending by unit. */
interface WeighedRow {
  count: number
  elements: number
  readonly units: Int32Array
  readonly weights: Int32Array
}

function widthOf(rows: UnitRows): number {
  return rows.sources.reduce((sum, source) => sum + source.width, 0)
}

function weighedRow(rows: UnitRows): WeighedRow {
  const width = widthOf(rows)
  return { count: 0, elements: 0, units: new Int32Array(width), weights: new Int32Array(width) }
}

function readRow(rows: UnitRows, row: number, into: WeighedRow): void {
  const { units, weights } = into
  let count = 0
  let elements = 0
  for (const source of rows.sources) {
    const from = (source.index ? source.index[row]! : row) * source.width
    const until = source.until ?? source.width
    for (let c = 0; c < until; c++) {
      const element = source.elements[from + c]!
      if (rows.inScope && !rows.inScope(element)) continue
      elements++
      const unit = rows.unitOf[element]!
      if (unit < 0) continue
      let place = count
      while (place > 0 && units[place - 1]! > unit) place--
      if (place > 0 && units[place - 1] === unit) {
        weights[place - 1]!++
        continue
      }
      for (let k = count; k > place; k--) {
        units[k] = units[k - 1]!
        weights[k] = weights[k - 1]!
      }
      units[place] = unit
      weights[place] = 1
      count++
    }
  }
  into.count = count
  into.elements = elements
}

/** How many units it takes at least to take away `enough` elements; Infinity when all together do not. */
function sizeNeeded(row: WeighedRow, enough: number): number {
  if (enough <= 0) return 0
  const sorted = [...row.weights.subarray(0, row.count)].sort((a, b) => b - a)
  let sum = 0
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i]!
    if (sum >= enough) return i + 1
  }
  return Number.POSITIVE_INFINITY
}

/** The smallest fatal sets over all rows of all of `fatal`. */
export function smallestSets(fatal: readonly FatalRows[]): SmallestSets {
  const sizes = fatal.map(each => smallestSizeOf(each))
  const size = Math.min(Number.POSITIVE_INFINITY, ...sizes)
  if (size === Number.POSITIVE_INFINITY) return { size: null, count: 0, sets: [] }
  if (size === 0) return { size: 0, count: 1, sets: [[]] }
  const chosen = fatal.filter((_, i) => sizes[i] === size)
  const count = distinctSets(chosen, size)
  return { size, count: count > countLimit ? null : count, sets: firstSets(chosen, size) }
}

function smallestSizeOf({ rows, needed }: FatalRows): number {
  const width = widthOf(rows)
  if (rows.rows === 0 || width === 0) return needed(0) > 0 ? 0 : Number.POSITIVE_INFINITY
  const row = weighedRow(rows)
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < rows.rows; i++) {
    readRow(rows, i, row)
    best = Math.min(best, sizeNeeded(row, row.elements - needed(row.elements) + 1))
    if (best === 0) return 0
  }
  return best
}

/** Calls back with each set of `size` units of the row that takes away `enough` elements, in ascending order, until it returns false. */
function eachSet(row: WeighedRow, size: number, enough: number, set: Int32Array, visit: () => boolean): boolean {
  const { units, weights, count } = row
  let heaviest = 0
  for (let i = 0; i < count; i++) heaviest = Math.max(heaviest, weights[i]!)
  const step = (from: number, depth: number, left: number): boolean => {
    if (depth === size) return left > 0 || visit()
    if (left > heaviest * (size - depth)) return true
    for (let i = from; i <= count - (size - depth); i++) {
      set[depth] = units[i]!
      if (!step(i + 1, depth + 1, left - weights[i]!)) return false
    }
    return true
  }
  return step(0, 0, enough)
}

function distinctSets(fatal: readonly FatalRows[], size: number): number {
  const units = Math.max(1, ...fatal.map(each => each.rows.units))
  const seen = distinctCounter(units, size)
  const set = new Int32Array(size)
  for (const { rows, needed } of fatal) {
    const row = weighedRow(rows)
    for (let i = 0; i < rows.rows; i++) {
      readRow(rows, i, row)
      if (!eachSet(row, size, row.elements - needed(row.elements) + 1, set, () => seen.add(set) <= countLimit)) return countLimit + 1
    }
  }
  return seen.count()
}

/** Counts different sets: a bitmap where it is small, a hash table of numbers, or of text for large sets. */
function distinctCounter(units: number, size: number): { add(set: Int32Array): number; count(): number } {
  let count = 0
  const keyOf = (set: Int32Array) => {
    let key = 0
    for (let i = 0; i < size; i++) key = key * units + set[i]!
    return key
  }
  const keys = units ** size
  if (keys <= 1 << 22) {
    const seen = new Uint8Array(keys)
    return {
      add: set => {
        const key = keyOf(set)
        if (seen[key] === 0) {
          seen[key] = 1
          count++
        }
        return count
      },
      count: () => count,
    }
  }
  if (keys < 2 ** 53) {
    const slots = 1 << 18
    const table = new Float64Array(slots).fill(-1)
    return {
      add: set => {
        const key = keyOf(set)
        let slot = (Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b)) >>> 14
        while (table[slot] !== -1 && table[slot] !== key) slot = (slot + 1) & (slots - 1)
        if (table[slot] === -1) {
          table[slot] = key
          count++
        }
        return count
      },
      count: () => count,
    }
  }
  const seen = new Set<string>()
  return { add: set => seen.add(set.join()).size, count: () => seen.size }
}

/** The first ten sets in the order of unit numbers. Looks at rows unit by unit: those that hold the first unit give the first sets. */
function firstSets(fatal: readonly FatalRows[], size: number): readonly (readonly number[])[] {
  const found = new Map<string, readonly number[]>()
  const set = new Int32Array(size)
  const units = Math.max(0, ...fatal.map(each => each.rows.units))
  for (let unit = 0; unit < units && found.size < shownSets; unit++) {
    const here = new Map<string, readonly number[]>()
    let last: readonly number[] | undefined
    for (const { rows, needed } of fatal) {
      const row = weighedRow(rows)
      for (const i of rowsWith(rows, unit)) {
        readRow(rows, i, row)
        eachSet(row, size, row.elements - needed(row.elements) + 1, set, () => {
          if (set[0]! > unit) return false
          if (set[0]! < unit) return true
          if (last && compareSets(set, last) >= 0) return false
          const key = set.join()
          if (here.has(key)) return true
          here.set(key, [...set])
          if (here.size >= shownSets * 4) {
            const kept = [...here.values()].sort(compareSets).slice(0, shownSets)
            here.clear()
            for (const each of kept) here.set(each.join(), each)
            last = kept[kept.length - 1]
          }
          return true
        })
      }
    }
    for (const each of [...here.values()].sort(compareSets)) if (found.size < shownSets) found.set(each.join(), each)
  }
  return [...found.values()]
}

/** Rows in which the unit occurs. */
function* rowsWith({ rows, sources, unitOf }: UnitRows, unit: number): Generator<number> {
  for (let row = 0; row < rows; row++) {
    const occurs = sources.some(source => {
      const from = (source.index ? source.index[row]! : row) * source.width
      for (let c = 0; c < source.width; c++) if (unitOf[source.elements[from + c]!] === unit) return true
      return false
    })
    if (occurs) yield row
  }
}
