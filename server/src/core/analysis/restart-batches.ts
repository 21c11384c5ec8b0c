/**
 * Which nodes may be restarted together: a partition of the nodes such that losing one whole batch leaves every workload served. Whole racks where
 * the factor allows it, node by node otherwise; first fit, so few batches, not provably the fewest.
 */
import { byCodeUnit, type ClusterShape, type PlacedReplication, replicationKey } from './cluster-shape.ts'
import { type FatalRows, smallestSets } from './co-occurrence.ts'
import type { ConsistencyLevel, Operation } from './consistency-level.ts'
import { type ClusterView, type KeyspaceView, newCache, servedForSure } from './failure-simulation.ts'
import { numberOf, smallestNodeSetSize } from './node-co-occurrence.ts'
import { nothingLost } from './reachability.ts'
import { checksOf, type Request } from './request-checks.ts'
import { restartConflicts } from './restart-conflicts.ts'
import { fatalRows, needsOf } from './unit-rows.ts'

export interface Workload {
  readonly keyspace: string
  readonly operation: Operation
  readonly level: ConsistencyLevel
  readonly commitLevel?: ConsistencyLevel
  readonly clientDatacenter: string
}

export interface RestartPlan {
  /** Names of nodes, each node in one batch; batches and names in order. */
  readonly batches: readonly (readonly string[])[]
  /** Workloads that no batch can spare: restarting some single node interrupts them, or they are not served as it is. */
  readonly unserved: readonly Workload[]
}

/** LOCAL_QUORUM from each datacenter of the map, and QUORUM from each datacenter, for every keyspace. */
export function usualWorkloads(cluster: ClusterView, keyspaces: readonly KeyspaceView[]): readonly Workload[] {
  return keyspaces.flatMap(({ name, replication }) =>
    replication.kind !== 'networkTopology' && replication.kind !== 'simple'
      ? []
      : cluster.shape.datacenters.flatMap(clientDatacenter => {
          const levels: ConsistencyLevel[] = ['QUORUM']
          if (replication.kind === 'networkTopology' && (replication.factors.get(clientDatacenter)?.all ?? 0) > 0)
            levels.push('LOCAL_QUORUM')
          return levels.map(level => ({ keyspace: name, operation: 'read' as const, level, clientDatacenter }))
        }),
  )
}

interface Promise {
  readonly replication: PlacedReplication
  readonly request: Request
  readonly workloads: readonly Workload[]
}

export function restartBatches(
  cluster: ClusterView,
  keyspaces: readonly KeyspaceView[],
  workloads = usualWorkloads(cluster, keyspaces),
): RestartPlan {
  const { shape } = cluster
  const promises = promisesOf(cluster, keyspaces, workloads)
  const kept = new Set(promises)
  const served = (nodes: readonly number[]) => {
    const cache = newCache()
    const loss = { ...nothingLost, hosts: new Set(nodes) }
    return [...kept].filter(promise => !servedForSure(cluster, promise.replication, promise.request, loss, cache))
  }
  for (const broken of served([])) kept.delete(broken)
  // A rack that may be lost shows that its nodes may, one by one; elsewhere each node is tried.
  const racks = racksInTurn(shape)
  const whole: number[][] = []
  const single: number[] = []
  const brokenByRack = racks.map(rack => served(rack))
  racks.forEach((rack, i) => {
    if (brokenByRack[i]!.length === 0) whole.push(rack)
    else single.push(...rack)
  })
  if (cluster.ring && !cluster.network) {
    for (const promise of kept) if (single.length > 0 && breaksBySomeNode(cluster, promise)) kept.delete(promise)
  } else for (const node of single) for (const broken of served([node])) kept.delete(broken)
  // What no single node may leave is given up: then racks that broke nothing else are whole again.
  const units: number[][] = [...whole]
  const nodes: number[] = []
  racks.forEach((rack, i) => {
    if (brokenByRack[i]!.length === 0) return
    if (brokenByRack[i]!.every(broken => !kept.has(broken))) units.push(rack)
    else nodes.push(...rack)
  })
  const batches: number[][] = []
  for (const unit of units) {
    const fits = batches.find(batch => served([...batch, ...unit]).length === 0)
    if (fits) fits.push(...unit)
    else batches.push([...unit])
  }
  const fast =
    cluster.ring && !cluster.network
      ? restartConflicts(cluster.ring, conditionsOf(cluster, [...kept]), clientsOf(cluster, [...kept]), batches)
      : undefined
  for (const node of nodes) {
    const at = fast ? fast.firstFit(node, batches.length) : batches.findIndex(batch => served([...batch, node]).length === 0)
    if (at >= 0) batches[at]!.push(node)
    else batches.push([node])
    fast?.add(node, at >= 0 ? at : batches.length - 1)
  }
  const names = batches.map(batch => batch.map(node => shape.nodes[node]!.name).sort(byCodeUnit)).sort((a, b) => byCodeUnit(a[0]!, b[0]!)) // biome-ignore format: one expression
  return { batches: names, unserved: promises.filter(promise => !kept.has(promise)).flatMap(promise => promise.workloads) }
}

