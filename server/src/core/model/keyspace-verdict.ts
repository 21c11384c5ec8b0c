/** What the server answers to CREATE and ALTER KEYSPACE, as far as facts reach: every reason to refuse, every warning. Unknown facts refuse nothing. */
import {
  falseWords,
  keyspacePropertiesOf,
  longestKeyspaceName,
  replicationBehaves,
  strategyFate,
  strategyName,
  systemKeyspaceOf,
  systemKeyspaces,
  trueWords,
} from '../catalog/cql-replication.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlConstant, CqlKeyspaceStatement, CqlMap } from '../syntax/cql-file.ts'
import { judgeSyntax } from '../syntax/cql-grammar.ts'
import { type Fact, known, knownValue, unknown } from '../text/fact.ts'
import type { Span } from '../text/span.ts'
import type { Replication, ReplicationFactor } from './keyspace.ts'
import { effectiveFactors, mapValue, propertyOf, readFactor, readReplication, settleReplication } from './replication-map.ts'

export type RefusalKind =
  | 'no-replication'
  | 'replication-not-a-map'
  | 'no-class'
  | 'strategy'
  | 'bad-factor'
  | 'simple-without-factor'
  | 'simple-with-option'
  | 'factor-option-in-network-topology'
  | 'no-datacenter'
  | 'transient-off'
  | 'transient-with-vnodes'
  | 'unknown-property'
  | 'bad-durable-writes'
  | 'bad-fast-path'
  | 'bad-name'
  | 'system-keyspace'
  | 'already-exists'
  | 'does-not-exist'
  | 'unknown-datacenter'
  | 'system-auth-without-datacenter'
  | 'below-minimum-factor'
  | 'above-maximum-factor'
  | 'simple-strategy-off'

export interface Refusal {
  readonly kind: RefusalKind
  readonly at: Span
  /** The name or value that is refused, as written. */
  readonly what: string
  /** The datacenter or option it belongs to; the bound that it breaks. */
  readonly of?: string
}

export type KeyspaceWarning =
  | { readonly kind: 'factor-exceeds-nodes'; readonly datacenter: string | undefined; readonly factor: number; readonly nodes: number }
  | { readonly kind: 'full-repair-needed' }

/** What is known when the statement runs. */
export interface Situation {
  readonly line: ReleaseLine
  /** Nodes by datacenter; undefined: unknown, or there may be more. */
  readonly datacenters: ReadonlyMap<string, number> | undefined
  /** Replication before: `none` when the keyspace does not exist, undefined when unknown. */
  readonly before: Replication | 'none' | undefined
  readonly defaultFactor: Fact<number>
  readonly transientReplication: Fact<boolean>
  readonly tokensPerNode: Fact<number>
  readonly minimumFactorFail: Fact<number>
  readonly maximumFactorFail: Fact<number>
  readonly simpleStrategyEnabled: Fact<boolean>
}

/** Nothing is known but the release. */
export function bareSituation(line: ReleaseLine): Situation {
  const nothing = unknown('judged by the statement alone')
  return {
    line,
    datacenters: undefined,
    before: undefined,
    defaultFactor: nothing,
    transientReplication: nothing,
    tokensPerNode: nothing,
    minimumFactorFail: nothing,
    maximumFactorFail: nothing,
    simpleStrategyEnabled: nothing,
  }
}

export interface KeyspaceVerdict {
  /** Why the server refuses; it stops at its first reason, all are listed. Empty: accepted, as far as is known. */
  readonly refusals: readonly Refusal[]
  readonly warnings: readonly KeyspaceWarning[]
  /** What it leaves when it is accepted and states a replication. */
  readonly replication: Replication | undefined
}

/** Whether a statement changes anything: syntax and meaning, as far as the statement alone proves. */
export function statementStands(statement: CqlKeyspaceStatement, line: ReleaseLine): boolean {
  return judgeSyntax(statement, line).accepted !== false && judgeKeyspaceStatement(statement, bareSituation(line)).refusals.length === 0
}

