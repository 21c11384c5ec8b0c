/**
 * What a setting is on a node: as the file sets it under any name that the release takes, else the release's default. By its newest name; nested
 * ones dotted (`server_encryption_options.internode_encryption`). Durations in milliseconds, sizes in bytes, rates in bytes a second.
 */
import { parseQuantity, quantityType } from '../../catalog/quantity.ts'
import { type ReleaseLine, releaseLines } from '../../catalog/release.ts'
import {
  classShape,
  findProperty,
  namesOf,
  newestName,
  type PlainValue,
  takesDottedKeys,
  topClass,
} from '../../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import { entryOf, type YamlEntry, type YamlMapping } from '../../syntax/yaml-tree.ts'
import { absent, type Fact, known, unknown } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import type { Span } from '../../text/span.ts'
import { loadSettings } from './load-settings.ts'
import { isBean, isMap, isQuantity, type LoadedField, type LoadedValue, unknownValue } from './loaded-value.ts'
import { convertOldValue } from './old-value.ts'

export type SettingValue = number | boolean | string | readonly SettingValue[] | { readonly [key: string]: SettingValue }

/** Defaults that the class of settings leaves empty and every start fills in. */
const startDefaults: { readonly [name: string]: (line: ReleaseLine) => SettingValue } = {
  num_tokens: () => 1,
  storage_compatibility_mode: line => (line === '5.0' ? 'CASSANDRA_4' : 'NONE'),
}

/**
 * The setting's value. Known without a span: the release's default. Absent: not set, and the default is null or computed from the machine; or the
 * release has no such setting. Unknown: a placeholder, a value that the release refuses, no file, or a template that may set it elsewhere.
 */
export function effectiveSetting(yaml: ParsedCassandraYaml | undefined, line: ReleaseLine, name: string): Fact<SettingValue> {
  if (!yaml) return unknown('no cassandra.yaml')
  const answers = answersOf(yaml)
  const question = `${line} ${name}`
  let answer = answers.get(question)
  if (!answer) {
    answer = readSetting(yaml, line, name)
    answers.set(question, answer)
  }
  return answer
}

/** Rules of a cluster ask every node again after each edit: what an untouched file says is remembered with it. */
const answersOf = memo((_yaml: ParsedCassandraYaml) => new Map<string, Fact<SettingValue>>())

function readSetting(yaml: ParsedCassandraYaml, line: ReleaseLine, name: string): Fact<SettingValue> {
  const newest = newestName(name.split('.')[0]!)
  const rest = name.split('.').slice(1)
  const entry = settingEntry(yaml.root, line, name)
  const whole = yaml.problems.some(problem => problem.kind !== 'settings')
  if (entry && yaml.template && timesSet(yaml.root, line, newest) > 1)
    return unknown(`${newest} is set in several branches of the template`, entry.key.span)
  const keep = presentName(line, newest)
  if (keep === undefined) return absent
  // Most settings of most files: nothing writes them, and the file need not be loaded for it.
  if (!entry && yaml.root && !whole && !yaml.keysMayBeElsewhere && !hasDottedKey(yaml.root)) return defaultOf(line, keep, rest, newest)
  const loaded = loadSettings(yaml, line)
  const field = follow(loaded.fields.get(keep), line, rest)
  if (field !== undefined && field !== 'missing') {
    if (field.value === unknownValue) return unknown(`${name} is a placeholder`, field.span)
    if (field.value !== null) {
      const plain = plainOf(field.value)
      const value = rest.length === 0 && typeof plain === 'number' && !isQuantity(field.value) ? (amountOfOld(plain, keep) ?? plain) : plain
      return value === undefined ? unknown(`${name} is a placeholder`, field.span) : known(value, field.span)
    }
    if (loaded.fields.get(keep)?.value === null || field.key !== undefined) return startDefault(line, newest, rest, field.span)
  }
  if (entry && field === undefined) return unknown(`${name} has a value that Cassandra refuses`, entry.value?.span ?? entry.key.span)
  if (field === 'missing' && yaml.keysMayBeElsewhere) return unknown(`${name} may be set by the template`)
  if (!entry && (yaml.keysMayBeElsewhere || whole || !yaml.root)) {
    if (!yaml.root && yaml.problems.length === 0 && !yaml.template) return defaultOf(line, keep, rest, newest)
    return unknown(`${newest} may be set elsewhere`)
  }
  return defaultOf(line, keep, rest, newest)
}