/** Requests to keep served; keyspaces that are placed alike need asking once. */
function promisesOf(cluster: ClusterView, keyspaces: readonly KeyspaceView[], workloads: readonly Workload[]): readonly Promise[] {
  const found = new Map<string, { replication: PlacedReplication; request: Request; workloads: Workload[] }>()
  for (const workload of workloads) {
    const replication = keyspaces.find(keyspace => keyspace.name === workload.keyspace)?.replication
    if (replication?.kind !== 'networkTopology' && replication?.kind !== 'simple') continue
    const { operation, level, commitLevel, clientDatacenter } = workload
    const request: Request = {
      operation,
      level,
      datacenter: clientDatacenter,
      ...(commitLevel ? { commitLevel } : {}),
      ...(cluster.paxos ? { paxos: cluster.paxos } : {}),
    }
    const key = `${replicationKey(replication)} ${JSON.stringify(request)}`
    const same = found.get(key)
    if (same) same.workloads.push(workload)
    else found.set(key, { replication, request, workloads: [workload] })
  }
  return [...found.values()]
}

/** Whether some one node is fatal, or the only coordinator. */
function breaksBySomeNode(cluster: ClusterView, { replication, request }: Promise): boolean {
  const { shape } = cluster
  if (shape.nodesOfDatacenter[shape.datacenters.indexOf(request.datacenter)]!.length === 1) return true
  const checks = checksOf(request, replication, cluster.release)
  if (checks.kind === 'refused') return true
  const fatal = needsOf(checks.checks).map(need => fatalRows(shape, cluster.ring!, replication, 'nodes', '', need))
  const size = fatal.every(each => !each.rows.inScope) ? smallestNodeSetSize(fatal) : smallestSets(fatal).size
  return size !== null && size <= 1
}

/** Nodes by rack: the first rack of each datacenter, then the second of each, so that racks of different datacenters meet in one batch. */
function racksInTurn(shape: ClusterShape): readonly number[][] {
  const byDatacenter = shape.datacenters.map((_, datacenter) =>
    shape.racks
      .map((rack, index) => ({ ...rack, index }))
      .filter(rack => rack.datacenter === datacenter)
      .sort((a, b) => byCodeUnit(a.name, b.name))
      .map(rack => shape.nodes.flatMap((_, node) => (shape.rackOf[node] === rack.index ? [node] : []))),
  )
  const longest = Math.max(0, ...byDatacenter.map(racks => racks.length))
  return Array.from({ length: longest }, (_, i) => byDatacenter.flatMap(racks => (racks[i] ? [racks[i]!] : []))).flat()
}

/** What each row of replicas must keep for the promises; alike ones once. */
function conditionsOf(cluster: ClusterView, promises: readonly Promise[]): readonly FatalRows[] {
  const found = new Map<string, FatalRows>()
  for (const { replication, request } of promises) {
    const checks = checksOf(request, replication, cluster.release)
    if (checks.kind === 'refused') continue
    for (const need of needsOf(checks.checks)) {
      const each = fatalRows(cluster.shape, cluster.ring!, replication, 'nodes', '', need)
      found.set(`${each.rows.sources.map(source => `${numberOf(source.elements)}/${source.until}`).join()} ${JSON.stringify(need)}`, each)
    }
  }
  return [...found.values()]
}

const clientsOf = ({ shape }: ClusterView, promises: readonly Promise[]): ReadonlySet<number> =>
  new Set(promises.map(promise => shape.datacenters.indexOf(promise.request.datacenter)))
