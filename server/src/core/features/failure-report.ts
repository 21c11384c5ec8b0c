/**
 * What a loss does to every cluster of a workspace: the stable JSON of `foretell simulate`, which the editor shows, too. Names that do not exist are
 * told, never guessed.
 */
import { type ConsistencyLevel, consistencyLevels, type Operation, operations } from '../analysis/consistency-level.ts'
import { type Outcome, type SimulationFilter, simulateLoss } from '../analysis/failure-simulation.ts'
import type { TimelineEntry } from '../analysis/timeline.ts'
import type { Cluster } from '../model/cluster.ts'
import { type ClusterProjection, type MissingFact, projectCluster } from '../model/cluster-view.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { losableWords, malformedLoss, type NamedLoss, readLoss, unknownLossText } from './loss-names.ts'
import { lossTimeline } from './loss-timeline.ts'
import { unknownNameText } from './unknown-name.ts'

export interface FailureRequest {
  /** `node:db1` …; none: what works with nothing lost. */
  readonly lose: readonly string[]
  readonly forSeconds?: number
  readonly clientDatacenter?: string
  readonly keyspace?: string
  readonly level?: string
  readonly operation?: string
  /** By name; without it every cluster in which something of `lose` exists. */
  readonly cluster?: string
}

export interface ClusterFailure {
  readonly cluster: string
  readonly lost: { readonly nodes: readonly string[]; readonly tunnels: readonly string[]; readonly gateways: readonly string[] }
  readonly outcomes: readonly Outcome[]
  readonly timeline: readonly TimelineEntry[]
  readonly unknown: readonly MissingFact[]
}

export interface FailureReport {
  readonly version: 1
  readonly clusters: readonly ClusterFailure[]
}

/** Either a report, or in `problem` which name of the request does not exist. */
export type FailureAnswer =
  | { readonly report: FailureReport; readonly problem?: never }
  | { readonly problem: string; readonly report?: never }

export function failureReport(snapshot: Snapshot, request: FailureRequest): FailureAnswer {
  const malformed = request.lose.map(malformedLoss).find(problem => problem !== undefined)
  if (malformed) return { problem: malformed }
  const chosen = chooseClusters(snapshot, request.cluster)
  if (typeof chosen === 'string') return { problem: chosen }
  const projections = chosen.map(cluster => ({ cluster, projection: projectCluster(cluster) }))
  const filter = readFilter(
    request,
    projections.map(({ projection }) => projection),
  )
  if (typeof filter === 'string') return { problem: filter }
  const read = projections.map(each => ({ ...each, ...readLoss(request.lose, each.projection) }))
  const nowhere = request.lose.find(word => read.every(({ unknownWords }) => unknownWords.includes(word)))
  if (nowhere !== undefined) {
    if (read.length === 0) return { problem: 'no cluster is described here' }
    return {
      problem: unknownLossText(
        nowhere,
        read.flatMap(({ projection }) => losableWords(projection)),
      ),
    }
  }
  const concerned = read.filter(({ unknownWords }) => request.lose.length === 0 || unknownWords.length < request.lose.length)
  return {
    report: {
      version: 1,
      clusters: concerned.map(({ cluster, projection, named }) => failureOf(cluster, projection, named, filter, request.forSeconds)),
    },
  }
}

function chooseClusters(snapshot: Snapshot, name: string | undefined): readonly Cluster[] | string {
  if (name === undefined) return snapshot.clusters
  const chosen = snapshot.clusters.filter(cluster => cluster.name === name)
  return chosen.length > 0
    ? chosen
    : unknownNameText(
        'cluster',
        name,
        snapshot.clusters.map(cluster => cluster.name),
      )
}

/** Options only filter; a name that no cluster has is a problem. */
export function readFilter(
  request: Pick<FailureRequest, 'clientDatacenter' | 'keyspace' | 'level' | 'operation'>,
  projections: readonly ClusterProjection[],
): SimulationFilter | string {
  const { clientDatacenter, keyspace } = request
  const level = request.level?.toUpperCase()
  const operation = request.operation?.toLowerCase()
  if (level !== undefined && !(consistencyLevels as readonly string[]).includes(level))
    return unknownNameText('consistency level', request.level!, consistencyLevels)
  const shown = operations.filter(each => each !== 'truncate')
  if (operation !== undefined && !(operations as readonly string[]).includes(operation))
    return unknownNameText('operation', request.operation!, shown)
  const datacenters = new Set(projections.flatMap(({ shape }) => shape.datacenters))
  if (clientDatacenter !== undefined && !datacenters.has(clientDatacenter))
    return unknownNameText('datacenter', clientDatacenter, datacenters)
  const keyspaces = new Set(
    projections.flatMap(({ keyspaces, unknown }) => [
      ...keyspaces.map(each => each.name),
      ...unknown.flatMap(({ fact }) => /^replication of (.*)$/.exec(fact)?.[1] ?? []),
    ]),
  )
  if (keyspace !== undefined && !keyspaces.has(keyspace)) return unknownNameText('keyspace', keyspace, keyspaces)
  return {
    ...(level === undefined ? {} : { levels: [level as ConsistencyLevel] }),
    ...(operation === undefined ? {} : { operations: [operation as Operation] }),
    ...(clientDatacenter === undefined ? {} : { clientDatacenters: [clientDatacenter] }),
    ...(keyspace === undefined ? {} : { keyspaces: [keyspace] }),
  }
}

function failureOf(
  cluster: Cluster,
  projection: ClusterProjection,
  named: NamedLoss,
  filter: SimulationFilter,
  forSeconds: number | undefined,
): ClusterFailure {
  const { outcomes, unknown } = simulateLoss(projection.view, projection.keyspaces, named.loss, filter)
  return {
    cluster: cluster.name,
    lost: { nodes: named.nodes, tunnels: named.tunnels, gateways: named.gateways },
    outcomes:
      projection.assuming.length === 0
        ? outcomes
        : outcomes.map(outcome => ({ ...outcome, assuming: [...outcome.assuming, ...projection.assuming] })),
    timeline: lossTimeline(cluster, named, filter.keyspaces, forSeconds),
    unknown: [...unknown, ...projection.unknown],
  }
}
