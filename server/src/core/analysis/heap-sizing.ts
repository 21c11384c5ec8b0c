/** The heap that cassandra-env.sh chooses when nothing sets one; the same in every release. */

export interface HeapSizes {
  /** -Xms and -Xmx, MB. */
  readonly heap: number
  /** HEAP_NEWSIZE, MB; -Xmn with CMS only. */
  readonly newSize: number
}

/** From the machine's memory in MB and its cores; shell arithmetic, so fractions are cut off. */
export function calculatedHeap(memoryMegabytes: number, cores: number): HeapSizes {
  const half = Math.min(Math.trunc(memoryMegabytes / 2), 1024)
  const quarter = Math.min(Math.trunc(memoryMegabytes / 4), 8192)
  const heap = Math.max(half, quarter)
  return { heap, newSize: Math.min(100 * cores, Math.trunc(heap / 4)) }
}
