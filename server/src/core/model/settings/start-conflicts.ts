/** Conditions over several settings that the start-up validation refuses (DatabaseDescriptor), release by release; see also start-guardrails. */
import { atLeast } from '../../catalog/release.ts'
import { catalogueOf } from '../../catalog/settings-catalogue.ts'
import { isBean, isMap } from './loaded-value.ts'
import { isForeignClass } from './start-addresses.ts'
import { classNameOf } from './start-classes.ts'
import type { StartConfig } from './start-config.ts'
import { conflict } from './start-guardrails.ts'
import type { StartRefusal } from './start-refusal.ts'

export function* missingRefusals(config: StartConfig): Iterable<StartRefusal> {
  for (const name of ['commitlog_sync', 'partitioner'])
    if (config.get(name)?.value === null) yield { kind: 'missing', check: name, settings: [name], at: config.placeOf(name) }
  const snitch = config.get('endpoint_snitch')
  if (config.line !== '6.0') {
    if (snitch?.value === null)
      yield { kind: 'missing', check: 'endpoint_snitch', settings: ['endpoint_snitch'], at: config.placeOf('endpoint_snitch') }
    return
  }
  const provider = config.get('initial_location_provider')
  const proximity = config.get('node_proximity')
  if (!snitch || !provider || !proximity) return
  const legacy = snitch.value !== null
  const modern = provider.value !== null && proximity.value !== null
  if (legacy !== modern) return
  if (legacy) yield conflict(config, 'snitch-and-locator', ['endpoint_snitch', 'initial_location_provider', 'node_proximity'])
  else
    yield {
      kind: 'missing',
      check: 'locator',
      settings: ['endpoint_snitch', 'initial_location_provider', 'node_proximity'],
      at: config.placeOf('initial_location_provider', 'node_proximity'),
    }
}

export function* commitLogRefusals(config: StartConfig): Iterable<StartRefusal> {
  const sync = config.text('commitlog_sync')
  const period = config.amount('commitlog_sync_period')
  const batch = config.has('commitlog_sync_batch_window_in_ms') ? config.amount('commitlog_sync_batch_window_in_ms') : undefined
  const group = config.has('commitlog_sync_group_window') ? config.amount('commitlog_sync_group_window') : undefined
  const hasBatch = typeof batch === 'number' && !Number.isNaN(batch)
  if (sync === 'periodic') {
    if (typeof period === 'number' && period <= 0)
      yield {
        kind: 'conflict',
        check: 'periodic-without-period',
        settings: [config.nameOf('commitlog_sync_period')],
        at: config.placeOf('commitlog_sync_period', 'commitlog_sync'),
      }
    else if (hasBatch && !atLeast(config.line, '5.0'))
      yield conflict(config, 'periodic-with-batch-window', ['commitlog_sync_batch_window_in_ms', 'commitlog_sync'])
  } else if (sync === 'batch') {
    if (config.line === '3.11' && !(hasBatch && batch > 0))
      yield {
        kind: 'conflict',
        check: 'batch-without-window',
        settings: ['commitlog_sync_batch_window_in_ms'],
        at: config.placeOf('commitlog_sync_batch_window_in_ms', 'commitlog_sync'),
      }
    else if (typeof period === 'number' && period !== 0)
      yield conflict(config, 'batch-with-period', ['commitlog_sync_period', 'commitlog_sync'])
  } else if (sync === 'group') {
    if (group !== undefined && (group === null || Number.isNaN(group) || group <= 0))
      yield {
        kind: 'conflict',
        check: 'group-without-window',
        settings: [config.nameOf('commitlog_sync_group_window')],
        at: config.placeOf('commitlog_sync_group_window', 'commitlog_sync'),
      }
    else if (typeof period === 'number' && period !== 0)
      yield conflict(config, 'group-with-period', ['commitlog_sync_period', 'commitlog_sync'])
  }
  const segment = config.amount('commitlog_segment_size')
  const mutation = config.amount('max_mutation_size')
  // Before 4.1 the product is a Java int and wraps around.
  if (typeof segment === 'number' && typeof mutation === 'number') {
    const wraps = !atLeast(config.line, '4.1')
    const limit = wraps ? BigInt.asIntN(32, BigInt(Math.round(segment / 1024))) : BigInt(Math.min(2147483647, Math.floor(segment / 1024)))
    const twice = BigInt.asIntN(32, 2n * BigInt(Math.round(mutation / 1024)))
    if (limit < twice) yield conflict(config, 'mutation-larger-than-half-segment', ['max_mutation_size', 'commitlog_segment_size'])
  }
  if (atLeast(config.line, '5.0')) yield* accessModes(config)
}

