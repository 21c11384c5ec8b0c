/** Guardrails: single bounds and pairs of thresholds (GuardrailsOptions), and the thresholds that DatabaseDescriptor compares itself. */
import { atLeast, type ReleaseLine } from '../../catalog/release.ts'
import { catalogueOf } from '../../catalog/settings-catalogue.ts'
import { isMap, unknownValue } from './loaded-value.ts'
import type { StartConfig } from './start-config.ts'
import type { StartRefusal } from './start-refusal.ts'

interface ThresholdPair {
  /** `tables` for `tables_warn_threshold` and `tables_fail_threshold`. */
  readonly name: string
  readonly since: ReleaseLine
  /** number: −1 switches off, otherwise above 0. */
  readonly kind: 'count' | 'size' | 'percentage' | 'time' | 'minimum' | 'read-size'
}

const pairs: readonly ThresholdPair[] = [
  { name: 'keyspaces', since: '4.1', kind: 'count' },
  { name: 'tables', since: '4.1', kind: 'count' },
  { name: 'columns_per_table', since: '4.1', kind: 'count' },
  { name: 'secondary_indexes_per_table', since: '4.1', kind: 'count' },
  { name: 'materialized_views_per_table', since: '4.1', kind: 'count' },
  { name: 'page_size', since: '4.1', kind: 'count' },
  { name: 'partition_keys_in_select', since: '4.1', kind: 'count' },
  { name: 'in_select_cartesian_product', since: '4.1', kind: 'count' },
  { name: 'items_per_collection', since: '4.1', kind: 'count' },
  { name: 'fields_per_udt', since: '4.1', kind: 'count' },
  { name: 'data_disk_usage_percentage', since: '4.1', kind: 'percentage' },
  { name: 'collection_size', since: '4.1', kind: 'size' },
  { name: 'minimum_replication_factor', since: '4.1', kind: 'minimum' },
  { name: 'maximum_replication_factor', since: '5.0', kind: 'count' },
  { name: 'vector_dimensions', since: '5.0', kind: 'count' },
  { name: 'partition_tombstones', since: '5.0', kind: 'count' },
  { name: 'sai_sstable_indexes_per_query', since: '5.0', kind: 'count' },
  { name: 'partition_size', since: '5.0', kind: 'size' },
  { name: 'column_value_size', since: '5.0', kind: 'size' },
  { name: 'collection_map_size', since: '6.0', kind: 'size' },
  { name: 'collection_set_size', since: '6.0', kind: 'size' },
  { name: 'collection_list_size', since: '6.0', kind: 'size' },
  { name: 'column_ascii_value_size', since: '6.0', kind: 'size' },
  { name: 'column_blob_value_size', since: '6.0', kind: 'size' },
  { name: 'column_text_and_varchar_value_size', since: '6.0', kind: 'size' },
  { name: 'column_varchar_value_size', since: '6.0', kind: 'size' },
  { name: 'maximum_timestamp', since: '5.0', kind: 'time' },
  { name: 'minimum_timestamp', since: '5.0', kind: 'time' },
  { name: 'coordinator_read_size', since: '4.1', kind: 'read-size' },
  { name: 'local_read_size', since: '4.1', kind: 'read-size' },
  { name: 'row_index_read_size', since: '4.1', kind: 'read-size' },
]

export function* guardrailRefusals(config: StartConfig): Iterable<StartRefusal> {
  if (config.line === '3.11' || config.line === '4.0') return
  for (const pair of pairs) {
    const warn = `${pair.name}_warn_threshold`
    const fail = `${pair.name}_fail_threshold`
    if (!atLeast(config.line, pair.since) || (!config.has(warn) && !config.has(fail))) continue
    yield* bound(config, warn, pair)
    yield* bound(config, fail, pair)
    yield* order(config, warn, fail, pair)
  }
  yield* replicationFactors(config)
  yield* properties(config)
  yield* diskSize(config)
  yield* writeThresholds(config)
  yield* driverVersions(config)
}

/** −1, or a positive number; sizes not 0. */
function* bound(config: StartConfig, name: string, pair: ThresholdPair): Iterable<StartRefusal> {
  const found = config.get(name)
  const amount = config.amount(name)
  if (!found?.field || amount === null || amount === undefined) return
  const isSize = pair.kind === 'size'
  if (pair.kind === 'time' || pair.kind === 'read-size') return
  const tooLarge = pair.kind === 'percentage' && amount > 100
  const isOff = !isSize && amount === -1
  if (isOff || (amount > 0 && !tooLarge)) return
  yield {
    kind: 'out-of-range',
    check: name,
    settings: [config.nameOf(name)],
    at: config.placeOf(name),
    wanted: isSize
      ? 'more than 0 (leave it empty to switch it off)'
      : pair.kind === 'percentage'
        ? 'between 1 and 100, or -1 to switch it off'
        : 'more than 0, or -1 to switch it off',
    ...(found.field.node?.kind === 'scalar' ? { found: found.field.node.text } : {}),
    ...(isSize ? {} : { nearest: tooLarge ? '100' : '-1' }),
  }
}

