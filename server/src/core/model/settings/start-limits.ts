/** Limits that settings set each other: functions, messages, threads, formats, thresholds of the newest release. */
import { parseQuantity, quantityType } from '../../catalog/quantity.ts'
import { atLeast } from '../../catalog/release.ts'
import { catalogueOf } from '../../catalog/settings-catalogue.ts'
import { isBean, isMap } from './loaded-value.ts'
import type { StartConfig } from './start-config.ts'
import { conflict } from './start-guardrails.ts'
import type { StartRefusal } from './start-refusal.ts'

export function* limitRefusals(config: StartConfig): Iterable<StartRefusal> {
  yield* functions(config)
  yield* messageSizes(config)
  yield* backoff(config)
  const validations = config.has('concurrent_validations') ? config.amount('concurrent_validations') : undefined
  const compactors = config.amount('concurrent_compactors')
  const allowed = config.surroundings.properties.get('cassandra.allow_unlimited_concurrent_validations') === 'true'
  // Without a word it is at most 8 and at most the number of data directories, but at least 2.
  const directories = config.get('data_file_directories')
  const most =
    typeof compactors === 'number'
      ? compactors
      : compactors === null && directories
        ? Math.min(8, Math.max(2, Array.isArray(directories.value) ? directories.value.length : 1))
        : undefined
  if (typeof validations === 'number' && most !== undefined && validations >= 1 && validations > most && !allowed)
    yield conflict(config, 'validations-above-compactors', ['concurrent_validations', 'concurrent_compactors'], {
      found: String(validations),
      wanted: String(most),
    })
  const writers = config.amount('memtable_flush_writers')
  if (typeof writers === 'number' && config.get('memtable_cleanup_threshold')?.value === null && (writers > 99 || writers === 2147483647))
    yield {
      kind: 'out-of-range',
      check: 'memtable_flush_writers',
      settings: ['memtable_flush_writers'],
      at: config.placeOf('memtable_flush_writers'),
      found: String(writers),
      wanted: 'at most 99 while memtable_cleanup_threshold is not set',
      nearest: '99',
    }
  const ttl = config.has('auto_snapshot_ttl') ? config.text('auto_snapshot_ttl') : undefined
  if (typeof ttl === 'string' && typeof parseQuantity(ttl, quantityType('DurationSpec.IntSecondsBound')!) === 'string')
    yield {
      kind: 'bad-value',
      check: 'auto_snapshot_ttl',
      settings: ['auto_snapshot_ttl'],
      at: config.placeOf('auto_snapshot_ttl'),
      found: ttl,
      wanted: 'a duration such as 30d, not below seconds',
    }
  if (config.line === '3.11') {
    const threads = config.amount('rpc_max_threads')
    if (config.text('rpc_server_type') === 'hsha' && (threads === 2147483647 || threads === null))
      yield conflict(config, 'hsha-without-limit', ['rpc_server_type', 'rpc_max_threads'])
  }
  if (atLeast(config.line, '5.0')) yield* later(config)
  if (config.line === '6.0') yield* newest(config)
}

function* functions(config: StartConfig): Iterable<StartRefusal> {
  const fail = config.amount('user_defined_functions_fail_timeout')
  const warn = config.amount('user_defined_functions_warn_timeout')
  if (typeof fail === 'number' && typeof warn === 'number' && fail < warn && (atLeast(config.line, '4.1') || (fail >= 0 && warn >= 0)))
    yield conflict(config, 'function-timeouts', ['user_defined_functions_fail_timeout', 'user_defined_functions_warn_timeout'])
  if (config.flag('allow_insecure_udfs') === false && config.flag('user_defined_functions_threads_enabled') === false)
    yield conflict(config, 'function-threads-off', ['user_defined_functions_threads_enabled', 'allow_insecure_udfs'])
  if (atLeast(config.line, '5.0') && config.flag('scripted_user_defined_functions_enabled') === true)
    yield {
      kind: 'conflict',
      check: 'scripted-functions',
      settings: [config.nameOf('scripted_user_defined_functions_enabled')],
      at: config.placeOf('scripted_user_defined_functions_enabled'),
    }
}

const reserves = [
  'internode_application_receive_queue_reserve_endpoint_capacity',
  'internode_application_receive_queue_reserve_global_capacity',
  'internode_application_send_queue_reserve_endpoint_capacity',
  'internode_application_send_queue_reserve_global_capacity',
]
/** cassandra-env.sh never works out a larger heap. */
const largestComputedHeap = 8192 * 1048576

function* messageSizes(config: StartConfig): Iterable<StartRefusal> {
  const internode = config.has('internode_max_message_size') ? config.amount('internode_max_message_size') : undefined
  if (typeof internode === 'number')
    for (const reserve of reserves) {
      const room = config.amount(reserve)
      if (typeof room === 'number' && internode > room) {
        yield conflict(config, 'message-larger-than-reserve', ['internode_max_message_size', reserve])
        break
      }
    }
  const native = config.has('native_transport_max_message_size') ? config.amount('native_transport_max_message_size') : undefined
  if (typeof native !== 'number') return
  const heap = config.surroundings.maxHeapBytes ?? largestComputedHeap
  for (const [name, share] of [
    ['native_transport_max_request_data_in_flight', 10],
    ['native_transport_max_request_data_in_flight_per_ip', 40],
  ] as const) {
    const room = config.amount(name)
    if (room === undefined) continue
    if (native > (room ?? Math.floor(heap / share))) {
      yield conflict(config, 'message-larger-than-flight', ['native_transport_max_message_size', name])
      break
    }
  }
}