function* accessModes(config: StartConfig): Iterable<StartRefusal> {
  if (config.text('disk_access_mode') === 'direct')
    yield {
      kind: 'bad-value',
      check: 'disk_access_mode',
      settings: ['disk_access_mode'],
      at: config.placeOf('disk_access_mode'),
      found: 'direct',
      wanted: 'auto, mmap, mmap_index_only, standard or legacy',
    }
  const mode = config.text('commitlog_disk_access_mode')
  const compression = config.get('commitlog_compression')
  const encrypted = config.flag('transparent_data_encryption_options.enabled')
  if (!compression || encrypted === undefined) return
  const transformed = compression.value !== null || encrypted === true
  if (transformed ? mode === 'mmap' || mode === 'direct' || mode === 'mmap_index_only' : mode === 'standard' || mode === 'mmap_index_only')
    yield conflict(
      config,
      transformed ? 'commitlog-access-with-compression' : 'commitlog-access-standard',
      ['commitlog_disk_access_mode', 'commitlog_compression'],
      { found: mode! },
    )
  if (config.line !== '6.0') return
  const read = config.text('compaction_read_disk_access_mode')
  if (typeof read === 'string' && read !== 'auto' && read !== 'direct')
    yield {
      kind: 'bad-value',
      check: 'compaction_read_disk_access_mode',
      settings: ['compaction_read_disk_access_mode'],
      at: config.placeOf('compaction_read_disk_access_mode'),
      found: read,
      wanted: 'auto or direct',
    }
  const write = config.has('background_write_disk_access_mode') ? config.text('background_write_disk_access_mode') : undefined
  if (typeof write === 'string' && write !== 'standard' && write !== 'direct')
    yield {
      kind: 'bad-value',
      check: 'background_write_disk_access_mode',
      settings: ['background_write_disk_access_mode'],
      at: config.placeOf('background_write_disk_access_mode'),
      found: write,
      wanted: 'standard or direct',
    }
  if (write === 'direct' && config.amount('direct_write_buffer_size') === 0)
    yield conflict(config, 'direct-write-buffer', ['direct_write_buffer_size', 'background_write_disk_access_mode'])
}

export function* directoryRefusals(config: StartConfig): Iterable<StartRefusal> {
  const data = config.get('data_file_directories')
  const single = [
    'commitlog_directory',
    'hints_directory',
    'saved_caches_directory',
    ...(atLeast(config.line, '4.0') ? ['local_system_data_file_directory'] : []),
    ...(config.line === '6.0' ? ['accord.journal_directory'] : []),
  ]
  const paths = single.flatMap(name => {
    const text = config.text(name)
    return typeof text === 'string' ? [{ name, text }] : []
  })
  const dataPaths = Array.isArray(data?.value) ? (data.value as readonly unknown[]) : []
  if (data?.field && dataPaths.some(path => path === null))
    yield {
      kind: 'bad-value',
      check: 'empty-data-directory',
      settings: ['data_file_directories'],
      at: config.placeOf('data_file_directories'),
    }
  for (const { name, text } of paths)
    if (dataPaths.includes(text)) yield conflict(config, 'same-directory', [name, 'data_file_directories'], { found: text })
  for (const [i, first] of paths.entries())
    for (const second of paths.slice(i + 1))
      if (first.text === second.text) yield conflict(config, 'same-directory', [second.name, first.name], { found: first.text })
}

