/**
 * What a loss does to every keyspace, operation and level, from each client datacenter: the coordinator's view of every range after the loss.
 * A range is served if the best live coordinator of the datacenter can serve it. Tokens known: exact. Unknown: bounds that hold for every
 * assignment, else rings drawn from a seed.
 */
import type { ClusterShape, Partitioner, PlacedReplication, Replication } from './cluster-shape.ts'
import { replicationKey } from './cluster-shape.ts'
import { allowedLevels, type ConsistencyLevel, type Operation, usualCommitLevels } from './consistency-level.ts'
import { drawnRings, type RingAllocation } from './drawn-rings.ts'
import { becauseOf, failoverText, type Reasoned } from './loss-reasons.ts'
import { type KnownStates, noKnownStates, type RangeState, rangeStates } from './range-states.ts'
import { coordinatorGroups, type Loss, type Network } from './reachability.ts'
import { placementParts } from './replica-placement.ts'
import { type AnalysisRelease, type Check, checksOf, type Request } from './request-checks.ts'
import { boundsOf } from './token-free-bounds.ts'
import type { TokenRing } from './token-ring.ts'
import { type CoordinatorClass, type Judgement, judge, type Requirement, worstRequirement } from './verdict-of-ranges.ts'

export interface ClusterView {
  readonly shape: ClusterShape
  /** Missing when tokens of some owner are not known. */
  readonly ring?: TokenRing
  readonly partitioner: Partitioner
  readonly network?: Network
  readonly release: AnalysisRelease
  /** `paxos_variant` of the coordinators; v1 when left out. */
  readonly paxos?: 'v1' | 'v2'
  /** How nodes whose tokens are unknown would get them. */
  readonly allocation?: RingAllocation
}

export interface KeyspaceView {
  readonly name: string
  readonly replication: Replication
}

export interface SimulationFilter {
  readonly operations?: readonly Operation[]
  readonly levels?: readonly ConsistencyLevel[]
  readonly commitLevels?: readonly ConsistencyLevel[]
  readonly clientDatacenters?: readonly string[]
  readonly keyspaces?: readonly string[]
  /** Seed of drawn rings; the same seed gives the same numbers. */
  readonly seed?: number
}

export type Verdict = 'survives' | 'partial' | 'fails' | 'unknown'

export interface RingShare {
  /** Of the ring, still served: 0 to 1. */
  readonly fraction: number
  readonly basis: 'exact' | 'bounds' | 'expected'
  readonly lower: number
  readonly upper: number
}

export interface Outcome {
  readonly keyspace: string
  readonly operation: Operation
  readonly level: ConsistencyLevel
  readonly commitLevel?: ConsistencyLevel
  readonly clientDatacenter: string
  readonly verdict: Verdict
  readonly ring: RingShare
  readonly required: readonly Requirement[]
  readonly dependsOnCoordinator: boolean
  /** One sentence that names nodes. */
  readonly because: string
  readonly assuming: readonly string[]
}

export interface UnknownFact {
  readonly fact: string
  readonly why: string
}

export interface Simulation {
  readonly outcomes: readonly Outcome[]
  readonly unknown: readonly UnknownFact[]
}

/**
 * Whether a request from a datacenter is served for every range after a loss: for certain, that is, with unknown tokens for every assignment of them.
 * What the server refuses as such is not served.
 */
export function servedForSure(
  cluster: ClusterView,
  replication: PlacedReplication,
  request: Request,
  loss: Loss,
  cache = newCache(),
): boolean {
  const { shape, ring } = cluster
  const index = shape.datacenters.indexOf(request.datacenter)
  const asked = checksOf(request, replication, cluster.release)
  if (index < 0 || asked.kind === 'refused') return false
  const { groups } = clientOf(cluster, loss, request.datacenter, index)
  if (groups.length === 0) return false
  if (!ring) return boundsOf(shape, replication, groups, asked.checks)?.verdict === 'survives'
  const states = statesSeen(ring, replication, groups.map(group => group.reaches), cache) // biome-ignore format: one call
  return judge(shape, states, groups, request.operation, asked.checks).verdict === 'survives'
}

export function newCache(): StatesCache {
  return { byView: new Map(), states: new Map(), missing: new WeakMap() }
}

const usualOperations: readonly Operation[] = ['read', 'write', 'lwt']

