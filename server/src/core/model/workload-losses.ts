/** What a keyspace's workloads lack: as things are, and after the loss of one node, rack or datacenter. */
import type { PlacedReplication } from '../analysis/cluster-shape.ts'
import { isLocal } from '../analysis/consistency-level.ts'
import { type Check, checksOf } from '../analysis/request-checks.ts'
import {
  fatalAlone,
  type LossKind,
  type LossQuestion,
  placedCopies,
  type Shortage,
  type SingleLoss,
  shortageAtRest,
} from '../analysis/single-loss.ts'
import { memo } from '../text/memo.ts'
import { type Cluster, isComplete } from './cluster.ts'
import { projectCluster } from './cluster-view.ts'
import type { Keyspace } from './keyspace.ts'
import { placedReplication, type Workload, type WorkloadUse, workloadsOf } from './workload.ts'
import { fatalCuts } from './workload-cuts.ts'

export { isComplete }

/** One level of a workload, as clients of one datacenter see it. */
export interface UseFromDatacenter {
  readonly workload: Workload
  readonly use: WorkloadUse
  /** Undefined: clients anywhere; only for levels that count everywhere. */
  readonly client: string | undefined
  /** What is short with nothing lost: the level can never be met. */
  readonly atRest: Shortage | undefined
  /** Losses of one thing that are fatal, by kind, the smallest first; none when it fails as it is. */
  readonly losses: readonly { readonly kind: SingleLoss['kind']; readonly fatal: readonly SingleLoss[] }[]
}

/** Every use of every workload, from each of its datacenters; failover datacenters are not clients. None where replication is not known. */
export const usesOf: (keyspace: Keyspace) => readonly UseFromDatacenter[] = memo(keyspace => {
  const { cluster } = keyspace
  const replication = placedReplication(keyspace)
  if (!cluster || !replication) return []
  return workloadsOf(keyspace).flatMap(workload =>
    workload.uses.flatMap(use => {
      const clients = workload.clients.filter(name => !isMissing(cluster, name))
      const from: readonly (string | undefined)[] = workload.clients.length > 0 ? clients : isLocal(use.level) ? [] : [undefined]
      return from.map(client => judge(cluster, replication, workload, use, client))
    }),
  )
})

/** A datacenter that has no node, with all nodes known: a name that stands for nothing. */
export function isMissing(cluster: Cluster, datacenter: string): boolean {
  return isComplete(cluster) && !cluster.datacenters.some(({ name }) => name === datacenter)
}

/** What a use asks of replicas, from a datacenter. */
export function checksOfUse(
  cluster: Cluster,
  replication: PlacedReplication,
  use: WorkloadUse,
  client: string | undefined,
): readonly Check[] {
  const operation = use.kinds.includes('write') && !use.kinds.includes('read') ? 'write' : 'read'
  const { paxos } = projectCluster(cluster).view
  const checks = checksOf(
    { operation, level: use.level, datacenter: client ?? '', ...(paxos ? { paxos } : {}) },
    replication,
    cluster.release.line,
  )
  return checks.kind === 'checks' ? checks.checks : []
}

export function lossQuestion(
  cluster: Cluster,
  replication: PlacedReplication,
  checks: readonly Check[],
  client: string | undefined,
): LossQuestion {
  const { shape, view } = projectCluster(cluster)
  return {
    shape,
    ring: isComplete(cluster) ? view.ring : undefined,
    replication,
    checks,
    complete: isComplete(cluster),
    racksUnknown: new Set(cluster.datacenters.filter(({ racksUnknown }) => racksUnknown).map(({ name }) => name)),
    client,
  }
}

/** What a use lacks from a datacenter with nothing lost. */
export function shortAtRest(
  cluster: Cluster,
  replication: PlacedReplication,
  use: WorkloadUse,
  client: string | undefined,
): Shortage | undefined {
  const checks = checksOfUse(cluster, replication, use, client)
  return shortageAtRest(replication, placedCopies(projectCluster(cluster).shape, replication, isComplete(cluster)), checks)
}

function judge(
  cluster: Cluster,
  replication: PlacedReplication,
  workload: Workload,
  use: WorkloadUse,
  client: string | undefined,
): UseFromDatacenter {
  const checks = checksOfUse(cluster, replication, use, client)
  const atRest = shortAtRest(cluster, replication, use, client)
  if (atRest || checks.length === 0) return { workload, use, client, atRest, losses: [] }
  const question = lossQuestion(cluster, replication, checks, client)
  const losses = (['node', 'tunnel', 'rack', 'gateway', 'datacenter'] as const).flatMap(kind => {
    const fatal =
      kind === 'tunnel' || kind === 'gateway' ? fatalCuts(cluster, replication, checks, client, kind) : fatalAlone(question, kind)
    return fatal.length > 0 ? [{ kind, fatal }] : []
  })
  const own = client === undefined || replication.kind === 'simple' ? undefined : ownLoss(cluster, replication, workload, use, client)
  return { workload, use, client, atRest, losses: own ? [...losses, own] : losses }
}

/** The clients' own datacenter goes: fatal alone when a failover is declared and every one of them fails, too. */
function ownLoss(
  cluster: Cluster,
  replication: PlacedReplication,
  workload: Workload,
  use: WorkloadUse,
  client: string,
): { readonly kind: LossKind; readonly fatal: readonly SingleLoss[] } | undefined {
  const elsewhere = workload.failover.filter(name => name !== client && !isMissing(cluster, name))
  const shorts = elsewhere.map(failover => {
    const checks = checksOfUse(cluster, replication, use, failover)
    // What fails there as it is has nothing to do with the loss.
    if (shortAtRest(cluster, replication, use, failover)) return undefined
    const question = { ...lossQuestion(cluster, replication, checks, failover), checks }
    return fatalAlone(question, 'datacenter').find(({ datacenter }) => datacenter === client)?.short
  })
  const [short] = shorts
  if (!short || shorts.some(each => !each)) return undefined
  const { shape } = projectCluster(cluster)
  const placed = placedCopies(shape, replication, isComplete(cluster)).byDatacenter.get(client) ?? 0
  return {
    kind: 'datacenter',
    fatal: [{ kind: 'datacenter', datacenter: client, units: [client], certainty: 'certain', lost: placed, placed, short, share: 1 }],
  }
}