const hasDottedKey = memo((root: YamlMapping) => root.entries.some(({ key }) => key.text.includes('.')))

/** The default alone, as the release has it. */
export function defaultSetting(line: ReleaseLine, name: string): Fact<SettingValue> {
  const newest = newestName(name.split('.')[0]!)
  const keep = presentName(line, newest)
  return keep === undefined ? absent : defaultOf(line, keep, name.split('.').slice(1), newest)
}

/** The entry that sets a top-level setting (its first name segment) under any name of the line; of several the last. */
export function settingEntry(root: YamlMapping | undefined, line: ReleaseLine, name: string): YamlEntry | undefined {
  const [top = '', ...rest] = name.split('.')
  let last: YamlEntry | undefined
  const consider = (entry: YamlEntry | undefined): void => {
    if (entry && (!last || entry.span.start > last.span.start)) last = entry
  }
  for (const one of namesOf(top)) {
    if (!findProperty(line, topClass, one)) continue
    consider(entryOf(root, one))
    if (rest.length > 0 && takesDottedKeys(line)) consider(entryOf(root, [one, ...rest].join('.')))
  }
  return last
}

/** Shorthands of `effectiveSetting` for one type; a value of another type is unknown. */
export function effectiveNumber(yaml: ParsedCassandraYaml | undefined, line: ReleaseLine, name: string): Fact<number> {
  return ofType(effectiveSetting(yaml, line, name), name, value => typeof value === 'number')
}
export function effectiveBoolean(yaml: ParsedCassandraYaml | undefined, line: ReleaseLine, name: string): Fact<boolean> {
  return ofType(effectiveSetting(yaml, line, name), name, value => typeof value === 'boolean')
}
export function effectiveText(yaml: ParsedCassandraYaml | undefined, line: ReleaseLine, name: string): Fact<string> {
  return ofType(effectiveSetting(yaml, line, name), name, value => typeof value === 'string')
}
function ofType<T extends SettingValue>(fact: Fact<SettingValue>, name: string, fits: (value: SettingValue) => boolean): Fact<T> {
  if (fact.kind !== 'known') return fact
  return fits(fact.value) ? (fact as Fact<T>) : unknown(`${name} is of another type`, fact.span)
}

/** The name of `Config`'s field that holds the setting in a line. */
function presentName(line: ReleaseLine, newest: string): string | undefined {
  for (const one of namesOf(newest)) {
    const found = findProperty(line, topClass, one)
    if (found) return found.name
  }
  return undefined
}

/** The field of a nested class in a line, asked for by its newest name. */
function nestedName(line: ReleaseLine, className: string, segment: string): string {
  const found = findProperty(line, className, segment)
  if (found) return found.name
  for (const later of releaseLines)
    for (const [old, renamed] of Object.entries(classShape(later, className)?.replaced ?? {}))
      if (renamed.by === segment && findProperty(line, className, old)) return old
  return segment
}

function timesSet(root: YamlMapping | undefined, line: ReleaseLine, newest: string): number {
  const names = namesOf(newest).filter(one => findProperty(line, topClass, one))
  return root?.entries.filter(entry => names.includes(entry.key.text)).length ?? 0
}

