/** (Stand-in until the mesh arrives.) */
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import type { Declared } from './declared.ts'
import type { Mesh } from './mesh.ts'
import type { Node } from './node.ts'

export function buildMeshes(_ends: readonly ParsedWireGuard[], _nodes: readonly Node[], _declared: Declared): readonly Mesh[] {
  return []
}
