/**
 * The tokens that `allocate_tokens_for_local_replication_factor` gives to nodes that join one after another, and those of the generatetokens tool:
 * the same as 4.0, 4.1 and 5.0 give. Only the very first token of an empty allocation ring is random in the server; here it is an argument.
 */
import { clusterShape, type RingNode } from './cluster-shape.ts'
import { heaviestFirst, javaRandomDoubles } from './java-random.ts'
import { placeReplicas, replicatedOwnership } from './replica-placement.ts'
import { replicationAwareTokens } from './replication-aware-allocator.ts'
import { rangeSize, sortTokens, splitRange } from './token-arithmetic.ts'
import { ringOf } from './token-ring.ts'

export interface Joining {
  readonly name: string
  readonly datacenter: string
  readonly rack: string
}

export interface AllocationPlan {
  readonly nodes: readonly AllocatedNode[]
  /** How many of the start tokens were used. */
  readonly startsUsed: number
}

export type AllocatedNode = Joining &
  (
    | { readonly kind: 'allocated'; readonly tokens: readonly bigint[] }
    /** The server refuses to start the node, with this message. */
    | { readonly kind: 'refused'; readonly why: string }
  )

export interface AllocationOptions {
  readonly localReplicationFactor: number
  readonly numTokens: number
  /** First tokens of empty allocation rings, in turn; the server draws them at random. */
  readonly starts: readonly bigint[]
  /** Nodes that are in the ring already. */
  readonly existing?: readonly RingNode[]
  /**
   * bootstrap: as nodes allocate when they join. generatetokens: as the tool does, which keeps for each rack the method it chose before that rack was
   * in the ring, so that its racks have no effect.
   */
  readonly mode: 'bootstrap' | 'generatetokens'
}

interface Owned {
  readonly token: bigint
  readonly node: Joining
}

interface Method {
  readonly replicas: number
  readonly byRack: boolean
  readonly inRing: (node: Joining) => boolean
}

/** Allocates tokens for nodes in the order in which they join. */
export function allocateTokens(joining: readonly Joining[], options: AllocationOptions): AllocationPlan {
  const ring: Owned[] = (options.existing ?? []).flatMap(node => (node.tokens ?? []).map(token => ({ token, node })))
  const methods = new Map<string, Method>()
  let startsUsed = 0
  const start = () => options.starts[startsUsed++ % options.starts.length]!
  const nodes = joining.map((node): AllocatedNode => {
    const key = JSON.stringify([node.datacenter, node.rack])
    const method =
      (options.mode === 'generatetokens' ? methods.get(key) : undefined) ?? methodFor(ring, node, options.localReplicationFactor)
    if (typeof method === 'string') return { ...node, kind: 'refused', why: method }
    methods.set(key, method)
    const own = sorted(ring.filter(each => method.inRing(each.node)))
    const fresh =
      method.replicas === 1
        ? tokensAlone(own, options.numTokens, start)
        : (replicationAwareTokens(own.map(each => ({ token: each.token, node: each.node.name })), rackOrNode(own, node, method), node.name, method.replicas, options.numTokens) ??
          splitWidest(own, options.numTokens, start)) // biome-ignore format: one expression
    const taken = new Map(ring.map(each => [each.token, each.node]))
    const tokens: bigint[] = []
    for (let token of fresh) {
      for (let other = taken.get(token); other; other = taken.get(token)) {
        if (method.inRing(other))
          return {
            ...node,
            kind: 'refused',
            why: `Allocated token ${token} already assigned to node ${other.name}. Is another node also allocating tokens?`,
          }
        token++
      }
      tokens.push(token)
    }
    sortTokens(tokens)
    for (const token of tokens) ring.push({ token, node })
    return { ...node, kind: 'allocated', tokens }
  })
  return { nodes, startsUsed }
}

function sorted(ring: Owned[]): Owned[] {
  return ring.sort((a, b) => (a.token < b.token ? -1 : a.token > b.token ? 1 : 0))
}

function rackOrNode(ring: readonly Owned[], node: Joining, method: Method): (name: string) => string {
  if (!method.byRack) return name => name
  const racks = new Map([...ring.map(each => [each.node.name, each.node.rack] as const), [node.name, node.rack] as const])
  return name => racks.get(name)!
}

/** How the server allocates in this datacenter and rack, or the message with which it refuses. A rack that is not in the ring counts as the only one. */
function methodFor(ring: readonly Owned[], { datacenter, rack }: Joining, factor: number): Method | string {
  const racks = new Set(ring.filter(each => each.node.datacenter === datacenter).map(each => each.node.rack))
  const count = racks.has(rack) ? racks.size : 1
  const here = (node: Joining) => node.datacenter === datacenter
  if (factor <= 1) return { replicas: 1, byRack: false, inRing: here }
  if (count === factor) return { replicas: 1, byRack: false, inRing: node => here(node) && node.rack === rack }
  if (count > factor) return { replicas: factor, byRack: true, inRing: here }
  if (count === 1) return { replicas: factor, byRack: false, inRing: here }
  return `Token allocation failed: the number of racks ${count} in datacenter ${datacenter} is lower than its replication factor ${factor}.`
}

const leastSplit = 1.0 - 1.0 / Math.sqrt(5.0)
const mostSplit = leastSplit + 0.075

