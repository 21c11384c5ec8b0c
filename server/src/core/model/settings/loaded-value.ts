/** What a value of cassandra.yaml becomes when Cassandra loads it, and what it refuses, as data. Words are the rules' matter. */
import type { Quantity, QuantityProblem } from '../../catalog/quantity.ts'
import type { YamlNode } from '../../syntax/yaml-tree.ts'
import type { Span } from '../../text/span.ts'

/** Stands for a template's placeholder: satisfies every type and range. */
export const unknownValue = { kind: 'unknown' } as const
export type UnknownValue = typeof unknownValue

export interface LoadedField {
  readonly value: LoadedValue
  /** Key as written; missing for defaults. */
  readonly key?: string
  readonly keySpan?: Span
  readonly node?: YamlNode
  /** Where the value stands; the key when it has none. */
  readonly span?: Span
}

export interface LoadedBean {
  readonly kind: 'bean'
  readonly className: string
  readonly fields: ReadonlyMap<string, LoadedField>
}

export interface LoadedMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, LoadedValue>
}

export interface LoadedDate {
  readonly kind: 'date'
  readonly text: string
}

export interface LoadedQuantity extends Omit<Quantity, 'kind'> {
  readonly kind: 'quantity'
  readonly of: Quantity['kind']
}

export type LoadedValue =
  | null
  | boolean
  | number
  | string
  | LoadedQuantity
  | LoadedBean
  | LoadedMap
  | LoadedDate
  | readonly LoadedValue[]
  | UnknownValue

export function isQuantity(value: LoadedValue | undefined): value is LoadedQuantity {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'quantity'
}
export function isBean(value: LoadedValue | undefined): value is LoadedBean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'bean'
}
export function isMap(value: LoadedValue | undefined): value is LoadedMap {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'map'
}
export type LoadRefusalKind =
  /** No such key in this line. */
  | 'unknown-key'
  /** A value is missing where one must be. */
  | 'null-value'
  /** Not of the type. */
  | 'wrong-type'
  /** Not one of the enum's words. */
  | 'wrong-word'
  /** Not a quantity of the kind, or of a unit that is too small, or too large. */
  | 'wrong-unit'
  /** A number beyond the bounds of its Java type. */
  | 'too-large'
  /** An old name whose value this release can never convert. */
  | 'never-converted'
  /** Old and new name of one setting. */
  | 'old-and-new-name'

export interface LoadRefusal {
  readonly kind: LoadRefusalKind
  /** Dotted path of keys as written. */
  readonly path: string
  /** Class that holds the key (`Config` at the top). */
  readonly owner: string
  readonly at: Span
  /** Where the key itself stands. */
  readonly keySpan: Span
  /** The value as written, for a scalar. */
  readonly text?: string
  /** Java type that was wanted. */
  readonly type?: string
  readonly of?: readonly (string | null)[]
  readonly quantityProblem?: QuantityProblem
  /** The other name, for two names of one setting. */
  readonly other?: { readonly name: string; readonly span: Span }
  readonly node?: YamlNode
}
