/** Who reads and writes a keyspace, at which levels and from where: as foretell.yaml declares it, else LOCAL_QUORUM wherever copies and nodes are. */
import { type PlacedReplication, replicationKey } from '../analysis/cluster-shape.ts'
import { type ConsistencyLevel, isConsistencyLevel } from '../analysis/consistency-level.ts'
import { memo } from '../text/memo.ts'
import type { Span } from '../text/span.ts'
import type { DeclaredWorkload } from './declared.ts'
import type { Keyspace } from './keyspace.ts'
import { effectiveFactors } from './replication-map.ts'

export type UseKind = 'read' | 'write' | 'serial'

/** One level and what is done at it: a read and a write at one level are one use. */
export interface WorkloadUse {
  readonly level: ConsistencyLevel
  readonly kinds: readonly UseKind[]
  /** The level in foretell.yaml; undefined when it is assumed. */
  readonly span: Span | undefined
}

export interface Workload {
  readonly keyspace: Keyspace
  /** Undefined: nobody declares how the keyspace is used. */
  readonly declared: DeclaredWorkload | undefined
  readonly uses: readonly WorkloadUse[]
  /** The levels are not said. */
  readonly levelsAssumed: boolean
  /** Datacenters that clients are in; empty when a declared workload does not say. */
  readonly clients: readonly string[]
  readonly failover: readonly string[]
}

/** The keyspace's workloads in the order declared; none for a system keyspace or a strategy whose placement is not known, unless declared. */
export const workloadsOf: (keyspace: Keyspace) => readonly Workload[] = memo(keyspace => {
  const { cluster } = keyspace
  const declared = cluster?.declared.workloads.filter(workload => workload.keyspace === keyspace.name) ?? []
  if (declared.length > 0) return declared.map(workload => declaredWorkload(keyspace, workload))
  const replication = placedReplication(keyspace)
  if (!cluster || keyspace.isSystem || !replication) return []
  const clients = cluster.datacenters
    .map(({ name }) => name as string)
    .filter(name => replication.kind === 'simple' || (replication.factors.get(name)?.all ?? 0) > 0)
  const use: WorkloadUse = { level: 'LOCAL_QUORUM', kinds: ['read', 'write'], span: undefined }
  return [{ keyspace, declared: undefined, uses: [use], levelsAssumed: true, clients, failover: [] }]
})

function declaredWorkload(keyspace: Keyspace, declared: DeclaredWorkload): Workload {
  const byLevel = new Map<ConsistencyLevel, { readonly kinds: UseKind[]; readonly span: Span | undefined }>()
  for (const kind of ['read', 'write', 'serial'] as const) {
    const level = declared[kind]
    if (level === undefined || !isConsistencyLevel(level) || isRefused(kind, level)) continue
    const there = byLevel.get(level)
    if (there) there.kinds.push(kind)
    else byLevel.set(level, { kinds: [kind], span: declared.places.get(kind) })
  }
  const said = declared.read ?? declared.write ?? declared.serial
  if (said === undefined) byLevel.set('LOCAL_QUORUM', { kinds: ['read', 'write'], span: undefined })
  return {
    keyspace,
    declared,
    uses: [...byLevel].map(([level, use]) => ({ level, ...use })),
    levelsAssumed: said === undefined,
    clients: [...new Set(declared.clients)],
    failover: declared.failover,
  }
}

/** Levels that the server refuses for reads, plain writes or conditional updates, whatever is lost. */
export function isRefused(kind: UseKind, level: string): boolean {
  const serial = level === 'SERIAL' || level === 'LOCAL_SERIAL'
  return kind === 'read' ? level === 'ANY' : kind === 'write' ? serial : !serial
}

/** Replication with the factors of its own cluster; undefined when they are unknown, or differ between the releases that it may be. */
export const placedReplication: (keyspace: Keyspace) => PlacedReplication | undefined = memo(keyspace => {
  const { replication, release } = keyspace
  if (replication.kind === 'simple') {
    if (replication.factor.kind !== 'known') return undefined
    const { total, transient } = replication.factor.value
    return { kind: 'simple', factor: { all: total, transient } }
  }
  if (replication.kind !== 'network-topology') return undefined
  if (replication.otherDatacenters.kind !== 'absent' && !keyspace.cluster) return undefined
  const names = keyspace.cluster?.datacenters.map(({ name }) => name as string) ?? []
  const readings = release.candidates.map((line): PlacedReplication | undefined => {
    const factors = effectiveFactors(replication, names, line)
    return (
      factors && {
        kind: 'networkTopology',
        factors: new Map([...factors].map(([name, { total, transient }]) => [name, { all: total, transient }])),
      }
    )
  })
  const [first] = readings
  if (!first || readings.some(reading => !reading || replicationKey(reading) !== replicationKey(first))) return undefined
  return first
})
