/** Bounds of single settings that the start-up validation checks (DatabaseDescriptor.applySimpleConfig and its helpers), release by release. */
import { type QuantityType, quantityType, textOfAmount } from '../../catalog/quantity.ts'
import { type ReleaseLine, releaseLines } from '../../catalog/release.ts'
import { findProperty, nameInLine, topClass } from '../../catalog/settings-catalogue.ts'
import { type StartConfig, unitOfOldName } from './start-config.ts'
import type { StartRefusal } from './start-refusal.ts'

const KiB = 1024
const MiB = 1048576
const largestInt = 2147483647

interface Range {
  /** Newest name. */
  readonly setting: string
  readonly lines: readonly ReleaseLine[]
  /** Least and greatest value that are taken: milliseconds, bytes, bytes a second or a plain number. */
  readonly least?: number
  readonly most?: number
  /** The value must be greater than this. */
  readonly above?: number
  /** And smaller than this. */
  readonly below?: number
  /** A value that is taken although it lies outside. */
  readonly also?: number
  /** Compared as single-precision numbers. */
  readonly float?: true
  /** What it must be, for people. */
  readonly words: string
}

const all = releaseLines
const from40: readonly ReleaseLine[] = ['4.0', '4.1', '5.0', '6.0']
const from41: readonly ReleaseLine[] = ['4.1', '5.0', '6.0']
const from50: readonly ReleaseLine[] = ['5.0', '6.0']
const before41: readonly ReleaseLine[] = ['3.11', '4.0']

export const ranges: readonly Range[] = [
  { setting: 'phi_convict_threshold', lines: all, least: 5, most: 16, words: 'between 5 and 16' },
  { setting: 'concurrent_reads', lines: all, least: 2, words: 'at least 2' },
  { setting: 'concurrent_writes', lines: all, least: 2, words: 'at least 2' },
  { setting: 'concurrent_counter_writes', lines: all, least: 2, words: 'at least 2' },
  { setting: 'concurrent_compactors', lines: all, least: 1, words: 'at least 1' },
  { setting: 'concurrent_materialized_view_builders', lines: from40, least: 1, words: 'at least 1' },
  { setting: 'memtable_flush_writers', lines: all, least: 0, words: 'at least 1' },
  { setting: 'memtable_cleanup_threshold', lines: all, least: 0.01, most: 0.99, float: true, words: 'between 0.01 and 0.99' },
  { setting: 'memtable_heap_space', lines: all, above: 0, words: 'more than 0' },
  { setting: 'memtable_offheap_space', lines: before41, least: 0, words: '0 or more' },
  { setting: 'num_tokens', lines: all, most: 1536, words: 'at most 1536' },
  { setting: 'commitlog_segment_size', lines: all, above: 0, below: 2048 * MiB, words: 'between 1 and 2047 MiB' },
  { setting: 'max_value_size', lines: all, above: 0, below: 2048 * MiB, words: 'between 1 and 2047 MiB' },
  { setting: 'native_transport_max_frame_size', lines: ['3.11'], above: 0, below: 2048 * MiB, words: 'between 1 and 2047 MiB' },
  { setting: 'native_transport_max_frame_size', lines: ['4.0'], least: 0, most: 2047 * MiB, words: 'between 0 and 2047 MiB' },
  { setting: 'native_transport_max_frame_size', lines: from41, most: largestInt - 1, words: 'less than 2 GiB' },
  { setting: 'column_index_size', lines: ['4.0'], least: 0, most: 2097151 * KiB, words: 'between 0 and 2 GiB' },
  { setting: 'column_index_size', lines: from41, most: largestInt - 1, words: 'less than 2 GiB' },
  { setting: 'column_index_cache_size', lines: ['4.0'], least: 0, most: 2097151 * KiB, words: 'between 0 and 2 GiB' },
  { setting: 'column_index_cache_size', lines: from41, most: largestInt - 1, words: 'less than 2 GiB' },
  { setting: 'batch_size_warn_threshold', lines: ['4.0'], least: 0, most: 2097151 * KiB, words: 'between 0 and 2 GiB' },
  { setting: 'batch_size_warn_threshold', lines: from41, most: largestInt - 1, words: 'less than 2 GiB' },
  { setting: 'repair_session_max_tree_depth', lines: all, least: 10, words: 'at least 10' },
  { setting: 'repair_session_space', lines: from40, least: MiB, words: 'at least 1 MiB' },
  { setting: 'snapshot_links_per_second', lines: from40, least: 0, words: '0 or more' },
  { setting: 'max_concurrent_automatic_sstable_upgrades', lines: from40, least: 0, words: '0 or more' },
  { setting: 'max_space_usable_for_compactions_in_percentage', lines: from50, least: 0, most: 1, words: 'between 0 and 1' },
  { setting: 'compressed_read_ahead_buffer_size', lines: from50, least: 256 * KiB, also: 0, words: '0 or at least 256 KiB' },
  { setting: 'prepared_statements_cache_size', lines: all, above: 0, words: 'more than 0' },
  { setting: 'thrift_prepared_statements_cache_size_mb', lines: ['3.11'], above: 0, words: 'more than 0' },
  { setting: 'key_cache_size', lines: before41, least: 0, words: '0 or more' },
  { setting: 'counter_cache_size', lines: before41, least: 0, words: '0 or more' },
  { setting: 'index_summary_capacity', lines: before41, least: 0, words: '0 or more' },
  { setting: 'gc_warn_threshold', lines: before41, least: 0, words: '0 or more' },
  { setting: 'user_defined_functions_fail_timeout', lines: before41, least: 0, words: '0 or more' },
  { setting: 'user_defined_functions_warn_timeout', lines: before41, least: 0, words: '0 or more' },
  { setting: 'thrift_framed_transport_size_in_mb', lines: ['3.11'], above: 0, words: 'more than 0' },
  { setting: 'otc_coalescing_enough_coalesced_messages', lines: ['3.11'], least: 1, most: 128, words: 'between 1 and 128' },
  { setting: 'native_transport_max_negotiable_protocol_version', lines: ['3.11'], least: 3, most: 5, words: '3, 4 or 5' },
  { setting: 'native_transport_min_backoff_on_queue_overload', lines: from41, above: 0, words: 'more than 0' },
  { setting: 'stream_throughput_outbound', lines: from41, below: largestInt * 125000, words: 'less than 2147483647 Mbit/s' },
  { setting: 'inter_dc_stream_throughput_outbound', lines: from41, below: largestInt * 125000, words: 'less than 2147483647 Mbit/s' },
  { setting: 'entire_sstable_stream_throughput_outbound', lines: from41, below: largestInt * MiB, words: 'less than 2147483647 MiB/s' },
  {
    setting: 'entire_sstable_inter_dc_stream_throughput_outbound',
    lines: from41,
    below: largestInt * MiB,
    words: 'less than 2147483647 MiB/s',
  },
  { setting: 'compaction_throughput', lines: from41, below: largestInt * MiB, words: 'less than 2147483647 MiB/s' },
  { setting: 'sai_options.segment_write_buffer_size', lines: from50, most: 32768 * MiB, words: 'at most 32768 MiB' },
  { setting: 'storage_port', lines: from40, least: 0, most: 65535, words: 'between 1 and 65535' },
  { setting: 'gc_log_threshold', lines: ['6.0'], above: 0, words: 'more than 0' },
  { setting: 'gc_concurrent_phase_log_threshold', lines: ['6.0'], above: 0, words: 'more than 0' },
  { setting: 'write_tombstone_warn_threshold', lines: ['6.0'], least: -1, words: '-1 or more' },
]

