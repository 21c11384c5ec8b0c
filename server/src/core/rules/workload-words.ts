/** How findings about workloads speak of them, and where they are put. */

import type { Keyspace } from '../model/keyspace.ts'
import type { Fatal, LevelUse, Workload } from '../model/workloads.ts'
import type { Span } from '../text/span.ts'
import type { EntityKey, RelatedPlace } from './rule.ts'
import { datacenterKey, keyspaceKey, list } from './words.ts'

const nouns = { read: 'reads', write: 'writes', serial: 'conditional updates' } as const

/** `reads and writes of shop at LOCAL_QUORUM from dc1`. */
export function sayUses(keyspace: Keyspace, uses: readonly LevelUse[], datacenters: readonly string[]): string {
  const what = list(uses.map(use => nouns[use.use]))
  const from = datacenters.filter(name => name !== '')
  return `${what} of ${keyspace.name} at ${uses[0]!.level}${from.length > 0 ? ` from ${list(from, 5)}` : ''}`
}

/** `Reads …`: at the beginning of a message. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** At the level in foretell.yaml when declared, else at the keyspace's name in its statement. */
export function placeOfUse(keyspace: Keyspace, workload: Workload, use: LevelUse | undefined): Span {
  return use?.span ?? workload.declared?.span ?? keyspace.nameSpan
}

export function otherPlace(keyspace: Keyspace, workload: Workload): readonly RelatedPlace[] {
  return workload.declared ? [{ at: keyspace.nameSpan, message: `keyspace ${keyspace.name}` }] : []
}

export const assumption = ' (LOCAL_QUORUM is assumed; declare the workloads in foretell.yaml)'

/** The precedence of rules goes by workload and client datacenter. */
export function aboutUses(keyspace: Keyspace, level: string, datacenters: readonly string[]): readonly EntityKey[] {
  return [
    keyspaceKey(keyspace),
    ...datacenters.filter(name => name !== '').map(datacenterKey),
    ...datacenters.map((name): EntityKey => `workload:${keyspace.name} ${level} ${name}`),
  ]
}

/** Losses that differ only in the client datacenter, of assumed workloads or of one declared workload, are said once. */
export function gatherFatals(fatals: readonly Fatal[]): readonly { readonly fatal: Fatal; readonly datacenters: readonly string[] }[] {
  const groups = new Map<unknown, Map<string, { fatal: Fatal; datacenters: string[] }>>()
  for (const fatal of fatals) {
    const owner = fatal.workload.declared ?? 'assumed'
    const same = groups.get(owner) ?? new Map<string, { fatal: Fatal; datacenters: string[] }>()
    groups.set(owner, same)
    const local = fatal.where !== null && fatal.where === fatal.workload.datacenter
    const key = [
      fatal.level,
      fatal.loss.kind,
      local ? 'local' : fatal.where,
      fatal.needed,
      fatal.before,
      fatal.after,
      'certain' in fatal.loss && fatal.loss.certain,
    ].join(' ')
    const there = same.get(key)
    if (there) there.datacenters.push(fatal.workload.datacenter)
    else same.set(key, { fatal, datacenters: [fatal.workload.datacenter] })
  }
  return [...groups.values()].flatMap(same => [...same.values()])
}
