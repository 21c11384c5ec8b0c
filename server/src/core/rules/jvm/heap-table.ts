/** Heap sizes at which Java or its collectors change their behaviour; bytes. */
import type { Collector } from '../../model/jvm-facts.ts'

const mebibyte = 2 ** 20
const gibibyte = 2 ** 30

/** The first heap size with which object pointers are no longer compressed; missing for collectors that never compress. Measured on Java 17. */
export const firstUncompressed: Partial<Readonly<Record<Collector, number>>> = {
  G1: 32736 * mebibyte + 1,
  Shenandoah: 32736 * mebibyte + 1,
  CMS: 32 * gibibyte,
  Parallel: 32 * gibibyte,
  Serial: 32 * gibibyte,
}

/** Above this, collectors that stop the world for a whole generation may stop it for long. */
export const largeHeap = 16 * gibibyte
