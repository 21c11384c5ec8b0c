/**
 * Who reads and writes a keyspace, at which level and from which datacenter: as foretell.yaml declares it, else assumed at LOCAL_QUORUM in every
 * datacenter that holds replicas. And what of it breaks when a node, a rack or a datacenter is lost: what is certain for any tokens, and what is possible.
 */
import type { PlacedReplication } from '../analysis/cluster-shape.ts'
import { factorIn } from '../analysis/cluster-shape.ts'
import { type Clause, type ConsistencyLevel, clausesOf, isConsistencyLevel, isLocal, quorumOf } from '../analysis/consistency-level.ts'
import { copiesByRack } from '../analysis/token-free-bounds.ts'
import { memo } from '../text/memo.ts'
import type { Span } from '../text/span.ts'
import type { Cluster } from './cluster.ts'
import { replicationView } from './cluster-view.ts'
import type { DeclaredWorkload } from './declared.ts'
import type { Keyspace } from './keyspace.ts'

export type Use = 'read' | 'write' | 'serial'

export interface LevelUse {
  readonly use: Use
  readonly level: ConsistencyLevel
  /** Where the level is written in foretell.yaml. */
  readonly span: Span | undefined
}

export interface Workload {
  /** Of the coordinator. */
  readonly datacenter: string
  readonly uses: readonly LevelUse[]
  readonly failover: readonly string[]
  readonly strong: boolean
  /** Undefined: assumed. */
  readonly declared: DeclaredWorkload | undefined
}

/** The keyspace's replication where it places replicas and is known. */
export const placedReplication: (keyspace: Keyspace) => PlacedReplication | undefined = memo(keyspace => {
  const view = replicationView(keyspace)
  return typeof view === 'string' || view.kind === 'local' || view.kind === 'unrecognised' ? undefined : view
})

/** Declared workloads of a keyspace, one for each client datacenter; else the assumed ones. None for system keyspaces and without a cluster. */
export const workloadsOf: (keyspace: Keyspace) => readonly Workload[] = memo(keyspace => {
  const { cluster } = keyspace
  if (!cluster) return []
  const declared = cluster.declared.workloads.filter(workload => workload.keyspace === keyspace.name)
  if (declared.length > 0) return declared.flatMap(workloadsDeclared)
  const replication = placedReplication(keyspace)
  if (keyspace.isSystem || replication?.kind !== 'networkTopology') return []
  const levels: readonly LevelUse[] = [
    { use: 'read', level: 'LOCAL_QUORUM', span: undefined },
    { use: 'write', level: 'LOCAL_QUORUM', span: undefined },
  ]
  return [...replication.factors].flatMap(([datacenter, factor]) =>
    factor.all > 0 && cluster.datacenters.some(one => one.name === datacenter)
      ? [{ datacenter, uses: levels, failover: [], strong: false, declared: undefined }]
      : [],
  )
})

function workloadsDeclared(declared: DeclaredWorkload): Workload[] {
  const uses: LevelUse[] = []
  for (const use of ['read', 'write', 'serial'] as const) {
    const level = declared[use]
    if (level !== undefined && isConsistencyLevel(level)) uses.push({ use, level, span: declared.places.get(use) })
  }
  const { failover, strong } = declared
  if (declared.clients.length > 0) return declared.clients.map(datacenter => ({ datacenter, uses, failover, strong, declared }))
  // Without a client datacenter only levels that do not depend on it can be judged.
  const anywhere = uses.filter(use => !isLocal(use.level))
  return anywhere.length > 0 ? [{ datacenter: '', uses: anywhere, failover, strong, declared }] : []
}

export type Loss =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'node'; readonly datacenter: string | null }
  | {
      readonly kind: 'rack'
      readonly datacenter: string
      readonly rack: string | undefined
      readonly copies: number
      readonly of: number
      readonly certain: boolean
    }
  | { readonly kind: 'datacenter'; readonly datacenter: string }

export interface Fatal {
  readonly workload: Workload
  /** Reads and writes at one level together. */
  readonly uses: readonly LevelUse[]
  readonly level: ConsistencyLevel
  /** The smallest: nothing lost, a node, a rack, another datacenter. */
  readonly loss: Loss
  /** Of the clause that is short; null counts everywhere. */
  readonly where: string | null
  readonly needed: number
  /** Copies that count before the loss, and after it. */
  readonly before: number
  readonly after: number
}

/** The smallest loss that breaks each level of each workload; levels that survive all of these are left out. */
export const fatalLosses: (keyspace: Keyspace) => readonly Fatal[] = memo(keyspace => {
  const { cluster } = keyspace
  const replication = placedReplication(keyspace)
  if (!cluster || !replication) return []
  const found: Fatal[] = []
  for (const workload of workloadsOf(keyspace)) {
    const byLevel = new Map<ConsistencyLevel, LevelUse[]>()
    for (const use of workload.uses) byLevel.set(use.level, [...(byLevel.get(use.level) ?? []), use])
    for (const [level, uses] of byLevel) {
      // With SimpleStrategy the copies of a datacenter depend on the key.
      if (replication.kind === 'simple' && isLocal(level)) continue
      const fatal = smallestLoss(cluster, replication, level, workload.datacenter)
      if (fatal) found.push({ workload, uses, level, ...fatal })
    }
  }
  return found
})

