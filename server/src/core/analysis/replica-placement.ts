/**
 * Natural replicas of every range of a ring, in the server's order, for NetworkTopologyStrategy and SimpleStrategy (all releases place alike).
 *
 * Per datacenter, clockwise from the range's end: a node whose rack is unseen is taken; another only while fewer than factor - racks repeats were
 * taken; until min(factor, nodes) are taken. Rings are walked once, backwards, keeping racks in the order in which they come next (move to front), so
 * that a far-away rack costs nothing.
 */
import { type ClusterShape, type PlacedReplication, type ReplicationFactor, replicationKey } from './cluster-shape.ts'
import { positionOfToken, type TokenRing } from './token-ring.ts'

export interface Placement {
  readonly ring: TokenRing
  readonly replication: PlacedReplication
  /** Replicas of each range: the same number for all. */
  readonly copies: number
  /** Node indexes, `copies` for each position of the ring, in replica order: the first is the primary. */
  readonly replicas: Int32Array
  /** 1 where the replica of the same index is transient; undefined when none is. */
  readonly transient: Uint8Array | undefined
}

/**
 * The replicas that one datacenter (with SimpleStrategy: the whole ring) holds. Keyspaces with the same factor there share it, which is what makes
 * many keyspaces on a large ring cheap: everything but display works on parts.
 */
export interface PlacementPart {
  /** Index of the datacenter; undefined with SimpleStrategy. */
  readonly datacenter: number | undefined
  /** Ring positions whose owners are in this part, ascending. */
  readonly at: Int32Array
  /** For each position of the whole ring, the position within the part whose replicas its range has. */
  readonly indexOf: Int32Array
  readonly copies: number
  /** How many of the copies, from the first on, are full replicas. */
  readonly full: number
  /** Node indexes, `copies` for each position of the part, in replica order. */
  readonly members: Int32Array
  /** The ring positions of the tokens at which they were met. */
  readonly met: Int32Array
}

interface PartPositions {
  readonly at: Int32Array
  readonly indexOf: Int32Array
}

const partsOfRing = new WeakMap<TokenRing, Map<string, PlacementPart>>()
const positionsOfRing = new WeakMap<TokenRing, Map<number | undefined, PartPositions>>()
const placementsOfRing = new WeakMap<TokenRing, Map<string, PlacementPart[]>>()

/** Places the replicas of every range. A datacenter without nodes adds nothing; a factor above the number of nodes takes every node. */
export function placeReplicas(ring: TokenRing, replication: PlacedReplication): Placement {
  return merged(ring, replication, placementParts(ring, replication))
}

/** The parts of a placement, one for each datacenter that holds replicas. The same array for the same ring and replication. */
export function placementParts(ring: TokenRing, replication: PlacedReplication): readonly PlacementPart[] {
  const known = placementsOfRing.get(ring) ?? new Map<string, PlacementPart[]>()
  placementsOfRing.set(ring, known)
  const key = replicationKey(replication)
  const before = known.get(key)
  if (before) return before
  const { shape } = ring
  const parts: PlacementPart[] = []
  known.set(key, parts)
  if (replication.kind === 'simple') {
    const part = partPlacement(ring, undefined, replication.factor)
    if (part) parts.push(part)
  } else {
    shape.datacenters.forEach((name, datacenter) => {
      const factor = replication.factors.get(name)
      const part = factor && partPlacement(ring, datacenter, factor)
      if (part) parts.push(part)
    })
  }
  return parts
}

/** Kept for the life of the ring. */
function partPlacement(ring: TokenRing, datacenter: number | undefined, factor: ReplicationFactor): PlacementPart | undefined {
  const known = partsOfRing.get(ring) ?? new Map<string, PlacementPart>()
  partsOfRing.set(ring, known)
  const key = `${datacenter}:${factor.all}/${factor.transient}`
  const before = known.get(key)
  if (before) return before
  const made = walk(ring, datacenter, factor)
  if (made) known.set(key, made)
  return made
}

function walk(ring: TokenRing, datacenter: number | undefined, factor: ReplicationFactor): PlacementPart | undefined {
  const { shape, owners } = ring
  const { at, indexOf } = positionsOf(ring, datacenter)
  const size = at.length
  const nodes = datacenter === undefined ? countOwners(shape) : shape.ownersOfDatacenter[datacenter]!.length
  const copies = Math.min(factor.all, nodes)
  if (size === 0 || copies <= 0) return undefined
  const full = copies - Math.max(factor.transient - (factor.all - copies), 0)
  // When every node is taken, or racks do not count, each node is its own group: then nothing is ever a repeat.
  const byNode = datacenter === undefined || factor.all >= nodes
  const groups = byNode ? shape.nodes.length : shape.racks.length
  const groupOfNode = byNode ? undefined : shape.rackOf
  const rackCount = byNode
    ? nodes
    : shape.racks.reduce((n, rack, i) => n + (rack.datacenter === datacenter && shape.ownersOfRack[i]!.length > 0 ? 1 : 0), 0)
  const repeats = byNode ? 0 : Math.max(0, copies - rackCount)

  const met = new Int32Array(size * copies)
  const next = new Int32Array(groups).fill(-1)
  const previous = new Int32Array(groups).fill(-1)
  const nearest = new Int32Array(groups).fill(-1)
  const seenAt = new Int32Array(groups).fill(-1)
  const taken = new Int32Array(copies)
  let head = -1
  const owner = new Int32Array(size)
  const group = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    const node = owners[at[i]!]!
    owner[i] = node
    group[i] = groupOfNode ? groupOfNode[node]! : node
  }
  for (let step = 2 * size - 1; step >= 0; step--) {
    const i = step >= size ? step - size : step
    const here = group[i]!
    if (head !== here) {
      if (nearest[here] !== -1) {
        const before = previous[here]!
        const after = next[here]!
        next[before] = after
        if (after !== -1) previous[after] = before
      }
      if (head !== -1) previous[head] = here
      next[here] = head
      previous[here] = -1
      head = here
    }
    nearest[here] = i
    if (step >= size) continue
    let count = 0
    const base = i * copies
    if (repeats > 0) {
      let left = repeats
      for (let j = i, steps = 0; left > 0 && count < copies && steps < size; steps++, j = j + 1 === size ? 0 : j + 1) {
        const node = owner[j]!
        const g = group[j]!
        if (seenAt[g] !== i) seenAt[g] = i
        else {
          let again = false
          for (let k = 0; k < count; k++) if (taken[k] === node) again = true
          if (again) continue
          left--
        }
        taken[count] = node
        met[base + count++] = at[j]!
      }
      for (let g = head; count < copies && g !== -1; g = next[g]!) if (seenAt[g] !== i) met[base + count++] = at[nearest[g]!]!
    } else {
      for (let g = head; count < copies; g = next[g]!) met[base + count++] = at[nearest[g]!]!
    }
  }
  const members = new Int32Array(met.length)
  for (let i = 0; i < met.length; i++) members[i] = owners[met[i]!]!
  return { datacenter, at, indexOf, copies, full, members, met }
}

