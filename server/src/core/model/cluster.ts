/** A cluster: nodes that gossip with each other, its datacenters, keyspaces and network. */
import type { Release } from '../catalog/release.ts'
import type { Datacenter } from './datacenter.ts'
import type { Declared } from './declared.ts'
import type { Keyspace } from './keyspace.ts'
import type { Mesh } from './mesh.ts'
import type { Node } from './node.ts'

export interface Cluster {
  /** cluster_name, with its folder where that repeats. */
  readonly name: string
  /** Counted nodes, in path order. */
  readonly nodes: readonly Node[]
  readonly datacenters: readonly Datacenter[]
  /** Counted nodes whose datacenter is unknown. */
  readonly nodesWithoutDatacenter: readonly Node[]
  /** Templates and shared files in its folder: nodes of unknown number. */
  readonly templates: readonly Node[]
  /** Some seed, peer or topology entry belongs to no node here: the cluster may have nodes elsewhere, so "nobody has X" is unknown. */
  readonly mayHaveNodesElsewhere: boolean
  /** No other cluster is in the workspace: what foretell.yaml names is meant to be here. */
  readonly isOnlyOne: boolean
  readonly keyspaces: readonly Keyspace[]
  readonly mesh: Mesh | undefined
  readonly release: Release
  readonly declared: Declared
}

/** No node of the cluster is left out: counts of nodes and racks are what they seem. */
export function isComplete(cluster: Cluster): boolean {
  return !cluster.mayHaveNodesElsewhere && cluster.templates.length === 0 && cluster.nodesWithoutDatacenter.length === 0
}
