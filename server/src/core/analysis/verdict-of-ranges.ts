/** One request judged on the states of all ranges: who of the coordinators can serve which part of the ring, and where it is tightest. */
import type { ClusterShape } from './cluster-shape.ts'
import type { Operation } from './consistency-level.ts'
import type { RangeState } from './range-states.ts'
import { answerTo, type CoordinatorView, neededOf } from './request-answer.ts'
import type { Check } from './request-checks.ts'

/** Coordinators that see the same, and what they see of their datacenter and the cluster. */
export interface CoordinatorClass {
  readonly coordinators: readonly number[]
  readonly reaches: Uint8Array
  /** Token owners of the datacenter, and how many of them are alive and reached. */
  readonly localNodes: number
  readonly localAlive: number
  readonly everyNode: boolean
}

export interface Requirement {
  /** null: replicas of all datacenters count. */
  readonly datacenter: string | null
  readonly needed: number
  /** In the worst range, as the best coordinator sees it. */
  readonly alive: number
}

export interface Judgement {
  readonly verdict: 'survives' | 'partial' | 'fails'
  /** Share of the ring that the best coordinator serves; exactly 1 or 0 when all or nothing is. */
  readonly fraction: number
  readonly dependsOnCoordinator: boolean
  /** The tightest range for the best coordinator, and the check that fails there or comes nearest to failing. */
  readonly worst: {
    readonly state: RangeState | undefined
    readonly group: CoordinatorClass
    readonly check: Check
    readonly required: readonly Requirement[]
  }
  /** Of a request that depends on the coordinator: one that can serve a range and one that cannot. */
  readonly differ: { readonly can: CoordinatorClass; readonly cannot: CoordinatorClass; readonly state: RangeState } | undefined
}

/** Judges a request; `groups` must not be empty. */
export function judge(
  shape: ClusterShape,
  states: readonly RangeState[],
  groups: readonly CoordinatorClass[],
  operation: Operation,
  checks: readonly Check[],
): Judgement {
  const whole = operation === 'scan' || operation === 'truncate'
  const served = groups.map(group => states.map(state => answerTo(checks, viewOf(shape, state, group)).kind === 'ok'))
  if (whole) for (const each of served) each.fill(each.every(Boolean))
  let fraction = 0
  let some = false
  let all = true
  let differ: Judgement['differ']
  states.forEach((state, s) => {
    const can = served.findIndex(each => each[s])
    const cannot = served.findIndex(each => !each[s])
    if (can >= 0) {
      fraction += state.share
      some = true
      if (cannot >= 0) differ ??= { can: groups[can]!, cannot: groups[cannot]!, state }
    } else all = false
  })
  // A keyspace without replicas has no ranges to serve from, yet the request is asked.
  if (states.length === 0) all = some = answerTo(checks, emptyView(groups[0]!)).kind === 'ok'
  const verdict = all ? 'survives' : some ? 'partial' : 'fails'
  return {
    verdict,
    fraction: all ? 1 : some ? Math.min(1, fraction) : 0,
    dependsOnCoordinator: differ !== undefined,
    worst: tightest(shape, states, groups, checks),
    differ,
  }
}

export function worstRequirement(judgement: Judgement): readonly Requirement[] {
  return judgement.worst.required
}

export function viewOf(shape: ClusterShape, state: RangeState, group: CoordinatorClass): CoordinatorView {
  const index = (name: string) => shape.datacenters.indexOf(name)
  const count = (datacenter: string | null, test: (node: number, i: number) => boolean) => {
    const scope = datacenter === null ? -1 : index(datacenter)
    let sum = 0
    for (let i = 0; i < state.members.length; i++) {
      const node = state.members[i]!
      if ((datacenter === null || shape.datacenterOf[node] === scope) && test(node, i)) sum++
    }
    return sum
  }
  return {
    alive: datacenter => count(datacenter, node => group.reaches[node] === 1),
    fullAlive: datacenter => count(datacenter, (node, i) => group.reaches[node] === 1 && state.full[i]!),
    placed: datacenter => count(datacenter, () => true),
    localNodes: group.localNodes,
    localAlive: group.localAlive,
    everyNode: group.everyNode,
  }
}

function emptyView(group: CoordinatorClass): CoordinatorView {
  return {
    alive: () => 0,
    fullAlive: () => 0,
    placed: () => 0,
    localNodes: group.localNodes,
    localAlive: group.localAlive,
    everyNode: group.everyNode,
  }
}

/** The least slack (live replicas beyond what is needed) of the best coordinator in the worst range. Checks that fail come before ones that hold. */
function tightest(
  shape: ClusterShape,
  states: readonly RangeState[],
  groups: readonly CoordinatorClass[],
  checks: readonly Check[],
): Judgement['worst'] {
  let worst: (Judgement['worst'] & { readonly slack: number }) | undefined
  for (const state of states.length > 0 ? states : [undefined]) {
    let best: (Judgement['worst'] & { readonly slack: number }) | undefined
    for (const group of groups) {
      const view = state ? viewOf(shape, state, group) : emptyView(group)
      let here: (Judgement['worst'] & { readonly slack: number }) | undefined
      for (const check of checks) {
        const required = requirementsOf(shape, check, view, group)
        const slack = Math.min(...required.map(each => each.alive - each.needed))
        // Where the batchlog has its nodes, the replicas say more.
        if (!here || slack < here.slack || (here.check.kind === 'batchlog' && here.slack >= 0))
          here = { state, group, check, required, slack }
        if (slack < 0) break
      }
      if (here && (!best || here.slack > best.slack)) best = here
    }
    if (best && (!worst || best.slack < worst.slack)) worst = best
  }
  return worst!
}

function requirementsOf(shape: ClusterShape, check: Check, view: CoordinatorView, group: CoordinatorClass): readonly Requirement[] {
  switch (check.kind) {
    case 'batchlog':
      return [{ datacenter: localName(shape, group), needed: Math.min(2, view.localNodes), alive: view.localAlive }]
    case 'every node': {
      const alive = group.reaches.reduce((sum, yes) => sum + yes, 0)
      return [{ datacenter: null, needed: group.reaches.length, alive }]
    }
    case 'replicas': {
      const required = check.clauses.map(clause => ({
        datacenter: clause.datacenter,
        needed: neededOf(clause.needed, view.placed(clause.datacenter)),
        alive: view.alive(clause.datacenter),
      }))
      // A map without datacenters requires nothing by EACH_QUORUM.
      return required.length > 0 ? required : [{ datacenter: null, needed: 0, alive: 0 }]
    }
  }
}

function localName(shape: ClusterShape, group: CoordinatorClass): string {
  return shape.nodes[group.coordinators[0]!]!.datacenter
}