/** All outcomes, keyspace by keyspace in the order given. Keyspaces of LocalStrategy give none: they are no distributed data. */
export function simulateLoss(
  cluster: ClusterView,
  keyspaces: readonly KeyspaceView[],
  loss: Loss,
  filter: SimulationFilter = {},
): Simulation {
  const { shape } = cluster
  const outcomes: Outcome[] = []
  const unknown: UnknownFact[] = []
  const chosen = shape.datacenters.filter(name => !filter.clientDatacenters || filter.clientDatacenters.includes(name))
  const clients = new Map(shape.datacenters.map((name, index) => [name, clientOf(cluster, loss, name, index)]))
  const before = new Map<string, readonly Omit<Outcome, 'keyspace'>[]>()
  const caches = newCache()
  for (const keyspace of keyspaces) {
    if (filter.keyspaces && !filter.keyspaces.includes(keyspace.name)) continue
    const { replication } = keyspace
    if (replication.kind === 'local') continue
    if (replication.kind === 'unrecognised') {
      unknown.push({ fact: `placement of ${keyspace.name}`, why: `the strategy ${replication.name} is not one whose placement is known` })
      continue
    }
    const key = replicationKey(replication)
    let same = before.get(key)
    if (!same) {
      same = chosen.flatMap(name => outcomesFrom(cluster, clients.get(name)!, [...clients.values()], replication, loss, filter, caches))
      before.set(key, same)
    }
    for (const outcome of same) outcomes.push({ keyspace: keyspace.name, ...outcome })
  }
  if (outcomes.some(outcome => outcome.ring.basis === 'expected')) unknown.push(missingTokens(cluster))
  return { outcomes, unknown }
}

function missingTokens(cluster: ClusterView): UnknownFact {
  const names = cluster.shape.nodes.filter(node => !node.tokens && node.tokenCount > 0).map(node => node.name)
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  if (names.length === 0) return { fact: 'width of the ring', why: 'the partitioner is not Murmur3Partitioner or RandomPartitioner' }
  return {
    fact: 'tokens',
    why: `the tokens of ${shown} are not known: initial_token, a token file or the output of nodetool ring would tell`,
  }
}

export interface Client {
  readonly datacenter: string
  readonly groups: readonly CoordinatorClass[]
}

function clientOf(cluster: ClusterView, loss: Loss, datacenter: string, index: number): Client {
  const { shape } = cluster
  const owners = shape.ownersOfDatacenter[index]!
  const groups = coordinatorGroups(shape, cluster.network, loss, index).map(group => ({
    coordinators: group.coordinators,
    reaches: group.reaches,
    localNodes: owners.length,
    localAlive: owners.reduce((sum, node) => sum + group.reaches[node]!, 0),
    everyNode: group.reaches.every(yes => yes === 1),
  }))
  return { datacenter, groups }
}

interface Asked {
  readonly operation: Operation
  readonly level: ConsistencyLevel
  readonly commitLevel?: ConsistencyLevel
  readonly checks: readonly Check[]
}

/** Every request of the filter that the server does not refuse as such. */
export function requestsOf(
  replication: PlacedReplication,
  datacenter: string,
  release: AnalysisRelease,
  paxos: 'v1' | 'v2' | undefined,
  filter: SimulationFilter,
): readonly Asked[] {
  const asked: Asked[] = []
  for (const operation of filter.operations ?? usualOperations) {
    for (const level of allowedLevels(operation)) {
      if (filter.levels && !filter.levels.includes(level)) continue
      for (const commitLevel of operation === 'lwt' ? (filter.commitLevels ?? usualCommitLevels) : [undefined]) {
        const request: Request = { operation, level, datacenter, ...(commitLevel ? { commitLevel } : {}), ...(paxos ? { paxos } : {}) }
        const checks = checksOf(request, replication, release)
        if (checks.kind === 'checks') asked.push({ operation, level, ...(commitLevel ? { commitLevel } : {}), checks: checks.checks })
      }
    }
  }
  return asked
}

function outcomesFrom(
  cluster: ClusterView,
  client: Client,
  all: readonly Client[],
  replication: PlacedReplication,
  loss: Loss,
  filter: SimulationFilter,
  caches: StatesCache,
): readonly Omit<Outcome, 'keyspace'>[] {
  const asked = requestsOf(replication, client.datacenter, cluster.release, cluster.paxos, filter)
  const judges = new Map<Client, (request: Asked) => Judged>()
  const judged = (who: Client, request: Asked): Judged => {
    let made = judges.get(who)
    if (!made) {
      made = judgeFor(cluster, who, replication, filter, caches)
      judges.set(who, made)
    }
    return made(request)
  }
  return asked.map(request => {
    const result: Judged = client.groups.length > 0 ? judged(client, request) : nobody(request, client.datacenter)
    const elsewhere = () =>
      all
        .filter(other => other.groups.length > 0)
        .map(other => {
          const there = requestsOf(replication, other.datacenter, cluster.release, cluster.paxos, sameRequest(request))[0]
          return { datacenter: other.datacenter, verdict: there ? judged(other, there).verdict : ('unknown' as const) }
        })
    const because =
      client.groups.length > 0
        ? becauseOf(result.reasoned, {
            shape: cluster.shape,
            network: cluster.network,
            loss,
            datacenter: client.datacenter,
            level: request.level,
            operation: request.operation,
          })
        : failoverText(client.datacenter, elsewhere())
    return {
      operation: request.operation,
      level: request.level,
      ...(request.commitLevel ? { commitLevel: request.commitLevel } : {}),
      clientDatacenter: client.datacenter,
      verdict: result.verdict,
      ring: result.ring,
      required: result.required,
      dependsOnCoordinator: result.dependsOnCoordinator,
      because,
      assuming: cluster.network?.assuming ?? [],
    }
  })
}

