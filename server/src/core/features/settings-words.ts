/** How the editor says types, defaults and values of settings: with units, and without secrets. */
import { type QuantityKind, quantityType, unitsOf } from '../catalog/quantity.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import { enumOf, type FoundProperty, findProperty, type PlainValue, topClass } from '../catalog/settings-catalogue.ts'
import { sayBytes } from '../model/jvm-facts.ts'
import type { SettingValue } from '../model/settings/effective.ts'
import { converterOf } from '../model/settings/old-value.ts'
import { sayMillis, trimNumber } from '../rules/words.ts'
import { withoutSecrets } from '../text/hidden-secret.ts'

const unitWords: { readonly [unit: string]: string } = { ms: 'milliseconds', s: 'seconds', m: 'minutes', B: 'bytes' }

/** `duration (ms, s, m, h, d)`, `one of all, dc, none`, `whole number, in milliseconds`. */
export function typeWords(line: ReleaseLine, found: FoundProperty): string {
  const { of } = found
  // The old form of a value under the same name: a number still counts.
  const both = found.renamed?.by === found.name && found.type === 'String' ? quantityType(found.property.type) : undefined
  if (both) return `duration (${unitsOf(both).join(', ')}), or a number of seconds`
  const { type } = found
  const quantity = quantityType(type)
  if (quantity) return `${{ duration: 'duration', storage: 'size', rate: 'rate' }[quantity.kind]} (${unitsOf(quantity).join(', ')})`
  const words = enumOf(line, type)
  if (words) return `one of ${words.join(', ')}`
  switch (type) {
    case 'boolean':
    case 'Boolean':
      return 'true or false'
    case 'int':
    case 'Integer':
    case 'long':
    case 'Long':
    case 'OptionaldPositiveInt':
      return `whole number${inUnit(found)}`
    case 'double':
    case 'Double':
    case 'float':
    case 'Float':
      return `number${inUnit(found)}`
    case 'String':
    case 'StringRetryStrategy':
      return 'text'
    case 'ParameterizedClass':
    case 'InheritingClass':
      return 'class with parameters'
    case 'SubnetGroups':
      return 'list of subnets'
  }
  if (type.endsWith('[]') || type === 'List' || type === 'Set') {
    const items = of?.[0] ? enumOf(line, of[0]) : undefined
    return items ? `list of ${items.join(', ')}` : 'list'
  }
  return 'block of options'
}

/** The unit that a plain number under an old name has. */
function oldUnit(found: FoundProperty): { readonly kind: QuantityKind; readonly words: string; readonly amount: number } | undefined {
  let converter = converterOf(found.renamed?.converter)
  for (const line of ['4.1', '5.0', '6.0'] as const)
    if (!found.renamed && !converter?.unit) converter = converterOf(findProperty(line, topClass, found.name)?.renamed?.converter)
  const unit = converter?.unit
  if (unit === undefined) return undefined
  if (converter?.times === 125000) return { kind: 'rate', words: 'Mbit/s', amount: 125000 }
  const amount = { ms: 1, s: 1000, m: 60000, B: 1, KiB: 1024, MiB: 1048576, 'B/s': 1, 'MiB/s': 1048576 }[unit]
  const kind = unit.endsWith('/s') ? 'rate' : unit.endsWith('B') ? 'storage' : 'duration'
  return amount === undefined ? undefined : { kind, words: unitWords[unit] ?? unit, amount }
}

function inUnit(found: FoundProperty): string {
  const unit = oldUnit(found)
  return unit ? `, in ${unit.words}` : ''
}

/** What a number of a setting counts, when it is no plain number. */
export function kindOf(found: FoundProperty): QuantityKind | undefined {
  return quantityType(found.type)?.kind ?? oldUnit(found)?.kind
}

/** Milliseconds, bytes or bytes a second of a number under an old name: `10800000` of `max_hint_window_in_ms`. */
export function amountOfNumber(found: FoundProperty, number: number): number | undefined {
  const unit = oldUnit(found)
  return unit && number * unit.amount
}

/** Milliseconds, bytes or bytes a second, for people: `3 h`, `8 GiB`, `25 MB/s (200 Mbit/s)`. */
export function sayAmount(amount: number, kind: QuantityKind): string {
  if (amount === 0) return '0'
  if (kind === 'duration') return sayMillis(amount)
  if (kind === 'storage') return sayBytes(amount)
  if (amount >= 1048576 && amount % 1048576 === 0) return `${amount / 1048576} MiB/s`
  return amount >= 125000 ? `${trimNumber(amount / 1e6)} MB/s (${trimNumber(amount / 125000)} Mbit/s)` : `${sayBytes(amount)}/s`
}

const secretKey = /p+a*s+w|pwd|pass?phrase|secret|priv\w*_?key(?!_alias)|credentials?$|(?:api|access|auth)_?key/i

/** Whether the value of a key must not be shown; errs on the side of hiding. */
export function isSecret(key: string): boolean {
  return secretKey.test(key) && !/_(?:file|validity|interval|entries|enabled|size)$/.test(key)
}

const longest = 60

/** A value as a hover shows it; undefined for blocks, long texts and secrets. */
export function sayValue(value: SettingValue, key: string, kind: QuantityKind | undefined): string | undefined {
  if (isSecret(key)) return undefined
  if (typeof value === 'number' && kind !== undefined) return sayAmount(value, kind)
  const named =
    typeof value === 'object' && !Array.isArray(value) ? (value as { readonly [key: string]: SettingValue }).class_name : undefined
  const text = Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'object'
      ? typeof named === 'string'
        ? named
        : undefined
      : String(value)
  if (text === undefined || (Array.isArray(value) && value.some(item => typeof item === 'object'))) return undefined
  const shown = withoutSecrets(`${key}: ${text}`).slice(key.length + 2)
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown === '' ? 'empty' : shown
}

/** The release's own default: code, or words. Undefined when it has none. */
export function sayDefault(found: FoundProperty, key: string): string | undefined {
  const value = found.property.default as PlainValue | undefined
  if (value === undefined || value === null) return undefined
  if (isSecret(key)) return 'set by the release'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `\`${cut(value.map(String).join(', '))}\``
  if (typeof value === 'object') return undefined
  if (value === '') return 'empty'
  const own = `\`${cut(String(value))}\``
  if (found.renamed && found.renamed.by !== key) return found.renamed.converter === 'IDENTITY' ? own : `${own} of \`${found.name}\``
  const amount = typeof value === 'number' ? amountOfNumber(found, value) : undefined
  const kind = kindOf(found)
  const said = amount !== undefined && kind ? sayAmount(amount, kind) : undefined
  return said === undefined ? own : `${own} (${said})`
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
