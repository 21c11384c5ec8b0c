/** A YAML list where a class is wanted: its items are the arguments of a constructor, chosen as SnakeYAML chooses. */
import { makeQuantity, quantityType } from '../../catalog/quantity.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import { classShape, enumOf } from '../../catalog/settings-catalogue.ts'
import { implicitType, readFloat } from '../../syntax/snake-yaml.ts'
import type { YamlNode, YamlSequence } from '../../syntax/yaml-tree.ts'
import {
  type Constructed,
  type Construction,
  construct,
  fromNumber,
  fromText,
  natural,
  refuse,
  refused,
  type Wanted,
  type Where,
} from './construct-value.ts'
import { isMap, type LoadedField, type LoadedValue, unknownValue } from './loaded-value.ts'

/** A list for a class: its items are the arguments of a constructor. */
export function fromArguments(node: YamlSequence, wanted: Wanted, where: Where, context: Construction): Constructed {
  const wrong = (): typeof refused => refuse('wrong-type', node, wanted, where, context)
  const constructors = constructorsOf(wanted.type, context.line)
  const candidates = constructors.filter(parameters => parameters.length === node.items.length)
  if (candidates.length === 0 || enumOf(context.line, wanted.type)) return wrong()
  if (node.items.some(item => item?.kind === 'scalar' && item.placeholder)) return unknownValue
  if (candidates.length === 1) {
    const values: LoadedValue[] = []
    for (const [i, item] of node.items.entries()) {
      const parameter = candidates[0]![i]!
      const value = construct(
        item,
        parameter === 'Map'
          ? { type: 'Map', of: ['Object', 'Object'] }
          : parameter === 'List'
            ? { type: 'List', of: ['Object'] }
            : { type: parameter },
        where,
        context,
      )
      if (value === refused) return refused
      values.push(value)
    }
    return invoke(candidates[0]!, values, node, wanted, where, context)
  }
  const values: LoadedValue[] = []
  for (const item of node.items) {
    const value = natural(item, where, context)
    if (value === refused) return refused
    if (value === null) return wrong()
    values.push(value)
  }
  const fitting = candidates.find(parameters => parameters.every((parameter, i) => isAssignable(parameter, values[i]!, node.items[i])))
  return fitting ? invoke(fitting, values, node, wanted, where, context) : wrong()
}

/** Constructors of Java's own classes, as far as a list can reach them. */
const javaConstructors: { readonly [type: string]: readonly (readonly string[])[] } = {
  String: [[], ['String'], ['char[]']],
  Integer: [['int'], ['String']],
  Long: [['long'], ['String']],
  Double: [['double'], ['String']],
  Float: [['float'], ['double'], ['String']],
  Boolean: [['boolean'], ['String']],
}
function constructorsOf(type: string, line: ReleaseLine): readonly (readonly string[])[] {
  return (Object.hasOwn(javaConstructors, type) ? javaConstructors[type] : classShape(line, type)?.constructors) ?? []
}

/** Whether a value made without a wanted type can be passed for a parameter. */
function isAssignable(parameter: string, value: LoadedValue, node: YamlNode | undefined): boolean {
  switch (parameter) {
    case 'String':
      return typeof value === 'string'
    case 'boolean':
    case 'Boolean':
      return typeof value === 'boolean'
    case 'int':
    case 'Integer':
      return isInteger(value, node) && Math.abs(value as number) <= 2147483647
    case 'long':
    case 'Long':
      return isInteger(value, node) && Math.abs(value as number) > 2147483647
    case 'double':
    case 'Double':
      return typeof value === 'number' && !isInteger(value, node)
    case 'List':
    case 'Collection':
      return Array.isArray(value)
    case 'Map':
      return isMap(value)
  }
  return false
}
/** Whether SnakeYAML made a whole number of it: `1.0` is none. */
function isInteger(value: LoadedValue, node: YamlNode | undefined): boolean {
  return typeof value === 'number' && node?.kind === 'scalar' && implicitType(node.text, 'snake-2') === 'int'
}