function sameRequest(request: Asked): SimulationFilter {
  return {
    operations: [request.operation],
    levels: [request.level],
    ...(request.commitLevel ? { commitLevels: [request.commitLevel] } : {}),
  }
}

interface Judged {
  readonly verdict: Verdict
  readonly ring: RingShare
  readonly required: readonly Requirement[]
  readonly dependsOnCoordinator: boolean
  readonly reasoned: Reasoned
}

const exactly = (fraction: number, basis: 'exact' | 'bounds' = 'exact'): RingShare => ({
  fraction,
  basis,
  lower: fraction,
  upper: fraction,
})

function nobody(request: Asked, datacenter: string): Judged {
  const clause = request.checks.find(check => check.kind === 'replicas')?.clauses[0]
  const needed = typeof clause?.needed === 'number' ? clause.needed : 1
  return {
    verdict: 'fails',
    ring: exactly(0),
    required: [{ datacenter: clause?.datacenter ?? datacenter, needed, alive: 0 }],
    dependsOnCoordinator: false,
    reasoned: { kind: 'survives' },
  }
}

/** Kept within one simulation: what is the same for several keyspaces, and for clients who see the same. */
export interface StatesCache {
  /** By what is missing from the views. */
  readonly byView: Map<string, KnownStates>
  readonly states: Map<string, readonly RangeState[]>
  readonly missing: WeakMap<Uint8Array, string>
}

function statesSeen(
  ring: TokenRing,
  replication: PlacedReplication,
  views: readonly Uint8Array[],
  caches: StatesCache,
): readonly RangeState[] {
  const seen = views.map(view => missingFrom(view, caches)).join(';')
  const key = `${replicationKey(replication)} ${seen}`
  const before = caches.states.get(key)
  if (before) return before
  const known = caches.byView.get(seen) ?? noKnownStates()
  caches.byView.set(seen, known)
  const states = rangeStates(ring, placementParts(ring, replication), views, known)
  caches.states.set(key, states)
  return states
}

function missingFrom(view: Uint8Array, { missing }: StatesCache): string {
  const before = missing.get(view)
  if (before !== undefined) return before
  const nodes: number[] = []
  for (let node = 0; node < view.length; node++) if (view[node] === 0) nodes.push(node)
  const text = nodes.join()
  missing.set(view, text)
  return text
}

/** A judge of requests from one datacenter on one replication; what is expensive is done once. */
function judgeFor(
  cluster: ClusterView,
  client: Client,
  replication: PlacedReplication,
  filter: SimulationFilter,
  caches: StatesCache,
): (request: Asked) => Judged {
  const { ring, shape } = cluster
  const views = client.groups.map(group => group.reaches)
  if (ring) {
    const states = statesSeen(ring, replication, views, caches)
    return request => {
      const result = fromJudgement(judge(shape, states, client.groups, request.operation, request.checks), 'exact')
      // Without a known width of the ring, partial is certain and how much is not.
      return ring.shares || result.verdict !== 'partial'
        ? result
        : { ...result, ring: { ...result.ring, basis: 'expected', lower: 0, upper: 1 } }
    }
  }
  let drawn: readonly (readonly ReturnType<typeof rangeStates>[number][])[] | undefined
  return request => {
    const certain = boundsOf(shape, replication, client.groups, request.checks)
    if (certain) return { ...certain, ring: exactly(certain.verdict === 'survives' ? 1 : 0, 'bounds') }
    drawn ??= drawnRings(shape, cluster.allocation, filter.seed ?? 1).map(each =>
      rangeStates(each, placementParts(each, replication), views),
    )
    const results = drawn.map(states => judge(shape, states, client.groups, request.operation, request.checks))
    const fractions = results.map(result => result.fraction).sort((a, b) => a - b)
    const mean = fractions.reduce((sum, each) => sum + each, 0) / fractions.length
    const cut = Math.floor(fractions.length / 20)
    const expected: RingShare = {
      fraction: mean,
      basis: 'expected',
      lower: Math.min(mean, fractions[cut]!),
      upper: Math.max(mean, fractions[fractions.length - 1 - cut]!),
    }
    const worst = results.reduce((a, b) => (b.fraction < a.fraction ? b : a))
    const allPartial = results.every(result => result.verdict === 'partial')
    return {
      ...fromJudgement(worst, 'exact'),
      verdict: allPartial ? 'partial' : 'unknown',
      ring: expected,
      dependsOnCoordinator: results.some(result => result.dependsOnCoordinator),
      reasoned: { kind: 'expected', rings: drawn.length, share: expected },
    }
  }
}

function fromJudgement(judgement: Judgement, basis: 'exact' | 'bounds'): Judged {
  return {
    verdict: judgement.verdict,
    ring: exactly(judgement.fraction, basis),
    required: worstRequirement(judgement),
    dependsOnCoordinator: judgement.dependsOnCoordinator,
    reasoned:
      judgement.verdict === 'survives' && !judgement.dependsOnCoordinator ? { kind: 'survives', judgement } : { kind: 'judged', judgement },
  }
}