/** The server's answer to a statement whose syntax it takes. */
export function judgeKeyspaceStatement(statement: CqlKeyspaceStatement, situation: Situation): KeyspaceVerdict {
  const refusals: Refusal[] = []
  const { line } = situation
  const creates = statement.kind === 'create-keyspace'
  if (creates && statement.conditional && typeof situation.before === 'object') return { refusals, warnings: [], replication: undefined }
  if (!creates && statement.conditional && situation.before === 'none') return { refusals, warnings: [], replication: undefined }
  judgeName(statement, situation, refusals)
  judgeProperties(statement, line, refusals)
  const property = propertyOf(statement.properties, 'replication')
  if (!property) {
    if (creates) refusals.push({ kind: 'no-replication', at: statement.name?.span ?? statement.span, what: statement.name?.text ?? '' })
    return { refusals, warnings: [], replication: undefined }
  }
  if (property.value?.kind === 'constant') {
    if (!property.value.placeholder) refusals.push({ kind: 'replication-not-a-map', at: property.value.span, what: property.value.text })
    return { refusals, warnings: [], replication: undefined }
  }
  const map = property.value
  if (!map) return { refusals, warnings: [], replication: undefined }
  if (map.entries.length === 0) {
    if (creates) refusals.push({ kind: 'no-class', at: map.span, what: '' })
    return { refusals, warnings: [], replication: undefined }
  }
  judgeMap(statement, map, situation, refusals)
  const written = refusals.length === 0 ? readReplication(property, line) : undefined
  if (!written) return { refusals, warnings: [], replication: undefined }
  const before = typeof situation.before === 'object' ? situation.before : undefined
  const replication = settleReplication(before, written, line, situation.defaultFactor)
  judgeFactors(statement, replication, map.span, situation, refusals)
  const warnings = refusals.length === 0 ? warningsOf(statement, replication, situation) : []
  return { refusals, warnings, replication }
}

function judgeName({ kind, name, conditional }: CqlKeyspaceStatement, { line, before }: Situation, refusals: Refusal[]): void {
  if (!name || name.placeholder) return
  const at = name.span
  const system = systemKeyspaceOf(name.text, line)
  if (kind === 'create-keyspace') {
    if (!/^\w+$/.test(name.text) || name.text.length > longestKeyspaceName) refusals.push({ kind: 'bad-name', at, what: name.text })
    else if (system?.kind === 'fixed' || system?.kind === 'virtual') refusals.push({ kind: 'system-keyspace', at, what: name.text })
    else if ((typeof before === 'object' || (system && before === undefined)) && !conditional)
      refusals.push({ kind: 'already-exists', at, what: name.text })
  } else {
    if (system && system.kind !== 'replicated') refusals.push({ kind: 'system-keyspace', at, what: name.text })
    else if (before === 'none' || (before === undefined && !system && Object.hasOwn(systemKeyspaces, name.text)))
      refusals.push({ kind: 'does-not-exist', at, what: name.text })
  }
}

function judgeProperties({ properties }: CqlKeyspaceStatement, line: ReleaseLine, refusals: Refusal[]): void {
  const accepted = keyspacePropertiesOf(line)
  for (const { name, value } of properties) {
    if (!accepted.includes(name.value)) {
      refusals.push({ kind: 'unknown-property', at: name.span, what: name.value })
      continue
    }
    if (!value || (value.kind === 'constant' && value.placeholder)) continue
    if (name.value === 'durable_writes') {
      const word = value.kind === 'constant' ? value.text.toLowerCase() : undefined
      const refusedHere =
        word === undefined || (!trueWords.has(word) && !falseWords.has(word) && replicationBehaves('refuses-bad-durable-writes', line))
      if (refusedHere) refusals.push({ kind: 'bad-durable-writes', at: value.span, what: value.kind === 'constant' ? value.text : '{…}' })
    }
    if (name.value === 'fast_path' && value.kind === 'constant' && !/^(?:simple|up|keyspace)$/i.test(value.text))
      refusals.push({ kind: 'bad-fast-path', at: value.span, what: value.text })
  }
}

function judgeMap(statement: CqlKeyspaceStatement, map: CqlMap, situation: Situation, refusals: Refusal[]): void {
  const { line } = situation
  const strategy = mapValue(map, 'class')
  if (map.entries.some(({ key }) => key.placeholder) && !strategy) return
  if (!strategy) {
    refusals.push({ kind: 'no-class', at: map.span, what: map.entries.find(({ key }) => /^class$/i.test(key.text))?.key.text ?? '' })
    return
  }
  if (strategy.placeholder) return
  const fate = strategyFate(strategy.text, line)
  if (fate === 'unknown') return
  if (fate !== 'usable') {
    refusals.push({ kind: 'strategy', at: strategy.span, what: strategy.text, of: fate })
    return
  }
  if (strategyName(strategy.text) === 'NetworkTopologyStrategy') judgeNetworkTopology(statement, map, situation, refusals)
  else judgeSimple(map, strategy, situation, refusals)
}

