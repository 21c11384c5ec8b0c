/**
 * A YAML node becomes a Java value of a wanted type, as SnakeYAML's constructors would make it: scalars by type, lists as arguments of constructors,
 * blocks as beans. Driven by the catalogue's types and constructors alone.
 */
import { makeQuantity, parseQuantity, quantityType } from '../../catalog/quantity.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import { catalogueOf, classShape, enumOf, findProperty } from '../../catalog/settings-catalogue.ts'
import { implicitType, readBoolean, readFloat, readInteger, type ScalarType, type SnakeYaml } from '../../syntax/snake-yaml.ts'
import type { YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from '../../syntax/yaml-tree.ts'
import type { Span } from '../../text/span.ts'
import { bean, fromArguments } from './construct-arguments.ts'
import { type LoadedField, type LoadedValue, type LoadRefusal, unknownValue } from './loaded-value.ts'
import { convertOldValue, nullOfOldName } from './old-value.ts'
import { isRetryStrategy } from './retry-strategy.ts'

/** The value could not be made; why stands among the refusals. */
export const refused: unique symbol = Symbol('refused')
export type Constructed = LoadedValue | typeof refused

export interface Construction {
  readonly line: ReleaseLine
  readonly snake: SnakeYaml
  readonly refusals: LoadRefusal[]
}

/** The place of a value: for refusals. */
export interface Where {
  readonly path: string
  readonly owner: string
  readonly keySpan: Span
}

export type Wanted = { readonly type: string; readonly of?: readonly (string | null)[] | undefined }

export function snakeOf(line: ReleaseLine): SnakeYaml {
  return catalogueOf(line).snakeYaml.startsWith('1.') ? 'snake-1' : 'snake-2'
}

const intMinimum = -2147483648n
const intMaximum = 2147483647n
const longMinimum = -9223372036854775808n
const longMaximum = 9223372036854775807n
const listTypes = new Set(['List', 'Collection', 'Iterable', 'ArrayList', 'CopyOnWriteArrayList'])
const setTypes = new Set(['Set', 'HashSet', 'LinkedHashSet', 'TreeSet', 'SortedSet'])
const mapTypes = new Set(['Map', 'ConcurrentMap', 'LinkedHashMap', 'HashMap', 'TreeMap'])
/** Maps that SnakeYAML makes by Cassandra's own factory, a concurrent map: no null in them. */
const nullFreeMaps = new Set(['Map', 'ConcurrentMap'])
const primitives = new Set(['boolean', 'int', 'long', 'double', 'float', 'short', 'byte', 'char'])

export function isPrimitive(type: string): boolean {
  return primitives.has(type)
}

/** Implicit or explicit type of a scalar; an unknown tag was refused by the parser. */
export function scalarType(node: YamlScalar, snake: SnakeYaml): ScalarType {
  if (node.tag !== undefined) {
    const tag = /^!!(\w+)$|2002:(\w+)>$/.exec(node.tag)
    const name = tag?.[1] ?? tag?.[2]
    if (name === 'bool' || name === 'int' || name === 'float' || name === 'null' || name === 'merge' || name === 'timestamp') return name
    return 'str'
  }
  return node.style === 'plain' ? implicitType(node.text, snake) : 'str'
}

/** Nothing written, `~` or `null`. */
export function isNull(node: YamlNode | undefined, snake: SnakeYaml): boolean {
  return node === undefined || (node.kind === 'scalar' && !node.placeholder && scalarType(node, snake) === 'null')
}

/** A value of the wanted type; `null` where the node is null (whether that is allowed is the property's matter). */
export function construct(node: YamlNode | undefined, wanted: Wanted, where: Where, context: Construction): Constructed {
  if (node === undefined) return null
  if (node.kind === 'scalar') {
    if (node.placeholder) return unknownValue
    if (scalarType(node, context.snake) === 'null') return null
    return fromScalar(node, wanted, where, context)
  }
  if (wanted.type === 'Object') return natural(node, where, context)
  return node.kind === 'sequence' ? fromSequence(node, wanted, where, context) : fromMapping(node, wanted, where, context)
}

export function refuse(
  kind: LoadRefusal['kind'],
  node: YamlNode,
  wanted: Wanted,
  where: Where,
  context: Construction,
  more: Partial<LoadRefusal> = {},
): typeof refused {
  const refusal: LoadRefusal = {
    kind,
    path: where.path,
    owner: where.owner,
    at: node.span,
    keySpan: where.keySpan,
    type: wanted.type,
    node,
    ...more,
  }
  context.refusals.push({
    ...refusal,
    ...(node.kind === 'scalar' ? { text: node.text } : {}),
    ...(wanted.of ? { of: wanted.of } : {}),
  })
  return refused
}

/** Of a scalar that is neither null nor a placeholder. */
function fromScalar(node: YamlScalar, wanted: Wanted, where: Where, context: Construction): Constructed {
  const { type } = wanted
  const { text } = node
  const wrong = (): typeof refused => refuse('wrong-type', node, wanted, where, context)
  if (node.tag !== undefined && type !== 'Object') {
    const explicit = fromTagged(node, type, context)
    if (explicit !== undefined) return explicit === refused ? wrong() : explicit
  }
  switch (type) {
    case 'Object':
      return naturalScalar(node, where, context)
    case 'String':
      return text
    case 'boolean':
    case 'Boolean': {
      const value = readBoolean(text)
      return value === null && type === 'boolean' ? wrong() : value
    }
    case 'int':
    case 'Integer':
    case 'long':
    case 'Long': {
      const value = readInteger(text)
      if (value === undefined) return wrong()
      const isLong = type === 'long' || type === 'Long'
      if (value < (isLong ? longMinimum : intMinimum) || value > (isLong ? longMaximum : intMaximum))
        return refuse('too-large', node, wanted, where, context)
      return Number(value)
    }
    case 'double':
    case 'Double':
    case 'float':
    case 'Float': {
      const value = readFloat(text)
      return value === undefined ? wrong() : value
    }
  }
  const words = enumOf(context.line, type)
  if (words) return words.includes(text) ? text : refuse('wrong-word', node, wanted, where, context)
  return fromOneArgument(node, wanted, where, context)
}

/** A scalar for a class: its constructor of one argument, or that of a text when there are several. */
function fromOneArgument(node: YamlScalar, wanted: Wanted, where: Where, context: Construction): Constructed {
  const shape = classShape(context.line, wanted.type)
  const candidates = (shape?.constructors ?? []).filter(parameters => parameters.length === 1)
  const parameter = candidates.length === 1 ? candidates[0]![0]! : candidates.some(one => one[0] === 'String') ? 'String' : undefined
  if (!shape || shape.abstract || parameter === undefined) return refuse('wrong-type', node, wanted, where, context)
  if (parameter === 'String') return fromText(node.text, node, wanted, where, context)
  if (parameter === 'int' || parameter === 'long') {
    const value = readInteger(node.text)
    if (value === undefined || value < intMinimum || value > intMaximum) return refuse('wrong-type', node, wanted, where, context)
    return fromNumber(value, node, wanted, where, context)
  }
  if (parameter === 'boolean') {
    const value = readBoolean(node.text)
    return value === null ? refuse('wrong-type', node, wanted, where, context) : bean(wanted.type, {}, context)
  }
  return refuse('wrong-type', node, wanted, where, context)
}

/** A class made from a text: a quantity, a class name, a subnet. */
export function fromText(text: string, node: YamlNode, wanted: Wanted, where: Where, context: Construction): Constructed {
  const quantity = quantityType(wanted.type)
  if (quantity) {
    const value = parseQuantity(text, quantity)
    return typeof value === 'string'
      ? refuse('wrong-unit', node, wanted, where, context, { quantityProblem: value })
      : { ...value, kind: 'quantity', of: value.kind }
  }
  if (wanted.type === 'ParameterizedClass')
    return bean(wanted.type, { class_name: text, parameters: { kind: 'map', entries: new Map() } }, context)
  if (wanted.type === 'StringRetryStrategy') return isRetryStrategy(text) ? text : refuse('wrong-type', node, wanted, where, context)
  return text
}

/** A class made from a number. */
export function fromNumber(value: bigint, node: YamlNode, wanted: Wanted, where: Where, context: Construction): Constructed {
  const quantity = quantityType(wanted.type)
  if (quantity) {
    const made = makeQuantity(value, quantity.least, quantity)
    return typeof made === 'string'
      ? refuse('wrong-unit', node, wanted, where, context, { quantityProblem: made })
      : { ...made, kind: 'quantity', of: made.kind }
  }
  if (wanted.type === 'OptionaldPositiveInt')
    return value === -1n || value >= 1n ? Number(value) : refuse('too-large', node, wanted, where, context)
  return Number(value)
}

/** Explicit tags. Undefined: the tag suits the type, go on as without it. */
function fromTagged(node: YamlScalar, type: string, context: Construction): Constructed | undefined {
  const tag = scalarType(node, context.snake)
  const { text } = node
  if (tag === 'int') {
    if (type === 'Integer' || type === 'Long') return undefined
    const value = readInteger(text)
    if (value === undefined) return refused
    const fitsInt = value >= intMinimum && value <= intMaximum
    if (type === 'int' || type === 'double' || type === 'float') return fitsInt ? Number(value) : refused
    return type === 'long' && value >= longMinimum && value <= longMaximum ? Number(value) : refused
  }
  if (tag === 'float') {
    if (type === 'Double' || type === 'Float') return undefined
    return type === 'double' || type === 'float' ? (readFloat(text) ?? refused) : refused
  }
  if (tag === 'bool') return type === 'boolean' || type === 'Boolean' ? undefined : refused
  if (tag === 'str') return type === 'String' ? text : refused
  return refused
}

/** A value whose type is not known: by its implicit type. */
export function natural(node: YamlNode | undefined, where: Where, context: Construction): Constructed {
  if (node === undefined) return null
  if (node.kind === 'scalar') {
    if (node.placeholder) return unknownValue
    return naturalScalar(node, where, context)
  }
  if (node.kind === 'sequence') {
    const items: LoadedValue[] = []
    for (const item of node.items) {
      const value = natural(item, where, context)
      if (value === refused) return refused
      items.push(value)
    }
    return items
  }
  return mapFrom(node, { type: 'Map', of: ['Object', 'Object'] }, where, context)
}

function naturalScalar(node: YamlScalar, where: Where, context: Construction): Constructed {
  const wrong = (): typeof refused => refuse('wrong-type', node, { type: 'Object' }, where, context)
  switch (scalarType(node, context.snake)) {
    case 'null':
      return null
    case 'bool':
      return readBoolean(node.text)
    case 'int': {
      const value = readInteger(node.text)
      return value === undefined ? wrong() : Number(value)
    }
    case 'float': {
      const value = readFloat(node.text)
      return value === undefined ? wrong() : value
    }
    case 'timestamp':
      return { kind: 'date', text: node.text }
    case 'merge':
      return wrong()
  }
  return node.text
}

function fromSequence(node: YamlSequence, wanted: Wanted, where: Where, context: Construction): Constructed {
  const { type } = wanted
  const isSet = setTypes.has(type)
  if (isSet || listTypes.has(type) || type.endsWith('[]')) {
    const item = type.endsWith('[]') ? type.slice(0, -2) : (wanted.of?.[0] ?? 'Object')
    const items: LoadedValue[] = []
    let failed = false
    for (const one of node.items) {
      const value = item === 'Object' ? natural(one, where, context) : construct(one, { type: item }, where, context)
      if (value === refused) failed = true
      else if (value === null && (isSet || isPrimitive(item)))
        failed = refuse('wrong-type', one ?? node, wanted, where, context) === refused
      else items.push(value)
    }
    return failed ? refused : items
  }
  return fromArguments(node, wanted, where, context)
}

function fromMapping(node: YamlMapping, wanted: Wanted, where: Where, context: Construction): Constructed {
  const { type } = wanted
  const shape = classShape(context.line, type)
  if (mapTypes.has(type) || shape?.map) return mapFrom(node, wanted, where, context)
  if (setTypes.has(type)) {
    const item = wanted.of?.[0] ?? 'Object'
    const items: LoadedValue[] = []
    for (const entry of lastEntries(node)) {
      const value = construct(entry.key, { type: item }, where, context)
      if (value === refused) return refused
      if (value === null) return refuse('wrong-type', node, wanted, where, context)
      items.push(value)
    }
    return items
  }
  if (type === 'String' && node.entries.length === 0) return ''
  const hasDefault = shape?.constructors.some(parameters => parameters.length === 0) ?? false
  if (!shape || shape.abstract || !hasDefault || quantityType(type)) return refuse('wrong-type', node, wanted, where, context)
  return fillBean(node, type, where.path, context)
}

function mapFrom(node: YamlMapping, wanted: Wanted, where: Where, context: Construction): Constructed {
  const keyType = wanted.of?.[0] ?? 'Object'
  const valueType = wanted.of?.[1] ?? 'Object'
  const entries = new Map<string, LoadedValue>()
  let failed = false
  for (const entry of lastEntries(node)) {
    if (entry.key.placeholder) continue
    const inside = { ...where, path: `${where.path}.${entry.key.text}`, keySpan: entry.key.span }
    const key = construct(entry.key, { type: keyType }, inside, context)
    const value = construct(
      entry.value,
      valueType === 'Map' ? { type: 'Map', of: ['Object', 'Object'] } : { type: valueType },
      inside,
      context,
    )
    if (key === refused || value === refused) failed = true
    else if ((key === null || value === null) && nullFreeMaps.has(wanted.type))
      failed = refuse('null-value', entry.value ?? entry.key, { type: valueType }, inside, context) === refused
    else entries.set(key === unknownValue ? entry.key.text : String(key), value)
  }
  if (failed) return refused
  return node.entries.some(entry => entry.key.placeholder) ? unknownValue : { kind: 'map', entries }
}

/** Of equal keys the last one. */
export function lastEntries(mapping: YamlMapping): readonly YamlEntry[] {
  const last = new Map<string, YamlEntry>()
  for (const entry of mapping.entries) last.set(entry.key.text, entry)
  return last.size === mapping.entries.length ? mapping.entries : mapping.entries.filter(entry => last.get(entry.key.text) === entry)
}

/** Sets the properties of a nested class; refusals carry the path of keys. */
export function fillBean(node: YamlMapping, className: string, path: string, context: Construction): Constructed {
  const fields = new Map<string, LoadedField>()
  const prefix = path === '' ? '' : `${path}.`
  for (const entry of lastEntries(node)) {
    if (entry.key.placeholder) continue
    const key = entry.key.text
    const where: Where = { path: prefix + key, owner: className, keySpan: entry.key.span }
    const found = findProperty(context.line, className, key)
    if (!found || found.property.readOnly) {
      context.refusals.push({ kind: 'unknown-key', path: where.path, owner: className, at: entry.key.span, keySpan: entry.key.span })
      continue
    }
    const value = construct(entry.value, found, where, context)
    if (value === refused) continue
    const field: LoadedField = {
      value,
      key,
      keySpan: entry.key.span,
      ...(entry.value ? { node: entry.value, span: entry.value.span } : { span: entry.key.span }),
    }
    const settled = settle(field, found, where, context)
    if (settled) fields.set(found.name, settled)
  }
  return node.entries.some(entry => entry.key.placeholder) ? unknownValue : { kind: 'bean', className, fields }
}

/** What a property does with a value: refuses null, converts the value of an old name. */
export function settle(
  field: LoadedField,
  found: {
    readonly name: string
    readonly type: string
    readonly property: { readonly default?: unknown; readonly nullable?: true; readonly unreadable?: true; readonly type: string }
    readonly renamed?: { readonly converter?: string }
  },
  where: Where,
  context: Construction,
): LoadedField | undefined {
  const { value } = field
  if (value === null) {
    const hasValue = found.renamed?.converter
      ? nullOfOldName(found.renamed.converter, found.property.default)
      : found.property.default !== undefined
    if (isPrimitive(found.property.type) || found.property.unreadable || (hasValue && found.property.nullable !== true)) {
      const at = field.span ?? where.keySpan
      const refusal: LoadRefusal = {
        kind: field.node === undefined || isNull(field.node, context.snake) ? 'null-value' : 'wrong-type',
        path: where.path,
        owner: where.owner,
        at,
        keySpan: where.keySpan,
        type: found.type,
      }
      context.refusals.push(field.node?.kind === 'scalar' ? { ...refusal, text: field.node.text, node: field.node } : refusal)
      return undefined
    }
    return field
  }
  if (!found.renamed?.converter || value === unknownValue) return field
  const converted = convertOldValue(value, found.renamed.converter, found.property.type, context.line)
  if (converted.refused === undefined) return { ...field, value: converted.value }
  if (field.node) {
    if (converted.refused === 'never-converted') refuse('never-converted', field.node, { type: found.type }, where, context)
    else refuse('too-large', field.node, { type: found.type }, where, context, { quantityProblem: converted.refused })
  }
  return undefined
}
