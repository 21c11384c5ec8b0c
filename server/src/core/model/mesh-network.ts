/** Who can send to whom over the WireGuard mesh, as the analysis takes it. */
import type { Network } from '../analysis/reachability.ts'
import type { Cluster } from './cluster.ts'
import type { Node } from './node.ts'

/** Undefined without WireGuard files: everyone reaches everyone. */
export function networkOf(_cluster: Cluster, _nodes: readonly Node[]): Network | undefined {
  return undefined
}
