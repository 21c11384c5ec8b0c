/** One finding for each root cause: which rules leave which others unsaid on the same thing. */
import type { EntityKey } from '../rules/rule.ts'
import type { Finding } from './finding.ts'

export interface Precedence {
  /** Rule ids, or groups (`seeds/*`). */
  readonly over: readonly string[]
  /** Rule ids, or groups. */
  readonly silences: readonly string[]
  /** Both findings are about the same one of these; of a pair, about the same ones of both. */
  readonly sharing: readonly (EntityKind | readonly [EntityKind, EntityKind])[]
  /** Only findings that are at least this severe silence others. */
  readonly from?: Finding['severity']
  /** Only findings that are at most this severe are left out. */
  readonly upTo?: Finding['severity']
}

type EntityKind = EntityKey extends `${infer K}:${string}` ? K : never

/** Whatever counts nodes or racks of a datacenter, or compares names. */
const counting = [
  'topology/racks-fewer-than-factor',
  'topology/single-rack',
  'topology/uneven-racks',
  'topology/asymmetric-datacenters',
  'tokens/allocation-refused',
  'seeds/datacenter-without-seed',
  'seeds/too-few',
  'seeds/seeds-share-a-rack',
  'replication/unknown-datacenter',
  'replication/factor-exceeds-nodes',
  'replication/datacenter-left-out',
  'replication/uneven-factors',
  'consistency/level-never-met',
  'failure/*',
  'hints/unknown-datacenter',
] as const

export const precedence: readonly Precedence[] = [
  { over: ['settings/unknown-key'], silences: ['settings/missing-key'], sharing: ['setting'] },
  { over: ['settings/out-of-range'], silences: ['detection/*', 'tokens/*', 'compaction/*'], sharing: ['setting'] },
  { over: ['snitch/simple-in-multi-datacenter'], silences: ['snitch/differs', 'snitch/not-gossiping'], sharing: ['cluster'] },
  { over: ['snitch/simple-in-multi-datacenter'], silences: ['snitch/file-ignored'], sharing: ['node'] },
  { over: ['snitch/simple-in-multi-datacenter'], silences: counting, sharing: ['datacenter'] },
  { over: ['topology/names-nearly-equal'], silences: counting, sharing: ['datacenter', 'rack'] },
  { over: ['snitch/missing-dc-or-rack'], silences: [...counting, 'snitch/rackdc-value-ignored'], sharing: ['datacenter', 'file'] },
  {
    over: ['syntax/properties-trailing-comment'],
    silences: [...counting, 'topology/names-nearly-equal', 'topology/unusable-name'],
    sharing: ['datacenter', 'rack', 'file'],
  },
  {
    over: ['replication/statement-refused'],
    silences: ['replication/system-keyspace-not-per-datacenter', 'replication/unknown-datacenter'],
    sharing: ['keyspace'],
  },
  {
    over: ['replication/unknown-datacenter'],
    silences: ['consistency/level-never-met', 'failure/*', 'topology/racks-fewer-than-factor'],
    sharing: ['datacenter'],
  },
  {
    over: ['replication/single-copy'],
    silences: ['failure/lost-with-one-node', 'replication/simple-strategy', 'failure/data-in-one-rack'],
    sharing: ['keyspace'],
  },
  { over: ['replication/factor-exceeds-nodes'], silences: ['failure/lost-with-one-node'], sharing: [['keyspace', 'datacenter']] },
  {
    over: ['replication/factor-exceeds-nodes'],
    silences: ['consistency/level-never-met'],
    sharing: [['keyspace', 'datacenter']],
    upTo: 'info',
  },
  {
    over: ['topology/racks-fewer-than-factor'],
    silences: ['failure/lost-with-one-rack'],
    sharing: [['keyspace', 'datacenter']],
    upTo: 'info',
  },
  { over: ['failure/lost-with-one-rack'], silences: ['topology/racks-fewer-than-factor'], sharing: [['keyspace', 'datacenter']] },
  // The rules about nodes, racks and datacenters report the smallest of them by themselves.
  {
    over: ['failure/lost-with-one-node'],
    silences: ['failure/lost-with-one-tunnel', 'failure/lost-with-one-gateway'],
    sharing: ['workload'],
  },
  { over: ['failure/lost-with-one-tunnel'], silences: ['failure/lost-with-one-gateway'], sharing: ['workload'] },
  { over: ['assertions/failed'], silences: ['failure/*'], sharing: ['workload'] },
  { over: ['identity/loopback-in-cluster'], silences: ['seeds/*', 'reach/*'], sharing: ['node'], from: 'warning' },
  { over: ['seeds/port-mismatch'], silences: ['identity/storage-port-differs', 'seeds/lists-differ'], sharing: ['node'] },
  {
    over: ['seeds/empty-entry', 'seeds/seed-is-no-node', 'seeds/not-the-broadcast-address'],
    silences: ['seeds/lists-differ'],
    sharing: ['node'],
  },
  {
    over: ['seeds/islands'],
    silences: ['seeds/lists-differ', 'seeds/datacenter-without-seed', 'seeds/too-few', 'seeds/seeds-share-a-rack'],
    sharing: ['cluster', 'node'],
  },
  { over: ['seeds/lists-differ'], silences: ['seeds/too-few', 'seeds/seeds-share-a-rack'], sharing: ['node'] },
  { over: ['seeds/datacenter-without-seed'], silences: ['seeds/too-few'], sharing: ['datacenter'] },
  {
    over: ['identity/cluster-name-differs', 'identity/partitioner-differs', 'identity/duplicate-address'],
    silences: ['seeds/lists-differ', 'drift/*'],
    sharing: ['node'],
  },
  { over: ['security/internode-encryption-differs'], silences: ['security/internode-plaintext'], sharing: ['cluster'] },
  { over: ['tokens/repeated-token'], silences: ['tokens/uneven-ownership'], sharing: ['node'] },
  { over: ['detection/convicts-during-rekey'], silences: ['detection/hasty-phi'], sharing: ['cluster'] },
  { over: ['jvm/heap-beyond-memory', 'jvm/compressed-oops-lost'], silences: ['jvm/large-heap'], sharing: ['node'] },
  {
    over: ['wireguard/stolen-prefix', 'wireguard/repeated-peer'],
    silences: ['mesh/nested-prefix', 'mesh/address-not-allowed', 'reach/*'],
    sharing: ['peer', 'pair'],
  },
  { over: ['mesh/wrong-public-key'], silences: ['mesh/*', 'reach/*'], sharing: ['pair'] },
  { over: ['mesh/one-sided-peer'], silences: ['mesh/*', 'reach/*'], sharing: ['pair'] },
  {
    over: ['mesh/endpoint-on-neither-side', 'mesh/address-not-allowed', 'mesh/preshared-key-mismatch'],
    silences: ['reach/missing-path'],
    sharing: ['pair'],
  },
  { over: ['reach/missing-path'], silences: ['reach/seed-not-covered', 'mesh/missing-pair'], sharing: ['pair'] },
  { over: ['mtu/above-underlay'], silences: ['mtu/differs'], sharing: ['pair', 'node'] },
]

