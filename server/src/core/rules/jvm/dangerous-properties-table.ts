/** System properties that switch off a check of Cassandra, and the values that make them act. */

export interface DangerousProperty {
  /** Without `cassandra.`. */
  readonly name: string
  readonly acts: RegExp
  readonly what: string
}

export const dangerousProperties: readonly DangerousProperty[] = [
  { name: 'ignore_dc', acts: /^true$/i, what: 'the node starts although its datacenter differs from that of its data' },
  { name: 'ignore_rack', acts: /^true$/i, what: 'the node starts although its rack differs from that of its data' },
  { name: 'allow_unsafe_replace', acts: /^true$/i, what: 'a node may replace another without streaming its data' },
  { name: 'allow_unsafe_join', acts: /^true$/i, what: 'a node may join ranges without their data' },
  { name: 'override_decommission', acts: /^true$/i, what: 'a decommissioned node joins again with its old data' },
  { name: 'join_ring', acts: /^(?!true$)/i, what: 'the node never takes its tokens' },
  { name: 'consistent.rangemovement', acts: /^(?!true$)/i, what: 'nodes may join at once and stream from replicas that miss writes' },
  { name: 'start_gossip', acts: /^(?!true$)/i, what: 'the node does not talk to the others' },
]