export function* tokenRefusals(config: StartConfig): Iterable<StartRefusal> {
  const text = config.text('initial_token')
  const count = config.get('num_tokens')
  if (typeof text !== 'string' || !count) return
  const tokens = text
    .split(',')
    .filter(token => token !== '')
    .map(token => token.trim())
  const at = config.placeOf('initial_token')
  if (count.value === null) {
    if (tokens.length !== 1) {
      yield { kind: 'conflict', check: 'tokens-without-count', settings: ['initial_token', 'num_tokens'], at, found: String(tokens.length) }
      return
    }
  } else if (typeof count.value === 'number' && tokens.length !== count.value) {
    yield conflict(config, 'token-count-differs', ['initial_token', 'num_tokens'], {
      found: String(tokens.length),
      wanted: String(count.value),
    })
    return
  }
  const partitioner = classNameOf(config, 'partitioner')
  if (typeof partitioner !== 'string') return
  const name = partitioner.slice(partitioner.lastIndexOf('.') + 1)
  const bad = tokens.filter(token => !isToken(token, name))
  if (bad.length > 0) yield { kind: 'bad-token', check: 'initial_token', settings: ['initial_token'], at, found: bad[0]!, wanted: name }
}

/** Whether a text is a token of a bundled partitioner; true for partitioners that are not known. */
export function isToken(text: string, partitioner: string): boolean {
  if (partitioner === 'Murmur3Partitioner') {
    if (!/^[+-]?\d{1,19}$/.test(text)) return /^[+-]?0*\d{1,19}$/.test(text) && isLong(text)
    return isLong(text)
  }
  if (partitioner === 'RandomPartitioner') {
    if (!/^[+-]?\d{1,60}$/.test(text)) return false
    const value = BigInt(text.replace(/^\+/, ''))
    return value >= 0n && value <= 2n ** 127n
  }
  if (partitioner === 'ByteOrderedPartitioner') return /^[0-9A-Fa-f]*$/.test(text)
  return true
}
function isLong(text: string): boolean {
  const value = BigInt(text.replace(/^\+/, ''))
  return value >= -(2n ** 63n) && value < 2n ** 63n
}

export function* encryptionRefusals(config: StartConfig): Iterable<StartRefusal> {
  if (config.has('native_transport_port_ssl')) {
    const tls = config.amount('native_transport_port_ssl')
    const plain = config.amount('native_transport_port')
    if (typeof tls === 'number' && typeof plain === 'number' && tls !== plain && isUnencrypted(config, 'client_encryption_options'))
      yield conflict(config, 'tls-port-without-tls', ['native_transport_port_ssl', 'client_encryption_options'])
  }
  const legacy =
    config.flag('server_encryption_options.legacy_ssl_storage_port_enabled') ??
    config.flag('server_encryption_options.enable_legacy_ssl_storage_port')
  if (atLeast(config.line, '4.0') && legacy === true && isUnencrypted(config, 'server_encryption_options'))
    yield conflict(config, 'legacy-tls-port-without-tls', ['server_encryption_options'])
  for (const name of ['client_encryption_options', 'server_encryption_options'])
    if (atLeast(config.line, '4.1')) yield* contextFactory(config, name)
  if (config.line === '6.0')
    for (const name of ['client_encryption_options', 'server_encryption_options']) yield* clientAuthentication(config, name)
  const encryption = config.get('transparent_data_encryption_options')
  if (
    encryption?.field &&
    isBean(encryption.value) &&
    config.flag('transparent_data_encryption_options.enabled') === true &&
    config.get('transparent_data_encryption_options.key_provider')?.value === null
  )
    yield {
      kind: 'missing',
      check: 'key_provider',
      settings: ['transparent_data_encryption_options.key_provider'],
      at: config.placeOf('transparent_data_encryption_options'),
    }
}

