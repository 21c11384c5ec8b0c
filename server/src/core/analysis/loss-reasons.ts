/** The one sentence of an outcome that says why, with the names of nodes. */
import { byCodeUnit, type ClusterShape } from './cluster-shape.ts'
import type { ConsistencyLevel, Operation } from './consistency-level.ts'
import type { RingShare, Verdict } from './failure-simulation.ts'
import { hostNames, type Loss, type Network, tunnelName } from './reachability.ts'
import type { Check } from './request-checks.ts'
import type { Judgement, Requirement } from './verdict-of-ranges.ts'

export type Reasoned =
  | { readonly kind: 'survives'; readonly judgement?: Judgement }
  | { readonly kind: 'judged'; readonly judgement: Judgement }
  | {
      readonly kind: 'bounds'
      readonly verdict: 'survives' | 'fails'
      readonly check: Check
      /** In the worst range that any assignment could make; `most` in the best. */
      readonly required: readonly Requirement[]
      readonly most: readonly Requirement[]
    }
  | { readonly kind: 'expected'; readonly rings: number; readonly share: RingShare }

export interface ReasonContext {
  readonly shape: ClusterShape
  /** Names gateways and the ends of tunnels; without it only nodes can be lost. */
  readonly network?: Network | undefined
  readonly loss: Loss
  readonly datacenter: string
  readonly level: ConsistencyLevel
  readonly operation: Operation
}

export function becauseOf(reasoned: Reasoned, context: ReasonContext): string {
  switch (reasoned.kind) {
    case 'survives':
      return reasoned.judgement ? judgedText(reasoned.judgement, context) : 'nothing that it needs is lost'
    case 'judged':
      return judgedText(reasoned.judgement, context)
    case 'bounds':
      return boundsText(reasoned, context)
    case 'expected':
      return expectedText(reasoned, context)
  }
}

/** For a client datacenter without a live coordinator. */
export function failoverText(datacenter: string, elsewhere: readonly { readonly datacenter: string; readonly verdict: Verdict }[]): string {
  const others = elsewhere.filter(each => each.datacenter !== datacenter)
  const start = `no node of ${datacenter} is left to coordinate`
  if (others.length === 0) return `${start}, nor of any other datacenter`
  return `${start}; with clients moved, from ${others.map(each => `${each.datacenter} it ${failoverVerb[each.verdict]}`).join(', from ')}`
}

const failoverVerb: { readonly [V in Verdict]: string } = {
  survives: 'would survive',
  partial: 'would be served in part',
  fails: 'would fail, too',
  unknown: 'cannot be told',
}

/** `a`, `a and b`, `a, b and c`; from the seventh on counted only. */
export function listed(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
  if (names.length <= 1) return names[0] ?? 'none'
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
}

const isOrAre = (names: readonly string[]) => (names.length === 1 ? 'is' : 'are')

function judgedText(judgement: Judgement, context: ReasonContext): string {
  const main = worstText(judgement, context)
  const { differ } = judgement
  if (!differ) return main
  const name = (group: { coordinators: readonly number[] }) => context.shape.nodes[group.coordinators[0]!]!.name
  const missed = differ.state.members.filter(node => differ.can.reaches[node] === 1 && differ.cannot.reaches[node] !== 1)
  const names = missed.map(node => context.shape.nodes[node]!.name)
  return `${main}; it depends on the coordinator: ${name(differ.can)} can serve it, ${name(differ.cannot)} cannot${names.length > 0 ? ` for it does not reach ${listed(names)}` : ''}`
}

