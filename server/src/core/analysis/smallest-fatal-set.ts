/**
 * What breaks a keyspace first: the smallest sets of nodes, racks, datacenters, tunnels or gateways whose loss leaves some range unserved, for every
 * operation, level and client datacenter. Only replicas and paths count: that a datacenter has no coordinator left is the simulator's matter, and
 * datacenters as units leave out the client's own.
 */
import { type PlacedReplication, replicationKey } from './cluster-shape.ts'
import { smallestSets } from './co-occurrence.ts'
import type { ConsistencyLevel, Operation } from './consistency-level.ts'
import { type ClusterView, type KeyspaceView, requestsOf, type SimulationFilter } from './failure-simulation.ts'
import { fatalPaths, needsPaths, type PathContext, pathContext } from './fatal-paths.ts'
import { fatalSetsWithoutTokens } from './fatal-sets-without-tokens.ts'
import type { Check } from './request-checks.ts'
import { type FatalSets, knownSets, type Need, named, needsOf, nodesNeeded, type UnitKind } from './unit-rows.ts'

export { type FatalSets, type UnitKind, unitKinds } from './unit-rows.ts'

export interface ResilienceRow {
  readonly keyspace: string
  readonly operation: Operation
  readonly level: ConsistencyLevel
  readonly commitLevel?: ConsistencyLevel
  readonly clientDatacenter: string
  readonly smallestFatal: { readonly [K in UnitKind]: FatalSets }
  /** Any choice of so many units is survived. */
  readonly tolerates: { readonly [K in UnitKind]: number }
}

/** One row for each keyspace × client datacenter with nodes × operation × level of the filter. */
export function resilienceRows(
  cluster: ClusterView,
  keyspaces: readonly KeyspaceView[],
  filter: SimulationFilter = {},
): readonly ResilienceRow[] {
  const rows: ResilienceRow[] = []
  const known = new Map<string, ResilienceRow['smallestFatal']>()
  const fromAnywhere = new Map<string, FatalSets>()
  const paths = pathContext(cluster)
  for (const keyspace of keyspaces) {
    if (filter.keyspaces && !filter.keyspaces.includes(keyspace.name)) continue
    const { replication } = keyspace
    if (replication.kind !== 'networkTopology' && replication.kind !== 'simple') continue
    const placed = replicationKey(replication)
    for (const clientDatacenter of cluster.shape.datacenters) {
      if (filter.clientDatacenters && !filter.clientDatacenters.includes(clientDatacenter)) continue
      for (const asked of requestsOf(replication, clientDatacenter, cluster.release, cluster.paxos, filter)) {
        const needs = needsOf(asked.checks)
        const others = new Set(asked.checks.map(check => check.kind).filter(each => each !== 'replicas'))
        const asks = JSON.stringify([placed, needs, [...others]])
        const key = `${clientDatacenter} ${asks}`
        let smallestFatal = known.get(key)
        if (!smallestFatal) {
          smallestFatal = fatalSetsOf(cluster, paths, replication, clientDatacenter, asked.checks, needs, (kind, work) => {
            // Which replicas of nodes and racks are lost is the same whoever asks; the rest is seen from a datacenter.
            if (others.size > 0 || needsPaths(paths, kind) || kind === 'datacenters') return work()
            const shared = `${kind} ${asks}`
            const sets = fromAnywhere.get(shared) ?? work()
            fromAnywhere.set(shared, sets)
            return sets
          })
          known.set(key, smallestFatal)
        }
        rows.push({
          keyspace: keyspace.name,
          operation: asked.operation,
          level: asked.level,
          ...(asked.commitLevel ? { commitLevel: asked.commitLevel } : {}),
          clientDatacenter,
          smallestFatal,
          tolerates: toleratedOf(smallestFatal, cluster, paths, clientDatacenter),
        })
      }
    }
  }
  return rows
}

function toleratedOf(
  sets: ResilienceRow['smallestFatal'],
  cluster: ClusterView,
  paths: PathContext,
  client: string,
): ResilienceRow['tolerates'] {
  const { shape } = cluster
  const all: { readonly [K in UnitKind]: number } = {
    nodes: shape.nodes.length,
    racks: shape.racks.length,
    datacenters: shape.datacenters.filter(name => name !== client).length,
    tunnels: paths.tunnels,
    gateways: paths.gateways.length,
  }
  const tolerated = (kind: UnitKind) => (sets[kind].size === null ? all[kind] : Math.max(0, sets[kind].size - 1))
  return {
    nodes: tolerated('nodes'),
    racks: tolerated('racks'),
    datacenters: tolerated('datacenters'),
    tunnels: tolerated('tunnels'),
    gateways: tolerated('gateways'),
  }
}

function fatalSetsOf(
  cluster: ClusterView,
  paths: PathContext,
  replication: PlacedReplication,
  client: string,
  checks: readonly Check[],
  needs: readonly Need[],
  once: (kind: UnitKind, work: () => FatalSets) => FatalSets,
): ResilienceRow['smallestFatal'] {
  const one = (kind: UnitKind) => once(kind, () => setsOf(kind))
  const setsOf = (kind: UnitKind): FatalSets => {
    if (needsPaths(paths, kind)) return fatalPaths(cluster, paths, replication, client, checks, kind)
    if (kind === 'tunnels' || kind === 'gateways')
      return alreadyFatal(cluster, replication, needs)
        ? { size: 0, count: 1, sets: [[]], basis: 'exact' }
        : { size: null, count: 0, sets: [], basis: 'exact' }
    const { shape, ring } = cluster
    const besides = nodesNeeded(shape, kind, client, checks)
    if (ring) return named(shape, kind, client, knownSets(shape, ring, replication, kind, client, needs, besides))
    const replicas = fatalSetsWithoutTokens(shape, replication, kind, client, needs)
    const alone = besides && named(shape, kind, client, smallestSets([besides]))
    return alone && alone.size !== null && (replicas.size === null || alone.size < replicas.size) ? alone : replicas
  }
  return { nodes: one('nodes'), racks: one('racks'), datacenters: one('datacenters'), tunnels: one('tunnels'), gateways: one('gateways') }
}

function alreadyFatal(cluster: ClusterView, replication: PlacedReplication, needs: readonly Need[]): boolean {
  const { shape, ring } = cluster
  const sets = ring
    ? knownSets(shape, ring, replication, 'nodes', '', needs).size
    : fatalSetsWithoutTokens(shape, replication, 'nodes', '', needs).size
  return sets === 0
}
