/** Rings drawn from a seed for nodes whose tokens are not known, as their release would give them out. The same seed draws the same rings. */
import { type ClusterShape, clusterShape, type RingNode } from './cluster-shape.ts'
import { allocateTokens } from './token-allocation.ts'
import { ringOf, type TokenRing } from './token-ring.ts'

export type RingAllocation =
  | { readonly kind: 'random' }
  /** `allocate_tokens_for_local_replication_factor`. */
  | { readonly kind: 'replicationAware'; readonly localReplicationFactor: number }

const usualNumberOfRings = 200
/** Fewer rings are drawn where 200 would take more positions than this, and nodes get fewer tokens where one ring would have more than the second. */
const mostPositions = 400_000
const mostPositionsOfRing = 10_000

/** Larger rings are drawn at random even where nodes allocate: allocating for each joining node takes the square of the positions. */
const mostAllocatedPositions = 1_000

const drawnOfShape = new WeakMap<ClusterShape, Map<string, readonly TokenRing[]>>()

export function drawnRings(shape: ClusterShape, allocation: RingAllocation | undefined, seed: number): readonly TokenRing[] {
  const known = drawnOfShape.get(shape) ?? new Map<string, readonly TokenRing[]>()
  drawnOfShape.set(shape, known)
  const key = `${JSON.stringify(allocation ?? null)} ${seed}`
  const before = known.get(key)
  if (before) return before
  const all = shape.nodes.reduce((sum, node) => sum + (node.tokens?.length ?? node.tokenCount), 0)
  // Fewer tokens make uneven rings: intervals come out wider than they are, never narrower.
  const share = Math.min(1, mostPositionsOfRing / Math.max(1, all))
  const positions = Math.ceil(all * share)
  const count = Math.max(20, Math.min(usualNumberOfRings, Math.floor(mostPositions / Math.max(1, positions))))
  const next = splitMix64(BigInt(seed))
  const aware = allocation?.kind === 'replicationAware' && shape.nodes.every(node => !node.tokens) && positions <= mostAllocatedPositions
  const draw = aware ? allocatedRings(shape, allocation.localReplicationFactor, next) : () => randomTokens(shape.nodes, share, next)
  const rings = Array.from({ length: count }, () => ringOf(reusing(shape, draw())))
  known.set(key, rings)
  return rings
}

/** The same shape, with tokens: indexes stay. */
function reusing(shape: ClusterShape, nodes: readonly RingNode[]): ClusterShape {
  return { ...clusterShape(nodes), datacenters: shape.datacenters }
}

/**
 * Rings as nodes allocate them that join in an order of their own. A few orders of racks are allocated in full; nodes of a rack, of which any may have
 * come first, then change places. Nodes that the server would refuse draw their tokens at random.
 */
function allocatedRings(shape: ClusterShape, localReplicationFactor: number, next: () => bigint): () => readonly RingNode[] {
  const bases: (readonly RingNode[])[] = []
  const orders = 4
  return () => {
    if (bases.length < orders) bases.push(allocatedOnce(shape, localReplicationFactor, next))
    const base = bases[below(next, bases.length)]!
    const nodes = [...base]
    for (const owners of shape.ownersOfRack) {
      for (let i = owners.length - 1; i > 0; i--) {
        const [a, b] = [owners[i]!, owners[below(next, i + 1)]!]
        const [x, y] = [nodes[a]!, nodes[b]!]
        if (x.tokenCount !== y.tokenCount) continue
        nodes[a] = { ...x, tokens: y.tokens! }
        nodes[b] = { ...y, tokens: x.tokens! }
      }
    }
    return nodes
  }
}

function allocatedOnce(shape: ClusterShape, localReplicationFactor: number, next: () => bigint): readonly RingNode[] {
  const order = shape.nodes.map((_, i) => i)
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(next, i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  // In turn by rack, as rings are built that want to be even.
  const turn = new Map<number, number>()
  const round = new Map(order.map(node => {
    const before = turn.get(shape.rackOf[node]!) ?? 0
    turn.set(shape.rackOf[node]!, before + 1)
    return [node, before] as const
  })) // biome-ignore format: one map
  order.sort((a, b) => round.get(a)! - round.get(b)!)
  const nodes: RingNode[] = shape.nodes.map(node => ({ ...node }))
  const existing: RingNode[] = []
  for (const index of order) {
    const node = shape.nodes[index]!
    if (node.tokenCount === 0) continue
    const options = { localReplicationFactor, numTokens: node.tokenCount, starts: [next()], existing, mode: 'bootstrap' } as const
    const [made] = allocateTokens([node], options).nodes
    const tokens = made?.kind === 'allocated' ? made.tokens : Array.from({ length: node.tokenCount }, next)
    nodes[index] = { ...node, tokens }
    existing.push(nodes[index]!)
  }
  return nodes
}

function below(next: () => bigint, bound: number): number {
  return Number(BigInt.asUintN(64, next()) % BigInt(bound))
}

/** Tokens that are known stay; the others are drawn from the whole Murmur3 range. */
function randomTokens(nodes: readonly RingNode[], share: number, next: () => bigint): readonly RingNode[] {
  const drawn = (node: RingNode) => (node.tokenCount === 0 ? 0 : Math.max(1, Math.round(node.tokenCount * share)))
  return nodes.map(node => (node.tokens ? node : { ...node, tokens: Array.from({ length: drawn(node) }, next) }))
}

/** splitmix64: signed 64-bit numbers, evenly spread. */
export function splitMix64(seed: bigint): () => bigint {
  let state = BigInt.asUintN(64, seed)
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    let z = state
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn)
    return BigInt.asIntN(64, z ^ (z >> 31n))
  }
}