function judgeSimple(map: CqlMap, strategy: CqlConstant, { line }: Situation, refusals: Refusal[]): void {
  for (const { key } of map.entries) {
    if (key.text !== 'class' && key.text !== 'replication_factor' && !key.placeholder)
      refusals.push({ kind: 'simple-with-option', at: key.span, what: key.text, of: strategy.text })
  }
  const factor = mapValue(map, 'replication_factor')
  if (!factor && !map.entries.some(({ key }) => key.placeholder) && !replicationBehaves('default-keyspace-factor', line))
    refusals.push({ kind: 'simple-without-factor', at: strategy.span, what: strategy.text })
  if (factor) judgeFactor(factor, 'replication_factor', line, refusals)
}

function judgeFactor(value: CqlConstant, option: string, line: ReleaseLine, refusals: Refusal[]): void {
  if (value.placeholder) return
  const factor = readFactor(value.text, line)
  if (typeof factor === 'string') refusals.push({ kind: 'bad-factor', at: value.span, what: value.text, of: option })
}

function judgeNetworkTopology(statement: CqlKeyspaceStatement, map: CqlMap, situation: Situation, refusals: Refusal[]): void {
  const { line, datacenters } = situation
  const expands = map.entries.findLast(({ key }) => key.text === 'replication_factor')
  if (expands && !replicationBehaves('expands-replication-factor', line))
    refusals.push({ kind: 'factor-option-in-network-topology', at: expands.key.span, what: expands.value?.text ?? '' })
  const expansion = expands?.value && !expands.value.placeholder ? readFactor(expands.value.text, line) : undefined
  /** A malformed factor to expand by is swallowed: nothing expands, and nothing of 0 is dropped either. */
  const swallowed = typeof expansion === 'string'
  const dropsZero = replicationBehaves('drops-zero-factors', line) && !swallowed
  let kept = 0
  for (const { key, value } of map.entries) {
    if (key.text === 'class' || key.text === 'replication_factor') continue
    if (key.placeholder || !value || value.placeholder) {
      kept++
      continue
    }
    if (dropsZero && value.text === '0') continue
    kept++
    judgeFactor(value, key.text, line, refusals)
    if (replicationBehaves('refuses-unknown-datacenter', line) && datacenters && !datacenters.has(key.text))
      refusals.push({ kind: 'unknown-datacenter', at: key.span, what: key.text })
  }
  if (kept > 0 || !replicationBehaves('refuses-no-datacenter', line)) return
  const named = map.entries.filter(({ key }) => key.text !== 'class' && key.text !== 'replication_factor').length
  const bare = named === 0 && !expands
  const oldSimple = typeof situation.before === 'object' && situation.before.kind === 'simple'
  if (
    bare &&
    (replicationBehaves('default-keyspace-factor', line) ||
      (statement.kind === 'alter-keyspace' && (oldSimple || situation.before === undefined)))
  )
    return
  if (expands && !swallowed && (expansion === undefined || (expansion as ReplicationFactor).total > 0)) {
    const zeroed = new Set(map.entries.map(({ key }) => key.text))
    if (!datacenters || [...datacenters.keys()].some(name => !zeroed.has(name))) return
  }
  if (statement.kind === 'alter-keyspace' && situation.before === undefined && expands && !swallowed) return
  refusals.push({ kind: 'no-datacenter', at: map.span, what: '' })
}

