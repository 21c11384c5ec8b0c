/** Which nodes of a cluster may be restarted together. */
import type { Cluster } from '../model/cluster.ts'
import type { ClusterProjection } from '../model/cluster-view.ts'

/** As few batches as found; losing one whole batch leaves every declared workload served. */
export function restartBatchesOf(_cluster: Cluster, _projection: ClusterProjection): readonly (readonly string[])[] {
  return []
}
