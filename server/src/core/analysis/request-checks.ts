/**
 * What a server tests before and while it serves a request, in its order, as data: live replicas in one or more scopes, the batchlog, every node.
 * Release lines differ in the table below only. Measured on 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2 (test/conformance/cluster).
 */
import type { PlacedReplication } from './cluster-shape.ts'
import {
  allowedLevels,
  blockFor,
  type Clause,
  type ConsistencyLevel,
  clausesOf,
  type Operation,
  type SerialLevel,
} from './consistency-level.ts'

export type AnalysisRelease = '3.11' | '4.0' | '4.1' | '5.0' | '6.0'

export interface Request {
  readonly operation: Operation
  /** Of an LWT: the serial level. */
  readonly level: ConsistencyLevel
  /** Of an LWT only; QUORUM when left out. */
  readonly commitLevel?: ConsistencyLevel
  /** `paxos_variant`; v2 exists from 4.1. v1, the default everywhere, when left out. */
  readonly paxos?: 'v1' | 'v2'
  /** Datacenter of the coordinator. */
  readonly datacenter: string
}

export interface ReplicaCheck {
  readonly kind: 'replicas'
  /** The level that an error names. */
  readonly level: ConsistencyLevel
  /** All must hold. */
  readonly clauses: readonly Clause[]
  /** What a client gets when a clause is short: at once, or after the request's timeout. */
  readonly failure: 'unavailable' | 'timeout'
  /** At least one live replica must be a full one (reads since 4.0; matters with transient replicas only). */
  readonly needsFull: boolean
  /** Errors of EACH_QUORUM give 0 as the number alive since 4.0. */
  readonly aliveInError: boolean
  /** A counter's write looks for any live replica first, and then names the sum of what is needed. */
  readonly anyFirst?: number
}
export interface BatchlogCheck {
  readonly kind: 'batchlog'
  /** As an error names it, when the coordinator is alone. */
  readonly level: ConsistencyLevel
  readonly required: number
  readonly alive: number
}
export interface EveryNodeCheck {
  readonly kind: 'every node'
}
export type Check = ReplicaCheck | BatchlogCheck | EveryNodeCheck

export type Checks = { readonly kind: 'checks'; readonly checks: readonly Check[] } | { readonly kind: 'refused'; readonly why: string }

interface ReleaseBehaviour {
  /** An LWT that applied and cannot commit at its level. */
  readonly commitShort: 'unavailable' | 'timeout'
  readonly eachQuorumTellsAlive: boolean
  /** Whether a coordinator that is alone in its datacenter writes the batchlog to itself for a logged batch at ANY. */
  readonly batchAtAnyAlone: boolean
  readonly batchlogError: { readonly level: ConsistencyLevel; readonly required: number }
  readonly paxosV2: boolean
  readonly readsNeedFull: boolean
}

const sinceFour = {
  eachQuorumTellsAlive: false,
  commitShort: 'unavailable',
  batchlogError: { level: 'TWO', required: 2 },
  readsNeedFull: true,
} as const

export const releaseBehaviour: { readonly [L in AnalysisRelease]: ReleaseBehaviour } = {
  '3.11': {
    commitShort: 'timeout',
    eachQuorumTellsAlive: true,
    batchAtAnyAlone: true,
    batchlogError: { level: 'ONE', required: 1 },
    paxosV2: false,
    readsNeedFull: false,
  },
  '4.0': { ...sinceFour, batchAtAnyAlone: false, paxosV2: false },
  '4.1': { ...sinceFour, batchAtAnyAlone: false, paxosV2: true },
  '5.0': { ...sinceFour, batchAtAnyAlone: false, paxosV2: true },
  '6.0': { ...sinceFour, batchAtAnyAlone: true, paxosV2: true },
}

