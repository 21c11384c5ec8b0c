/** The smallest losses that break each keyspace, what is tolerated, and which nodes may be restarted together: the JSON of `foretell resilience`. */
import type { Workload } from '../analysis/restart-batches.ts'
import { type ResilienceRow, resilienceRows } from '../analysis/smallest-fatal-set.ts'
import { type MissingFact, projectCluster } from '../model/cluster-view.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { type FailureRequest, readFilter } from './failure-report.ts'
import { restartPlanOf } from './restart-plan.ts'
import { unknownNameText } from './unknown-name.ts'

export interface ClusterResilience {
  readonly cluster: string
  readonly rows: readonly ResilienceRow[]
  readonly restartBatches: readonly (readonly string[])[]
}

/** What a person should know beside the numbers. */
export interface ResilienceNotes {
  readonly cluster: string
  readonly unknown: readonly MissingFact[]
  /** Uses that a restart of some single node interrupts already. */
  readonly unserved: readonly Workload[]
}

export interface ResilienceReport {
  readonly version: 1
  readonly clusters: readonly ClusterResilience[]
}

export type ResilienceRequest = Pick<FailureRequest, 'cluster' | 'keyspace' | 'level' | 'operation' | 'clientDatacenter'>

export type ResilienceAnswer =
  | { readonly report: ResilienceReport; readonly notes: readonly ResilienceNotes[]; readonly problem?: never }
  | { readonly problem: string; readonly report?: never; readonly notes?: never }

export function resilienceReport(snapshot: Snapshot, request: ResilienceRequest): ResilienceAnswer {
  const chosen = snapshot.clusters.filter(cluster => request.cluster === undefined || cluster.name === request.cluster)
  if (chosen.length === 0 && request.cluster !== undefined) {
    const names = snapshot.clusters.map(cluster => cluster.name)
    return { problem: unknownNameText('cluster', request.cluster, names) }
  }
  const projected = chosen.map(cluster => ({ cluster, projection: projectCluster(cluster) }))
  const filter = readFilter(
    request,
    projected.map(({ projection }) => projection),
  )
  if (typeof filter === 'string') return { problem: filter }
  const judged = projected.map(({ cluster, projection }) => ({ cluster, projection, plan: restartPlanOf(cluster, projection) }))
  return {
    report: {
      version: 1,
      clusters: judged.map(({ cluster, projection, plan }) => ({
        cluster: cluster.name,
        rows: resilienceRows(projection.view, projection.keyspaces, filter),
        restartBatches: plan.batches,
      })),
    },
    notes: judged.map(({ cluster, projection, plan }) => ({ cluster: cluster.name, unknown: projection.unknown, unserved: plan.unserved })),
  }
}
