/** The smallest losses that break each keyspace, what is tolerated, and which nodes may be restarted together: the JSON of `foretell resilience`. */
import { type ResilienceRow, resilienceRows } from '../analysis/smallest-fatal-set.ts'
import { type MissingFact, projectCluster } from '../model/cluster-view.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { type FailureRequest, readFilter } from './failure-report.ts'
import { restartBatchesOf } from './restart-plan.ts'

export interface ClusterResilience {
  readonly cluster: string
  readonly rows: readonly ResilienceRow[]
  readonly restartBatches: readonly (readonly string[])[]
  readonly unknown?: readonly MissingFact[]
}

export interface ResilienceReport {
  readonly version: 1
  readonly clusters: readonly ClusterResilience[]
}

export type ResilienceRequest = Pick<FailureRequest, 'cluster' | 'keyspace' | 'level' | 'operation' | 'clientDatacenter'>

export type ResilienceAnswer =
  | { readonly report: ResilienceReport; readonly problem?: never }
  | { readonly problem: string; readonly report?: never }

export function resilienceReport(snapshot: Snapshot, request: ResilienceRequest): ResilienceAnswer {
  const chosen = snapshot.clusters.filter(cluster => request.cluster === undefined || cluster.name === request.cluster)
  if (chosen.length === 0 && request.cluster !== undefined) {
    const names = snapshot.clusters.map(cluster => cluster.name)
    return {
      problem: `there is no cluster "${request.cluster}"${names.length === 0 ? '' : `: there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`}`,
    }
  }
  const projected = chosen.map(cluster => ({ cluster, projection: projectCluster(cluster) }))
  const filter = readFilter(
    request,
    projected.map(({ projection }) => projection),
  )
  if (typeof filter === 'string') return { problem: filter }
  return {
    report: {
      version: 1,
      clusters: projected.map(({ cluster, projection }) => ({
        cluster: cluster.name,
        rows: resilienceRows(projection.view, projection.keyspaces, filter),
        restartBatches: restartBatchesOf(cluster, projection),
        ...(projection.unknown.length > 0 ? { unknown: projection.unknown } : {}),
      })),
    },
  }
}