/** Findings without those that another one already explains. Linear in the findings and what they are about. */
export function leaveSilenced(findings: readonly Finding[]): readonly Finding[] {
  const spoken = new Set(findings.flatMap(finding => [finding.rule, `${groupOf(finding.rule)}/*`]))
  const living = precedence.filter(one => one.over.some(id => spoken.has(id)) && one.silences.some(id => spoken.has(id)))
  let left = findings
  // In the order of the table: a finding that is itself left out silences nothing further down.
  for (const one of living) left = leaveOne(left, one)
  return leaveDrift(left)
}

function leaveOne(findings: readonly Finding[], { over, silences, sharing, from, upTo }: Precedence): readonly Finding[] {
  const strong = matcher(over)
  const weak = matcher(silences)
  const explained = new Set<string>()
  for (const finding of findings)
    if (strong(finding.rule) && (from === undefined || rank[finding.severity] >= rank[from]))
      for (const key of sharedKeys(finding, sharing)) explained.add(key)
  if (explained.size === 0) return findings
  return findings.filter(finding => {
    if (!weak(finding.rule) || strong(finding.rule)) return true
    if (upTo !== undefined && rank[finding.severity] > rank[upTo]) return true
    for (const key of sharedKeys(finding, sharing)) if (explained.has(key)) return false
    return true
  })
}

function* sharedKeys(finding: Finding, sharing: Precedence['sharing']): Generator<string> {
  for (const kind of sharing)
    if (typeof kind === 'string') yield* keysOf(finding, kind)
    else for (const first of keysOf(finding, kind[0])) for (const second of keysOf(finding, kind[1])) yield `${first} ${second}`
}

const rank: Readonly<Record<Finding['severity'], number>> = { hint: 0, info: 1, warning: 2, error: 3 }

/** Drift gives way to every rule that reports a warning or an error about the same setting of the same node. */
function leaveDrift(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(finding => finding.rule.startsWith('drift/'))) return findings
  const told = new Set<string>()
  for (const finding of findings) {
    if (finding.rule.startsWith('drift/') || rank[finding.severity] < rank.warning) continue
    for (const setting of keysOf(finding, 'setting')) {
      told.add(setting)
      for (const node of keysOf(finding, 'node')) told.add(`${setting} ${node}`)
    }
  }
  return findings.filter(finding => {
    if (!finding.rule.startsWith('drift/')) return true
    const settings = keysOf(finding, 'setting')
    return !settings.some(setting => told.has(setting))
  })
}

function keysOf(finding: Finding, kind: EntityKind): readonly string[] {
  return finding.about.filter(key => kindOf(key) === kind)
}

function kindOf(key: EntityKey): string {
  return key.slice(0, key.indexOf(':'))
}

function groupOf(rule: string): string {
  return rule.slice(0, rule.indexOf('/'))
}

function matcher(patterns: readonly string[]): (rule: string) => boolean {
  const wanted = new Set(patterns)
  return rule => wanted.has(rule) || wanted.has(`${groupOf(rule)}/*`)
}
