/** Conditions over several settings that the start-up validation refuses (DatabaseDescriptor): what must be there, commit log, folders, tokens. */
import { atLeast } from '../../catalog/release.ts'
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
