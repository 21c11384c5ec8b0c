/** What Java's standard library does where Cassandra's token allocation depends on it: java.util.Random and the order of java.util.PriorityQueue. */

const multiplier = 0x5deece66dn
const mask = (1n << 48n) - 1n

/** `nextDouble` of `new java.util.Random(seed)`: the linear congruential generator that its documentation fixes. */
export function javaRandomDoubles(seed: number): () => number {
  let state = (BigInt(seed) ^ multiplier) & mask
  const next = (bits: bigint) => {
    state = (state * multiplier + 0xbn) & mask
    return state >> (48n - bits)
  }
  return () => Number((next(26n) << 27n) + next(27n)) / 2 ** 53
}

/** A binary heap whose heaviest comes first and whose ties come out as those of java.util.PriorityQueue do. */
export interface HeaviestFirst<T> {
  add(weight: number, value: T): void
  /** Removes and returns the heaviest; undefined when empty. */
  take(): { readonly weight: number; readonly value: T } | undefined
  peek(): { readonly weight: number; readonly value: T } | undefined
}

export function heaviestFirst<T>(): HeaviestFirst<T> {
  const heap: { readonly weight: number; readonly value: T }[] = []
  const compare = (a: { readonly weight: number }, b: { readonly weight: number }) => doubleCompare(b.weight, a.weight)
  return {
    add(weight, value) {
      const item = { weight, value }
      let k = heap.length
      heap.push(item)
      while (k > 0) {
        const parent = (k - 1) >>> 1
        if (compare(item, heap[parent]!) >= 0) break
        heap[k] = heap[parent]!
        k = parent
      }
      heap[k] = item
    },
    take() {
      const first = heap[0]
      const last = heap.pop()
      if (!first || !last || heap.length === 0) return first
      const size = heap.length
      let k = 0
      while (k < size >>> 1) {
        let child = 2 * k + 1
        if (child + 1 < size && compare(heap[child]!, heap[child + 1]!) > 0) child++
        if (compare(last, heap[child]!) <= 0) break
        heap[k] = heap[child]!
        k = child
      }
      heap[k] = last
      return first
    },
    peek: () => heap[0],
  }
}

/** Double.compare: 0.0 is greater than -0.0. */
function doubleCompare(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  return Object.is(a, b) ? 0 : Object.is(a, -0) ? -1 : 1
}
