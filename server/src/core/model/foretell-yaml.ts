/**
 * foretell.yaml → `Declared`. What is not accepted becomes a problem at its place and is left out; the rest counts all the same, so that one
 * mistyped key does not undo a file.
 */
import { parseRelease, type Release } from '../catalog/release.ts'
import type { ParsedForetellYaml } from '../syntax/parsed-file.ts'
import type { SyntaxProblem } from '../syntax/syntax-problem.ts'
import type { YamlNode } from '../syntax/yaml-tree.ts'
import { memo } from '../text/memo.ts'
import { nearestName } from '../text/nearest-name.ts'
import { type Located, located, type Span, spanOf, textAt } from '../text/span.ts'
import { parseAssertion } from './assertion.ts'
import type { Declared, DeclaredDatacenter, DeclaredNode } from './declared.ts'
import { type ForetellYaml, foretellYaml } from './foretell-yaml-schema.ts'
import { readDurationMillis, readRateBits, readSizeBytes } from './foretell-yaml-values.ts'

type Path = readonly PropertyKey[]
type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain }

/** Where each value stands, by its path. */
interface Places {
  readonly keys: Map<string, Span>
  readonly values: Map<string, Span>
}

/** What is declared when there is no foretell.yaml. */
export function nothingDeclared(): Declared {
  return {
    file: undefined,
    clusters: new Map(),
    datacenters: new Map(),
    nodes: new Map(),
    layout: [],
    exclude: [],
    links: [],
    workloads: [],
    repairWindows: new Map(),
    assertions: [],
    rules: new Map(),
    suppress: [],
    problems: [],
  }
}

/** What a foretell.yaml declares. Total: an unreadable file declares nothing but its problems. */
export function readForetellYaml(parsed: ParsedForetellYaml): Declared {
  const problems: SyntaxProblem[] = [...parsed.problems]
  const places: Places = { keys: new Map(), values: new Map() }
  const whole = spanOf(parsed.file, 0, Math.min(parsed.file.text.length, 1))
  const plain = parsed.root ? plainOf(parsed.root, [], places, problems) : {}
  const accepted = acceptedPart(plain, places, whole, problems)
  const declared = declaredOf(accepted, parsed, places, whole)
  for (const assertion of declared.assertions) {
    const read = parseAssertion(assertion)
    if (read.kind === 'unreadable')
      problems.push({ kind: 'value', detail: `This assertion cannot be read: expected ${read.expected}`, span: read.at })
  }
  problems.sort((a, b) => a.span.start - b.span.start)
  return { ...declared, problems }
}

const pathKey = (path: Path) => path.map(String).join('\u0000')

/** YAML 1.2 values; a number whose text says more than its value (`5.0`, `4.10`) stays text. */
function plainOf(node: YamlNode | undefined, path: Path, places: Places, problems: SyntaxProblem[]): Plain {
  if (!node) return null
  places.values.set(pathKey(path), node.span)
  if (node.kind === 'sequence') return node.items.map((item, i) => plainOf(item, [...path, i], places, problems))
  if (node.kind === 'mapping') {
    const result: { [key: string]: Plain } = Object.create(null)
    for (const entry of node.entries) {
      const key = entry.key.text
      const here = [...path, key]
      if (Object.hasOwn(result, key)) problems.push({ kind: 'foretell', detail: `${key} stands here twice`, span: entry.key.span })
      places.keys.set(pathKey(here), entry.key.span)
      result[key] = plainOf(entry.value, here, places, problems)
    }
    return result
  }
  if (node.style !== 'plain') return node.text
  if (/^(?:~|null|Null|NULL|)$/.test(node.text)) return null
  if (/^(?:true|True|TRUE)$/.test(node.text)) return true
  if (/^(?:false|False|FALSE)$/.test(node.text)) return false
  return /^-?\d/.test(node.text) && String(Number(node.text)) === node.text ? Number(node.text) : node.text
}

