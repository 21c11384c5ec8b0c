/** Shared words and edits of the replication rules: how a map is written, which datacenters count. */
import type { Release } from '../../catalog/release.ts'
import type { Cluster } from '../../model/cluster.ts'
import type { Datacenter } from '../../model/datacenter.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import { lastStatement } from '../../model/keyspace-situation.ts'
import { propertyOf } from '../../model/replication-map.ts'
import type { CqlMap } from '../../syntax/cql-file.ts'

/** A replication map as an operator writes it. */
export function networkTopologyMap(factors: Iterable<readonly [string, number | string]>): string {
  const entries = [...factors].map(
    ([name, factor]) => `'${name.replaceAll("'", "''")}': ${/^\d+$/.test(String(factor)) ? factor : `'${factor}'`}`,
  )
  return `{'class': 'NetworkTopologyStrategy'${entries.map(entry => `, ${entry}`).join('')}}`
}

/** `Cassandra 4.1`; only `Cassandra` while the release is not known. */
export function sayRelease({ candidates, line }: Release): string {
  return candidates.length === 1 ? `Cassandra ${line}` : 'Cassandra'
}

/** The map that made the keyspace's replication. */
export function writtenMap(keyspace: Keyspace): CqlMap | undefined {
  const statement = lastStatement(keyspace)
  const value = statement && propertyOf(statement.properties, 'replication')?.value
  return value?.kind === 'map' ? value : undefined
}

/** Datacenters with nodes that serve requests: not declared as analytics or search, not joining. */
export function operationalDatacenters(cluster: Cluster): readonly Datacenter[] {
  return cluster.datacenters.filter(({ nodes, declared }) => {
    const serves = declared?.role === undefined || declared.role === 'operational'
    return nodes.length > 0 && serves && declared?.state === undefined
  })
}

/** Where a datacenter's factor stands in the map that made the replication. */
export function entryOfDatacenter(keyspace: Keyspace, name: string) {
  return writtenMap(keyspace)?.entries.findLast(({ key }) => key.text === name)
}

/** A short schema with one keyspace, for examples. */
export function exampleSchema(map: string, rest = ''): string {
  return `#- schema.cql\nCREATE KEYSPACE shop WITH replication = ${map}${rest}`
}
