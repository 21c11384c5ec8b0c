/** Durations, sizes and rates with their unit, as Cassandra 4.1 and later read them: units, their case, the least unit and the bound of each kind. */

export type QuantityKind = 'duration' | 'storage' | 'rate'

export interface QuantityType {
  readonly kind: QuantityKind
  /** The least unit that is taken; the bound counts in it. */
  readonly least: string
  /** First value that is too large, in the least unit. */
  readonly bound: bigint
}

export interface Quantity {
  readonly kind: QuantityKind
  readonly quantity: bigint
  readonly unit: string
  /** Milliseconds, bytes or bytes a second; fractions of milliseconds for smaller units. */
  readonly amount: number
}

const longMaximum = 9223372036854775807n
const intMaximum = 2147483647n

/** Classes of Cassandra's configuration → what they take. */
const quantityTypes: { readonly [type: string]: QuantityType } = {
  // The abstract class itself stands as a type in some releases; nothing can be made of it.
  'DurationSpec.LongNanosecondsBound': { kind: 'duration', least: 'ns', bound: longMaximum },
  'DurationSpec.LongMicrosecondsBound': { kind: 'duration', least: 'us', bound: longMaximum },
  'DurationSpec.LongMillisecondsBound': { kind: 'duration', least: 'ms', bound: longMaximum },
  'DurationSpec.LongSecondsBound': { kind: 'duration', least: 's', bound: longMaximum },
  'DurationSpec.IntMillisecondsBound': { kind: 'duration', least: 'ms', bound: intMaximum },
  'DurationSpec.IntSecondsBound': { kind: 'duration', least: 's', bound: intMaximum },
  'DurationSpec.IntMinutesBound': { kind: 'duration', least: 'm', bound: intMaximum },
  'DataStorageSpec.LongBytesBound': { kind: 'storage', least: 'B', bound: longMaximum },
  'DataStorageSpec.IntBytesBound': { kind: 'storage', least: 'B', bound: intMaximum },
  'DataStorageSpec.IntKibibytesBound': { kind: 'storage', least: 'KiB', bound: intMaximum },
  'DataStorageSpec.LongMebibytesBound': { kind: 'storage', least: 'MiB', bound: longMaximum },
  'DataStorageSpec.IntMebibytesBound': { kind: 'storage', least: 'MiB', bound: intMaximum },
  'DataRateSpec.LongBytesPerSecondBound': { kind: 'rate', least: 'B/s', bound: longMaximum },
}

/** Nanoseconds, bytes or bytes a second of one unit, from the least to the greatest. */
const unitSizes: { readonly [K in QuantityKind]: { readonly [unit: string]: bigint } } = {
  duration: { ns: 1n, us: 1000n, ms: 1000000n, s: 1000000000n, m: 60000000000n, h: 3600000000000n, d: 86400000000000n },
  storage: { B: 1n, KiB: 1024n, MiB: 1048576n, GiB: 1073741824n },
  rate: { 'B/s': 1n, 'KiB/s': 1024n, 'MiB/s': 1048576n },
}
// `$` of Java also stands before one line break at the end.
const grammars: { readonly [K in QuantityKind]: RegExp } = {
  duration: /^(\d+)(d|h|s|ms|us|µs|ns|m)(?:\r\n|[\n\r\x85\u2028\u2029])?$/,
  storage: /^(\d+)(GiB|MiB|KiB|B)(?:\r\n|[\n\r\x85\u2028\u2029])?$/,
  rate: /^(\d+)(MiB\/s|KiB\/s|B\/s)(?:\r\n|[\n\r\x85\u2028\u2029])?$/,
}

export function quantityType(type: string): QuantityType | undefined {
  return Object.hasOwn(quantityTypes, type) ? quantityTypes[type] : undefined
}

/** Units that a type takes, from the least to the greatest. */
export function unitsOf(type: QuantityType): readonly string[] {
  const units = Object.keys(unitSizes[type.kind])
  return units.slice(units.indexOf(type.least))
}

export type QuantityProblem = 'grammar' | 'unit-too-small' | 'too-large' | 'negative'

/** A quantity as text (`10s`), or why it is refused. */
export function parseQuantity(text: string, type: QuantityType): Quantity | QuantityProblem {
  const match = grammars[type.kind].exec(text)
  if (!match) return 'grammar'
  const quantity = BigInt(match[1]!)
  if (quantity > longMaximum) return 'too-large'
  return makeQuantity(quantity, match[2] === 'µs' ? 'us' : match[2]!, type)
}

/** A quantity of a known unit, or why it is refused. */
export function makeQuantity(quantity: bigint, unit: string, type: QuantityType): Quantity | QuantityProblem {
  const sizes = unitSizes[type.kind]
  const size = sizes[unit]!
  const least = sizes[type.least]!
  if (size < least && type.kind !== 'rate') return 'unit-too-small'
  if (quantity < 0n) return 'negative'
  if ((quantity * size) / least >= type.bound) return 'too-large'
  return { kind: type.kind, quantity, unit, amount: amountOf(quantity, unit, type.kind) }
}

/** Milliseconds, bytes or bytes a second. */
export function amountOf(quantity: bigint, unit: string, kind: QuantityKind): number {
  const size = unitSizes[kind][unit]!
  return kind === 'duration' ? Number(quantity * size) / 1e6 : Number(quantity * size)
}

/** Shortest text of an amount (milliseconds, bytes, bytes a second) in whole units not smaller than the type's least. */
export function textOfAmount(amount: number, type: QuantityType): string {
  const base = type.kind === 'duration' ? BigInt(Math.round(amount * 1e6)) : BigInt(Math.round(amount))
  const sizes = unitSizes[type.kind]
  for (const unit of [...unitsOf(type)].reverse()) {
    const size = sizes[unit]!
    if (base !== 0n && base % size === 0n) return `${base / size}${unit}`
  }
  return `${base / sizes[type.least]!}${type.least}`
}