function worstText(judgement: Judgement, context: ReasonContext): string {
  const { shape, loss } = context
  const { check, group, state, required } = judgement.worst
  if (check.kind === 'batchlog') return batchlogText(required, judgement.verdict, context)
  if (check.kind === 'every node') return everyNodeText(group.reaches, context)
  const tight = required.reduce((a, b) => (b.alive - b.needed < a.alive - a.needed ? b : a))
  const needs = needsText(check.level, tight)
  const scope = tight.datacenter === null ? undefined : shape.datacenters.indexOf(tight.datacenter)
  const members = (state?.members ?? []).filter(node => scope === undefined || shape.datacenterOf[node] === scope)
  if (members.length === 0) {
    if (tight.needed === 0) return `${needs}: a hint is enough`
    return `${needs}, but no replica is placed ${tight.datacenter === null ? 'anywhere' : `in ${tight.datacenter}`}`
  }
  const names = (nodes: readonly number[]) =>
    [...nodes].sort((a, b) => shape.nameRank[a]! - shape.nameRank[b]!).map(node => shape.nodes[node]!.name)
  const lost = names(members.filter(node => loss.hosts.has(node)))
  const cut = names(members.filter(node => !loss.hosts.has(node) && group.reaches[node] !== 1))
  const gone = [
    ...(lost.length > 0 ? [`${listed(lost)} ${isOrAre(lost)} lost`] : []),
    ...(cut.length > 0 ? [`${listed(cut)} cannot be reached from ${shape.nodes[group.coordinators[0]!]!.name}`] : []),
  ].join(' and ')
  const all = listed(names(members))
  if (tight.alive < tight.needed) {
    const few = `${needs}, but ranges on ${all} keep ${tight.alive === 0 ? 'none' : `only ${tight.alive}`}`
    if (gone) return `${few}: ${gone}`
    return `${needs}, more than the ${members.length} that ${all} make`
  }
  if (tight.needed === 0) return `${needs}: a hint is enough`
  return gone
    ? `${needs} and every range keeps ${tight.alive} or more, although of ${all} ${gone}`
    : `${needs} and every range keeps ${tight.alive}, such as ${all}`
}

function needsText(level: string, { needed, datacenter }: Requirement): string {
  return `${level} needs ${needed} live replica${needed === 1 ? '' : 's'}${datacenter === null ? '' : ` in ${datacenter}`}`
}

function batchlogText(required: readonly Requirement[], verdict: Verdict, { datacenter }: ReasonContext): string {
  const { needed, alive } = required[0]!
  if (verdict === 'survives') return `the batchlog of a logged batch has ${alive} live nodes in ${datacenter} to go to`
  return `a logged batch needs ${needed} live nodes in ${datacenter} for its batchlog, and ${alive} ${alive === 1 ? 'is' : 'are'} left`
}

function everyNodeText(reaches: Uint8Array, { shape }: ReasonContext): string {
  const missing = shape.nodes.filter((_, node) => reaches[node] !== 1).map(node => node.name)
  return missing.length === 0
    ? 'TRUNCATE asks every node, and all are alive'
    : `TRUNCATE asks every node, and ${listed(missing)} ${isOrAre(missing)} missing`
}

function lostText({ shape, network, loss }: ReasonContext): string {
  const names = hostNames(shape, network)
  const sorted = (texts: readonly string[]) => [...texts].sort(byCodeUnit)
  const nodes = [...loss.hosts].flatMap(host => shape.nodes[host]?.name ?? [])
  const gateways = [...loss.hosts].flatMap(host => (host < shape.nodes.length || !names[host] ? [] : `the gateway ${names[host]}`))
  const tunnels = network ? [...loss.tunnels].map(key => `the tunnel ${tunnelName(names, key)}`) : []
  const lost = [...sorted(nodes), ...sorted(gateways), ...sorted(tunnels)]
  return lost.length === 0 ? 'with nothing lost' : `with ${listed(lost)} lost`
}

function boundsText(reasoned: Extract<Reasoned, { kind: 'bounds' }>, context: ReasonContext): string {
  const { check, required, verdict, most } = reasoned
  if (check.kind === 'batchlog') return batchlogText(required, verdict, context)
  if (check.kind === 'every node')
    return verdict === 'survives' ? 'TRUNCATE asks every node, and all are alive' : `TRUNCATE asks every node ${lostText(context)}`
  const tight = required.reduce(
    (a, b) => (b.alive - b.needed < a.alive - a.needed ? b : a),
    required[0] ?? { datacenter: null, needed: 0, alive: 0 },
  )
  const best = most[required.indexOf(tight)] ?? tight
  const needs = needsText(check.level, tight)
  if (tight.needed === 0) return `${needs}: a hint is enough`
  if (verdict === 'survives') return `${needs} and whatever the tokens are, every range keeps ${tight.alive} or more ${lostText(context)}`
  return `${needs}, but whatever the tokens are, no range keeps more than ${best.alive} ${lostText(context)}`
}

function expectedText(reasoned: Extract<Reasoned, { kind: 'expected' }>, context: ReasonContext): string {
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`
  const { lower, upper } = reasoned.share
  return `it depends on tokens that are not known: ${lostText(context)}, between ${percent(lower)} and ${percent(upper)} of the ring stays served in ${reasoned.rings} rings drawn at random`
}
