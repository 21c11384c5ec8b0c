/** What each release knows of replication: strategy classes, options, properties of keyspaces, names, default factors. */
import type { ReleaseLine } from './release.ts'
import { atLeast } from './release.ts'

export const locatorPackage = 'org.apache.cassandra.locator.'

/** How a strategy class fares in CREATE and ALTER KEYSPACE. */
export type StrategyFate = 'usable' | 'internal' | 'removed' | 'cluster-metadata' | 'abstract' | 'no-strategy' | 'not-found'

interface StrategyFact {
  readonly fate: StrategyFate
  /** The fate before and from a line, where it changed. */
  readonly from?: readonly (readonly [ReleaseLine, StrategyFate])[]
}

const strategies: Readonly<Record<string, StrategyFact>> = {
  SimpleStrategy: { fate: 'usable' },
  NetworkTopologyStrategy: { fate: 'usable' },
  LocalStrategy: { fate: 'internal' },
  OldNetworkTopologyStrategy: { fate: 'usable', from: [['4.0', 'removed']] },
  MetaStrategy: { fate: 'not-found', from: [['6.0', 'cluster-metadata']] },
}

/** The class of that package without its name; undefined for a class of another package, of which nothing is known. */
export function strategyName(className: string): string | undefined {
  if (!className.includes('.')) return className
  return className.startsWith(locatorPackage) ? className.slice(locatorPackage.length) : undefined
}

/** How a class (short or full name, exact case) fares in a release; `unknown` for classes of other packages than Cassandra's and Java's. */
export function strategyFate(className: string, line: ReleaseLine): StrategyFate | 'unknown' {
  const name = strategyName(className)
  if (name === undefined) return /^java(?:x)?\./.test(className) ? 'no-strategy' : 'unknown'
  const fact = Object.hasOwn(strategies, name) ? strategies[name] : undefined
  if (!fact) return 'not-found'
  let fate = fact.fate
  for (const [since, later] of fact.from ?? []) if (atLeast(line, since)) fate = later
  return fate
}

/** Class names that can be written, for completion and for "did you mean". */
export const usableStrategies = ['NetworkTopologyStrategy', 'SimpleStrategy'] as const

const keyspaceProperties: readonly (readonly [ReleaseLine, string])[] = [
  ['3.11', 'replication'],
  ['3.11', 'durable_writes'],
  ['6.0', 'fast_path'],
]

/** The properties that CREATE and ALTER KEYSPACE take. */
export function keyspacePropertiesOf(line: ReleaseLine): readonly string[] {
  return keyspaceProperties.filter(([since]) => atLeast(line, since)).map(([, name]) => name)
}

/** Behaviours of replication that changed, with the first line that has them. */
const replicationSince = {
  /** `total/transient`. */
  'transient-factor': '4.0',
  /** `replication_factor` in NetworkTopologyStrategy expands to the datacenters known when the statement runs. */
  'expands-replication-factor': '4.0',
  /** Entries of 0 are dropped; before, they stay and EACH_QUORUM counts them. */
  'drops-zero-factors': '4.0',
  'refuses-unknown-datacenter': '4.0',
  /** A missing factor becomes `default_keyspace_rf`. */
  'default-keyspace-factor': '4.1',
  'system-auth-names-every-datacenter': '4.1',
  'refuses-bad-durable-writes': '4.0',
  'warns-of-full-repair': '4.0',
  /** NetworkTopologyStrategy without a datacenter is refused where nothing expands. */
  'refuses-no-datacenter': '4.0',
  'minimum-factor-guardrail': '4.1',
  'maximum-factor-guardrail': '5.0',
  'simple-strategy-guardrail': '5.0',
} as const satisfies Record<string, ReleaseLine>

export function replicationBehaves(behaviour: keyof typeof replicationSince, line: ReleaseLine): boolean {
  return atLeast(line, replicationSince[behaviour])
}

export interface SystemKeyspace {
  /** `fixed`: no statement changes it. `replicated`: ALTER may. `virtual`: answers queries, holds nothing. */
  readonly kind: 'fixed' | 'replicated' | 'virtual'
  readonly since: ReleaseLine
  /** SimpleStrategy's factor at first start; 4.1+: at least `default_keyspace_rf`. */
  readonly defaultFactor?: number
}

export const systemKeyspaces: Readonly<Record<string, SystemKeyspace>> = {
  system: { kind: 'fixed', since: '3.11' },
  system_schema: { kind: 'fixed', since: '3.11' },
  system_views: { kind: 'virtual', since: '4.0' },
  system_virtual_schema: { kind: 'virtual', since: '4.0' },
  system_metrics: { kind: 'virtual', since: '5.0' },
  system_auth: { kind: 'replicated', since: '3.11', defaultFactor: 1 },
  system_distributed: { kind: 'replicated', since: '3.11', defaultFactor: 3 },
  system_traces: { kind: 'replicated', since: '3.11', defaultFactor: 2 },
  system_cluster_metadata: { kind: 'replicated', since: '6.0' },
}

export function systemKeyspaceOf(name: string, line: ReleaseLine): SystemKeyspace | undefined {
  const fact = Object.hasOwn(systemKeyspaces, name) ? systemKeyspaces[name] : undefined
  return fact && atLeast(line, fact.since) ? fact : undefined
}

/** Longest name of a keyspace, in every line. */
export const longestKeyspaceName = 48
/** Longest factor: Java's int. */
export const largestFactor = 2_147_483_647

/** `durable_writes` texts, compared without case. */
export const trueWords: ReadonlySet<string> = new Set(['true', '1', 'yes'])
export const falseWords: ReadonlySet<string> = new Set(['false', '0', 'no'])

/** Seconds; gc_grace_seconds where a table does not say. */
export const defaultGcGraceSeconds = 864_000