/** The part of a value that the schema accepts; the rest becomes problems. */
function acceptedPart(plain: Plain, places: Places, whole: Span, problems: SyntaxProblem[]): ForetellYaml {
  let rest = withoutNulls(plain)
  for (let round = 0; round < 50; round++) {
    const result = foretellYaml.safeParse(rest)
    if (result.success) return result.data
    for (const issue of result.error.issues) {
      const path = issue.path
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) {
          const here = [...path, key]
          const suggestion = nearestName(key, knownKeys(path))
          const detail = `${key} is no key ${path.length === 0 ? 'of foretell.yaml' : `of ${nameOf(path)}`}${suggestion ? `; ${suggestion} is meant, it seems` : ''}`
          problems.push({
            kind: suggestion ? `unknown-key:${suggestion}` : 'unknown-key',
            detail,
            span: places.keys.get(pathKey(here)) ?? whole,
          })
          rest = without(rest, here)
        }
      } else {
        const present = places.values.get(pathKey(path))
        const name = nameOf(path)
        const detail =
          present || path.length === 0 ? `${name} takes ${issue.message}${present ? wordsAt(present) : ''}` : `${name} is missing`
        problems.push({ kind: 'value', detail, span: present ?? places.keys.get(pathKey(path)) ?? placeAbove(path, places) ?? whole })
        rest = without(rest, present ? path : path.slice(0, -1))
      }
    }
    if (rest === undefined) break
  }
  return {}
}

