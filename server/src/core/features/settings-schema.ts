/** The JSON Schema of a release's cassandra.yaml, from the catalogue: for editors that know schemas, and for `foretell schema`. */
import { quantityType, unitsOf } from '../catalog/quantity.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import { type ClassShape, catalogueOf, type PlainValue, type PropertyShape, topClass } from '../catalog/settings-catalogue.ts'

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly [key: string]: unknown
}

const whole = new Set(['int', 'Integer', 'long', 'Long', 'short', 'Short'])
const fractional = new Set(['double', 'Double', 'float', 'Float'])
const lists = new Set(['List', 'Set', 'String[]', 'LinkedHashSet'])

/** Draft 2020-12. Old names are there, deprecated; an unknown key is refused, an empty value is not. */
export function settingsSchema(line: ReleaseLine): Schema {
  const { classes, version } = catalogueOf(line)
  const definitions: Record<string, Schema> = {}
  for (const [name, shape] of Object.entries(classes)) if (name !== topClass) definitions[name] = classSchema(line, name, shape)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `cassandra.yaml of Cassandra ${version}`,
    ...classSchema(line, topClass, classes[topClass]!),
    $defs: definitions,
  }
}

function classSchema(line: ReleaseLine, name: string, shape: ClassShape): Schema {
  const properties: Record<string, Schema> = {}
  for (const [key, property] of Object.entries(shape.properties)) properties[key] = propertySchema(line, property)
  for (const [key, renamed] of Object.entries(shape.replaced ?? {})) {
    if (Object.hasOwn(shape.properties, key)) continue
    const target = shape.properties[renamed.by]
    const type = renamed.type ?? target?.type
    if (type === undefined) continue
    properties[key] = { ...orEmpty(typeSchema(line, type, target?.of)), description: `Now called ${renamed.by}.`, deprecated: true }
  }
  if (name === topClass) return { type: 'object', properties, additionalProperties: false }
  const takes = (parameter: RegExp) => shape.constructors.some(parameters => parameters.length === 1 && parameter.test(parameters[0]!))
  // A class that is made from a map reads its parameters as a map or as a list with one in it, and so is it itself.
  const fromMap = takes(/Map$/)
  if (fromMap && properties.parameters) properties.parameters = { type: ['object', 'array', 'null'] }
  const object: Schema = { type: 'object', properties, additionalProperties: shape.map === true || shape.abstract === true }
  const others: Schema[] = []
  if (fromMap) others.push({ type: 'array', items: object })
  if (takes(/^String$/)) others.push({ type: 'string' })
  return others.length > 0 ? { anyOf: [object, ...others] } : object
}

function propertySchema(line: ReleaseLine, property: PropertyShape): Schema {
  const fallback = property.default as PlainValue | undefined
  return {
    ...orEmpty(typeSchema(line, property.type, property.of)),
    ...(fallback === undefined || fallback === null ? {} : { default: fallback }),
    ...(property.deprecated ? { deprecated: true } : {}),
  }
}

/** A key with nothing after it is taken. */
function orEmpty(schema: Schema): Schema {
  return typeof schema.type === 'string' && schema.enum === undefined
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] }
}

function typeSchema(line: ReleaseLine, type: string, of: readonly (string | null)[] | undefined): Schema {
  const { classes, enums } = catalogueOf(line)
  if (type === 'boolean' || type === 'Boolean') return { type: 'boolean' }
  if (type === 'String') return { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] }
  if (whole.has(type)) return { type: 'integer' }
  if (fractional.has(type)) return { type: 'number' }
  const quantity = quantityType(type)
  if (quantity) return { type: 'string', pattern: `^\\d+(?:${unitsOf(quantity).join('|')})$` }
  const members = Object.hasOwn(enums, type) ? enums[type]! : undefined
  if (members) return { enum: [...new Set(members.flatMap(member => [member, member.toLowerCase(), member.toUpperCase()]))] }
  if (lists.has(type) || type.endsWith('[]')) return { type: 'array', items: of?.[0] ? typeSchema(line, of[0], undefined) : {} }
  if (type.endsWith('Map')) {
    const values = of?.[1]
    return { type: 'object', additionalProperties: values && values !== 'Map' ? orEmpty(typeSchema(line, values, undefined)) : true }
  }
  return Object.hasOwn(classes, type) ? { $ref: `#/$defs/${type}` } : {}
}