function* backoff(config: StartConfig): Iterable<StartRefusal> {
  if (!config.has('native_transport_min_backoff_on_queue_overload')) return
  const least = config.amount('native_transport_min_backoff_on_queue_overload')
  const most = config.amount('native_transport_max_backoff_on_queue_overload')
  if (typeof least === 'number' && typeof most === 'number' && least > 0 && Math.floor(least) >= Math.floor(most))
    yield conflict(config, 'backoff-order', [
      'native_transport_min_backoff_on_queue_overload',
      'native_transport_max_backoff_on_queue_overload',
    ])
}

/** Kinds of statements that the audit log may be narrowed to. */
function* auditCategories(config: StartConfig): Iterable<StartRefusal> {
  const known = catalogueOf(config.line).words.auditCategories
  if (!known) return
  for (const name of ['audit_logging_options.included_categories', 'audit_logging_options.excluded_categories']) {
    const text = config.isSet(name) ? config.text(name) : undefined
    if (typeof text !== 'string') continue
    const bad = text
      .split(',')
      .map(one => one.trim().toUpperCase())
      .filter(one => one !== '' && !known.includes(one))
    if (bad.length > 0)
      yield {
        kind: 'bad-value',
        check: 'audit-category',
        settings: [name],
        at: config.placeOf(name),
        found: bad[0]!,
        wanted: known.join(', '),
      }
  }
}

/** 5.0 and later. */
function* later(config: StartConfig): Iterable<StartRefusal> {
  yield* auditCategories(config)
  const { allFlagsKnown, heapDumpPathGiven } = config.surroundings
  const dumps = config.flag('dump_heap_on_uncaught_exception') === true && config.get('heap_dump_path')?.value === null
  if (dumps && allFlagsKnown && !heapDumpPathGiven)
    yield conflict(config, 'heap-dump-without-path', ['dump_heap_on_uncaught_exception', 'heap_dump_path'])
  const selected = config.text('sstable.selected_format')
  const formats = ['big', 'bti']
  if (typeof selected === 'string' && selected.trim() !== '' && !formats.includes(selected))
    yield {
      kind: 'bad-value',
      check: 'sstable-format',
      settings: ['sstable.selected_format'],
      at: config.placeOf('sstable.selected_format', 'sstable'),
      found: selected,
      wanted: formats.join(' or '),
      later: true,
    }
  // Left out it is CASSANDRA_4 in 5.0, none in 6.0.
  const compatible = config.get('storage_compatibility_mode')?.value === null ? config.line === '5.0' : undefined
  if (selected === 'bti' && (compatible ?? config.text('storage_compatibility_mode') === 'CASSANDRA_4'))
    yield { ...conflict(config, 'bti-in-compatibility-mode', ['sstable.selected_format', 'storage_compatibility_mode']), later: true }
  const options = config.get('sstable.format')?.value
  if (isMap(options)) {
    const unknown = [...options.entries.keys()].filter(key => !formats.includes(key))
    if (unknown.length > 0)
      yield {
        kind: 'bad-value',
        check: 'sstable-format',
        settings: ['sstable.format'],
        at: config.placeOf('sstable.format', 'sstable'),
        found: unknown.join(', '),
        wanted: formats.join(' or '),
        later: true,
      }
  }
  const provider = config.get('crypto_provider')
  if (provider?.field && isBean(provider.value) && (provider.value.fields.get('class_name')?.value ?? null) === null)
    yield {
      kind: 'missing',
      check: 'crypto_provider.class_name',
      settings: ['crypto_provider.class_name'],
      at: config.placeOf('crypto_provider'),
    }
}

const barrierLevels = ['ALL', 'EACH_QUORUM', 'LOCAL_QUORUM', 'QUORUM', 'ONE', 'NODE_LOCAL']

/** 6.0. */
function* newest(config: StartConfig): Iterable<StartRefusal> {
  for (const name of ['progress_barrier_min_consistency_level', 'progress_barrier_default_consistency_level']) {
    const level = config.text(name)
    if (typeof level === 'string' && !barrierLevels.includes(level))
      yield {
        kind: 'bad-value',
        check: 'barrier-level',
        settings: [name],
        at: config.placeOf(name),
        found: level,
        wanted: barrierLevels.join(', '),
      }
  }
  const log = config.amount('gc_log_threshold')
  const warn = config.amount('gc_warn_threshold')
  if (typeof log === 'number' && typeof warn === 'number' && log > 0 && warn <= log)
    yield conflict(config, 'gc-thresholds', ['gc_warn_threshold', 'gc_log_threshold'])
  const phaseLog = config.amount('gc_concurrent_phase_log_threshold')
  const phaseWarn = config.amount('gc_concurrent_phase_warn_threshold')
  if (typeof phaseLog === 'number' && typeof phaseWarn === 'number' && phaseLog > 0 && phaseWarn !== 0 && phaseWarn <= phaseLog)
    yield conflict(config, 'gc-thresholds', ['gc_concurrent_phase_warn_threshold', 'gc_concurrent_phase_log_threshold'])
  const checks = config.get('startup_checks')
  const known = catalogueOf(config.line).words.startupChecks ?? []
  if (checks?.field && isMap(checks.value)) {
    const unknown = [...checks.value.entries.keys()].filter(key => !known.includes(key))
    if (unknown.length > 0)
      yield {
        kind: 'bad-value',
        check: 'startup_checks',
        settings: ['startup_checks'],
        at: config.placeOf('startup_checks'),
        found: unknown.join(', '),
        wanted: known.join(', '),
      }
  }
  if (config.isSet('jmx_server_options') && config.surroundings.properties.has('com.sun.management.jmxremote.port'))
    yield conflict(config, 'jmx-twice', ['jmx_server_options'])
}
