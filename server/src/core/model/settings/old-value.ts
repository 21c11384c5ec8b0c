/** Values of old names become values of new ones: the converters of the `@Replaces` annotation, as a table. Units are those that the old names implied. */
import { makeQuantity, parseQuantity as parseText, type QuantityProblem, quantityType } from '../../catalog/quantity.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import { catalogueOf } from '../../catalog/settings-catalogue.ts'
import { isQuantity, type LoadedValue } from './loaded-value.ts'

interface Converter {
  /** Unit of the old name's number. */
  readonly unit?: string
  /** Multiplies the number first. */
  readonly times?: number
  /** −1, or any negative number, means no value. */
  readonly none?: 'minus-one' | 'negative'
  /** Negative numbers count as zero. */
  readonly negativeIsZero?: true
  /** A text: a whole number in this unit, or a quantity. */
  readonly text?: true
  /** Asked for its old value, it answers −1 for none: so an empty value is refused even where the new name allows it. */
  readonly showsNone?: true
  /** The old threshold counted the system's keyspaces in. */
  readonly lessSystemKeyspaces?: true
  /** The release cannot convert any value: a bug of its own, and a start that fails. */
  readonly alwaysFails?: true
}

const converters: { readonly [name: string]: Converter } = {
  IDENTITY: {},
  INTEGER_PRIMITIVE_LONG: {},
  MILLIS_DURATION_LONG: { unit: 'ms' },
  MILLIS_DURATION_INT: { unit: 'ms' },
  MILLIS_DURATION_DOUBLE: { unit: 'ms' },
  MILLIS_CUSTOM_DURATION: { unit: 'ms', none: 'minus-one', showsNone: true },
  SECONDS_DURATION: { unit: 's' },
  NEGATIVE_SECONDS_DURATION: { unit: 's', negativeIsZero: true },
  SECONDS_CUSTOM_DURATION: { unit: 's', text: true },
  MINUTES_CUSTOM_DURATION: { unit: 'm', none: 'minus-one', showsNone: true },
  MEBIBYTES_DATA_STORAGE_LONG: { unit: 'MiB' },
  MEBIBYTES_DATA_STORAGE_INT: { unit: 'MiB' },
  NEGATIVE_MEBIBYTES_DATA_STORAGE_INT: { unit: 'MiB', none: 'negative', showsNone: true },
  KIBIBYTES_DATASTORAGE: { unit: 'KiB' },
  BYTES_DATASTORAGE: { unit: 'B' },
  BYTES_CUSTOM_DATASTORAGE: { unit: 'B', none: 'minus-one' },
  LONG_BYTES_DATASTORAGE_MEBIBYTES_INT: { unit: 'MiB' },
  LONG_BYTES_DATASTORAGE_MEBIBYTES_DATASTORAGE: {},
  MEBIBYTES_PER_SECOND_DATA_RATE: { unit: 'MiB/s' },
  MEGABITS_TO_BYTES_PER_SECOND_DATA_RATE: { unit: 'B/s', times: 125000 },
  KEYSPACE_COUNT_THRESHOLD_TO_GUARDRAIL: { lessSystemKeyspaces: true },
  // Counts the system's tables before a partitioner is set, and fails whatever the value.
  TABLE_COUNT_THRESHOLD_TO_GUARDRAIL: { alwaysFails: true },
}

export interface ConverterShape extends Converter {
  readonly name: string
}

export function converterOf(name: string | undefined): ConverterShape | undefined {
  return name !== undefined && Object.hasOwn(converters, name) ? { name, ...converters[name]! } : undefined
}

/** Whether the old name shows a value, so that an empty one is refused. */
export function nullOfOldName(converter: string, defaultValue: unknown): boolean {
  return defaultValue !== undefined || converterOf(converter)?.showsNone === true
}

export type Converted =
  | { readonly refused?: undefined; readonly value: LoadedValue }
  | { readonly refused: QuantityProblem | 'never-converted' }

/** A loaded value of an old name as the new name's; `type` is the new name's type. */
export function convertOldValue(value: LoadedValue, converterName: string, type: string, line: ReleaseLine): Converted {
  const converter = converterOf(converterName)
  if (converter?.alwaysFails) return { refused: 'never-converted' }
  if (converter?.lessSystemKeyspaces && typeof value === 'number') return { value: value - (catalogueOf(line).words.systemKeyspaces ?? 0) }
  const wanted = quantityType(type)
  if (!converter || !wanted) return { value }
  if (isQuantity(value)) {
    const made = makeQuantity(
      BigInt(Math.round(value.amount)),
      wanted.kind === 'duration' ? 'ms' : wanted.kind === 'storage' ? 'B' : 'B/s',
      wanted,
    )
    return typeof made === 'string' ? { refused: made } : { value: { ...made, kind: 'quantity', of: made.kind } }
  }
  let number: number
  if (typeof value === 'number') number = value
  else if (typeof value === 'string' && converter.text) {
    if (!/^[+-]?\d{1,19}$/.test(value)) return textQuantity(value, wanted)
    number = Number(value)
  } else return { value }
  if (Number.isNaN(number)) number = 0
  if (converter.none === 'minus-one' && number === -1) return { value: null }
  if (converter.none === 'negative' && number < 0) return { value: null }
  if (converter.negativeIsZero && number < 0) number = 0
  const made = makeQuantity(BigInt(Math.round(number * (converter.times ?? 1))), converter.unit ?? wanted.least, wanted)
  return typeof made === 'string' ? { refused: made } : { value: { ...made, kind: 'quantity', of: made.kind } }
}

function textQuantity(text: string, wanted: NonNullable<ReturnType<typeof quantityType>>): Converted {
  const made = parseText(text, wanted)
  return typeof made === 'string' ? { refused: made } : { value: { ...made, kind: 'quantity', of: made.kind } }
}
