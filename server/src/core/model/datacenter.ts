/** A datacenter: the nodes that are placed in it, and its racks. */
import type { Span } from '../text/span.ts'
import type { Cluster } from './cluster.ts'
import type { DeclaredDatacenter } from './declared.ts'
import type { DatacenterName, RackName } from './names.ts'
import type { Node } from './node.ts'

export interface Rack {
  readonly name: RackName
  readonly nodes: readonly Node[]
}

export interface Datacenter {
  readonly name: DatacenterName
  readonly cluster: Cluster
  readonly nodes: readonly Node[]
  readonly racks: readonly Rack[]
  /** Some node of it has an unknown rack: counts of racks are unknown. */
  readonly racksUnknown: boolean
  readonly declared: DeclaredDatacenter | undefined
  /** Where its name stands first, in path order. */
  readonly span: Span
}
