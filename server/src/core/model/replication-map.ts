/** Replication maps as a release reads them: factors from their text, ALTER over what was there, expansion over datacenters. */
import { largestFactor, replicationBehaves, strategyName } from '../catalog/cql-replication.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlConstant, CqlMap, CqlProperty } from '../syntax/cql-file.ts'
import { absent, type Fact, known, unknown } from '../text/fact.ts'
import { located } from '../text/span.ts'
import type { Keyspace, Replication, ReplicationFactor } from './keyspace.ts'

/** Why a factor's text is refused. */
export type FactorProblem = 'not-a-number' | 'negative' | 'transient-format' | 'transient-before-4.0' | 'transient-not-fewer'

const integer = /^[+-]?\d+$/

function javaInteger(text: string): number | undefined {
  if (!integer.test(text)) return undefined
  const value = Number(text)
  return value >= -largestFactor - 1 && value <= largestFactor ? value : undefined
}

/** A factor from its text as a release reads it: `3`, and from 4.0 `3/1` (total/transient). */
export function readFactor(text: string, line: ReleaseLine): ReplicationFactor | FactorProblem {
  if (text.includes('/')) {
    if (!replicationBehaves('transient-factor', line)) return 'transient-before-4.0'
    const parts = text.split('/')
    if (parts.length !== 2 || parts[1] === '') return 'transient-format'
    const total = javaInteger(parts[0]!)
    const transient = javaInteger(parts[1]!)
    if (total === undefined || transient === undefined) return 'not-a-number'
    if (total < 0 || transient < 0) return 'negative'
    return transient > 0 && transient >= total ? 'transient-not-fewer' : { total, transient }
  }
  const total = javaInteger(text)
  if (total === undefined) return 'not-a-number'
  return total < 0 ? 'negative' : { total, transient: 0 }
}

function factorFact(value: CqlConstant | undefined, line: ReleaseLine): Fact<ReplicationFactor> {
  if (!value) return unknown('no factor is written')
  if (value.placeholder) return unknown('the factor is filled in by a template', value.span)
  const factor = readFactor(value.text, line)
  return typeof factor === 'string' ? unknown(`"${value.text}" is no replication factor`, value.span) : known(factor, value.span)
}

/** The last value of a map's key; keys compare exactly. */
export function mapValue(map: CqlMap, key: string): CqlConstant | undefined {
  return map.entries.findLast(entry => entry.key.text === key)?.value
}

/** The statement's property of that name, the last one. */
export function propertyOf(properties: readonly CqlProperty[], name: string): CqlProperty | undefined {
  return properties.findLast(property => property.name.value === name)
}

/** Replication as a map states it. Undefined for an empty map and for a value that is no map: the statement changes nothing, or is refused. */
export function readReplication(property: CqlProperty | undefined, line: ReleaseLine): Replication | undefined {
  const map = property?.value
  if (map?.kind !== 'map' || map.entries.length === 0) return undefined
  const { span } = map
  const strategy = mapValue(map, 'class')
  const name = strategy && !strategy.placeholder ? strategyName(strategy.text) : undefined
  if (name === 'SimpleStrategy') {
    const factor = mapValue(map, 'replication_factor')
    return { kind: 'simple', factor: factor ? factorFact(factor, line) : absent, span }
  }
  if (name === 'NetworkTopologyStrategy') {
    const entries = map.entries.filter(entry => entry.key.text !== 'class')
    const expands = entries.findLast(entry => entry.key.text === 'replication_factor')
    return {
      kind: 'network-topology',
      factors: entries
        .filter(entry => entry.key.text !== 'replication_factor')
        .map(entry => ({
          datacenter: located(entry.key.text, entry.key.span),
          factor: entry.key.placeholder
            ? unknown('the datacenter is filled in by a template', entry.key.span)
            : factorFact(entry.value, line),
        })),
      otherDatacenters: expands ? factorFact(expands.value, line) : absent,
      span,
    }
  }
  if (name === 'LocalStrategy') return { kind: 'local', span }
  return { kind: 'unrecognised', className: strategy?.text ?? '', span }
}

/**
 * What an ALTER leaves, or a CREATE makes (`before` undefined). From 4.0, NetworkTopologyStrategy with `replication_factor`, or without any
 * datacenter, keeps the datacenters that were there and fills in the rest.
 */
export function settleReplication(
  before: Replication | undefined,
  written: Replication,
  line: ReleaseLine,
  defaultFactor: Fact<number>,
): Replication {
  if (written.kind === 'simple' && written.factor.kind === 'absent' && replicationBehaves('default-keyspace-factor', line))
    return { ...written, factor: factorOf(defaultFactor) }
  if (written.kind !== 'network-topology' || !replicationBehaves('expands-replication-factor', line)) return written
  const bare = written.factors.length === 0 && written.otherDatacenters.kind === 'absent'
  if (before?.kind === 'simple' && bare) return { ...written, otherDatacenters: before.factor }
  const fills = bare
    ? replicationBehaves('default-keyspace-factor', line)
      ? factorOf(defaultFactor)
      : written.otherDatacenters
    : written.otherDatacenters
  if (fills.kind === 'absent') return written
  if (before?.kind !== 'network-topology') return { ...written, otherDatacenters: fills }
  const named = new Set(written.factors.map(({ datacenter }) => datacenter.value))
  return {
    ...written,
    factors: [...before.factors.filter(({ datacenter }) => !named.has(datacenter.value)), ...written.factors],
    otherDatacenters: before.otherDatacenters.kind === 'absent' ? fills : before.otherDatacenters,
  }
}

function factorOf(count: Fact<number>): Fact<ReplicationFactor> {
  if (count.kind !== 'known') return count
  return known({ total: count.value, transient: 0 }, count.span)
}

/**
 * Copies by datacenter, in the order written, the expanded ones after. Undefined when some factor is unknown or the strategy does not place by
 * datacenter. From 4.0 entries of 0 are dropped; in 3.x they stay, and EACH_QUORUM counts them.
 */
export function effectiveFactors(
  replication: Replication,
  datacenters: Iterable<string>,
  line: ReleaseLine,
): ReadonlyMap<string, ReplicationFactor> | undefined {
  if (replication.kind !== 'network-topology') return undefined
  const factors = new Map<string, ReplicationFactor>()
  for (const { datacenter, factor } of replication.factors) {
    if (factor.kind !== 'known') return undefined
    factors.set(datacenter.value, factor.value)
  }
  const others = replication.otherDatacenters
  if (others.kind === 'unknown') return undefined
  if (others.kind === 'known' && replicationBehaves('expands-replication-factor', line))
    for (const name of datacenters) if (!factors.has(name)) factors.set(name, others.value)
  if (replicationBehaves('drops-zero-factors', line)) for (const [name, { total }] of factors) if (total === 0) factors.delete(name)
  return factors
}

/** The keyspace's copies by datacenter of its own cluster; see effectiveFactors. */
export function factorsOf(keyspace: Keyspace): ReadonlyMap<string, ReplicationFactor> | undefined {
  const names = keyspace.cluster?.datacenters.map(({ name }) => name as string) ?? []
  if (keyspace.replication.kind === 'network-topology' && keyspace.replication.otherDatacenters.kind === 'known' && !keyspace.cluster)
    return undefined
  return effectiveFactors(keyspace.replication, names, keyspace.release.line)
}
