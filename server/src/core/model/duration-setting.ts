/** A duration with its unit as the settings of cassandra.yaml have it since 4.1. */
import { parseQuantity, quantityType } from '../catalog/quantity.ts'

const anyDuration = quantityType('DurationSpec.LongNanosecondsBound')!

/** Milliseconds of `3h`, `10s`; undefined when the text is no duration. */
export function quantityAmount(text: string): number | undefined {
  const quantity = parseQuantity(text, anyDuration)
  return typeof quantity === 'string' ? undefined : quantity.amount
}
