/** Outcomes of a loss as a table that a person reads: equal rows and equal keyspaces are told once. Plain data for terminal and Markdown. */
import type { Outcome } from '../analysis/failure-simulation.ts'

export interface FailureTable {
  /** Keyspaces whose rows are all alike. */
  readonly keyspaces: readonly string[]
  readonly clientDatacenters: readonly string[]
  readonly rows: readonly FailureRow[]
  /** Sentences that say why something does not survive, or depends; without repeats, worst first. */
  readonly reasons: readonly string[]
}

export interface FailureRow {
  /** `read, write`, `lwt`. */
  readonly operations: string
  /** `ONE TWO LOCAL_QUORUM`; of an LWT with what it commits at. */
  readonly levels: readonly string[]
  /** One for each client datacenter, in order. */
  readonly cells: readonly FailureCell[]
}

export interface FailureCell {
  readonly verdict: Outcome['verdict']
  /** `ok`, `fails`, `66.7 %`, `60–75 % ?`; with `*` when it depends on the coordinator. */
  readonly text: string
}

export function failureTables(outcomes: readonly Outcome[]): readonly FailureTable[] {
  const byKeyspace = new Map<string, Outcome[]>()
  for (const outcome of outcomes) byKeyspace.set(outcome.keyspace, [...(byKeyspace.get(outcome.keyspace) ?? []), outcome])
  const alike = new Map<string, { keyspaces: string[]; table: Omit<FailureTable, 'keyspaces'> }>()
  for (const [keyspace, own] of byKeyspace) {
    const table = tableOf(own)
    const key = JSON.stringify(table)
    const there = alike.get(key)
    if (there) there.keyspaces.push(keyspace)
    else alike.set(key, { keyspaces: [keyspace], table })
  }
  return [...alike.values()].map(({ keyspaces, table }) => ({ keyspaces, ...table }))
}

function tableOf(outcomes: readonly Outcome[]): Omit<FailureTable, 'keyspaces'> {
  const clientDatacenters = [...new Set(outcomes.map(outcome => outcome.clientDatacenter))]
  const requests = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const key = `${outcome.operation} ${outcome.level} ${outcome.commitLevel ?? ''}`
    requests.set(key, [...(requests.get(key) ?? []), outcome])
  }
  // Reads and writes of one level that fare alike are one; then levels that fare alike are one row.
  const byLevel = new Map<string, { operations: string[]; level: string; cells: FailureCell[] }>()
  for (const own of requests.values()) {
    const { operation, level, commitLevel } = own[0]!
    const cells = clientDatacenters.map(name => cellOf(own.find(outcome => outcome.clientDatacenter === name)))
    const label = commitLevel === undefined ? level : `${level}+${commitLevel}`
    const key = `${operation === 'read' || operation === 'write' ? 'plain' : operation} ${label} ${JSON.stringify(cells)}`
    const there = byLevel.get(key)
    if (there) there.operations.push(operation)
    else byLevel.set(key, { operations: [operation], level: label, cells })
  }
  const rows = new Map<string, { operations: string; levels: string[]; cells: FailureCell[] }>()
  for (const { operations, level, cells } of byLevel.values()) {
    const words = operations.join(', ')
    const key = `${words} ${JSON.stringify(cells)}`
    const there = rows.get(key)
    if (there) there.levels.push(level)
    else rows.set(key, { operations: words, levels: [level], cells })
  }
  return { clientDatacenters, rows: [...rows.values()], reasons: reasonsOf(outcomes) }
}

function cellOf(outcome: Outcome | undefined): FailureCell {
  if (!outcome) return { verdict: 'unknown', text: '–' }
  const mark = outcome.dependsOnCoordinator ? '*' : ''
  return { verdict: outcome.verdict, text: `${wordsOf(outcome)}${mark}` }
}

function wordsOf({ verdict, ring }: Outcome): string {
  switch (verdict) {
    case 'survives':
      return 'ok'
    case 'fails':
      return 'fails'
    case 'partial':
      return ring.basis === 'exact' ? percent(ring.fraction) : `about ${percent(ring.fraction)}`
    case 'unknown':
      return `? ${percent(ring.lower)}–${percent(ring.upper)}`
  }
}

/** `66.7 %`; never rounded up to everything or down to nothing. */
export function percent(share: number): string {
  const rounded = Math.round(share * 1000) / 10
  const shown = share < 1 && rounded === 100 ? 99.9 : share > 0 && rounded === 0 ? 0.1 : rounded
  return `${shown} %`
}

const worstFirst: readonly Outcome['verdict'][] = ['fails', 'partial', 'unknown', 'survives']

function reasonsOf(outcomes: readonly Outcome[]): readonly string[] {
  const told = outcomes.filter(outcome => outcome.verdict !== 'survives' || outcome.dependsOnCoordinator)
  const sorted = [...told].sort((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict))
  const reasons = new Map<string, string[]>()
  for (const outcome of sorted) {
    const from = reasons.get(outcome.because)
    if (!from) reasons.set(outcome.because, [outcome.clientDatacenter])
    else if (!from.includes(outcome.clientDatacenter)) from.push(outcome.clientDatacenter)
  }
  return [...reasons].map(([because, from]) => `from ${from.join(', ')}: ${because}`)
}
