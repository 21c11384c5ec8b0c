/**
 * The settings of each release as its own jars have them: types, defaults, renames, enums. The data files beside this one are generated
 * (`npm run catalogue`); here is their shape and the questions that everybody asks of them.
 */
import { type ReleaseLine, releaseLines } from './release.ts'
import line311 from './releases/3.11.json'
import line40 from './releases/4.0.json'
import line41 from './releases/4.1.json'
import line50 from './releases/5.0.json'
import line60 from './releases/6.0.json'

export type PlainValue = string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue }

export interface PropertyShape {
  /** Java type by its simple name; nested option classes and enums by the catalogue's names. */
  readonly type: string
  /** Type arguments of a list, set or map; the element type of an array. */
  readonly of?: readonly (string | null)[]
  /** Missing when it is null: often computed at the start. */
  readonly default?: PlainValue
  /** Takes an empty value although its default is not null. */
  readonly nullable?: true
  /** The release in which it was deprecated, or `true`. */
  readonly deprecated?: true | string
  readonly readOnly?: true
  /** Its getter fails before the start has applied the options; so an empty value is refused. */
  readonly unreadable?: true
  /** Set through a method, which may check the value. */
  readonly setter?: true
}

export interface RenamedShape {
  /** The name that it has now. */
  readonly by: string
  /** Missing: that of the new name. */
  readonly type?: string
  readonly converter?: string
  readonly deprecated?: true
}

export interface ClassShape {
  /** Parameter types of each constructor: they decide which YAML shapes are taken. */
  readonly constructors: readonly (readonly string[])[]
  readonly abstract?: true
  /** A map by inheritance: takes any keys. */
  readonly map?: true
  readonly properties: { readonly [name: string]: PropertyShape }
  readonly replaced?: { readonly [oldName: string]: RenamedShape }
}

export interface ReleaseCatalogue {
  readonly line: ReleaseLine
  /** The release that was read: `5.0.9`. */
  readonly version: string
  /** Fingerprint of the program that read it. */
  readonly madeBy: string
  readonly snakeYaml: string
  readonly classes: { readonly [name: string]: ClassShape }
  readonly enums: { readonly [name: string]: readonly string[] }
  /** Role (`IEndpointSnitch`) → classes that may be named without a package. */
  readonly bundled: { readonly [role: string]: readonly string[] }
  /** Words and numbers that the start-up validation compares with. */
  readonly words: {
    /** Options of CREATE TABLE and CREATE KEYSPACE that guardrails may name. */
    readonly tableOptions?: readonly string[]
    readonly keyspaceOptions?: readonly string[]
    /** Where the start checks them: what the audit log may be narrowed to. */
    readonly auditCategories?: readonly string[]
    /** Keyspaces of the system, which old thresholds count in. */
    readonly systemKeyspaces?: number
    /** Checks that may be configured, where the names are texts and no enum. */
    readonly startupChecks?: readonly string[]
  }
}

const catalogues: { readonly [L in ReleaseLine]: ReleaseCatalogue } = {
  '3.11': line311 as unknown as ReleaseCatalogue,
  '4.0': line40 as unknown as ReleaseCatalogue,
  '4.1': line41 as unknown as ReleaseCatalogue,
  '5.0': line50 as unknown as ReleaseCatalogue,
  '6.0': line60 as unknown as ReleaseCatalogue,
}

export function catalogueOf(line: ReleaseLine): ReleaseCatalogue {
  return catalogues[line]
}

/** The class that the top of cassandra.yaml fills. */
export const topClass = 'Config'

/** Own property, safe for names such as `constructor` and `toString`. */
function own<T>(table: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}

export function classShape(line: ReleaseLine, name: string): ClassShape | undefined {
  return own(catalogues[line].classes, name)
}

export function enumOf(line: ReleaseLine, name: string): readonly string[] | undefined {
  return own(catalogues[line].enums, name)
}

/** From 4.1 on `a.b: value` at the top sets `b` inside `a`. */
export function takesDottedKeys(line: ReleaseLine): boolean {
  return line !== '3.11' && line !== '4.0'
}

export interface FoundProperty {
  /** The name that the release keeps the value under; equals the name asked for unless that is an old one. */
  readonly name: string
  readonly property: PropertyShape
  /** How an old name's value becomes the new one's; missing for a present name. */
  readonly renamed?: RenamedShape
  /** Type that the value must have as written. */
  readonly type: string
  readonly of?: readonly (string | null)[]
}

const found = new Map<ReleaseLine, Map<string, ReadonlyMap<string, FoundProperty>>>()

/** A key of a class as the release's loader finds it; undefined when it refuses the key. */
export function findProperty(line: ReleaseLine, className: string, key: string): FoundProperty | undefined {
  let classes = found.get(line)
  if (!classes) {
    classes = new Map()
    found.set(line, classes)
  }
  let properties = classes.get(className)
  if (!properties) {
    properties = propertiesOf(line, className)
    classes.set(className, properties)
  }
  return properties.get(key)
}

