/**
 * Which batch a node may join, on a known ring: one where no range that the node holds loses too many. Looks at the node's own ranges only, and only
 * at the conditions that others do not imply.
 */
import type { FatalRows, UnitSource } from './co-occurrence.ts'
import { rowsWith } from './node-co-occurrence.ts'
import type { TokenRing } from './token-ring.ts'

interface Condition {
  readonly fatal: FatalRows
  readonly width: number
  /** How many replicas of a row may be lost together; where only some of its elements count, that is told row by row. */
  readonly spare: number | undefined
}

export interface RestartConflicts {
  /** The first of so many batches that the node fits, or -1. */
  readonly firstFit: (node: number, batches: number) => number
  readonly add: (node: number, batch: number) => void
}

/** `clients`: datacenters that must keep a coordinator. */
export function restartConflicts(
  { shape }: TokenRing,
  conditions: readonly FatalRows[],
  clients: ReadonlySet<number>,
  batches: readonly (readonly number[])[],
): RestartConflicts {
  const strictest = withoutImplied(conditions.map(conditionOf))
  const batchOf = new Int32Array(shape.nodes.length).fill(-1)
  const sizes: number[] = []
  const add = (node: number, batch: number) => {
    batchOf[node] = batch
    sizes[batch] = (sizes[batch] ?? 0) + 1
  }
  batches.forEach((batch, index) => {
    for (const node of batch) add(node, index)
  })
  const met = new Int32Array(Math.max(1, ...strictest.map(each => each.width)))
  const firstFit = (node: number, count: number): number => {
    /** Batches that the node does not fit, or not by the condition that is looked at. */
    const no = new Uint8Array(count)
    let left = count
    const ruleOut = (batch: number) => {
      no[batch] = 1
      left--
    }
    const datacenter = shape.datacenterOf[node]!
    if (clients.has(datacenter)) {
      const others = new Set(shape.nodesOfDatacenter[datacenter]!.filter(other => other !== node).map(other => batchOf[other]!))
      if (others.size === 1) for (const only of others) if (only >= 0) ruleOut(only)
    }
    for (const { fatal, spare: always } of strictest) {
      if (always !== undefined && !sizes.some((size, batch) => no[batch] === 0 && size >= always)) continue
      const { sources, inScope } = fatal.rows
      for (const row of rowsWith(fatal.rows, shape.nameRank[node]!)) {
        if (left === 0) return -1
        let placed = 0
        let others = 0
        for (const source of sources) {
          const from = (source.index ? source.index[row]! : row) * source.width
          const until = from + (source.until ?? source.width)
          for (let at = from; at < until; at++) {
            const member = source.elements[at]!
            if (inScope && !inScope(member)) continue
            placed++
            const batch = batchOf[member]!
            if (batch >= 0 && no[batch] === 0 && member !== node) met[others++] = batch
          }
        }
        const spare = always ?? placed - fatal.needed(placed)
        if (others < spare) continue
        for (let i = 0; i < others; i++) {
          if (no[met[i]!] === 1) continue
          let lost = 1
          for (let k = 0; k < others; k++) if (met[k] === met[i]) lost++
          if (lost > spare) ruleOut(met[i]!)
        }
      }
    }
    return no.indexOf(0)
  }
  return { firstFit, add }
}

function conditionOf(fatal: FatalRows): Condition {
  const width = fatal.rows.sources.reduce((sum, source) => sum + (source.until ?? source.width), 0)
  return { fatal, width, spare: fatal.rows.inScope ? undefined : width - fatal.needed(width) }
}

/**
 * Drops conditions that others imply: replicas among another's that spare no more; and a sum over datacenters that the single ones keep anyway (QUORUM
 * next to LOCAL_QUORUM of each). Those that spare the fewest come first, for they rule out the most.
 */
function withoutImplied(conditions: readonly Condition[]): readonly Condition[] {
  const sorted = [...conditions].sort((a, b) => (a.spare ?? 0) - (b.spare ?? 0) || b.width - a.width)
  const kept: Condition[] = []
  const comparable = ({ fatal, spare }: Condition) => spare !== undefined && fatal.rows.sources.every(source => source.until === undefined)
  const within = containment()
  for (const each of sorted) {
    const { sources } = each.fatal.rows
    const implied = (by: readonly Condition[]) =>
      by.some(other => sources.every(source => other.fatal.rows.sources.some(wider => within(source, wider)))) ||
      sources.reduce((sum, source) => sum + Math.min(source.width, ...by.filter(other => other.fatal.rows.sources.length === 1 && within(source, other.fatal.rows.sources[0]!)).map(other => other.spare!)), 0) <= each.spare! // biome-ignore format: one test
    // Sorted by what they spare, so that whatever implies another comes before it.
    if (!comparable(each) || !implied(kept.filter(comparable))) kept.push(each)
  }
  return kept
}

/** Whether every row of a source lies within the same row of another; each pair is compared once. */
function containment(): (a: UnitSource, b: UnitSource) => boolean {
  const known = new Map<Int32Array, Map<Int32Array, boolean>>()
  return (a, b) => {
    if (a.elements === b.elements) return true
    if (a.at === undefined || a.at !== b.at || a.width > b.width) return false
    const ofA = known.get(a.elements) ?? new Map<Int32Array, boolean>()
    known.set(a.elements, ofA)
    const answer = ofA.get(b.elements) ?? rowsWithin(a, b)
    ofA.set(b.elements, answer)
    return answer
  }
}

function rowsWithin(a: UnitSource, b: UnitSource): boolean {
  for (let i = 0, row = 0; i < a.elements.length; i += a.width, row += b.width) {
    for (let c = 0; c < a.width; c++) {
      let found = false
      for (let k = 0; k < b.width && !found; k++) found = b.elements[row + k] === a.elements[i + c]
      if (!found) return false
    }
  }
  return true
}
