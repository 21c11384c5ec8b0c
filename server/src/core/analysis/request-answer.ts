/** What the server answers to a request for one range, given how many of its replicas the coordinator sees alive. */
import type { Check, ReplicaCheck } from './request-checks.ts'

/** What one coordinator sees of one range, and of the cluster. */
export interface CoordinatorView {
  /** Live replicas of the range that the coordinator reaches, in a datacenter or (null) anywhere. */
  alive(datacenter: string | null): number
  /** Natural replicas of the range, alive or not. */
  placed(datacenter: string | null): number
  /** As `alive`, full replicas only. Same as `alive` when nothing is transient. */
  fullAlive(datacenter: string | null): number
  /** Token owners of the coordinator's datacenter, and how many of them it sees alive, itself included. */
  readonly localNodes: number
  readonly localAlive: number
  /** Whether it reaches every node of the cluster. */
  readonly everyNode: boolean
}

export type Answer =
  | { readonly kind: 'ok' }
  | {
      readonly kind: 'unavailable' | 'timeout'
      readonly level: string
      readonly required: number
      /** As the error gives it: EACH_QUORUM gives 0 since 4.0. */
      readonly alive: number
      /** Of EACH_QUORUM: which of several short datacenters is named is arbitrary in the server; here the first of the map. */
      readonly datacenter: string | null
    }
  | { readonly kind: 'truncate error' }

/** The first check that fails decides. */
export function answerTo(checks: readonly Check[], view: CoordinatorView): Answer {
  for (const check of checks) {
    const short = failureOf(check, view)
    if (short) return short
  }
  return { kind: 'ok' }
}

function failureOf(check: Check, view: CoordinatorView): Answer | undefined {
  switch (check.kind) {
    case 'every node':
      return view.everyNode ? undefined : { kind: 'truncate error' }
    case 'batchlog':
      // The batchlog goes to two nodes of the datacenter, or to the only one there is.
      if (view.localAlive >= Math.min(2, view.localNodes)) return undefined
      return { kind: 'unavailable', level: check.level, required: check.required, alive: check.alive, datacenter: null }
    case 'replicas':
      return shortOf(check, view)
  }
}

function shortOf(check: ReplicaCheck, view: CoordinatorView): Answer | undefined {
  if (check.anyFirst && view.alive(null) === 0) {
    return { kind: 'unavailable', level: check.level, required: check.anyFirst, alive: 0, datacenter: null }
  }
  for (const clause of check.clauses) {
    const required = neededOf(clause.needed, view.placed(clause.datacenter))
    const alive = view.alive(clause.datacenter)
    if (alive < required)
      return { kind: check.failure, level: check.level, required, alive: check.aliveInError ? alive : 0, datacenter: clause.datacenter }
  }
  if (check.needsFull && view.fullAlive(check.clauses.length === 1 ? check.clauses[0]!.datacenter : null) === 0) {
    return { kind: 'unavailable', level: check.level, required: 1, alive: 0, datacenter: null }
  }
  return undefined
}

/** The number that a clause asks for, of so many placed replicas. */
export function neededOf(needed: number | 'majority of placed', placed: number): number {
  return needed === 'majority of placed' ? Math.floor(placed / 2) + 1 : needed
}
