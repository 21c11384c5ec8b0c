/** A ring that is planned: tokens as Cassandra gives them to nodes that join one after another, and how even the shares will be. */
import { splitMix64 } from '../analysis/drawn-rings.ts'
import { allocateTokens, evenness, plannedNodes } from '../analysis/token-allocation.ts'

export interface TokenPlanRequest {
  readonly nodes: number
  readonly racks: number
  readonly numTokens: number
  /** Copies in the datacenter: allocate_tokens_for_local_replication_factor. */
  readonly factor: number
  /** Draws the first token of each allocation; the same seed gives the same plan. */
  readonly seed: number
  readonly datacenter: string
}

export interface TokenPlan {
  readonly version: 1
  readonly datacenter: string
  readonly nodes: readonly {
    readonly node: string
    readonly rack: string
    /** Decimal, for initial_token; empty when the node is refused. */
    readonly tokens: readonly string[]
    /** Of the ring, 0 to 1, copies of others included; null when it has no tokens. */
    readonly share: number | null
    /** The server's words when it refuses to start the node. */
    readonly refused?: string
  }[]
  /** The greatest and the least share over the mean: 1 is even. */
  readonly busiest: number | null
  readonly idlest: number | null
}

/** Nodes join in turn over the racks, as is advised. */
export function tokenPlan({ nodes, racks, numTokens, factor, seed, datacenter }: TokenPlanRequest): TokenPlan {
  const next = splitMix64(BigInt(seed))
  const starts = Array.from({ length: nodes }, next)
  const joining = Array.from({ length: nodes }, (_, i) => ({ name: `node${i + 1}`, datacenter, rack: `rack${(i % racks) + 1}` }))
  const plan = allocateTokens(joining, { localReplicationFactor: factor, numTokens, starts, mode: 'bootstrap' })
  const placed = plannedNodes(plan)
  const even = placed.length > 0 ? evenness(placed, datacenter, factor) : undefined
  const shares = new Map(even?.shares.map(({ name, share }) => [name, share] as const))
  return {
    version: 1,
    datacenter,
    nodes: plan.nodes.map(node => ({
      node: node.name,
      rack: node.rack,
      tokens: node.kind === 'allocated' ? node.tokens.map(String) : [],
      share: shares.get(node.name) ?? null,
      ...(node.kind === 'refused' ? { refused: node.why } : {}),
    })),
    busiest: even?.busiest ?? null,
    idlest: even?.idlest ?? null,
  }
}