function* order(config: StartConfig, warn: string, fail: string, pair: ThresholdPair): Iterable<StartRefusal> {
  const low = config.amount(warn)
  const high = config.amount(fail)
  if (typeof low !== 'number' || typeof high !== 'number') return
  const countsOff = pair.kind !== 'size' && pair.kind !== 'read-size'
  if (countsOff && (low === -1 || high === -1)) return
  const wrong = pair.kind === 'minimum' ? high > low : high < low
  if (!wrong || (!config.isSet(warn) && !config.isSet(fail))) return
  const [first, second] = config.isSet(fail) ? [fail, warn] : [warn, fail]
  yield {
    kind: 'conflict',
    check: pair.kind === 'minimum' ? 'guardrail-minimum-order' : 'guardrail-order',
    settings: [config.nameOf(fail), config.nameOf(warn)],
    at: config.placeOf(first),
    ...(config.isSet(second) ? { others: [{ name: config.nameOf(second), at: config.placeOf(second) }] } : {}),
    found: String(high),
    wanted: String(low),
  }
}

function* replicationFactors(config: StartConfig): Iterable<StartRefusal> {
  const standard = config.amount('default_keyspace_rf')
  const least = config.amount('minimum_replication_factor_fail_threshold')
  if (typeof standard === 'number' && typeof least === 'number' && least > standard)
    yield conflict(config, 'rf-below-minimum', ['minimum_replication_factor_fail_threshold', 'default_keyspace_rf'])
  const most = config.has('maximum_replication_factor_fail_threshold')
    ? config.amount('maximum_replication_factor_fail_threshold')
    : undefined
  if (typeof standard === 'number' && typeof most === 'number' && most !== -1 && most < standard)
    yield conflict(config, 'rf-above-maximum', ['maximum_replication_factor_fail_threshold', 'default_keyspace_rf'])
}

/** A conflict of settings of which at least one is set: put at the first one that is. */
export function conflict(config: StartConfig, check: string, names: readonly string[], more: Partial<StartRefusal> = {}): StartRefusal {
  const set = names.filter(name => config.isSet(name))
  const [first, ...others] = set.length > 0 ? set : names
  return {
    kind: 'conflict',
    check,
    settings: names.map(name => config.nameOf(name)),
    at: config.placeOf(first!, ...names),
    ...(others.length > 0 && set.length > 0
      ? { others: others.map(name => ({ name: config.nameOf(name), at: config.placeOf(name) })) }
      : {}),
    ...more,
  }
}

/** Without these a keyspace cannot be made. */
const requiredKeyspaceOptions = ['replication']

function* properties(config: StartConfig): Iterable<StartRefusal> {
  for (const what of ['table', 'keyspace'] as const)
    for (const kind of ['warned', 'ignored', 'disallowed']) {
      const name = `${what}_properties_${kind}`
      const value = config.has(name) ? config.get(name) : undefined
      if (!value?.field || !Array.isArray(value.value)) continue
      const words = catalogueOf(config.line).words
      const taken =
        what === 'table' ? (words.tableOptions ?? []) : (words.keyspaceOptions ?? []).filter(one => !requiredKeyspaceOptions.includes(one))
      const bad = (value.value as readonly unknown[]).filter(item => typeof item === 'string' && !taken.includes(item.toLowerCase()))
      if (bad.length === 0) continue
      yield {
        kind: 'bad-value',
        check: `${what}-properties`,
        settings: [config.nameOf(name)],
        at: config.placeOf(name),
        found: bad.join(', '),
        wanted: taken.join(', '),
      }
    }
}

function* diskSize(config: StartConfig): Iterable<StartRefusal> {
  const name = 'data_disk_usage_max_disk_size'
  if (!config.has(name) || config.amount(name) !== 0 || !config.isSet(name)) return
  yield {
    kind: 'out-of-range',
    check: name,
    settings: [config.nameOf(name)],
    at: config.placeOf(name),
    wanted: 'more than 0 (leave it empty to switch it off)',
    found: '0',
  }
}

function* writeThresholds(config: StartConfig): Iterable<StartRefusal> {
  if (config.line !== '6.0') return
  const tombstones = config.amount('write_tombstone_warn_threshold')
  const tracked = config.amount('min_tracked_partition_tombstone_count')
  if (typeof tombstones === 'number' && typeof tracked === 'number' && tombstones !== -1 && tombstones >= 0 && tombstones < tracked)
    yield conflict(config, 'write-threshold-below-tracked', ['write_tombstone_warn_threshold', 'min_tracked_partition_tombstone_count'])
  const size = config.amount('write_size_warn_threshold')
  const least = config.amount('min_tracked_partition_size')
  if (typeof size === 'number' && typeof least === 'number' && size < least)
    yield conflict(config, 'write-threshold-below-tracked', ['write_size_warn_threshold', 'min_tracked_partition_size'])
}

const version = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

function* driverVersions(config: StartConfig): Iterable<StartRefusal> {
  for (const name of ['minimum_client_driver_versions_warned', 'minimum_client_driver_versions_disallowed']) {
    const value = config.has(name) ? config.get(name) : undefined
    if (!value?.field || !isMap(value.value)) continue
    const bad = [...value.value.entries].filter(
      ([, text]) => text !== unknownValue && !version.test(String(text).trim().replace(/^[vV]/, '')),
    )
    if (bad.length === 0) continue
    yield {
      kind: 'bad-value',
      check: 'driver-version',
      settings: [config.nameOf(name)],
      at: config.placeOf(name),
      found: bad.map(([key]) => key).join(', '),
      wanted: 'a version such as 4.17.0',
    }
  }
}
