/** How the rules about workloads speak: one finding for each workload, level and cause, whichever datacenters its clients are in. */
import type { SingleLoss } from '../analysis/single-loss.ts'
import type { Cluster } from '../model/cluster.ts'
import type { DeclaredLink } from '../model/declared.ts'
import type { Keyspace } from '../model/keyspace.ts'
import type { UseKind, Workload, WorkloadUse } from '../model/workload.ts'
import type { UseFromDatacenter } from '../model/workload-losses.ts'
import type { EntityKey, Fix, Report } from './rule.ts'
import { datacenterKey, keyspaceKey, list, trimNumber } from './words.ts'

const verbs = { read: 'reads', write: 'writes', serial: 'conditional updates' } as const

/** `reads and writes of shop at LOCAL_QUORUM`. */
export function sayUse(keyspace: Keyspace, use: WorkloadUse): string {
  return `${list(use.kinds.map(kind => verbs[kind]))} of ${keyspace.name} at ${use.level}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const assumedNote = ' (LOCAL_QUORUM is assumed: foretell.yaml declares no workload for it.)'

/** The workload in foretell.yaml, else the keyspace's statement; the other as related place. `kind` picks the place where several share a level. */
export function placeOfLevel({ keyspace, declared }: Workload, use: WorkloadUse, kind?: UseKind): Pick<Report, 'at' | 'see'> {
  if (!declared) return { at: keyspace.statement }
  const at = (kind && declared.places.get(kind)) ?? use.span ?? declared.places.get('keyspace') ?? declared.span
  return { at, see: [{ at: keyspace.statement, message: `replication of ${keyspace.name}` }] }
}

export function placeOfUse({ workload, use }: UseFromDatacenter): Pick<Report, 'at' | 'see'> {
  return placeOfLevel(workload, use)
}

/** What a report about losses is about. */
export function aboutLosses(keyspace: Keyspace, uses: readonly UseFromDatacenter[], losses: readonly SingleLoss[]): readonly EntityKey[] {
  const datacenters = new Set([...uses.flatMap(({ client }) => client ?? []), ...losses.map(({ datacenter }) => datacenter)])
  return [keyspaceKey(keyspace), `workload:${keyspace.name}`, ...[...datacenters].map(datacenterKey)]
}

/** `33 %`, `less than 0.1 %`. */
export function sayShare(share: number): string {
  const percent = share * 100
  return percent < 0.1 ? 'less than 0.1 %' : `${percent < 10 ? trimNumber(percent) : Math.round(percent)} %`
}

/** ` from dc1`; nothing when clients may be anywhere. */
export function sayFrom(uses: readonly UseFromDatacenter[]): string {
  const clients = uses.flatMap(({ client }) => client ?? [])
  return clients.length === 0 ? '' : ` from ${list(clients, 4)}`
}

/** Uses whose smallest fatal loss is of a kind, gathered by workload and level. */
export function bySmallest(uses: readonly UseFromDatacenter[], kind: SingleLoss['kind']): readonly (readonly UseFromDatacenter[])[] {
  const groups = new Map<WorkloadUse, UseFromDatacenter[]>()
  for (const each of uses) {
    if (each.losses[0]?.kind !== kind) continue
    const there = groups.get(each.use)
    if (there) there.push(each)
    else groups.set(each.use, [each])
  }
  return [...groups.values()]
}

/** The level that stays in the clients' datacenter; undefined for one that does. */
export function localLevel(level: string): string | undefined {
  if (level === 'ONE') return 'LOCAL_ONE'
  if (level === 'SERIAL') return 'LOCAL_SERIAL'
  return ['TWO', 'THREE', 'QUORUM', 'EACH_QUORUM', 'ALL'].includes(level) ? 'LOCAL_QUORUM' : undefined
}

/** Replaces a declared use's level in foretell.yaml, for reads, writes and conditional updates alike. */
export function levelFix({ workload, use }: Pick<UseFromDatacenter, 'workload' | 'use'>, level: string | undefined): readonly Fix[] {
  const { declared } = workload
  if (!declared || level === undefined) return []
  const spans = use.kinds.flatMap(kind => (declared[kind] === use.level ? (declared.places.get(kind) ?? []) : []))
  if (spans.length === 0) return []
  return [{ title: `Use ${level}`, safe: false, edits: spans.map(at => ({ at, newText: level })) }]
}

/** The declared link between two datacenters whose round trip is said. */
export function roundTripBetween(cluster: Cluster, a: string, b: string): DeclaredLink | undefined {
  return cluster.declared.links.find(
    ({ between, roundTripMillis }) =>
      roundTripMillis !== undefined && ((between[0] === a && between[1] === b) || (between[0] === b && between[1] === a)),
  )
}