type Shortage = Pick<Fatal, 'loss' | 'where' | 'needed' | 'before' | 'after'>

function smallestLoss(cluster: Cluster, replication: PlacedReplication, level: ConsistencyLevel, datacenter: string): Shortage | undefined {
  if (level === 'ANY') return undefined
  const places = placesOf(cluster, replication)
  const clauses = clausesOf(level, replication, datacenter).map(clause => ({ clause, needed: needed(clause, places, replication) }))
  const short = (taken: ReadonlyMap<string, number>, loss: Loss): Shortage | undefined => {
    for (const { clause, needed } of clauses) {
      const before = copies(places, clause.datacenter)
      let lost = 0
      for (const [name, count] of taken) if (clause.datacenter === null || clause.datacenter === name) lost += count
      if (before - lost < needed) return { loss, where: clause.datacenter, needed, before, after: before - lost }
    }
    return undefined
  }
  const holding = [...places].filter(([, place]) => place.copies > 0)
  const never = short(new Map(), { kind: 'nothing' })
  if (never) return never
  for (const [name] of holding) {
    const lost = short(new Map([[name, 1]]), { kind: 'node', datacenter: name === anyDatacenter ? null : name })
    if (lost) return lost
  }
  let possible: Shortage | undefined
  for (const [name, place] of holding) {
    if (!place.racks) continue
    const { least, most, rack } = place.racks
    const of = place.copies
    const certain = short(new Map([[name, least]]), { kind: 'rack', datacenter: name, rack, copies: least, of, certain: true })
    if (certain) return certain
    possible ??= short(new Map([[name, most]]), { kind: 'rack', datacenter: name, rack: undefined, copies: most, of, certain: false })
  }
  if (possible) return possible
  for (const [name, place] of holding) {
    if (name === datacenter || name === anyDatacenter) continue
    const lost = short(new Map([[name, place.copies]]), { kind: 'datacenter', datacenter: name })
    if (lost) return lost
  }
  return undefined
}

const anyDatacenter = ''

interface Place {
  /** Copies of any range: at most, when nodes may be elsewhere. */
  readonly copies: number
  /** Copies of some range in one rack; missing with a single rack, and where racks are not known. `rack`: the one that surely holds them. */
  readonly racks: { readonly least: number; readonly most: number; readonly rack: string | undefined } | undefined
}

function placesOf(cluster: Cluster, replication: PlacedReplication): ReadonlyMap<string, Place> {
  const complete = !cluster.mayHaveNodesElsewhere && cluster.nodesWithoutDatacenter.length === 0
  if (replication.kind === 'simple') {
    const copies = complete ? Math.min(replication.factor.all, cluster.nodes.length) : replication.factor.all
    return new Map([[anyDatacenter, { copies, racks: undefined }]])
  }
  const places = new Map<string, Place>()
  for (const [name, factor] of replication.factors) {
    const datacenter = cluster.datacenters.find(one => one.name === name)
    const nodes = datacenter?.nodes.length ?? 0
    const copies = complete ? Math.min(factor.all, nodes) : factor.all
    const racks = datacenter && complete && !datacenter.racksUnknown && datacenter.racks.length >= 2 ? datacenter.racks : undefined
    places.set(name, { copies, racks: racks && inOneRack(copies, factor.all, racks) })
  }
  return places
}

function inOneRack(copies: number, factor: number, racks: readonly { readonly name: string; readonly nodes: readonly unknown[] }[]) {
  const bounds = copiesByRack(
    factor,
    racks.map(rack => rack.nodes.length),
  )
  const least = Math.max(...bounds.map(bound => bound.least), Math.ceil(copies / racks.length))
  const surely = bounds.findIndex(bound => bound.least >= least)
  return { least, most: Math.max(...bounds.map(bound => bound.most)), rack: surely < 0 ? undefined : racks[surely]!.name }
}

function copies(places: ReadonlyMap<string, Place>, datacenter: string | null): number {
  if (datacenter !== null) return places.get(datacenter)?.copies ?? 0
  let sum = 0
  for (const place of places.values()) sum += place.copies
  return sum
}

/** A conditional update needs the majority of what is placed, and then reads at the quorum of what is configured. */
function needed(clause: Clause, places: ReadonlyMap<string, Place>, replication: PlacedReplication): number {
  if (clause.needed !== 'majority of placed') return clause.needed
  if (clause.datacenter !== null) return quorumOf(factorIn(replication, clause.datacenter))
  let sum = 0
  if (replication.kind === 'simple') sum = replication.factor.all
  else for (const factor of replication.factors.values()) sum += factor.all
  return Math.max(quorumOf(sum), quorumOf(copies(places, null)))
}