export function* rangeRefusals(config: StartConfig): Iterable<StartRefusal> {
  for (const range of ranges) {
    if (!range.lines.includes(config.line) || !config.has(range.setting)) continue
    const found = config.get(range.setting)
    if (!found?.field) continue
    const amount = config.amount(range.setting)
    if (amount === undefined || amount === null || fits(amount, range)) continue
    const type = typeOf(config.line, range.setting)
    yield {
      kind: 'out-of-range',
      check: range.setting,
      settings: [config.nameOf(range.setting)],
      at: config.placeOf(range.setting),
      wanted: range.words,
      ...(found.field.node?.kind === 'scalar' ? { found: found.field.node.text } : {}),
      ...nearest(amount, range, type, config, found.field.key),
    }
  }
}

function fits(value: number, range: Range): boolean {
  const round = (number: number): number => (range.float ? Math.fround(number) : number)
  const amount = round(value)
  if (range.also !== undefined && amount === range.also) return true
  // Written so that NaN passes, as it does in Java.
  if (range.least !== undefined && amount < round(range.least)) return false
  if (range.most !== undefined && amount > round(range.most)) return false
  if (range.above !== undefined && amount <= range.above) return false
  return !(range.below !== undefined && amount >= range.below)
}

function typeOf(line: ReleaseLine, setting: string): QuantityType | undefined {
  const own = nameInLine(line, setting)
  return own === undefined || setting.includes('.') ? undefined : quantityType(findProperty(line, topClass, own)?.property.type ?? '')
}

/** The nearest bound as the key's own text; nothing where a bound is excluded and no next value is sure. */
function nearest(
  amount: number,
  range: Range,
  type: QuantityType | undefined,
  config: StartConfig,
  key: string | undefined,
): { readonly nearest?: string } {
  const bound =
    range.least !== undefined && amount < range.least
      ? range.least
      : range.most !== undefined && amount > range.most
        ? range.most
        : undefined
  if (bound === undefined) return {}
  const isOldName = key !== undefined && findProperty(config.line, topClass, key)?.renamed?.converter !== undefined
  if (type && !isOldName) return { nearest: textOfAmount(bound, type) }
  const unit = key === undefined ? undefined : unitOfOldName(key)
  return { nearest: String(bound / (unit ?? 1)) }
}