/** Splits the widest range again and again: what the first nodes of a ring get. */
function splitWidest(ring: readonly Owned[], numTokens: number, start: () => bigint): readonly bigint[] {
  const random = javaRandomDoubles(ring.length)
  const all = ring.map(each => each.token)
  const tokens: bigint[] = []
  if (all.length === 0) {
    const token = start()
    tokens.push(token)
    all.push(token)
  }
  while (tokens.length < numTokens) {
    let widest = 0
    let at = 0
    for (let i = 0; i < all.length; i++) {
      const size = rangeSize(all[i === 0 ? all.length - 1 : i - 1]!, all[i]!)
      if (size > widest) {
        widest = size
        at = i
      }
    }
    const token = splitRange(all[at === 0 ? all.length - 1 : at - 1]!, all[at]!, leastSplit + (mostSplit - leastSplit) * random())
    tokens.push(token)
    all.push(token)
    sortTokens(all)
  }
  return tokens
}

interface LoneUnit {
  ownership: number
  readonly tokens: ReturnType<typeof heaviestFirst<LoneVnode>>
}

interface LoneVnode {
  readonly token: bigint
  previous: bigint
}

const mostTakeover = 0.9
const leastTakeover = 1.0 - mostTakeover

/** One replica in this ring: the new node takes a share of the widest ranges of the nodes that own most. */
function tokensAlone(ring: readonly Owned[], numTokens: number, start: () => bigint): readonly bigint[] {
  if (ring.length === 0 || numTokens > ring.length) return splitWidest(ring, numTokens, start)
  const units = new Map<string, LoneUnit>()
  ring.forEach(({ token, node: owner }, i) => {
    const unit = units.get(owner.name) ?? { ownership: 0, tokens: heaviestFirst<LoneVnode>() }
    units.set(owner.name, unit)
    const previous = ring[i === 0 ? ring.length - 1 : i - 1]!.token
    const size = rangeSize(previous, token)
    unit.ownership += size
    unit.tokens.add(size, { token, previous })
  })
  const byOwnership = heaviestFirst<LoneUnit>()
  for (const unit of units.values()) byOwnership.add(unit.ownership, unit)
  let targetAverage = 0
  let sum = 0
  const change: { readonly weight: number; readonly value: LoneUnit }[] = []
  for (let i = 0; i < numTokens; i++) {
    const unit = byOwnership.peek()
    if (!unit) break
    sum += unit.weight
    const average = sum / (change.length + 2)
    if (unit.weight <= average) break
    byOwnership.take()
    change.push(unit)
    targetAverage = average
  }
  const correction = Math.min(1.0, (numTokens + 1.0) / (units.size + 1.0))
  const spread = (targetAverage * correction * 2.0) / (2 * numTokens + 1)
  let target = targetAverage + spread / 2
  const step = spread / change.length
  const tokens: bigint[] = []
  change.forEach(({ weight, value: unit }, nr) => {
    const count = Math.trunc(numTokens / change.length) + (nr < numTokens % change.length ? 1 : 0)
    const widest: { readonly weight: number; readonly value: LoneVnode }[] = []
    let work = 0
    for (let i = 0; i < count; i++) {
      const vnode = unit.tokens.take()
      if (!vnode) break
      widest.push(vnode)
      work += vnode.weight
      unit.ownership -= vnode.weight
    }
    const takeOver = weight - target
    for (const { value: vnode } of widest) {
      const slice = takeOver < work ? Math.min(mostTakeover, Math.max(leastTakeover, takeOver / work)) : mostTakeover
      const token = splitRange(vnode.previous, vnode.token, slice)
      vnode.previous = token
      tokens.push(token)
    }
    target -= step
  })
  return tokens
}

/** How even a ring is: each node's replicated share over the mean share of its datacenter, and the most of them. */
export interface Evenness {
  readonly shares: readonly { readonly name: string; readonly share: number }[]
  /** Share of the busiest node / mean share. */
  readonly busiest: number
  readonly idlest: number
}

/** Replicated shares of a datacenter's nodes with NetworkTopologyStrategy {datacenter: factor}; nodes with tokens in the order given. */
export function evenness(nodes: readonly RingNode[], datacenter: string, factor: number): Evenness {
  const shape = clusterShape(nodes)
  const factors = new Map([[datacenter, { all: factor, transient: 0 }]])
  const owned = replicatedOwnership(placeReplicas(ringOf(shape), { kind: 'networkTopology', factors }))!
  const shares = nodes.flatMap((node, i) =>
    node.datacenter === datacenter && (node.tokens?.length ?? 0) > 0 ? [{ name: node.name, share: owned[i]! }] : [],
  )
  const mean = shares.reduce((sum, each) => sum + each.share, 0) / Math.max(1, shares.length)
  return {
    shares,
    busiest: mean === 0 ? 0 : Math.max(...shares.map(each => each.share)) / mean,
    idlest: mean === 0 ? 0 : Math.min(...shares.map(each => each.share)) / mean,
  }
}

/** The nodes of a plan that have tokens, as ring nodes. */
export function plannedNodes(plan: AllocationPlan): readonly RingNode[] {
  return plan.nodes.flatMap(node =>
    node.kind === 'allocated'
      ? [{ name: node.name, datacenter: node.datacenter, rack: node.rack, tokens: node.tokens, tokenCount: node.tokens.length }]
      : [],
  )
}
