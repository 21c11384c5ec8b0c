/** Which nodes hold what: the natural replicas of a key, or of every range of the ring. The stable JSON of `foretell replicas`. */
import { isKeyType, type KeyColumn, keyTypes, tokenOfKey } from '../analysis/partition-key.ts'
import { placedRanges, placeReplicas, replicasOfToken } from '../analysis/replica-placement.ts'
import type { Cluster } from '../model/cluster.ts'
import { type ClusterProjection, type MissingFact, projectCluster } from '../model/cluster-view.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { unknownNameText } from './unknown-name.ts'

export interface ReplicaRange {
  /** Decimal; the range is (after, upTo], the first may wrap. */
  readonly after: string
  readonly upTo: string
  readonly replicas: readonly string[]
}

export interface KeyspaceReplicas {
  readonly cluster: string
  readonly keyspace: string
  readonly basis: 'exact' | 'unknown'
  readonly ranges?: readonly ReplicaRange[]
  readonly token?: string
  readonly replicas?: readonly string[]
  readonly unknown?: readonly MissingFact[]
}

export interface ReplicaReport {
  readonly version: 1
  readonly clusters: readonly KeyspaceReplicas[]
}

export interface ReplicaRequest {
  readonly keyspace?: string
  readonly cluster?: string
  /** Columns of the partition key, in order; without them every range. */
  readonly key?: readonly { readonly value: string; readonly type: string }[]
}

export type ReplicaAnswer =
  | { readonly report: ReplicaReport; readonly problem?: never }
  | { readonly problem: string; readonly report?: never }

export function replicaReport(snapshot: Snapshot, request: ReplicaRequest): ReplicaAnswer {
  const key = request.key ? readKey(request.key) : undefined
  if (key && 'problem' in key) return key
  const chosen = snapshot.clusters.filter(cluster => request.cluster === undefined || cluster.name === request.cluster)
  if (chosen.length === 0 && request.cluster !== undefined)
    return {
      problem: unknownNameText(
        'cluster',
        request.cluster,
        snapshot.clusters.map(({ name }) => name),
      ),
    }
  const names = new Set(chosen.flatMap(cluster => cluster.keyspaces.map(({ name }) => name as string)))
  if (request.keyspace !== undefined && !names.has(request.keyspace))
    return { problem: unknownNameText('keyspace', request.keyspace, names) }
  const clusters = chosen.flatMap(cluster => {
    const own = new Set(cluster.keyspaces.map(({ name }) => name as string))
    return [...own]
      .filter(name => request.keyspace === undefined || name === request.keyspace)
      .flatMap(name => replicasOf(cluster, projectCluster(cluster), name, key?.token) ?? [])
  })
  return { report: { version: 1, clusters } }
}

function readKey(
  columns: readonly { readonly value: string; readonly type: string }[],
): { readonly token: bigint } | { readonly problem: string } {
  const typed: KeyColumn[] = []
  for (const { value, type } of columns) {
    if (!isKeyType(type)) return { problem: unknownNameText('type', type, keyTypes) }
    typed.push({ value, type })
  }
  const answer = tokenOfKey(typed)
  return answer.kind === 'token' ? { token: answer.token } : { problem: answer.why }
}

/** Undefined for a keyspace that is not distributed. */
function replicasOf(
  cluster: Cluster,
  projection: ClusterProjection,
  keyspace: string,
  token: bigint | undefined,
): KeyspaceReplicas | undefined {
  const head = { cluster: cluster.name, keyspace }
  const cannotTell = (fact: string, why: string): KeyspaceReplicas => ({
    ...head,
    basis: 'unknown',
    ...(token === undefined ? { ranges: [] } : { token: String(token), replicas: [] }),
    unknown: [{ fact, why }],
  })
  const replication = projection.keyspaces.find(({ name }) => name === keyspace)?.replication
  if (!replication)
    return cannotTell(
      `replication of ${keyspace}`,
      projection.unknown.find(({ fact }) => fact === `replication of ${keyspace}`)?.why ?? 'it cannot be read',
    )
  if (replication.kind === 'local') return undefined
  if (replication.kind === 'unrecognised')
    return cannotTell(`placement of ${keyspace}`, `the strategy ${replication.name} is not one whose placement is known`)
  const { ring, partitioner } = projection.view
  if (!ring) {
    const without = projection.view.shape.nodes.filter(node => !node.tokens && node.tokenCount > 0).map(({ name }) => name)
    const some = `${without.slice(0, 5).join(', ')}${without.length > 5 ? ` and ${without.length - 5} more` : ''}`
    return cannotTell(
      'tokens',
      without.length === 0 ? 'no node of the cluster is placed in a datacenter' : `the tokens of ${some} are not known`,
    )
  }
  if (projection.nodes.length < cluster.nodes.length) return cannotTell('datacenters', 'the datacenter of some nodes is not known')
  const names = (indexes: readonly number[]) => indexes.map(index => ring.shape.nodes[index]!.name)
  const placement = placeReplicas(ring, replication)
  if (token !== undefined) {
    if (partitioner !== 'murmur3') return cannotTell('token of the key', 'tokens of keys are known for Murmur3Partitioner only')
    return { ...head, basis: 'exact', token: String(token), replicas: names(replicasOfToken(placement, token)) }
  }
  const ranges = [...placedRanges(placement)].map(({ after, upTo, replicas }) => ({ after: String(after), upTo: String(upTo), replicas }))
  return { ...head, basis: 'exact', ranges }
}