/** TLS is surely off. Where `optional` is not said it depends on whether the keystore file exists: the release's own path is taken to be absent. */
function isUnencrypted(config: StartConfig, name: string): boolean {
  const value = config.get(name)
  if (!value) return false
  if (value.value === null) return false
  if (config.line === '3.11') return config.flag(`${name}.enabled`) === false
  const isServer = name === 'server_encryption_options'
  const mode = isServer ? config.text(`${name}.internode_encryption`) : undefined
  if (isServer ? mode !== 'none' : enabledOf(config, name) !== false) return false
  const optional = config.line === '4.0' ? optionalAsWritten(config, name) : config.flag(`${name}.optional`)
  if (optional === undefined) return false
  if (optional !== null) return optional === false
  return !config.isSet(`${name}.keystore`) || config.text(`${name}.keystore`) === 'conf/.keystore'
}
function enabledOf(config: StartConfig, name: string): boolean | undefined {
  const flag = config.flag(`${name}.enabled`)
  return flag === null ? false : flag
}
/** 4.0 keeps it as a plain boolean: only what the file says counts. */
function optionalAsWritten(config: StartConfig, name: string): boolean | null | undefined {
  return config.isSet(`${name}.optional`) ? config.flag(`${name}.optional`) : null
}

/** From 6.0 on `require_client_auth` is a word. */
function* clientAuthentication(config: StartConfig, name: string): Iterable<StartRefusal> {
  const word = config.text(`${name}.require_client_auth`)
  if (typeof word === 'string' && !['true', 'false', 'optional', 'required', 'not_required'].includes(word.toLowerCase()))
    yield {
      kind: 'bad-value',
      check: 'require_client_auth',
      settings: [`${name}.require_client_auth`],
      at: config.placeOf(`${name}.require_client_auth`),
      found: word,
      wanted: 'true, false or optional',
    }
}

/** Options that must stand in the block itself, not among the parameters of its factory. */
const encryptionKeys = [
  'keystore',
  'keystore_password',
  'outbound_keystore',
  'outbound_keystore_password',
  'truststore',
  'truststore_password',
  'cipher_suites',
  'protocol',
  'accepted_protocols',
  'algorithm',
  'store_type',
  'require_client_auth',
  'require_endpoint_verification',
  'enabled',
  'optional',
]
const encryptionKeys60 = [
  'keystore_password_file',
  'outbound_keystore_password_file',
  'truststore_password_file',
  'max_certificate_validity_period',
  'certificate_validity_warn_threshold',
]

function* contextFactory(config: StartConfig, name: string): Iterable<StartRefusal> {
  const factory = config.get(`${name}.ssl_context_factory`)
  if (!factory?.field || !isBean(factory.value)) return
  const at = config.placeOf(`${name}.ssl_context_factory`)
  const parameters = factory.value.fields.get('parameters')?.value
  const keys =
    config.line === '6.0'
      ? [...encryptionKeys, ...encryptionKeys60]
      : config.line === '4.1'
        ? encryptionKeys.filter(key => !key.startsWith('outbound'))
        : encryptionKeys
  if (isMap(parameters)) {
    const repeated = [...parameters.entries.keys()].find(key => keys.includes(key.toLowerCase()))
    if (repeated !== undefined)
      yield {
        kind: 'conflict',
        check: 'factory-repeats-option',
        settings: [`${name}.ssl_context_factory.parameters.${repeated}`],
        at,
        found: repeated,
      }
  }
  const className = factory.value.fields.get('class_name')?.value
  if (className === null || className === undefined)
    yield { kind: 'missing', check: 'ssl_context_factory', settings: [`${name}.ssl_context_factory.class_name`], at }
  else if (
    typeof className === 'string' &&
    !isForeignClass(className) &&
    !/^(?:org\.apache\.cassandra\.security\.)?(?:DefaultSslContextFactory|DisableSslContextFactory|PEMBasedSslContextFactory)$/.test(
      className,
    )
  )
    yield {
      kind: 'unknown-class',
      check: 'ssl_context_factory',
      settings: [`${name}.ssl_context_factory.class_name`],
      at,
      found: className,
      wanted: 'DefaultSslContextFactory, PEMBasedSslContextFactory',
    }
}

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
  if (typeof ttl === 'string' && !/^\d{1,10}(?:s|m|h|d)$/.test(ttl))
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
  const heapDump = config.flag('dump_heap_on_uncaught_exception')
  if (
    heapDump === true &&
    config.get('heap_dump_path')?.value === null &&
    config.surroundings.properties.get('-XX:HeapDumpPath') === undefined &&
    config.surroundings.properties.get('known') === 'true'
  )
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
  if (selected === 'bti' && config.text('storage_compatibility_mode') === 'CASSANDRA_4')
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