/** The checks of a request, in the order in which the server makes them; or why it refuses the request as such. */
export function checksOf(request: Request, replication: PlacedReplication, release: AnalysisRelease): Checks {
  const { operation, level, datacenter } = request
  if (!allowedLevels(operation).includes(level)) return { kind: 'refused', why: refusal(operation, level) }
  const behaviour = releaseBehaviour[release]
  const check = (each: ConsistencyLevel, more: Partial<ReplicaCheck> = {}): ReplicaCheck => ({
    kind: 'replicas',
    level: each,
    clauses: clausesOf(each, replication, datacenter),
    failure: 'unavailable',
    needsFull: false,
    aliveInError: each !== 'EACH_QUORUM' || replication.kind === 'simple' || behaviour.eachQuorumTellsAlive,
    ...more,
  })
  const needsFull = behaviour.readsNeedFull && hasTransient(replication)
  const v2 = request.paxos === 'v2' && behaviour.paxosV2
  switch (operation) {
    case 'read':
    case 'scan':
      if (level !== 'SERIAL' && level !== 'LOCAL_SERIAL') return checks(check(level, { needsFull }))
      return checks(check(level), ...(v2 ? [] : [check(readLevelOf(level), { needsFull })]))
    case 'write':
      return checks(check(level))
    case 'counter':
      return checks(check(level, { anyFirst: blockFor(level, replication, datacenter) }))
    case 'batch': {
      const alone: BatchlogCheck = { kind: 'batchlog', ...behaviour.batchlogError, alive: level === 'ANY' ? 1 : 0 }
      return checks(...(level === 'ANY' && behaviour.batchAtAnyAlone ? [] : [alone]), check(level))
    }
    case 'truncate':
      return checks({ kind: 'every node' })
    case 'lwt': {
      const serial = level as SerialLevel
      const commit = request.commitLevel ?? 'QUORUM'
      if (commit === 'SERIAL' || commit === 'LOCAL_SERIAL') return { kind: 'refused', why: `${commit} is no commit level` }
      if (commit === 'EACH_QUORUM' && replication.kind === 'simple') {
        return { kind: 'refused', why: 'commit level EACH_QUORUM needs NetworkTopologyStrategy' }
      }
      if (!v2) return checks(check(serial), check(readLevelOf(serial), { needsFull }), check(commit, { failure: behaviour.commitShort }))
      return checks(check(serial), ...paxosV2Commit(commit, serial, check, replication, datacenter))
    }
  }
}

/** Under Paxos v2 a commit at the quorum of the electorate needs no more, and EACH_QUORUM counts the sum of the quorums over all replicas. */
function paxosV2Commit(
  commit: ConsistencyLevel,
  serial: SerialLevel,
  check: (level: ConsistencyLevel, more: Partial<ReplicaCheck>) => ReplicaCheck,
  replication: PlacedReplication,
  datacenter: string,
): readonly ReplicaCheck[] {
  if (commit === readLevelOf(serial)) return []
  if (commit !== 'EACH_QUORUM') return [check(commit, { failure: 'timeout' })]
  return [check(commit, { failure: 'timeout', clauses: [{ datacenter: null, needed: blockFor(commit, replication, datacenter) }] })]
}

/** The level of the ordinary read that follows Paxos v1's electorate. */
function readLevelOf(serial: SerialLevel): 'QUORUM' | 'LOCAL_QUORUM' {
  return serial === 'SERIAL' ? 'QUORUM' : 'LOCAL_QUORUM'
}

function checks(...all: readonly Check[]): Checks {
  return { kind: 'checks', checks: all }
}

function hasTransient(replication: PlacedReplication): boolean {
  if (replication.kind === 'simple') return replication.factor.transient > 0
  return [...replication.factors.values()].some(factor => factor.transient > 0)
}

function refusal(operation: Operation, level: ConsistencyLevel): string {
  if (level === 'ANY') return operation === 'counter' ? 'ANY is not supported for counters' : 'ANY is only supported for writes'
  if (operation === 'lwt') return `${level} is no serial level: an LWT takes SERIAL or LOCAL_SERIAL`
  if (operation === 'scan') return `${level} reads one partition at a time`
  if (operation === 'truncate') return 'TRUNCATE asks every node, whatever the level'
  return `${level} is only for reads and conditional updates`
}