/** `missing`: the class above does not set it. Undefined: nothing is set at all. */
function follow(field: LoadedField | undefined, line: ReleaseLine, rest: readonly string[]): LoadedField | 'missing' | undefined {
  let current = field
  for (const segment of rest) {
    if (!current) return undefined
    if (current.value === unknownValue || current.value === null) return current
    if (isMap(current.value)) {
      const value: LoadedValue | undefined = current.value.entries.get(segment)
      if (value === undefined) return 'missing'
      current = { ...current, value }
    } else if (isBean(current.value)) {
      const name = nestedName(line, current.value.className, segment)
      const next = current.value.fields.get(name)
      if (!next) return 'missing'
      current = next.span || !current.span ? next : { ...next, span: current.span }
    } else return 'missing'
  }
  return current
}

function startDefault(line: ReleaseLine, newest: string, rest: readonly string[], span?: Span): Fact<SettingValue> {
  if (rest.length === 0 && Object.hasOwn(startDefaults, newest)) return known(startDefaults[newest]!(line), span)
  return absent
}

function defaultOf(line: ReleaseLine, keep: string, rest: readonly string[], newest: string): Fact<SettingValue> {
  const property = findProperty(line, topClass, keep)?.property
  if (!property) return absent
  let value: PlainValue | undefined = property.default
  let type = property.type
  for (const segment of rest) {
    const name = nestedName(line, type, segment)
    type = findProperty(line, type, name)?.property.type ?? type
    value =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
        ? (value as { [key: string]: PlainValue })[name]
        : undefined
  }
  if (value === undefined || value === null) return startDefault(line, newest, rest)
  const plain = defaultPlain(value, type, line)
  if (plain === undefined) return startDefault(line, newest, rest)
  // Older lines keep the plain number of an old name: its unit is that of the later converter.
  if (rest.length === 0 && typeof plain === 'number' && !quantityType(type)) return known(amountOfOld(plain, keep) ?? plain)
  return known(plain)
}

function defaultPlain(value: PlainValue, type: string, line: ReleaseLine): SettingValue | undefined {
  const quantity = quantityType(type)
  if (quantity && typeof value === 'string') {
    const parsed = parseQuantity(value, quantity)
    return typeof parsed === 'string' ? undefined : parsed.amount
  }
  if (value === null) return undefined
  if (Array.isArray(value)) return value.flatMap(item => defaultPlain(item as PlainValue, '', line) ?? [])
  if (typeof value === 'object') {
    const result: { [key: string]: SettingValue } = {}
    for (const [key, inner] of Object.entries(value)) {
      const plain = defaultPlain(inner, classShape(line, type)?.properties[key]?.type ?? '', line)
      if (plain !== undefined) result[key] = plain
    }
    return result
  }
  return value
}

/** A plain number under an old name in lines before 4.1, by the unit that 4.1's converter gives it. */
function amountOfOld(value: number, name: string): number | undefined {
  for (const line of ['4.1', '5.0', '6.0'] as const) {
    const found = findProperty(line, topClass, name)
    if (!found?.renamed?.converter) continue
    const converted = convertOldValue(value, found.renamed.converter, found.property.type, line)
    return converted.refused === undefined && isQuantity(converted.value) ? converted.value.amount : undefined
  }
  return undefined
}

function plainOf(value: LoadedValue, key?: string): SettingValue | undefined {
  if (value === null || value === unknownValue) return undefined
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = (value as readonly LoadedValue[]).map(item => plainOf(item))
    return items.includes(undefined) ? undefined : (items as SettingValue[])
  }
  if (isQuantity(value)) return value.amount
  if (isBean(value) || isMap(value)) {
    const result: { [key: string]: SettingValue } = {}
    const pairs: [string, LoadedValue][] = isBean(value)
      ? [...value.fields].map(([name, field]) => [name, field.value])
      : [...value.entries]
    for (const [name, inner] of pairs) {
      const plain = plainOf(inner, name)
      if (plain !== undefined) result[name] = plain
    }
    return result
  }
  return key === undefined ? String((value as { text?: string }).text ?? '') : undefined
}
