/** The three values of knowledge: a fact is known, absent or unknown. Unknown is a value, not an absence: rules stay silent on it. */
import type { Span } from './span.ts'

export interface Known<T> {
  readonly kind: 'known'
  readonly value: T
  /** The place it was read from; missing when it is a default of the release. */
  readonly span?: Span
}
export interface Absent {
  readonly kind: 'absent'
}
export interface Unknown {
  readonly kind: 'unknown'
  /** The missing fact in an operator's words: `no rackdc file for db3`. */
  readonly why: string
  readonly span?: Span
}
export type Fact<T> = Known<T> | Absent | Unknown

export const absent: Absent = { kind: 'absent' }

export function known<T>(value: T, span?: Span): Known<T> {
  return span ? { kind: 'known', value, span } : { kind: 'known', value }
}

export function unknown(why: string, span?: Span): Unknown {
  return span ? { kind: 'unknown', why, span } : { kind: 'unknown', why }
}

/** The value when it is known, else undefined. */
export function knownValue<T>(fact: Fact<T>): T | undefined {
  return fact.kind === 'known' ? fact.value : undefined
}
