/** Settings of a node that rules about clusters ask for, under whichever name the release has: numbers in milliseconds, bytes and bytes a second. */
import type { ReleaseLine } from '../catalog/release.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { entryOf, type YamlMapping, type YamlNode } from '../syntax/yaml-tree.ts'
import { absent, type Fact, known, unknown } from '../text/fact.ts'
import { holdsPlaceholder } from '../text/placeholder.ts'
import { textSetting } from './identity-settings.ts'
import type { Node } from './node.ts'

interface NumberSetting {
  /** Present name; with a unit when `units` says so. */
  readonly name: string
  /** Old name and what one unit of it is. */
  readonly old?: { readonly name: string; readonly unit: number }
  readonly units?: 'duration' | 'rate'
  /** What the release takes when nothing is written; missing when it works the value out. */
  readonly default?: number | Partial<Readonly<Record<ReleaseLine, number>>>
}

const mebibyte = 2 ** 20
const megabit = 125_000

/** Java field defaults, not those of the shipped file. */
const numberSettings = {
  phi: { name: 'phi_convict_threshold', default: 8 },
  hintWindow: { name: 'max_hint_window', old: { name: 'max_hint_window_in_ms', unit: 1 }, units: 'duration', default: 10_800_000 },
  readTimeout: { name: 'read_request_timeout', old: { name: 'read_request_timeout_in_ms', unit: 1 }, units: 'duration', default: 5000 },
  writeTimeout: { name: 'write_request_timeout', old: { name: 'write_request_timeout_in_ms', unit: 1 }, units: 'duration', default: 2000 },
  rangeTimeout: {
    name: 'range_request_timeout',
    old: { name: 'range_request_timeout_in_ms', unit: 1 },
    units: 'duration',
    default: 10_000,
  },
  counterTimeout: {
    name: 'counter_write_request_timeout',
    old: { name: 'counter_write_request_timeout_in_ms', unit: 1 },
    units: 'duration',
    default: 5000,
  },
  casTimeout: { name: 'cas_contention_timeout', old: { name: 'cas_contention_timeout_in_ms', unit: 1 }, units: 'duration' },
  truncateTimeout: {
    name: 'truncate_request_timeout',
    old: { name: 'truncate_request_timeout_in_ms', unit: 1 },
    units: 'duration',
    default: 60_000,
  },
  connectTimeout: {
    name: 'internode_tcp_connect_timeout',
    old: { name: 'internode_tcp_connect_timeout_in_ms', unit: 1 },
    units: 'duration',
    default: { '4.0': 2000, '4.1': 2000, '5.0': 2000, '6.0': 2000 },
  },
  compactionThroughput: {
    name: 'compaction_throughput',
    old: { name: 'compaction_throughput_mb_per_sec', unit: mebibyte },
    units: 'rate',
    default: { '3.11': 16 * mebibyte, '4.0': 64 * mebibyte, '4.1': 64 * mebibyte, '5.0': 64 * mebibyte, '6.0': 64 * mebibyte },
  },
  concurrentCompactors: { name: 'concurrent_compactors' },
  streamThroughput: {
    name: 'stream_throughput_outbound',
    old: { name: 'stream_throughput_outbound_megabits_per_sec', unit: megabit },
    units: 'rate',
    default: 200 * megabit,
  },
  interDatacenterStreamThroughput: {
    name: 'inter_dc_stream_throughput_outbound',
    old: { name: 'inter_dc_stream_throughput_outbound_megabits_per_sec', unit: megabit },
    units: 'rate',
    default: 200 * megabit,
  },
  storagePort: { name: 'storage_port', default: 7000 },
  sslStoragePort: { name: 'ssl_storage_port', default: 7001 },
  nativePort: { name: 'native_transport_port', default: 9042 },
  nativeSslPort: { name: 'native_transport_port_ssl' },
  thriftPort: { name: 'rpc_port', default: { '3.11': 9160 } },
  localReplicationFactor: { name: 'allocate_tokens_for_local_replication_factor' },
  tokenCount: { name: 'num_tokens', default: 1 },
} as const satisfies Record<string, NumberSetting>

export type NumberSettingName = keyof typeof numberSettings

/** A number as this node has it: written, or the release's default (then without a place). Absent where Cassandra works it out itself. */
export function numberSetting(node: Node, setting: NumberSettingName): Fact<number> {
  const shape: NumberSetting = numberSettings[setting]
  if (!node.yaml) return unknown('no cassandra.yaml')
  const present = textSetting(node.yaml, shape.name)
  const former = shape.old ? textSetting(node.yaml, shape.old.name) : absent
  if (present.kind === 'unknown') return present
  if (former.kind === 'unknown') return former
  if (present.kind === 'known' && former.kind === 'known') return unknown(`${shape.name} is written under two names`)
  if (present.kind === 'known') {
    const value = shape.units ? quantity(present.value, shape.units) : plainNumber(present.value)
    return value === undefined ? unknown(`${shape.name} cannot be read`, present.span) : known(value, present.span)
  }
  if (former.kind === 'known') {
    const value = plainNumber(former.value)
    return value === undefined ? unknown(`${shape.old!.name} cannot be read`, former.span) : known(value * shape.old!.unit, former.span)
  }
  return defaultOf(shape.default, node)
}

