/**
 * Tokens for a node that joins a ring in which a range is held by several groups (racks or nodes): candidates halve every range, and the best by
 * variance of ownership are taken one by one. Follows the server's ReplicationAwareTokenAllocator, ties and rounding included, so that plans are what
 * a bootstrap will do.
 */
import { heaviestFirst } from './java-random.ts'
import { midpoint, rangeSize } from './token-arithmetic.ts'

interface Group {
  seen: boolean
  populated: boolean
}

interface Unit {
  readonly group: Group
  ownership: number
  tokenCount: number
  adjusted: number
  /** Chain of units that a candidate affects; the last points to itself. */
  previous: Unit | undefined
}

interface Span {
  readonly token: bigint
  readonly unit: Unit
  /** First token of the range that the unit replicates up to this token. */
  start: bigint
  /** The nearest position that a new token can take to become the start. */
  threshold: bigint
  ownership: number
}

interface Vnode extends Span {
  prev: Vnode
  next: Vnode
}

interface Candidate extends Span {
  /** The token whose range it halves. */
  readonly split: Vnode
  prev: Candidate
  next: Candidate
}

/** New tokens for a node, or undefined when there are too few units or tokens for the method (then ranges are split instead). */
export function replicationAwareTokens(
  ring: readonly { readonly token: bigint; readonly node: string }[],
  groupOf: (node: string) => string,
  newNode: string,
  replicas: number,
  numTokens: number,
): readonly bigint[] | undefined {
  if (new Set(ring.map(each => each.node)).size < replicas || numTokens > ring.length) return undefined
  const optimal = (1.0 * replicas) / (ring.length + numTokens)
  const groups = new Map<string, Group>()
  const groupFor = (node: string): Group => {
    const name = groupOf(node)
    const group = groups.get(name) ?? { seen: false, populated: false }
    groups.set(name, group)
    return group
  }
  const units = new Map<string, Unit>()
  const unitOf = (node: string, ownership: number): Unit => ({
    group: groupFor(node),
    ownership,
    tokenCount: 0,
    adjusted: 0,
    previous: undefined,
  })
  for (const { node } of ring) {
    const unit = units.get(node) ?? unitOf(node, 0)
    units.set(node, unit)
    unit.tokenCount++
  }
  if (groups.size < replicas) return undefined
  const newUnit = unitOf(newNode, numTokens * optimal)
  const first = vnodesOf(ring, units)
  for (let vnode = first; ; ) {
    settle(vnode, vnode.prev, newUnit.group, replicas)
    vnode = vnode.next
    if (vnode === first) break
  }
  newUnit.tokenCount = numTokens
  const candidates = candidatesOf(first, newUnit, optimal, replicas)
  const improvements = heaviestFirst<Candidate>()
  for (let candidate = candidates; ; ) {
    improvements.add(improvementOf(candidate, optimal, 1.0 / numTokens, replicas), candidate)
    candidate = candidate.next
    if (candidate === candidates) break
  }
  const tokens: bigint[] = []
  let best = improvements.take()!.value
  for (let count = 1; ; count++) {
    best.next.prev = best.prev
    best.prev.next = best.next
    confirm(best, newUnit, replicas)
    tokens.push(best.token)
    if (count === numTokens) return tokens
    for (;;) {
      best = improvements.take()!.value
      const improvement = improvementOf(best, optimal, (count + 1.0) / numTokens, replicas)
      const next = improvements.peek()
      if (!next || improvement >= next.weight) break
      improvements.add(improvement, best)
    }
  }
}

function vnodesOf(ring: readonly { readonly token: bigint; readonly node: string }[], units: ReadonlyMap<string, Unit>): Vnode {
  const vnodes = ring.map(({ token, node }) => ({ token, unit: units.get(node)!, start: token, threshold: token, ownership: 0 }) as Vnode)
  vnodes.forEach((vnode, i) => {
    vnode.prev = vnodes[(i + vnodes.length - 1) % vnodes.length]!
    vnode.next = vnodes[(i + 1) % vnodes.length]!
  })
  return vnodes[0]!
}

