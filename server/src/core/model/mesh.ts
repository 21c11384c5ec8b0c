/** A WireGuard mesh: which file is which node's end, which peers meet, who reaches whom. */
import type { Declared } from './declared.ts'

export interface Mesh {
  readonly declared: Declared
}