/** The name under which a number is written here, else its present name. */
export function writtenName(node: Node, setting: NumberSettingName): string {
  const shape: NumberSetting = numberSettings[setting]
  return shape.old && textSetting(node.yaml, shape.name).kind === 'absent' && textSetting(node.yaml, shape.old.name).kind === 'known'
    ? shape.old.name
    : shape.name
}

function defaultOf(value: NumberSetting['default'], node: Node): Fact<number> {
  if (value === undefined) return absent
  if (typeof value === 'number') return known(value)
  const values = new Set(node.release.candidates.map(line => value[line]))
  const [only] = values
  if (values.size !== 1) return unknown('the default depends on the release')
  return only === undefined ? absent : known(only)
}

function plainNumber(text: string): number | undefined {
  return /^[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text) ? Number(text) : undefined
}

const durationUnits: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 }
const rateUnits: Readonly<Record<string, number>> = { 'B/s': 1, 'KiB/s': 1024, 'MiB/s': mebibyte }

function quantity(text: string, kind: 'duration' | 'rate'): number | undefined {
  const match = /^(\d{1,18})([A-Za-zµ/]+)$/.exec(text)
  const unit = match ? (kind === 'duration' ? durationUnits : rateUnits)[match[2]!] : undefined
  return match && unit !== undefined ? Number(match[1]) * unit : undefined
}

/** A truth as SnakeYAML reads it from a plain or quoted word; a default may depend on the release. */
export function booleanSetting(
  node: Node,
  names: readonly [string, ...string[]],
  whenUnset: boolean | Partial<Readonly<Record<ReleaseLine, boolean>>>,
): Fact<boolean> {
  for (const name of names) {
    const text = textSetting(node.yaml, name)
    if (text.kind === 'unknown') return text
    if (text.kind === 'known') return truth(text.value, name, text)
  }
  if (typeof whenUnset === 'boolean') return known(whenUnset)
  const values = new Set(node.release.candidates.map(line => whenUnset[line]))
  const [only] = values
  return values.size === 1 && only !== undefined ? known(only) : unknown('the default depends on the release')
}

function truth(text: string, name: string, fact: Fact<string>): Fact<boolean> {
  const span = fact.kind === 'known' ? fact.span : undefined
  if (/^(?:true|yes|on)$/i.test(text)) return known(true, span)
  if (/^(?:false|no|off)$/i.test(text)) return known(false, span)
  return unknown(`${name} is neither true nor false`, span)
}

/** A scalar below a mapping (`server_encryption_options`, `internode_encryption`), or under the dotted key of 4.1 and later. */
export function nestedSetting(yaml: ParsedCassandraYaml | undefined, block: string, key: string): Fact<string> {
  if (!yaml) return unknown('no cassandra.yaml')
  const dotted = textSetting(yaml, `${block}.${key}`)
  if (dotted.kind === 'known') return dotted
  const value = entryOf(yaml.root, block)?.value
  if (!value) return yaml.keysMayBeElsewhere || !yaml.root ? unknown(`${block} may be set by the template`) : absent
  if (value.kind !== 'mapping')
    return value.kind === 'scalar' && value.text === '' ? absent : unknown(`${block} cannot be read`, value.span)
  return scalarIn(value, key, yaml.keysMayBeElsewhere)
}

function scalarIn(mapping: YamlMapping, key: string, mayBeElsewhere: boolean): Fact<string> {
  const entry = entryOf(mapping, key)
  if (!entry) return mayBeElsewhere ? unknown(`${key} may be set by the template`) : absent
  const node: YamlNode | undefined = entry.value
  if (!node) return absent
  if (node.kind !== 'scalar') return unknown(`${key} is no plain value`, node.span)
  if (node.placeholder || holdsPlaceholder(node.text)) return unknown(`${key} is a placeholder`, node.span)
  return node.style === 'plain' && /^(?:~|null|Null|NULL|)$/.test(node.text) ? absent : known(node.text, node.span)
}

/** As `nestedSetting`, for a truth. */
export function nestedBoolean(yaml: ParsedCassandraYaml | undefined, block: string, key: string, whenUnset: boolean): Fact<boolean> {
  const text = nestedSetting(yaml, block, key)
  if (text.kind === 'absent') return known(whenUnset)
  return text.kind === 'known' ? truth(text.value, key, text) : text
}
