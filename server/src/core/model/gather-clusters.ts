/**
 * Which nodes are one cluster: foretell.yaml; one shared file; one compose file; a seed address that one node (or the nearest of several) carries; else an
 * equal cluster_name that is not the stock one, under a common folder or in folders named like datacenters.
 */
import { isLoopback } from '../analysis/ip-network.ts'
import { knownValue } from '../text/fact.ts'
import { folderOf } from '../text/source-file.ts'
import type { Node } from './node.ts'

export const stockClusterName = 'Test Cluster'

/** Partition of counted nodes, each part and the parts in the order given. */
export function gatherClusters(nodes: readonly Node[], composeOf: (node: Node) => object | undefined): readonly (readonly Node[])[] {
  const parent = new Map<Node, Node>(nodes.map(node => [node, node]))
  const find = (node: Node): Node => {
    let root = node
    while (parent.get(root) !== root) root = parent.get(root)!
    for (let at = node; at !== root; ) {
      const next = parent.get(at)!
      parent.set(at, root)
      at = next
    }
    return root
  }
  const unite = (a: Node, b: Node) => {
    const [x, y] = [find(a), find(b)]
    if (x !== y && !(x.declared.cluster && y.declared.cluster && x.declared.cluster !== y.declared.cluster)) parent.set(y, x)
  }
  const uniteBy = (key: (node: Node) => unknown) => {
    const first = new Map<unknown, Node>()
    for (const node of nodes) {
      const value = key(node)
      if (value === undefined) continue
      const other = first.get(value)
      if (other) unite(other, node)
      else first.set(value, node)
    }
  }
  uniteBy(node => node.declared.cluster)
  uniteBy(node => (node.yamlIsShared ? node.yaml : undefined))
  uniteBy(composeOf)
  uniteBySeeds(nodes, unite)
  uniteByName(nodes, find, unite)

  const parts = new Map<Node, Node[]>()
  for (const node of nodes) {
    const root = find(node)
    if (!parts.has(root)) parts.set(root, [])
    parts.get(root)!.push(node)
  }
  return [...parts.values()]
}

/** The nodes that carry each address; loopback addresses tie nothing and are not among them. */
export function nodesByAddress(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const byAddress = new Map<string, Node[]>()
  for (const node of nodes)
    for (const address of node.knownAs) {
      const there = byAddress.get(address)
      if (there) there.push(node)
      else byAddress.set(address, [node])
    }
  return byAddress
}

/** Where a node lives, for measuring how near two nodes are. */
export function nodePath(node: Node): string {
  return (node.yamlIsShared ? node.rackdc?.file.path : undefined) ?? node.yaml?.file.path ?? node.files[0]?.path ?? node.name
}

/** Number of leading folders that two paths share. */
export function commonDepth(a: string, b: string): number {
  const x = folderOf(a).split('/')
  const y = folderOf(b).split('/')
  let depth = 0
  while (depth < x.length && depth < y.length && x[depth] === y[depth] && x[depth] !== '') depth++
  return depth
}

function uniteBySeeds(nodes: readonly Node[], unite: (a: Node, b: Node) => void): void {
  const byAddress = nodesByAddress(nodes)
  for (const node of nodes) {
    const own = nodePath(node)
    for (const seed of knownValue(node.seeds) ?? []) {
      const address = seed.value.address
      if (address === undefined) continue
      const carriers = byAddress.get(address)
      if (!carriers) continue
      if (carriers.length === 1) unite(node, carriers[0]!)
      else {
        const depths = carriers.map(other => (other === node ? Number.POSITIVE_INFINITY : commonDepth(own, nodePath(other))))
        const best = Math.max(...depths)
        carriers.forEach((other, i) => {
          if (depths[i] === best) unite(node, other)
        })
      }
    }
  }
}

function uniteByName(nodes: readonly Node[], find: (node: Node) => Node, unite: (a: Node, b: Node) => void): void {
  const byName = new Map<string, Map<Node, Node[]>>()
  for (const node of nodes) {
    const name = knownValue(node.clusterName)
    if (name === undefined || name === stockClusterName || node.declared.cluster) continue
    const parts = byName.get(name) ?? new Map<Node, Node[]>()
    byName.set(name, parts)
    const root = find(node)
    const there = parts.get(root)
    if (there) there.push(node)
    else parts.set(root, [node])
  }
  for (const parts of byName.values()) {
    if (parts.size < 2) continue
    const groups: Node[][] = []
    for (const part of parts.values()) {
      const home = groups.find(group => mayBeOne(group, part))
      if (home) {
        unite(home[0]!, part[0]!)
        home.push(...part)
      } else groups.push([...part])
    }
  }
}

/** Under one folder below the workspace's root, or in top folders named like their datacenters; and no address claimed by both: loopback is everybody's. */
function mayBeOne(a: readonly Node[], b: readonly Node[]): boolean {
  const addresses = new Set(a.flatMap(node => knownValue(node.addresses.effectiveBroadcast) ?? []).filter(address => !isLoopback(address)))
  if (b.some(node => addresses.has(knownValue(node.addresses.effectiveBroadcast) ?? ''))) return false
  const top = (node: Node) => nodePath(node).split('/')[0]!
  const tops = new Set([...a, ...b].map(top))
  if (tops.size === 1 && [...a, ...b].every(node => nodePath(node).includes('/'))) return true
  return [...a, ...b].every(node => knownValue(node.location.datacenter)?.toLowerCase() === top(node).toLowerCase())
}