function countOwners(shape: ClusterShape): number {
  return shape.ownersOfDatacenter.reduce((sum, nodes) => sum + nodes.length, 0)
}

function positionsOf(ring: TokenRing, datacenter: number | undefined): PartPositions {
  const known = positionsOfRing.get(ring) ?? new Map<number | undefined, PartPositions>()
  positionsOfRing.set(ring, known)
  const before = known.get(datacenter)
  if (before) return before
  const { owners, shape } = ring
  const at = new Int32Array(owners.length)
  const indexOf = new Int32Array(owners.length)
  let size = 0
  for (let i = 0; i < owners.length; i++) {
    indexOf[i] = size
    if (datacenter === undefined || shape.datacenterOf[owners[i]!] === datacenter) at[size++] = i
  }
  for (let i = owners.length - 1; i >= 0 && indexOf[i] === size; i--) indexOf[i] = 0
  const made = { at: at.slice(0, size), indexOf }
  known.set(datacenter, made)
  return made
}

/** Replicas of all parts, interleaved in the order in which the walk meets them. */
function merged(ring: TokenRing, replication: PlacedReplication, parts: readonly PlacementPart[]): Placement {
  const size = ring.owners.length
  const owners = ring.owners
  const copies = parts.reduce((sum, part) => sum + part.copies, 0)
  const replicas = new Int32Array(size * copies)
  const transient = parts.some(part => part.full < part.copies) ? new Uint8Array(size * copies) : undefined
  const distances = new Int32Array(copies)
  for (let i = 0; i < size; i++) {
    const base = i * copies
    let count = 0
    for (let p = 0; p < parts.length; p++) {
      const part = parts[p]!
      const from = part.indexOf[i]! * part.copies
      for (let c = 0; c < part.copies; c++) {
        const position = part.met[from + c]!
        const distance = position >= i ? position - i : position - i + size
        let place = count++
        while (place > 0 && distances[place - 1]! > distance) {
          distances[place] = distances[place - 1]!
          replicas[base + place] = replicas[base + place - 1]!
          if (transient) transient[base + place] = transient[base + place - 1]!
          place--
        }
        distances[place] = distance
        replicas[base + place] = owners[position]!
        if (transient) transient[base + place] = c >= part.full ? 1 : 0
      }
    }
  }
  return { ring, replication, copies, replicas, transient }
}

/** Node indexes that hold the key with this token, in replica order. */
export function replicasOfToken(placement: Placement, token: bigint): readonly number[] {
  const position = positionOfToken(placement.ring, token)
  return position < 0 ? [] : replicasOfPosition(placement, position)
}

export function replicasOfPosition(placement: Placement, position: number): readonly number[] {
  return [...placement.replicas.subarray(position * placement.copies, (position + 1) * placement.copies)]
}

export interface PlacedRange {
  /** Exclusive; the first range's lies at the end of the ring and wraps. */
  readonly after: bigint
  readonly upTo: bigint
  /** Names, in replica order. */
  readonly replicas: readonly string[]
}

/** Every range of the ring with the names of its replicas, ascending by token. */
export function* placedRanges(placement: Placement): Generator<PlacedRange> {
  const { ring, copies, replicas } = placement
  const { tokens, shape } = ring
  for (let i = 0; i < tokens.length; i++) {
    const names: string[] = []
    for (let c = 0; c < copies; c++) names.push(shape.nodes[replicas[i * copies + c]!]!.name)
    yield { after: tokens[i === 0 ? tokens.length - 1 : i - 1]!, upTo: tokens[i]!, replicas: names }
  }
}

/** Share of the ring, 0 to 1, that each node replicates (transient copies too); undefined without a known ring width. */
export function replicatedOwnership(placement: Placement): Float64Array | undefined {
  const { ring, copies, replicas } = placement
  if (!ring.shares) return undefined
  const owned = new Float64Array(ring.shape.nodes.length)
  for (let i = 0; i < replicas.length; i++) owned[replicas[i]!]! += ring.shares[Math.floor(i / copies)]!
  return owned
}