function candidatesOf(first: Vnode, unit: Unit, ownership: number, replicas: number): Candidate {
  const candidates: Candidate[] = []
  for (let vnode = first; ; ) {
    const token = midpoint(vnode.prev.token, vnode.token)
    const candidate = { token, unit, start: token, threshold: token, ownership, split: vnode } as Candidate
    populate(candidate, vnode.prev, unit.group, replicas)
    candidates.push(candidate)
    vnode = vnode.next
    if (vnode === first) break
  }
  candidates.forEach((candidate, i) => {
    candidate.prev = candidates[(i + candidates.length - 1) % candidates.length]!
    candidate.next = candidates[(i + 1) % candidates.length]!
  })
  return candidates[0]!
}

/** Where the span of a token starts: at the first token of the last of `replicas` groups met before it, or of its own group. */
function populate(span: Span, before: Vnode, newGroup: Group, replicas: number): void {
  const own = span.unit.group
  const visited: Group[] = []
  let start: bigint
  let threshold = span.token
  let group: Group
  for (let vnode = before; ; vnode = vnode.prev) {
    start = vnode.token
    group = vnode.unit.group
    if (group.populated) continue
    group.populated = true
    visited.push(group)
    if (visited.length >= replicas) break
    threshold = start
    if (group === own) break
  }
  if (newGroup === own) threshold = span.token
  else if (newGroup !== group && newGroup.populated) threshold = start
  for (const each of visited) each.populated = false
  span.threshold = threshold
  span.start = start
}

function settle(vnode: Vnode, before: Vnode, newGroup: Group, replicas: number): void {
  populate(vnode, before, newGroup, replicas)
  const ownership = rangeSize(vnode.start, vnode.token)
  const old = vnode.ownership
  vnode.ownership = ownership
  vnode.unit.ownership += ownership - old
}

/** Puts a candidate into the ring and brings the spans behind it up to date. */
function confirm(chosen: Candidate, newUnit: Unit, replicas: number): void {
  const { split } = chosen
  const prev = split.prev
  const vnode: Vnode = {
    token: chosen.token,
    unit: newUnit,
    start: chosen.token,
    threshold: chosen.token,
    ownership: chosen.ownership,
    prev,
    next: split,
  }
  prev.next = vnode
  split.prev = vnode
  settle(vnode, prev, newUnit.group, replicas)
  const visited: Group[] = []
  let candidate = chosen
  for (let current = vnode.next; visited.length < replicas; current = current.next) {
    candidate = candidate.next
    populate(candidate, candidate.split.prev, newUnit.group, replicas)
    const { group } = current.unit
    if (group.seen) continue
    group.seen = true
    visited.push(group)
    settle(current, current.prev, newUnit.group, replicas)
  }
  for (const group of visited) group.seen = false
}

const square = (x: number) => x * x

/** How much the variance of ownership, by token and by unit, falls when the candidate is taken. */
function improvementOf(candidate: Candidate, optimal: number, newUnitMultiplier: number, replicas: number): number {
  let chain = candidate.unit
  const adjust = (span: Span, start: bigint): number => {
    const { unit } = span
    const old = span.ownership
    const ownership = rangeSize(start, span.token)
    const difference = ownership - old
    if (unit.previous === undefined) {
      unit.adjusted = unit.ownership + difference
      unit.previous = chain
      chain = unit
    } else unit.adjusted += difference
    return (square(ownership - optimal) - square(old - optimal)) / square(unit.tokenCount)
  }
  let tokenChange = adjust(candidate, candidate.start)
  const visited: Group[] = []
  for (let vnode = candidate.split; visited.length < replicas; vnode = vnode.next) {
    const { group } = vnode.unit
    if (group.seen) continue
    group.seen = true
    visited.push(group)
    tokenChange += adjust(vnode, further(vnode.threshold, candidate.token, vnode.token))
  }
  for (const group of visited) group.seen = false
  let unitChange = 0
  for (;;) {
    const change = square(chain.adjusted / chain.tokenCount - optimal) - square(chain.ownership / chain.tokenCount - optimal)
    const previous = chain.previous!
    chain.previous = undefined
    if (chain === previous) {
      unitChange += change * newUnitMultiplier
      break
    }
    unitChange += change
    chain = previous
  }
  return -(tokenChange + unitChange)
}

/** Whichever of two tokens is further before the third; one that equals it is not. */
function further(a: bigint, b: bigint, towards: bigint): bigint {
  if (a === towards) return b
  if (b === towards) return a
  return rangeSize(a, towards) > rangeSize(b, towards) ? a : b
}
