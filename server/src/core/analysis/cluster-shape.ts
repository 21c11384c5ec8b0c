/**
 * The analysis room's own plain input: nodes with their places and tokens, and the replication of a keyspace. The model room projects its facts into
 * these types; nothing here knows of files or spans. What hangs together by datacenter and rack is indexed once, in `clusterShape`.
 *
 * Overview of the room (all functions pure, all inputs plain):
 *   clusterShape → tokenRing / ringOf → placeReplicas, placementParts       who holds which range (replica-placement.ts)
 *   tokenOfKey (partition-key.ts) + replicasOfToken                         who holds this key
 *   checksOf (request-checks.ts) → answerTo (request-answer.ts)             what a request needs, what the server answers; readSeesWrite
 *   Network, lossOf, coordinatorGroups (reachability.ts)                    who talks to whom after a loss
 *   simulateLoss, servedForSure (failure-simulation.ts)                     verdicts with reasons; timelineOf (timeline.ts)
 *   resilienceRows (smallest-fatal-set.ts), restartBatches, whatMoreBuys    what breaks first, what may restart together, what more would buy
 *   allocateTokens, evenness (token-allocation.ts)                          rings as nodes allocate them
 *   outage-probability.ts, failure-detection.ts, heap-sizing.ts             the numbers that hovers cite
 */

export interface RingNode {
  /** Unique within the cluster: answers name it. */
  readonly name: string
  readonly datacenter: string
  readonly rack: string
  /** Every token of the node; missing when only their number is known. An empty list: the node owns nothing (join_ring false, witness). */
  readonly tokens?: readonly bigint[]
  /** num_tokens; ignored when `tokens` is given. */
  readonly tokenCount: number
}

export interface ReplicationFactor {
  /** All replicas, transient ones included (the 3 of `3/1`). */
  readonly all: number
  /** How many of them are transient (the 1 of `3/1`). */
  readonly transient: number
}

export type Replication =
  | { readonly kind: 'networkTopology'; readonly factors: ReadonlyMap<string, ReplicationFactor> }
  | { readonly kind: 'simple'; readonly factor: ReplicationFactor }
  /** LocalStrategy: every node holds its own rows; nothing is replicated. */
  | { readonly kind: 'local' }
  /** A strategy whose placement is not known here; `name` is what the keyspace says. */
  | { readonly kind: 'unrecognised'; readonly name: string }

/** The strategies that place replicas on a ring. */
export type PlacedReplication = Extract<Replication, { kind: 'networkTopology' | 'simple' }>

/** Murmur3: tokens -2^63 .. 2^63 - 1. Random: 0 .. 2^127 - 1. Any other has no ring width that is known here. */
export type Partitioner = 'murmur3' | 'random' | 'other'

/** Nodes by datacenter and rack. Nodes, datacenters and racks are spoken of by index below; indexes follow the order of `nodes`. */
export interface ClusterShape {
  readonly nodes: readonly RingNode[]
  /** Datacenters by name, ascending by code unit. */
  readonly datacenters: readonly string[]
  readonly racks: readonly { readonly datacenter: number; readonly name: string }[]
  /** Of each node. */
  readonly datacenterOf: Int32Array
  readonly rackOf: Int32Array
  /** Nodes that own tokens, by datacenter; and by rack. */
  readonly ownersOfDatacenter: readonly (readonly number[])[]
  readonly ownersOfRack: readonly (readonly number[])[]
  /** All nodes of each datacenter, token owners or not. */
  readonly nodesOfDatacenter: readonly (readonly number[])[]
  /** Position of each node in the order of names. */
  readonly nameRank: Int32Array
}

/** Whether a node owns tokens: one without is a coordinator only. */
export function ownsTokens(node: RingNode): boolean {
  return node.tokens ? node.tokens.length > 0 : node.tokenCount > 0
}

/** Indexes nodes by datacenter and rack. Racks of different datacenters are different racks, whatever their names. */
export function clusterShape(nodes: readonly RingNode[]): ClusterShape {
  const datacenters = [...new Set(nodes.map(node => node.datacenter))].sort(byCodeUnit)
  const datacenterIndex = new Map(datacenters.map((name, index) => [name, index]))
  const rackIndex = new Map<string, number>()
  const racks: { datacenter: number; name: string }[] = []
  const datacenterOf = new Int32Array(nodes.length)
  const rackOf = new Int32Array(nodes.length)
  const ownersOfDatacenter: number[][] = datacenters.map(() => [])
  const nodesOfDatacenter: number[][] = datacenters.map(() => [])
  const ownersOfRack: number[][] = []
  nodes.forEach((node, index) => {
    const datacenter = datacenterIndex.get(node.datacenter)!
    const key = `${datacenter}/${node.rack}`
    let rack = rackIndex.get(key)
    if (rack === undefined) {
      rack = racks.length
      rackIndex.set(key, rack)
      racks.push({ datacenter, name: node.rack })
      ownersOfRack.push([])
    }
    datacenterOf[index] = datacenter
    rackOf[index] = rack
    nodesOfDatacenter[datacenter]!.push(index)
    if (!ownsTokens(node)) return
    ownersOfDatacenter[datacenter]!.push(index)
    ownersOfRack[rack]!.push(index)
  })
  const order = nodes.map((_, index) => index).sort((a, b) => byCodeUnit(nodes[a]!.name, nodes[b]!.name))
  const nameRank = new Int32Array(nodes.length)
  order.forEach((node, rank) => {
    nameRank[node] = rank
  })
  return { nodes, datacenters, racks, datacenterOf, rackOf, ownersOfDatacenter, ownersOfRack, nodesOfDatacenter, nameRank }
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The configured factor in a datacenter: 0 where the map leaves it out; the whole factor with SimpleStrategy, which knows no datacenters. */
export function factorIn(replication: PlacedReplication, datacenter: string): number {
  return replication.kind === 'simple' ? replication.factor.all : (replication.factors.get(datacenter)?.all ?? 0)
}

/** Sum of all factors: what QUORUM and ALL count, whether or not so many nodes exist. */
export function totalFactor(replication: PlacedReplication): number {
  if (replication.kind === 'simple') return replication.factor.all
  let sum = 0
  for (const factor of replication.factors.values()) sum += factor.all
  return sum
}

/** Two replications with the same text place and require the same. */
export function replicationKey(replication: Replication): string {
  switch (replication.kind) {
    case 'simple':
      return `simple ${replication.factor.all}/${replication.factor.transient}`
    case 'networkTopology':
      return `nts ${JSON.stringify([...replication.factors].sort(([a], [b]) => byCodeUnit(a, b)).map(([dc, f]) => [dc, f.all, f.transient]))}`
    case 'local':
      return 'local'
    case 'unrecognised':
      return `unrecognised ${replication.name}`
  }
}
