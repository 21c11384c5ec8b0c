/** A cluster from its nodes: name, datacenters, racks, keyspaces, and whether it may have nodes elsewhere. */
import { holds, type IpPrefix, isLoopback, readAddress, widthOf } from '../analysis/ip-network.ts'
import type { ParsedCql } from '../syntax/cql-file.ts'
import type { ParsedFile } from '../syntax/parsed-file.ts'
import { knownValue } from '../text/fact.ts'
import { folderOf } from '../text/source-file.ts'
import type { Cluster } from './cluster.ts'
import type { Datacenter, Rack } from './datacenter.ts'
import type { Declared } from './declared.ts'
import { commonDepth, nodePath, nodesByAddress, stockClusterName } from './gather-clusters.ts'
import { datacentersNamedIn, gatherKeyspaces } from './gather-keyspaces.ts'
import type { Keyspace } from './keyspace.ts'
import type { Mesh } from './mesh.ts'
import type { DatacenterName, RackName } from './names.ts'
import type { Node } from './node.ts'

export interface ClusterParts {
  readonly name: string
  readonly nodes: readonly Node[]
  readonly templates: readonly Node[]
  readonly schemas: readonly ParsedCql[]
  readonly meshes: readonly Mesh[]
  readonly declared: Declared
  readonly isOnlyOne: boolean
}

export function assembleCluster({ name, nodes, templates, schemas, meshes, declared, isOnlyOne }: ClusterParts): Cluster {
  const own = new Set(nodes)
  const datacenters: Datacenter[] = []
  const keyspaces: Keyspace[] = []
  const cluster: Cluster = {
    name,
    nodes,
    datacenters,
    nodesWithoutDatacenter: nodes.filter(node => node.location.datacenter.kind !== 'known'),
    templates,
    mayHaveNodesElsewhere: mayHaveNodesElsewhere(nodes),
    isOnlyOne,
    keyspaces,
    mesh: meshes.find(mesh => mesh.ends.some(end => end.node !== undefined && own.has(end.node))) ?? meshOfGateways(meshes, nodes),
    release: nodes.find(node => !node.declared.release)?.release ?? nodes[0]!.release,
    declared,
  }
  for (const datacenter of datacentersOf(cluster)) datacenters.push(datacenter)
  for (const keyspace of gatherKeyspaces(schemas, cluster, cluster.release)) keyspaces.push(keyspace)
  return cluster
}

/** The one mesh whose gateways carry the nodes' addresses, where no node has an end of its own. */
function meshOfGateways(meshes: readonly Mesh[], nodes: readonly Node[]): Mesh | undefined {
  const addresses = nodes.flatMap(({ addresses }) => readAddress(knownValue(addresses.effectiveBroadcast) ?? '') ?? [])
  const carrying = meshes.filter(mesh => {
    const networks = new Map<string, IpPrefix>()
    for (const { peers } of mesh.ends)
      for (const { to, prefixes } of peers)
        for (const { prefix } of to ? prefixes : [])
          if (prefix.length > 0 && prefix.length < widthOf(prefix.family)) networks.set(`${prefix.bits}/${prefix.length}`, prefix)
    const all = [...networks.values()]
    return addresses.some(address => all.some(prefix => holds(prefix, address)))
  })
  return carrying.length === 1 ? carrying[0] : undefined
}

/** cluster_name of the first node, with the common folder where that repeats. */
export function nameClusters(parts: readonly (readonly Node[])[]): readonly string[] {
  const plain = parts.map(
    part => part.find(node => node.declared.cluster)?.declared.cluster ?? knownValue(part[0]!.clusterName) ?? stockClusterName,
  )
  const count = new Map<string, number>()
  for (const name of plain) count.set(name, (count.get(name) ?? 0) + 1)
  return plain.map((name, i) => {
    if (count.get(name) === 1) return name
    const folder = commonFolder(parts[i]!.map(nodePath))
    return `${name} (${folder === '' ? parts[i]![0]!.name : folder})`
  })
}

/** The longest folder that holds all paths; empty at the root. */
export function commonFolder(paths: readonly string[]): string {
  let shared = folderOf(paths[0] ?? '').split('/')
  for (const path of paths) {
    const other = folderOf(path).split('/')
    let depth = 0
    while (depth < shared.length && shared[depth] === other[depth]) depth++
    shared = shared.slice(0, depth)
  }
  return shared.join('/')
}

/** Indexes of the clusters a file is for: those with the longest common folder; else the only one; else each that has all datacenters it names. */
export function clustersOfFile(file: ParsedFile | undefined, parts: readonly (readonly Node[])[]): readonly number[] {
  if (!file || parts.length === 0) return []
  const all = parts.map((_, i) => i)
  if (parts.length === 1) return all
  const depths = parts.map(part => part.reduce((deepest, node) => Math.max(deepest, commonDepth(file.file.path, nodePath(node))), 0))
  const best = Math.max(...depths)
  const nearest = all.filter(i => depths[i] === best)
  if (best > 0 && nearest.length === 1) return nearest
  const named = file.kind === 'cql' ? datacentersNamedIn(file) : []
  if (named.length === 0) return []
  return nearest.filter(i => {
    const names = new Set<string>(parts[i]!.flatMap(node => knownValue(node.location.datacenter) ?? []))
    return named.every(name => names.has(name))
  })
}

function datacentersOf(cluster: Cluster): Datacenter[] {
  const byName = new Map<DatacenterName, Node[]>()
  for (const node of cluster.nodes) {
    const name = knownValue(node.location.datacenter)
    if (name === undefined) continue
    const there = byName.get(name)
    if (there) there.push(node)
    else byName.set(name, [node])
  }
  return [...byName].map(([name, nodes]) => {
    const first = nodes[0]!.location.datacenter
    return {
      name,
      cluster,
      nodes,
      racks: racksOf(nodes),
      racksUnknown: nodes.some(node => node.location.rack.kind !== 'known'),
      declared: cluster.declared.datacenters.get(name),
      span: (first.kind === 'known' && first.span) || nodes[0]!.span,
    }
  })
}

function racksOf(nodes: readonly Node[]): Rack[] {
  const racks = new Map<RackName, Node[]>()
  for (const node of nodes) {
    const rack = knownValue(node.location.rack)
    if (rack === undefined) continue
    const there = racks.get(rack)
    if (there) there.push(node)
    else racks.set(rack, [node])
  }
  return [...racks].map(([name, members]) => ({ name, nodes: members }))
}

/** Some seed belongs to no node of the cluster. Lists that a container's entry point writes say nothing when the cluster has several nodes. */
function mayHaveNodesElsewhere(nodes: readonly Node[]): boolean {
  const byAddress = nodesByAddress(nodes)
  return nodes.some(node => {
    if (node.seeds.kind === 'unknown') return !node.addressesRewritten || nodes.length < 2
    return (knownValue(node.seeds) ?? []).some(({ value }) => {
      if (value.text === '') return false
      return value.address === undefined || (!byAddress.has(value.address) && !isLoopback(value.address))
    })
  })
}
