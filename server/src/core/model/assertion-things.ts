/** What promises name, and what can be said of them: names that exist, units that can be lost, verdicts. */
import type { LossUnit } from '../analysis/reachability.ts'
import { systemKeyspaceOf } from '../catalog/cql-replication.ts'
import type { Span } from '../text/span.ts'
import type { AssertedUnit, Assertion } from './assertion.ts'
import { type Cluster, isComplete } from './cluster.ts'
import type { ClusterProjection } from './cluster-view.ts'

export type AssertionVerdict =
  | { readonly kind: 'holds' }
  /** `size`: how many things it takes; 0: it fails as it is. */
  | {
      readonly kind: 'failed'
      readonly size: number
      readonly because: string
      readonly keyspace?: string
      readonly datacenters: readonly string[]
    }
  | { readonly kind: 'undecidable'; readonly missing: string }
  /** It names something that is not in this cluster. */
  | { readonly kind: 'elsewhere' }

export const holds: AssertionVerdict = { kind: 'holds' }
export const undecidable = (missing: string): AssertionVerdict => ({ kind: 'undecidable', missing })

export interface NamedThing {
  readonly unit: AssertedUnit | 'keyspace' | 'datacenter or node'
  readonly name: string
  readonly span: Span
}

/** Everything that a promise names. */
export function namedIn(assertion: Exclude<Assertion, { readonly kind: 'unreadable' }>): readonly NamedThing[] {
  const things: NamedThing[] = []
  const add = (unit: NamedThing['unit'], { value, span }: { readonly value: string; readonly span: NamedThing['span'] }) =>
    things.push({ unit, name: value, span })
  if (assertion.kind === 'survives') {
    if (assertion.keyspace) add('keyspace', assertion.keyspace)
    for (const name of assertion.from) add('datacenter', name)
  } else for (const end of [assertion.from, assertion.to]) if (end.kind === 'one') add(end.unit ?? 'datacenter or node', end.name)
  if (assertion.loss?.kind === 'named') for (const { unit, name } of assertion.loss.things) add(unit, name)
  return things
}

/** Whether a cluster has something of that name; `unknown` where not everything of the kind is known. */
export function existsIn(cluster: Cluster, unit: NamedThing['unit'], name: string): 'yes' | 'no' | 'unknown' {
  const names = namesOf(cluster, unit)
  if (names.includes(name)) return 'yes'
  // Every cluster has its system keyspaces, whether or not a schema file alters them.
  if (unit === 'keyspace') return cluster.keyspaces.length === 0 || systemKeyspaceOf(name, cluster.release.line) ? 'unknown' : 'no'
  if (unit === 'rack' && cluster.datacenters.some(({ racksUnknown }) => racksUnknown)) return 'unknown'
  if ((unit === 'tunnel' || unit === 'gateway') && !cluster.mesh) return 'unknown'
  return isComplete(cluster) ? 'no' : 'unknown'
}

/** Names of one kind of thing, as promises name them. */
export function namesOf(cluster: Cluster, unit: NamedThing['unit']): readonly string[] {
  const datacenters = () => cluster.datacenters.map(({ name }) => name as string)
  const nodes = () => cluster.nodes.map(({ name }) => name as string)
  switch (unit) {
    case 'keyspace':
      return cluster.keyspaces.map(({ name }) => name as string)
    case 'datacenter':
      return datacenters()
    case 'node':
      return nodes()
    case 'datacenter or node':
      return [...datacenters(), ...nodes()]
    case 'rack':
      return cluster.datacenters.flatMap(({ name, racks }) => racks.map(rack => `${name}/${rack.name}`))
    case 'gateway':
      return [...nodes(), ...(cluster.mesh?.hosts.map(({ name }) => name) ?? [])]
    case 'tunnel': {
      const hosts = cluster.mesh?.tunnels.map(({ a, b }) => [a.end.host.name, b.end.host.name] as const) ?? []
      return hosts.flatMap(([a, b]) => [`${a}/${b}`, `${b}/${a}`])
    }
  }
}

export function lossUnit(unit: AssertedUnit, name: string): LossUnit {
  const cut = name.indexOf('/')
  if (unit === 'rack') return { kind: 'rack', datacenter: name.slice(0, cut), rack: name.slice(cut + 1) }
  if (unit === 'tunnel') return { kind: 'tunnel', between: [name.slice(0, cut), name.slice(cut + 1)] }
  return { kind: unit, name }
}

/** Why counts of nodes and racks are not what they seem. */
export function missingOf(cluster: Cluster, projection: ClusterProjection, unit: AssertedUnit): string {
  const template = cluster.templates[0]
  const [unknown] = projection.unknown.filter(({ fact }) => unit === 'rack' || !fact.startsWith('rack of'))
  if (unknown) return `${unknown.fact}: ${unknown.why}`
  if (template) return `${template.name} is a template and stands for an unknown number of nodes`
  return 'not every node is here'
}
