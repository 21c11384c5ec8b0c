/** How messages about settings speak: values without secrets, types in operators' words, old values in new units. */
import { quantityType, unitsOf } from '../../catalog/quantity.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import { enumOf, type FoundProperty } from '../../catalog/settings-catalogue.ts'
import { converterOf } from '../../model/settings/old-value.ts'
import { readInteger } from '../../syntax/snake-yaml.ts'
import type { YamlEntry } from '../../syntax/yaml-tree.ts'
import type { TextEdit } from '../../text/text-edit.ts'
import { deleteLines, replace } from '../line-edits.ts'
import type { EntityKey } from '../rule.ts'

const secretKey = /(?:password|passphrase|secret|private_key|credential|token)(?!_file)\b|_password\b/i

/** A value as messages quote it: short, and dots for a secret. */
export function quoted(path: string, text: string): string {
  const last = path.slice(path.lastIndexOf('.') + 1)
  if (secretKey.test(last) && last !== 'initial_token') return '`•••`'
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text
  return `\`${shown.replaceAll('\n', ' ')}\``
}

export function settingKey(path: string): EntityKey {
  return `setting:${path}`
}

/** What a type wants: `a duration such as 10s (ms, s, m, h or d)`. */
export function wantedType(line: ReleaseLine, type: string | undefined, of?: readonly (string | null)[]): string {
  const quantity = quantityType(type ?? '')
  if (quantity) {
    const units = unitsOf(quantity)
    const example = `${quantity.kind === 'duration' ? 10 : quantity.kind === 'storage' ? 32 : 24}${units[Math.min(1, units.length - 1)]}`
    const kind = { duration: 'a duration', storage: 'a size', rate: 'a rate' }[quantity.kind]
    return `${kind} such as ${example}, in ${units.slice(0, -1).join(', ')}${units.length > 1 ? ' or ' : ''}${units.at(-1)}`
  }
  switch (type) {
    case 'boolean':
    case 'Boolean':
      return 'true or false'
    case 'int':
    case 'Integer':
    case 'long':
    case 'Long':
      return 'a whole number'
    case 'double':
    case 'Double':
    case 'float':
    case 'Float':
      return 'a number'
    case 'String':
      return 'one text'
    case 'String[]':
    case 'List':
    case 'Set':
      return `a list${of?.[0] && enumOf(line, of[0]) ? ` of ${enumOf(line, of[0])!.join(', ')}` : ''}`
    case 'Map':
    case 'LinkedHashMap':
    case 'ConcurrentMap':
      return 'a block of `name: value` lines'
    case 'ParameterizedClass':
      return 'a class: a list of one block with `class_name` and, if need be, `parameters` as a list'
  }
  const words = enumOf(line, type ?? '')
  return words ? `one of ${words.join(', ')}` : 'a block of options'
}

/** The text of an old name's value under its new name. Undefined: it cannot be told. Null: the line goes. */
export function convertedText(text: string, found: FoundProperty): string | null | undefined {
  const converter = converterOf(found.renamed?.converter)
  if (!converter) return text
  if (converter.lessSystemKeyspaces || converter.alwaysFails) return undefined
  if (!converter.unit) return text
  if (/^\d+(?:[a-zA-Zµ/]+)$/.test(text)) return text
  const number = readInteger(text)
  const value = number === undefined ? Number(text) : Number(number)
  if (Number.isNaN(value) && text !== 'NaN') return undefined
  if ((converter.none === 'minus-one' && value === -1) || (converter.none === 'negative' && value < 0)) return null
  if (Number.isNaN(value) || (converter.negativeIsZero && value < 0)) return `0${converter.unit}`
  if (value < 0) return undefined
  return `${Math.round(value * (converter.times ?? 1))}${converter.unit}`
}

/** Renames a key and converts its value; undefined when the value is not a plain one. */
export function renameEdits(entry: YamlEntry, found: FoundProperty): readonly TextEdit[] | undefined {
  const { value } = entry
  if (value === undefined) return [replace(entry.key.span, found.name)]
  if (!found.renamed?.converter || found.renamed.converter === 'IDENTITY') return [replace(entry.key.span, found.name)]
  if (value.kind !== 'scalar' || value.placeholder) return undefined
  const text = convertedText(value.text, found)
  if (text === undefined) return undefined
  if (text === null) return [deleteLines(entry.span)]
  return [replace(entry.key.span, found.name), replace(value.span, text)]
}
