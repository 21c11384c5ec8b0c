/** Seed lists of a cluster, resolved: which node each entry names, and which entries nobody here carries. */
import { isLoopback } from '../analysis/ip-network.ts'
import { knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Located } from '../text/span.ts'
import type { TextEdit } from '../text/text-edit.ts'
import type { Cluster } from './cluster.ts'
import type { Datacenter } from './datacenter.ts'
import { nodesByAddress } from './gather-clusters.ts'
import type { Node, SeedEntry } from './node.ts'

export interface ResolvedSeed {
  readonly entry: Located<SeedEntry>
  /** `stranger`: a literal address that no node here carries. `name`: a host name, whose address is unknown. */
  readonly target: Node | 'stranger' | 'name' | 'empty'
}

export interface SeedMap {
  /** Of the nodes whose list is known. */
  readonly listOf: ReadonlyMap<Node, readonly ResolvedSeed[]>
  /** Every node's list is known and every entry names a node here. */
  readonly complete: boolean
}

export const seedMap: (cluster: Cluster) => SeedMap = memo(cluster => {
  const byAddress = nodesByAddress(cluster.nodes)
  const loopbacks = new Map<string, Node[]>()
  for (const node of cluster.nodes) {
    const address = knownValue(node.addresses.effectiveBroadcast)
    if (address !== undefined && isLoopback(address)) loopbacks.set(address, [...(loopbacks.get(address) ?? []), node])
  }
  const listOf = new Map<Node, readonly ResolvedSeed[]>()
  let complete = true
  const targetOf = (node: Node, { value }: Located<SeedEntry>): ResolvedSeed['target'] => {
    if (value.text === '') return 'empty'
    if (value.host === 'localhost') return node
    if (value.address === undefined) return 'name'
    if (isLoopback(value.address)) {
      const there = loopbacks.get(value.address)
      return there?.length === 1 ? there[0]! : node
    }
    const carriers = byAddress.get(value.address)
    if (!carriers) return 'stranger'
    return carriers.find(one => knownValue(one.addresses.effectiveBroadcast) === value.address) ?? carriers[0]!
  }
  for (const node of cluster.nodes) {
    const seeds = knownValue(node.seeds)
    if (!seeds) {
      complete = false
      continue
    }
    const list = seeds.map(entry => ({ entry, target: targetOf(node, entry) }))
    if (list.some(seed => typeof seed.target === 'string' && seed.target !== 'empty')) complete = false
    listOf.set(node, list)
  }
  return { listOf, complete }
})

/** The nodes that a list names, without repeats. */
export function seedNodes(list: readonly ResolvedSeed[]): ReadonlySet<Node> {
  return new Set(list.flatMap(seed => (typeof seed.target === 'string' ? [] : [seed.target])))
}

/** The nodes that the lists of some nodes name; undefined when a list is unknown or names somebody who is not here. */
export function seedsOfNodes(cluster: Cluster, nodes: readonly Node[]): ReadonlySet<Node> | undefined {
  const map = seedMap(cluster)
  const seeds = new Set<Node>()
  for (const node of nodes) {
    const list = map.listOf.get(node)
    if (!list) return undefined
    for (const { target } of list) {
      if (target === 'stranger' || target === 'name') return undefined
      if (target !== 'empty') seeds.add(target)
    }
  }
  return seeds
}

/** Spelled the same way whatever order, blanks, case or default port: address or host name, with the port unless it is the usual one. */
export function seedSpelling({ value }: Located<SeedEntry>): string {
  const host = value.address ?? value.host.toLowerCase()
  return value.port === undefined || value.port === 7000 ? host : `${host} port ${value.port}`
}

/** Writes lists anew, each file once: `change` gets the addresses of a list in order and answers those it should have. */
export function rewriteLists(nodes: readonly Node[], change: (addresses: readonly string[]) => readonly string[]): readonly TextEdit[] {
  const edits = new Map<string, TextEdit>()
  for (const { seeds } of nodes) {
    if (seeds.kind !== 'known' || !seeds.span) continue
    const written = seeds.value.map(seed => seed.value.text).filter(text => text !== '')
    const wanted = change(written)
    if (wanted.join(',') === written.join(',')) continue
    edits.set(`${seeds.span.file.path} ${seeds.span.start}`, { at: seeds.span, newText: `"${wanted.join(',')}"` })
  }
  return [...edits.values()]
}

/** What a list would name a node by: its broadcast address, with the port where that is not the usual one. */
export function seedTextOf(node: Node): string | undefined {
  const address = knownValue(node.addresses.effectiveBroadcast)
  const port = knownValue(node.storagePort)
  if (address === undefined || isLoopback(address) || port === undefined) return undefined
  if (port === 7000) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** Nodes that would do as seeds of a datacenter: the first of each rack, in path order, those of `taken` racks last. */
export function seedCandidates(datacenter: Datacenter, seeds: ReadonlySet<Node>): readonly Node[] {
  const taken = new Set([...seeds].filter(seed => datacenter.nodes.includes(seed)).map(seed => knownValue(seed.location.rack)))
  const firsts = datacenter.racks
    .map(rack => rack.nodes.find(node => !seeds.has(node) && seedTextOf(node) !== undefined))
    .filter(node => node !== undefined)
  const others = datacenter.nodes.filter(node => !seeds.has(node) && !firsts.includes(node) && seedTextOf(node) !== undefined)
  const fresh = firsts.filter(node => !taken.has(knownValue(node.location.rack)))
  return [...fresh, ...firsts.filter(node => !fresh.includes(node)), ...others]
}