function propertiesOf(line: ReleaseLine, className: string): ReadonlyMap<string, FoundProperty> {
  const result = new Map<string, FoundProperty>()
  const shape = classShape(line, className)
  for (const key of [...Object.keys(shape?.properties ?? {}), ...Object.keys(shape?.replaced ?? {})]) {
    const property = makeProperty(shape!, key)
    if (property) result.set(key, property)
  }
  return result
}

function makeProperty(shape: ClassShape, key: string): FoundProperty | undefined {
  const renamed = own(shape.replaced, key)
  const name = renamed?.by ?? key
  const property = own(shape.properties, name)
  if (!property) return undefined
  const result: FoundProperty = { name, property, type: renamed?.type ?? property.type }
  if (property.of && !renamed) return { ...result, of: property.of }
  return renamed ? { ...result, renamed } : result
}

/** Path of property classes for a top-level key, dotted where the line allows it; undefined when some step is unknown. */
export function findPath(line: ReleaseLine, key: string): readonly FoundProperty[] | undefined {
  const direct = findProperty(line, topClass, key)
  if (direct) return [direct]
  if (!key.includes('.') || !takesDottedKeys(line)) return undefined
  const steps: FoundProperty[] = []
  let className = topClass
  for (const segment of javaSplit(key)) {
    // Inside a dotted key the loader does not look at old names.
    const property = own(classShape(line, className)?.properties, segment)
    if (!property) return undefined
    steps.push({ name: segment, property, type: property.type, ...(property.of ? { of: property.of } : {}) })
    className = property.type
  }
  return steps.length > 0 ? steps : undefined
}

/** As Java's `split("\\.")`: empty parts at the end do not count. */
function javaSplit(key: string): string[] {
  const parts = key.split('.')
  while (parts.length > 0 && parts.at(-1) === '') parts.pop()
  return parts
}

/** Whether a line takes the key at the top. */
export function acceptsKey(line: ReleaseLine, key: string): boolean {
  return findPath(line, key) !== undefined
}

/** The lines that take a key at the top, in order. */
export function linesAccepting(key: string): readonly ReleaseLine[] {
  return releaseLines.filter(line => acceptsKey(line, key))
}

export interface OldName {
  readonly name: string
  readonly renamed: RenamedShape
  /** The first line in which it is an old name. */
  readonly since: ReleaseLine
}

const successors: ReadonlyMap<string, OldName> = collectSuccessors()

function collectSuccessors(): Map<string, OldName> {
  const result = new Map<string, OldName>()
  for (const line of releaseLines)
    for (const [name, renamed] of Object.entries(catalogues[line].classes[topClass]?.replaced ?? {}))
      if (renamed.by !== name && !result.has(name)) result.set(name, { name, renamed, since: line })
  return result
}

/** What became of an old top-level name; undefined for a name that was never replaced. */
export function successorOf(name: string): OldName | undefined {
  return successors.get(name)
}

/** The newest name of a top-level setting, through every rename. */
export function newestName(name: string): string {
  let current = name
  for (let step = 0; step < 10; step++) {
    const next = successors.get(current)
    if (!next) return current
    current = next.renamed.by
  }
  return current
}

const families: ReadonlyMap<string, readonly string[]> = collectFamilies()

function collectFamilies(): Map<string, string[]> {
  const result = new Map<string, string[]>()
  for (const name of successors.keys()) {
    const newest = newestName(name)
    const family = result.get(newest) ?? [newest]
    family.push(name)
    result.set(newest, family)
  }
  return result
}

/** All names that a setting has had, the newest first. */
export function namesOf(name: string): readonly string[] {
  const newest = newestName(name)
  return families.get(newest) ?? [newest]
}

const namesInLine = new Map<ReleaseLine, Map<string, string | undefined>>()

/** The name under which a line knows a setting, its present name if it has several; undefined when it has none. */
export function nameInLine(line: ReleaseLine, name: string): string | undefined {
  let known = namesInLine.get(line)
  if (!known) {
    known = new Map()
    namesInLine.set(line, known)
  }
  // Names come from files too: what no release has is not remembered.
  if (!known.has(name)) {
    const found = findNameInLine(line, name)
    if (found === undefined && known.size > 5000) return undefined
    known.set(name, found)
  }
  return known.get(name)
}

function findNameInLine(line: ReleaseLine, name: string): string | undefined {
  const names = namesOf(name)
  const properties = catalogues[line].classes[topClass]?.properties
  return names.find(one => own(properties, one) !== undefined) ?? names.find(one => findProperty(line, topClass, one) !== undefined)
}

/** Every key that a line takes at the top: present names, then old ones. */
export function topKeys(line: ReleaseLine): readonly string[] {
  const shape = catalogues[line].classes[topClass]!
  return [...Object.keys(shape.properties), ...Object.keys(shape.replaced ?? {}).filter(name => !Object.hasOwn(shape.properties, name))]
}
