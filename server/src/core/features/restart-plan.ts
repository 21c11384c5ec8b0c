/** Which nodes of a cluster may be restarted together: such that losing one whole batch leaves its workloads served. */
import { type Operation, usualCommitLevels } from '../analysis/consistency-level.ts'
import { type RestartPlan, restartBatches, usualWorkloads, type Workload } from '../analysis/restart-batches.ts'
import type { Cluster } from '../model/cluster.ts'
import type { ClusterProjection } from '../model/cluster-view.ts'
import { workloadsOf } from '../model/workload.ts'

const operationOf: { readonly [kind: string]: Operation } = { read: 'read', write: 'write', serial: 'lwt' }

/** By the declared workloads; for keyspaces without any, LOCAL_QUORUM and QUORUM. */
export function restartPlanOf(cluster: Cluster, projection: ClusterProjection): RestartPlan {
  const declared: Workload[] = []
  const usual = new Map(projection.keyspaces.map(keyspace => [keyspace.name, keyspace] as const))
  for (const keyspace of cluster.keyspaces)
    for (const workload of workloadsOf(keyspace)) {
      if (!workload.declared) continue
      usual.delete(keyspace.name)
      const clients = workload.clients.length > 0 ? workload.clients : projection.shape.datacenters
      for (const { level, kinds } of workload.uses)
        for (const kind of kinds)
          for (const clientDatacenter of clients.filter(name => projection.shape.datacenters.includes(name)))
            declared.push({
              keyspace: keyspace.name,
              operation: operationOf[kind]!,
              level,
              clientDatacenter,
              ...(kind === 'serial' ? { commitLevel: level === 'LOCAL_SERIAL' ? usualCommitLevels[1] : usualCommitLevels[0] } : {}),
            })
    }
  return restartBatches(projection.view, projection.keyspaces, [...declared, ...usualWorkloads(projection.view, [...usual.values()])])
}
