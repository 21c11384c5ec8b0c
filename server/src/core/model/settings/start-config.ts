/**
 * The configuration as start-up validation sees it: what the file sets, defaults of the release filled in. A value is unknown when it holds a
 * placeholder, may stand elsewhere in a template, or was refused while loading (that is said once, there).
 */

import { parseQuantity, quantityType } from '../../catalog/quantity.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import { findProperty, nameInLine, newestName, type PlainValue, topClass } from '../../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import type { Span } from '../../text/span.ts'
import type { LoadedSettings } from './load-settings.ts'
import { isBean, isMap, isQuantity, type LoadedField, type LoadedValue, unknownValue } from './loaded-value.ts'
import { converterOf } from './old-value.ts'

/** What the start depends on beyond the file. Undefined facts are unknown. */
export interface StartSurroundings {
  /** Largest heap in bytes, when the JVM files say it. */
  readonly maxHeapBytes?: number
  /** `-Dname=value` flags of the node. */
  readonly properties: ReadonlyMap<string, string>
  /** All flags that Java is started with are known: an absent one is absent. */
  readonly allFlagsKnown: boolean
  /** `-XX:HeapDumpPath=…` is among them. */
  readonly heapDumpPathGiven: boolean
}
export const unknownSurroundings: StartSurroundings = { properties: new Map(), allFlagsKnown: false, heapDumpPathGiven: false }

export interface ConfigValue {
  /** Null: not set and without a default. */
  readonly value: LoadedValue
  /** Missing for a default. */
  readonly field?: LoadedField
}

export interface StartConfig {
  readonly line: ReleaseLine
  readonly yaml: ParsedCassandraYaml
  readonly surroundings: StartSurroundings
  /** A setting by its newest name, nested ones dotted; undefined when unknown or when the line has no such setting. */
  readonly get: (name: string) => ConfigValue | undefined
  /** Its amount (milliseconds, bytes, bytes a second; a plain number otherwise); null when it is null. */
  readonly amount: (name: string) => number | null | undefined
  readonly text: (name: string) => string | null | undefined
  readonly flag: (name: string) => boolean | null | undefined
  /** Whether the line has the setting at all. */
  readonly has: (name: string) => boolean
  /** The name to show: as the file writes it, else as the line calls it. */
  readonly nameOf: (name: string) => string
  /** Where to put a finding about it: its value, else the place for what is missing. */
  readonly placeOf: (...names: string[]) => Span
  /** Set in the file, under any of its names. */
  readonly isSet: (name: string) => boolean
}

const unitMultiples: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60000,
  B: 1,
  KiB: 1024,
  MiB: 1048576,
  'B/s': 1,
  'MiB/s': 1048576,
}

/** How much one unit of an old name's plain number is, by the converter that a later line gives it; undefined for names without a unit. */
export function unitOfOldName(name: string): number | undefined {
  for (const line of ['4.1', '5.0', '6.0'] as const) {
    const converter = converterOf(findProperty(line, topClass, name)?.renamed?.converter)
    if (converter?.unit) return unitMultiples[converter.unit]! * (converter.times ?? 1)
  }
  return undefined
}

