/** A WireGuard mesh: which file is which node's end, which peers meet, who reaches whom. */
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import type { Declared } from './declared.ts'
import type { Node } from './node.ts'

export interface MeshEnd {
  readonly file: ParsedWireGuard
  /** The Cassandra node whose end it is. */
  readonly node: Node | undefined
}

export interface Mesh {
  readonly ends: readonly MeshEnd[]
  readonly declared: Declared
}