/** `workloads[0].read` */
function nameOf(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${String(step)}`)).join('') || 'foretell.yaml'
}

function wordsAt(span: Span): string {
  const words = textAt(span)
  return words.length <= 40 && !words.includes('\n') ? `, not ${words}` : ''
}

function placeAbove(path: Path, places: Places): Span | undefined {
  for (let length = path.length - 1; length > 0; length--) {
    const above = path.slice(0, length)
    const span = places.keys.get(pathKey(above)) ?? places.values.get(pathKey(above))
    if (span) return span
  }
  return undefined
}

/** A key with nothing after it is as good as absent. */
function withoutNulls(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  const result: { [key: string]: Plain } = {}
  for (const [key, inner] of Object.entries(value))
    if (inner !== null)
      Object.defineProperty(result, key, { value: withoutNulls(inner), enumerable: true, writable: true, configurable: true })
  return result
}

function without(value: Plain, path: Path): Plain {
  const [first, ...rest] = path
  if (first === undefined) return {}
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const index = Number(first)
    return rest.length === 0
      ? value.map((item, i) => (i === index ? '' : item)).filter((_, i) => i !== index)
      : value.map((item, i) => (i === index ? without(item, rest) : item))
  }
  const copy = { ...value }
  const key = String(first)
  if (rest.length === 0) delete copy[key]
  else if (Object.hasOwn(copy, key)) copy[key] = without(copy[key]!, rest)
  return copy
}

interface SchemaShape {
  readonly shape?: Readonly<Record<string, unknown>>
  readonly def?: { readonly innerType?: unknown; readonly element?: unknown; readonly valueType?: unknown }
}

/** The keys that the schema knows at a path. */
function knownKeys(path: Path): string[] {
  let at: SchemaShape | undefined = foretellYaml as unknown as SchemaShape
  const bare = (schema: unknown): SchemaShape | undefined => {
    const inner = (schema as SchemaShape | undefined)?.def?.innerType
    return inner ? bare(inner) : (schema as SchemaShape | undefined)
  }
  for (const step of path) at = bare(at?.shape ? at.shape[String(step)] : (at?.def?.element ?? at?.def?.valueType))
  return Object.keys(at?.shape ?? {})
}

function declaredOf(yaml: ForetellYaml, parsed: ParsedForetellYaml, places: Places, whole: Span): Omit<Declared, 'problems'> {
  const valueAt = (...path: Path): Span => places.values.get(pathKey(path)) ?? whole
  const keyAt = (...path: Path): Span => places.keys.get(pathKey(path)) ?? valueAt(...path)
  const release = (value: string | number | undefined): Release | undefined =>
    value === undefined ? undefined : parseRelease(String(value))
  const quantity = (value: string | undefined, read: (text: string) => number | undefined, ...path: Path): Located<number> | undefined => {
    const number = value === undefined ? undefined : read(value)
    return number === undefined ? undefined : located(number, valueAt(...path))
  }
  const nodes = Object.entries(yaml.nodes ?? {}).map(([name, node]): [string, DeclaredNode] => [
    name,
    {
      ...given('files', node.files),
      ...given('address', node.address && located(node.address, valueAt('nodes', name, 'address'))),
      ...given('datacenter', node.datacenter && located(node.datacenter, valueAt('nodes', name, 'datacenter'))),
      ...given('rack', node.rack && located(node.rack, valueAt('nodes', name, 'rack'))),
      ...given('cluster', node.cluster),
      ...given('memoryBytes', node.memory && readSizeBytes(node.memory)),
      ...given('cores', node.cores),
      ...given('java', node.java),
      ...given('volumes', node.volumes),
      ...given('tokens', node.tokens),
      ...given('gateway', node.gateway),
      ...given('state', node.state),
      ...given('release', release(node.cassandra)),
      ...given('wireguardTools', node.wireguardTools?.toString()),
      span: keyAt('nodes', name),
    },
  ])
  const datacenters = Object.entries(yaml.datacenters ?? {}).map(([name, it]): [string, DeclaredDatacenter] => [
    name,
    {
      ...given('role', it.role),
      ...given('state', it.state),
      ...given('release', release(it.cassandra)),
      span: keyAt('datacenters', name),
    },
  ])
  return {
    file: parsed.file,
    ...given('release', release(yaml.cassandra)),
    ...given('upgradeTo', release(yaml.upgradeTo)),
    ...given('java', yaml.java),
    ...given('wireguardTools', yaml.wireguardTools?.toString()),
    clusters: new Map(
      Object.entries(yaml.clusters ?? {}).map(([name, it]) => [
        name,
        { ...given('release', release(it.cassandra)), span: keyAt('clusters', name) },
      ]),
    ),
    datacenters: new Map(datacenters),
    nodes: new Map(nodes),
    layout: yaml.layout ?? [],
    exclude: yaml.exclude ?? [],
    ...given('underlayMtu', yaml.network?.underlayMtu && located(yaml.network.underlayMtu, valueAt('network', 'underlayMtu'))),
    links: (yaml.network?.links ?? []).map((link, i) => ({
      between: link.between,
      ...given('roundTripMillis', link.roundTrip && readDurationMillis(link.roundTrip)),
      ...given('rateBitsPerSecond', link.rate && readRateBits(link.rate)),
      ...given('mtu', link.mtu),
      span: valueAt('network', 'links', i),
    })),
    workloads: (yaml.workloads ?? []).map((it, i) => ({
      keyspace: it.keyspace,
      ...given('read', it.read),
      ...given('write', it.write),
      ...given('serial', it.serial),
      strong: it.strong ?? false,
      clients: it.clients ?? [],
      failover: it.failover ?? [],
      span: valueAt('workloads', i),
      places: new Map(Object.keys(it).map(key => [key, valueAt('workloads', i, key)])),
    })),
    ...given('longestOutageMillis', quantity(yaml.longestOutage, readDurationMillis, 'longestOutage')),
    ...given('repairIntervalMillis', quantity(yaml.repair?.interval, readDurationMillis, 'repair', 'interval')),
    repairWindows: new Map(
      Object.entries(yaml.repair?.windows ?? {}).map(([name, window]) => [name, located(window, valueAt('repair', 'windows', name))]),
    ),
    assertions: (yaml.assertions ?? []).map((text, i) => located(text, valueAt('assertions', i))),
    rules: new Map(Object.entries(yaml.rules ?? {}).map(([id, severity]) => [id, located(severity as string, keyAt('rules', id))])),
    suppress: (yaml.suppress ?? []).map((it, i) => ({
      rule: it.rule,
      ...given('entity', it.entity),
      ...given('until', it.until),
      ...given('reason', it.reason),
      span: valueAt('suppress', i),
    })),
    ...given('baseline', yaml.baseline),
  }
}

/** `{ [key]: value }`, or nothing when there is no value. */
function given<K extends string, V>(key: K, value: V): { readonly [P in K]?: Exclude<V, undefined | '' | 0> } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [P in K]?: Exclude<V, undefined | '' | 0> }
}

/** As `readForetellYaml`, remembered by file. */
export const declarationsOf: (parsed: ParsedForetellYaml) => Declared = memo(readForetellYaml)
