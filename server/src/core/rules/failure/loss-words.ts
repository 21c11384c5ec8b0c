/** How the rules about losses speak: one finding for each workload, level and cause, whichever datacenters its clients are in. */
import type { SingleLoss } from '../../analysis/single-loss.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import type { WorkloadUse } from '../../model/workload.ts'
import type { UseFromDatacenter } from '../../model/workload-losses.ts'
import type { EntityKey, Report } from '../rule.ts'
import { datacenterKey, keyspaceKey, list, trimNumber } from '../words.ts'

const verbs = { read: 'reads', write: 'writes', serial: 'conditional updates' } as const

/** `shop reads and writes at LOCAL_QUORUM`. */
export function sayUse(keyspace: Keyspace, use: WorkloadUse): string {
  return `${list(use.kinds.map(kind => verbs[kind]))} of ${keyspace.name} at ${use.level}`
}

export const assumedNote = ' (LOCAL_QUORUM is assumed: foretell.yaml declares no workload for it.)'

/** The workload in foretell.yaml, else the keyspace's statement; the other as related place. */
export function placeOfUse({ workload, use }: UseFromDatacenter): Pick<Report, 'at' | 'see'> {
  const { keyspace, declared } = workload
  if (!declared) return { at: keyspace.statement }
  return {
    at: use.span ?? declared.places.get('keyspace') ?? declared.span,
    see: [{ at: keyspace.statement, message: `replication of ${keyspace.name}` }],
  }
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