/** What the settled factors break: transient replication, guardrails, system_auth's datacenters. */
function judgeFactors(
  statement: CqlKeyspaceStatement,
  replication: Replication,
  at: Span,
  situation: Situation,
  refusals: Refusal[],
): void {
  const { line, datacenters } = situation
  const factors: (readonly [string, ReplicationFactor, Span])[] = []
  if (replication.kind === 'simple' && replication.factor.kind === 'known')
    factors.push(['replication_factor', replication.factor.value, replication.factor.span ?? at])
  if (replication.kind === 'network-topology') {
    for (const { datacenter, factor } of replication.factors)
      if (factor.kind === 'known') factors.push([datacenter.value, factor.value, factor.span ?? at])
    const others = replication.otherDatacenters
    if (others.kind === 'known') factors.push(['replication_factor', others.value, others.span ?? at])
  }
  const system = systemKeyspaceOf(statement.name?.text ?? '', line)
  for (const [name, { total, transient }, where] of factors) {
    const what = transient > 0 ? `${total}/${transient}` : String(total)
    if (transient > 0 && knownValue(situation.transientReplication) === false)
      refusals.push({ kind: 'transient-off', at: where, what, of: name })
    else if (transient > 0 && (knownValue(situation.tokensPerNode) ?? 1) > 1)
      refusals.push({ kind: 'transient-with-vnodes', at: where, what, of: name })
    if (system || total === 0) continue
    const least = knownValue(situation.minimumFactorFail) ?? -1
    const most = knownValue(situation.maximumFactorFail) ?? -1
    const full = total - transient
    if (replicationBehaves('minimum-factor-guardrail', line) && least > 0 && full < least)
      refusals.push({ kind: 'below-minimum-factor', at: where, what, of: String(least) })
    if (replicationBehaves('maximum-factor-guardrail', line) && most > 0 && full > most)
      refusals.push({ kind: 'above-maximum-factor', at: where, what, of: String(most) })
  }
  if (
    replication.kind === 'simple' &&
    !system &&
    replicationBehaves('simple-strategy-guardrail', line) &&
    knownValue(situation.simpleStrategyEnabled) === false
  )
    refusals.push({ kind: 'simple-strategy-off', at, what: 'SimpleStrategy' })
  if (statement.name?.text === 'system_auth' && datacenters && replicationBehaves('system-auth-names-every-datacenter', line)) {
    const settled = effectiveFactors(replication, datacenters.keys(), line)
    for (const [name, nodes] of datacenters)
      if (settled && nodes > 0 && !settled.has(name)) refusals.push({ kind: 'system-auth-without-datacenter', at, what: name })
  }
}

function totalFull(replication: Replication, datacenters: ReadonlyMap<string, number>, line: ReleaseLine): number | undefined {
  if (replication.kind === 'simple') {
    const factor = knownValue(replication.factor)
    return factor && factor.total - factor.transient
  }
  const factors = effectiveFactors(replication, datacenters.keys(), line)
  return factors && [...factors.values()].reduce((sum, { total, transient }) => sum + total - transient, 0)
}

function warningsOf(
  statement: CqlKeyspaceStatement,
  replication: Replication,
  { line, datacenters, before }: Situation,
): readonly KeyspaceWarning[] {
  if (!datacenters) return []
  const warnings: KeyspaceWarning[] = []
  if (!systemKeyspaceOf(statement.name?.text ?? '', line)) {
    if (replication.kind === 'simple') {
      const factor = knownValue(replication.factor)?.total ?? 0
      const nodes = [...datacenters.values()].reduce((sum, count) => sum + count, 0)
      if (factor > nodes) warnings.push({ kind: 'factor-exceeds-nodes', datacenter: undefined, factor, nodes })
    }
    for (const [name, { total }] of effectiveFactors(replication, datacenters.keys(), line) ?? []) {
      const nodes = datacenters.get(name) ?? 0
      if (nodes > 0 && total > nodes) warnings.push({ kind: 'factor-exceeds-nodes', datacenter: name, factor: total, nodes })
    }
  }
  if (statement.kind === 'alter-keyspace' && typeof before === 'object' && replicationBehaves('warns-of-full-repair', line)) {
    const old = totalFull(before, datacenters, line)
    const now = totalFull(replication, datacenters, line)
    if (old !== undefined && now !== undefined && now > old) warnings.push({ kind: 'full-repair-needed' })
  }
  return warnings
}

/** Situation of a server with stock settings. */
export function stockSituation(line: ReleaseLine, datacenters: ReadonlyMap<string, number>, before: Replication | 'none'): Situation {
  return {
    line,
    datacenters,
    before,
    defaultFactor: known(1),
    transientReplication: known(false),
    tokensPerNode: unknown('stock'),
    minimumFactorFail: known(-1),
    maximumFactorFail: known(-1),
    simpleStrategyEnabled: known(true),
  }
}