function invoke(
  parameters: readonly string[],
  values: readonly LoadedValue[],
  node: YamlSequence,
  wanted: Wanted,
  where: Where,
  context: Construction,
): Constructed {
  const { type } = wanted
  const wrong = (): typeof refused => refuse('wrong-type', node, wanted, where, context)
  const [first] = values
  if (type === 'String') return first === undefined ? '' : typeof first === 'string' ? first : wrong()
  if (Object.hasOwn(javaConstructors, type)) {
    if (typeof first !== 'string') return first ?? wrong()
    if (type === 'Boolean') return first.toLowerCase() === 'true'
    const number = type === 'Integer' || type === 'Long' ? (/^[+-]?\d+$/.test(first) ? Number(first) : undefined) : readFloat(first)
    return number === undefined ? wrong() : number
  }
  if (values.length === 0) return bean(type, {}, context)
  if (parameters.length === 1) {
    if (parameters[0] === 'String') return typeof first === 'string' ? fromText(first, node, wanted, where, context) : wrong()
    if (parameters[0] === 'int' || parameters[0] === 'long')
      return typeof first === 'number' ? fromNumber(BigInt(Math.trunc(first)), node, wanted, where, context) : wrong()
    if (parameters[0] === 'boolean') return typeof first === 'boolean' ? bean(type, {}, context) : wrong()
    if (parameters[0] === type) return first === null ? wrong() : (first ?? wrong())
    if (parameters[0] === 'Map') return fromClassMap(first, node, wanted, where, context)
    if (parameters[0] === 'List') return Array.isArray(first) ? bean(type, {}, context) : wrong()
    return wrong()
  }
  if (quantityType(type) && typeof first === 'number') return fromUnit(first, values[1], node, wanted, where, context)
  return bean(type, {}, context)
}

const unitNames: { readonly [name: string]: string } = {
  NANOSECONDS: 'ns',
  MICROSECONDS: 'us',
  MILLISECONDS: 'ms',
  SECONDS: 's',
  MINUTES: 'm',
  HOURS: 'h',
  DAYS: 'd',
  BYTES: 'B',
  KIBIBYTES: 'KiB',
  MEBIBYTES: 'MiB',
  GIBIBYTES: 'GiB',
  BYTES_PER_SECOND: 'B/s',
  KIBIBYTES_PER_SECOND: 'KiB/s',
  MEBIBYTES_PER_SECOND: 'MiB/s',
}
function fromUnit(
  quantity: number,
  unit: LoadedValue | undefined,
  node: YamlNode,
  wanted: Wanted,
  where: Where,
  context: Construction,
): Constructed {
  const type = quantityType(wanted.type)
  const symbol = typeof unit === 'string' ? unitNames[unit] : undefined
  if (!type || symbol === undefined) return refuse('wrong-type', node, wanted, where, context)
  const made = makeQuantity(BigInt(Math.trunc(quantity)), symbol, type)
  return typeof made === 'string'
    ? refuse('wrong-unit', node, wanted, where, context, { quantityProblem: made })
    : { ...made, kind: 'quantity', of: made.kind }
}

/** The list form of a class setting: a map whose `parameters` is a list that begins with a map. */
function fromClassMap(
  value: LoadedValue | undefined,
  node: YamlSequence,
  wanted: Wanted,
  where: Where,
  context: Construction,
): Constructed {
  const wrong = (): typeof refused => refuse('wrong-type', node, wanted, where, context)
  if (classShape(context.line, wanted.type)?.map) return value ?? wrong()
  if (!isMap(value)) return wrong()
  const name = value.entries.get('class_name')
  if (name !== undefined && name !== unknownValue && typeof name !== 'string') return wrong()
  let parameters: LoadedValue = null
  if (value.entries.has('parameters')) {
    const list = value.entries.get('parameters')
    if (list === unknownValue) parameters = unknownValue
    else {
      if (!Array.isArray(list) || list.length === 0) return wrong()
      const first = (list as readonly LoadedValue[])[0]!
      if (first !== null && first !== unknownValue && !isMap(first)) return wrong()
      parameters = first
    }
  }
  // An inheriting class takes its parent's name as a text, whatever it is; without one the constructor fails.
  if (wanted.type === 'InheritingClass' && !value.entries.has('inherits')) return wrong()
  const fields: { [name: string]: LoadedValue } = { class_name: name ?? null, parameters }
  if (wanted.type === 'InheritingClass') fields.inherits = String(value.entries.get('inherits'))
  const result = bean(wanted.type, fields, context)
  return result
}

export function bean(className: string, fields: { readonly [name: string]: LoadedValue }, context: Construction): LoadedValue {
  if (className === 'String') return ''
  if (classShape(context.line, className)?.map) return { kind: 'map', entries: new Map() }
  const made = new Map<string, LoadedField>()
  for (const [name, value] of Object.entries(fields)) made.set(name, { value })
  return { kind: 'bean', className, fields: made }
}
