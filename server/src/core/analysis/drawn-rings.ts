/** Rings drawn from a seed for nodes whose tokens are not known, as their release would give them out. The same seed draws the same rings. */
import { type ClusterShape, clusterShape, type RingNode } from './cluster-shape.ts'
import { ringOf, type TokenRing } from './token-ring.ts'

export type RingAllocation =
  | { readonly kind: 'random' }
  /** `allocate_tokens_for_local_replication_factor`. */
  | { readonly kind: 'replicationAware'; readonly localReplicationFactor: number }

const usualNumberOfRings = 200
/** Fewer rings are drawn where 200 would take more positions than this: on such rings shares vary little from one to the next. */
const mostPositions = 2_000_000

const drawnOfShape = new WeakMap<ClusterShape, Map<string, readonly TokenRing[]>>()

export function drawnRings(shape: ClusterShape, allocation: RingAllocation | undefined, seed: number): readonly TokenRing[] {
  const known = drawnOfShape.get(shape) ?? new Map<string, readonly TokenRing[]>()
  drawnOfShape.set(shape, known)
  const key = `${JSON.stringify(allocation ?? null)} ${seed}`
  const before = known.get(key)
  if (before) return before
  const positions = shape.nodes.reduce((sum, node) => sum + (node.tokens?.length ?? node.tokenCount), 0)
  const count = Math.max(10, Math.min(usualNumberOfRings, Math.floor(mostPositions / Math.max(1, positions))))
  const next = splitMix64(BigInt(seed))
  const rings = Array.from({ length: count }, () => ringOf(reusing(shape, randomTokens(shape.nodes, next))))
  known.set(key, rings)
  return rings
}

/** The same shape, with tokens: indexes stay. */
function reusing(shape: ClusterShape, nodes: readonly RingNode[]): ClusterShape {
  return { ...clusterShape(nodes), datacenters: shape.datacenters }
}

/** Tokens that are known stay; the others are drawn from the whole Murmur3 range. */
function randomTokens(nodes: readonly RingNode[], next: () => bigint): readonly RingNode[] {
  return nodes.map(node => (node.tokens ? node : { ...node, tokens: Array.from({ length: node.tokenCount }, next) }))
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
