/** A ring of tokens: who owns which position, and how wide each range is. Ranges are (previous token, token], the first one wraps. */
import { type ClusterShape, clusterShape, type Partitioner, type RingNode } from './cluster-shape.ts'

export interface TokenRing {
  readonly shape: ClusterShape
  readonly partitioner: Partitioner
  /** Ascending, without duplicates. */
  readonly tokens: BigInt64Array | readonly bigint[]
  /** The node index that owns each position. */
  readonly owners: Int32Array
  /** Share of the ring, 0 to 1, of the range that ends at each position; undefined where the partitioner's width is not known. */
  readonly shares: Float64Array | undefined
  /** Tokens that more than one node claims: the first in node order keeps it here, the server refuses the second. */
  readonly clashes: readonly { readonly token: bigint; readonly nodes: readonly [number, number] }[]
}

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

export const ringWidth = { murmur3: 1n << 64n, random: 1n << 127n } as const

/** The ring, or the names of the token owners whose tokens are not known. */
export function tokenRing(
  nodes: readonly RingNode[] | ClusterShape,
  partitioner: Partitioner = 'murmur3',
): { readonly kind: 'ring'; readonly ring: TokenRing } | { readonly kind: 'unknown'; readonly nodes: readonly string[] } {
  const shape = 'nodes' in nodes ? nodes : clusterShape(nodes)
  const missing = shape.nodes.filter(node => !node.tokens && node.tokenCount > 0).map(node => node.name)
  if (missing.length > 0) return { kind: 'unknown', nodes: missing }
  return { kind: 'ring', ring: ringOf(shape, partitioner) }
}

/** As `tokenRing`, for nodes that are known to have tokens: nodes without own nothing. */
export function ringOf(shape: ClusterShape, partitioner: Partitioner = 'murmur3'): TokenRing {
  let size = 0
  for (const node of shape.nodes) size += node.tokens?.length ?? 0
  const claimed: bigint[] | BigInt64Array = partitioner === 'murmur3' ? new BigInt64Array(size) : new Array<bigint>(size)
  const claimants = new Int32Array(size)
  let at = 0
  shape.nodes.forEach((node, index) => {
    for (const token of node.tokens ?? []) {
      claimed[at] = token
      claimants[at++] = index
    }
  })
  const order =
    claimed instanceof BigInt64Array
      ? ascendingOrder(claimed)
      : Uint32Array.from(claimed.keys()).sort((a, b) => compare(claimed[a]!, claimed[b]!) || a - b)
  const tokens: bigint[] | BigInt64Array = claimed instanceof BigInt64Array ? new BigInt64Array(size) : []
  const owners = new Int32Array(size)
  const clashes: { token: bigint; nodes: readonly [number, number] }[] = []
  let count = 0
  for (let i = 0; i < size; i++) {
    const token = claimed[order[i]!]!
    const owner = claimants[order[i]!]!
    if (count > 0 && tokens[count - 1] === token) {
      if (owners[count - 1] !== owner) clashes.push({ token, nodes: [owners[count - 1]!, owner] })
      continue
    }
    tokens[count] = token
    owners[count++] = owner
  }
  const distinct = tokens instanceof BigInt64Array ? tokens.subarray(0, count) : tokens
  return { shape, partitioner, tokens: distinct, owners: owners.subarray(0, count), shares: sharesOf(distinct, partitioner), clashes }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Indexes in ascending order of value, equal values by index: a radix sort, because comparing 256,000 bigints is what would take longest. */
function ascendingOrder(values: BigInt64Array): Uint32Array {
  const size = values.length
  const words = new Uint32Array(values.buffer, values.byteOffset, size * 2)
  const [low, high] = littleEndian ? [0, 1] : [1, 0]
  let order = new Uint32Array(size)
  for (let i = 0; i < size; i++) order[i] = i
  let next = new Uint32Array(size)
  const digits = size < 4096 ? 8 : 16
  const buckets = new Uint32Array(1 << digits)
  const mask = (1 << digits) - 1
  for (let shift = 0; shift < 64; shift += digits) {
    const word = shift < 32 ? low : high
    const bits = shift & 31
    const flip = shift + digits === 64 ? 1 << (digits - 1) : 0
    buckets.fill(0)
    for (let i = 0; i < size; i++) buckets[((words[2 * i + word]! >>> bits) & mask) ^ flip]!++
    let sum = 0
    for (let digit = 0; digit <= mask; digit++) {
      const here = buckets[digit]!
      buckets[digit] = sum
      sum += here
    }
    for (let i = 0; i < size; i++) {
      const index = order[i]!
      next[buckets[((words[2 * index + word]! >>> bits) & mask) ^ flip]!++] = index
    }
    ;[order, next] = [next, order]
  }
  return order
}

/** width / 2^64 (Murmur3) or / 2^127 (Random) of the range that ends at each token. A ring of one token is one range of the whole width. */
function sharesOf(tokens: BigInt64Array | readonly bigint[], partitioner: Partitioner): Float64Array | undefined {
  if (partitioner === 'other') return undefined
  const shares = new Float64Array(tokens.length)
  if (tokens.length === 0) return shares
  const whole = ringWidth[partitioner]
  const scale = Number(whole)
  if (tokens.length === 1) {
    shares[0] = 1
    return shares
  }
  shares[0] = Number(tokens[0]! - tokens[tokens.length - 1]! + whole) / scale
  for (let i = 1; i < tokens.length; i++) shares[i] = Number(tokens[i]! - tokens[i - 1]!) / scale
  return shares
}

/** The position whose range holds the token: the first position at or after it, or the first of the ring. -1 for an empty ring. */
export function positionOfToken(ring: TokenRing, token: bigint): number {
  const { tokens } = ring
  if (tokens.length === 0) return -1
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (tokens[middle]! < token) low = middle + 1
    else high = middle
  }
  return low === tokens.length ? 0 : low
}
