/** Options of tables: which release takes which, and which values, as the servers answered. */
import type { ReleaseLine } from './release.ts'
import { atLeast } from './release.ts'

/** How a value is read. `any`: not judged here. */
export type TableOptionValue =
  | { readonly kind: 'integer'; readonly least?: number; readonly most?: number }
  /** `above`: not that number itself. */
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly above?: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text' }
  | { readonly kind: 'map' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'speculation' }
  | { readonly kind: 'memtable' }
  | { readonly kind: 'any' }

export interface TableOption {
  readonly since: ReleaseLine
  /** The first line without it. */
  readonly until?: ReleaseLine
  readonly value: TableOptionValue
  /** What stands in its place, for the remedy. */
  readonly successor?: string
  /** 3.11 warns of it when it is not 0. */
  readonly deprecated?: true
}

/** 20 years, in seconds. */
const longestTimeToLive = 630_720_000

export const tableOptions: Readonly<Record<string, TableOption>> = {
  additional_write_policy: { since: '4.0', value: { kind: 'speculation' } },
  allow_auto_snapshot: { since: '5.0', value: { kind: 'boolean' } },
  auto_repair: { since: '5.0', value: { kind: 'map' } },
  bloom_filter_fp_chance: { since: '3.11', value: { kind: 'number', least: 0, most: 1, above: true } },
  caching: { since: '3.11', value: { kind: 'map' } },
  cdc: { since: '3.11', value: { kind: 'boolean' } },
  comment: { since: '3.11', value: { kind: 'text' } },
  compaction: { since: '3.11', value: { kind: 'map' } },
  compression: { since: '3.11', value: { kind: 'map' } },
  crc_check_chance: { since: '3.11', value: { kind: 'number', least: 0, most: 1 } },
  dclocal_read_repair_chance: {
    since: '3.11',
    until: '4.0',
    value: { kind: 'number', least: 0, most: 1 },
    successor: 'read_repair',
    deprecated: true,
  },
  default_time_to_live: { since: '3.11', value: { kind: 'integer', least: 0, most: longestTimeToLive } },
  extensions: { since: '3.11', value: { kind: 'any' } },
  fast_path: { since: '6.0', value: { kind: 'any' } },
  gc_grace_seconds: { since: '3.11', value: { kind: 'integer', least: 0 } },
  id: { since: '3.11', value: { kind: 'any' } },
  incremental_backups: { since: '5.0', value: { kind: 'boolean' } },
  max_index_interval: { since: '3.11', value: { kind: 'integer', least: 1 } },
  memtable: { since: '4.1', value: { kind: 'memtable' } },
  memtable_flush_period_in_ms: { since: '3.11', value: { kind: 'integer', least: 0 } },
  min_index_interval: { since: '3.11', value: { kind: 'integer', least: 1 } },
  pending_drop: { since: '6.0', value: { kind: 'any' } },
  read_repair: { since: '4.0', value: { kind: 'words', words: ['blocking', 'none'] } },
  read_repair_chance: {
    since: '3.11',
    until: '4.0',
    value: { kind: 'number', least: 0, most: 1 },
    successor: 'read_repair',
    deprecated: true,
  },
  speculative_retry: { since: '3.11', value: { kind: 'speculation' } },
  transactional_migration_from: { since: '6.0', value: { kind: 'any' } },
  transactional_mode: { since: '6.0', value: { kind: 'any' } },
}

export function tableOption(name: string): TableOption | undefined {
  return Object.hasOwn(tableOptions, name) ? tableOptions[name] : undefined
}

/** Whether a release takes an option of that name. */
export function takesTableOption(name: string, line: ReleaseLine): boolean {
  const option = tableOption(name)
  return option !== undefined && atLeast(line, option.since) && !(option.until && atLeast(line, option.until))
}

/** Names that a release takes, for completion. */
export function tableOptionNames(line: ReleaseLine): readonly string[] {
  return Object.keys(tableOptions).filter(name => takesTableOption(name, line) && !['id', 'extensions', 'pending_drop'].includes(name))
}

const compactionStrategies: readonly (readonly [string, ReleaseLine, ReleaseLine?])[] = [
  ['SizeTieredCompactionStrategy', '3.11'],
  ['LeveledCompactionStrategy', '3.11'],
  ['TimeWindowCompactionStrategy', '3.11'],
  ['DateTieredCompactionStrategy', '3.11', '5.0'],
  ['UnifiedCompactionStrategy', '5.0'],
]
export const compactionPackage = 'org.apache.cassandra.db.compaction.'

export function compactionStrategiesOf(line: ReleaseLine): readonly string[] {
  return compactionStrategies.filter(([, since, until]) => atLeast(line, since) && !(until && atLeast(line, until))).map(([name]) => name)
}

/** From this line a compression map must say `class`; before, `sstable_compression` is taken too. */
export const compressionNeedsClassSince: ReleaseLine = '5.0'

/** Table names longer than 48 characters are refused before this line. */
export const longTableNamesSince: ReleaseLine = '4.0'

const percentile = /^(\d+(?:\.\d+)?)p(?:ercentile)?$/i
const milliseconds = /^\d+(?:\.\d+)?ms$/i

/** Whether speculative_retry or additional_write_policy takes a value. */
export function takesSpeculation(text: string, line: ReleaseLine): boolean {
  if (!atLeast(line, '4.0')) {
    const upper = text.toUpperCase()
    if (upper === 'ALWAYS' || upper === 'NONE') return true
    const share = /^(.*)PERCENTILE$/.exec(upper)
    if (share) return javaNumber(share[1]!) && Number(share[1]) >= 0 && Number(share[1]) <= 100
    const time = /^(.*)MS$/.exec(upper)
    return time !== null && javaNumber(time[1]!)
  }
  if (/^(?:always|never|none)$/i.test(text)) return true
  const both = /^(?:min|max)\(\s*([^,]+?)\s*,\s*([^,]+?)\s*\)$/i.exec(text)
  if (!both) return takesSingleSpeculation(text)
  const [, one, other] = both
  return takesSingleSpeculation(one!) && takesSingleSpeculation(other!) && percentile.test(one!) !== percentile.test(other!)
}

function takesSingleSpeculation(text: string): boolean {
  const share = percentile.exec(text)
  if (share) return Number(share[1]) > 0 && Number(share[1]) < 100
  return milliseconds.test(text)
}

/** As Double.parseDouble: blanks around are taken. */
function javaNumber(text: string): boolean {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[fd]?\s*$/i.test(text)
}

/** Options and classes that only ScyllaDB or DataStax Enterprise have: a schema with one of them is not for Cassandra. */
export const foreignTableOptions: ReadonlySet<string> = new Set(
  'tombstone_gc in_memory paxos_grace_seconds per_partition_rate_limit synchronous_updates nodesync vertex_label edge_label'.split(' '),
)
export const foreignCompactionStrategies: ReadonlySet<string> = new Set(['IncrementalCompactionStrategy', 'InMemoryCompactionStrategy'])