export function startConfig(yaml: ParsedCassandraYaml, loaded: LoadedSettings, surroundings: StartSurroundings): StartConfig {
  const { line } = loaded
  const failed = new Set<string>()
  for (const refusal of loaded.refusals) failed.add(refusal.path.split('.')[0]!)
  // A setting that stands there under a name of another release is said once, as that.
  const misnamed = new Set(
    loaded.refusals.filter(one => one.kind === 'unknown-key' && one.owner === topClass).map(one => newestName(one.path)),
  )
  const entriesByField = new Map<string, string[]>()
  for (const entry of yaml.root?.entries ?? []) {
    const field = findProperty(line, topClass, entry.key.text.split('.')[0]!)?.name
    if (field === undefined) continue
    const keys = entriesByField.get(field) ?? []
    keys.push(entry.key.text)
    entriesByField.set(field, keys)
  }
  const fieldName = (name: string): string | undefined => {
    const own = nameInLine(line, name)
    return own === undefined ? undefined : findProperty(line, topClass, own)?.name
  }
  const remembered = new Map<string, ConfigValue | undefined>()
  const compute = (name: string): ConfigValue | undefined => {
    const [top = '', ...rest] = name.split('.')
    const own = fieldName(top)
    if (own === undefined || misnamed.has(newestName(top))) return undefined
    const keys = entriesByField.get(own) ?? []
    if (keys.some(key => failed.has(key.split('.')[0]!) || failed.has(key))) return undefined
    if (keys.length > 1 && yaml.template) return undefined
    const field = loaded.fields.get(own)
    if (!field && yaml.keysMayBeElsewhere) return undefined
    return nested(field, own, rest)
  }
  const nested = (field: LoadedField | undefined, own: string, rest: readonly string[]): ConfigValue | undefined => {
    const property = findProperty(line, topClass, own)?.property
    let current: LoadedField | undefined = field
    let fallback: PlainValue | undefined = property?.default
    let type = property?.type ?? ''
    for (const segment of rest) {
      if (current?.value === unknownValue) return undefined
      if (current?.value === null) return { value: null, field: current }
      const inner = findProperty(line, type, segment)
      const name = inner?.name ?? segment
      const classDefault = inner?.property.default
      type = inner?.property.type ?? ''
      fallback = isObject(fallback) && Object.hasOwn(fallback, name) ? fallback[name] : current ? classDefault : undefined
      if (current && isBean(current.value)) current = current.value.fields.get(name)
      else if (current && isMap(current.value)) {
        const value: LoadedValue | undefined = current.value.entries.get(name)
        current = value === undefined ? undefined : { ...current, value }
      } else current = undefined
    }
    if (current) return current.value === unknownValue ? undefined : { value: current.value, field: current }
    return { value: fallback === undefined ? null : defaultValue(fallback, type) }
  }
  const get = (name: string): ConfigValue | undefined => {
    if (!remembered.has(name)) remembered.set(name, compute(name))
    return remembered.get(name)
  }
  const amount = (name: string): number | null | undefined => {
    const found = get(name)
    if (!found) return undefined
    const { value } = found
    if (value === null) return null
    if (isQuantity(value)) return value.amount
    if (typeof value !== 'number') return undefined
    const own = nameInLine(line, name)
    // Lines from 4.1 on convert while loading; before, the plain number is in the unit of its name.
    if (own === undefined || quantityType(findProperty(line, topClass, own)?.property.type ?? '')) return value
    const unit = name.includes('.') ? undefined : unitOfOldName(own)
    return value * (unit ?? 1)
  }
  const whole = (): Span => {
    const first = yaml.root?.entries.find(entry => entry.key.text === 'cluster_name') ?? yaml.root?.entries[0]
    return first?.key.span ?? { file: yaml.file, start: 0, end: 0 }
  }
  const placeOf = (...names: string[]): Span => {
    for (const name of names) {
      const field = get(name)?.field
      if (field?.span) return field.span
      if (field?.keySpan) return field.keySpan
    }
    for (const name of names) {
      const top = fieldName(name.split('.')[0]!)
      const field = top === undefined ? undefined : loaded.fields.get(top)
      if (field?.keySpan) return field.keySpan
    }
    return whole()
  }
  return {
    line,
    yaml,
    surroundings,
    get,
    amount,
    text: name => {
      const found = get(name)
      return found === undefined ? undefined : typeof found.value === 'string' ? found.value : found.value === null ? null : undefined
    },
    flag: name => {
      const found = get(name)
      return found === undefined ? undefined : typeof found.value === 'boolean' ? found.value : found.value === null ? null : undefined
    },
    has: name => fieldName(name.split('.')[0]!) !== undefined,
    nameOf: name => {
      const [top = '', ...rest] = name.split('.')
      const own = fieldName(top)
      const key = own === undefined ? undefined : loaded.fields.get(own)?.key
      if (key !== undefined) return key.includes('.') ? key : [key, ...rest].join('.')
      return [own === undefined ? newestName(top) : (nameInLine(line, top) ?? top), ...rest].join('.')
    },
    placeOf,
    isSet: name => get(name)?.field !== undefined,
  }
}

function isObject(value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A default of the catalogue as a loaded value. */
function defaultValue(plain: PlainValue, type: string): LoadedValue {
  const quantity = quantityType(type)
  if (quantity && typeof plain === 'string') {
    const parsed = parseQuantity(plain, quantity)
    return typeof parsed === 'string' ? null : { ...parsed, kind: 'quantity', of: parsed.kind }
  }
  if (Array.isArray(plain)) return plain.map(item => defaultValue(item as PlainValue, ''))
  if (isObject(plain)) {
    const entries = new Map<string, LoadedValue>()
    for (const [key, value] of Object.entries(plain)) entries.set(key, defaultValue(value, ''))
    return { kind: 'map', entries }
  }
  if (plain === 'NaN') return Number.NaN
  return plain as LoadedValue
}
