/** Consistency levels: which exist, where each is allowed, and how many replicas each requires of a replication. */
import { factorIn, type PlacedReplication, totalFactor } from './cluster-shape.ts'

export const consistencyLevels = [
  'ANY',
  'ONE',
  'TWO',
  'THREE',
  'QUORUM',
  'ALL',
  'LOCAL_QUORUM',
  'EACH_QUORUM',
  'SERIAL',
  'LOCAL_SERIAL',
  'LOCAL_ONE',
] as const
export type ConsistencyLevel = (typeof consistencyLevels)[number]
export type SerialLevel = 'SERIAL' | 'LOCAL_SERIAL'

export const operations = ['read', 'write', 'lwt', 'counter', 'batch', 'scan', 'truncate'] as const
export type Operation = (typeof operations)[number]

/** The commit levels of LWT that a simulation reports unless asked for others. */
export const usualCommitLevels = ['QUORUM', 'LOCAL_QUORUM'] as const

export function isConsistencyLevel(text: string): text is ConsistencyLevel {
  return (consistencyLevels as readonly string[]).includes(text)
}

export function isSerial(level: ConsistencyLevel): level is SerialLevel {
  return level === 'SERIAL' || level === 'LOCAL_SERIAL'
}

/** Levels that only replicas of the coordinator's own datacenter can satisfy. */
export function isLocal(level: ConsistencyLevel): boolean {
  return level === 'LOCAL_ONE' || level === 'LOCAL_QUORUM' || level === 'LOCAL_SERIAL'
}

/** Levels that the server accepts for an operation; of LWT, the serial ones. TRUNCATE has no level of its own: it asks every node. */
export function allowedLevels(operation: Operation): readonly ConsistencyLevel[] {
  switch (operation) {
    case 'read':
      return consistencyLevels.filter(level => level !== 'ANY')
    case 'scan':
      return consistencyLevels.filter(level => level !== 'ANY' && !isSerial(level))
    case 'write':
    case 'batch':
      return consistencyLevels.filter(level => !isSerial(level))
    case 'counter':
      return consistencyLevels.filter(level => level !== 'ANY' && !isSerial(level))
    case 'lwt':
      return ['SERIAL', 'LOCAL_SERIAL']
    case 'truncate':
      return ['ALL']
  }
}

/** More than half of them: floor(n / 2) + 1. The quorum of nothing is 1, which nothing can reach. */
export function quorumOf(replicas: number): number {
  return Math.floor(replicas / 2) + 1
}

/** At least `needed` live replicas in the datacenter, or anywhere when it is null. */
export interface Clause {
  readonly datacenter: string | null
  /** A number from the configured factors, or the majority of the replicas that are really placed (Paxos' electorate). */
  readonly needed: number | 'majority of placed'
}

/**
 * What an ordinary read or write at the level requires, from the configured factors (whether or not so many nodes exist).
 * EACH_QUORUM gives a clause for each datacenter of the map, by name; with SimpleStrategy it is QUORUM. Serial levels: the electorate alone.
 */
export function clausesOf(level: ConsistencyLevel, replication: PlacedReplication, localDatacenter: string): readonly Clause[] {
  switch (level) {
    case 'ANY':
      return [{ datacenter: null, needed: 0 }]
    case 'ONE':
      return [{ datacenter: null, needed: 1 }]
    case 'TWO':
      return [{ datacenter: null, needed: 2 }]
    case 'THREE':
      return [{ datacenter: null, needed: 3 }]
    case 'QUORUM':
      return [{ datacenter: null, needed: quorumOf(totalFactor(replication)) }]
    case 'ALL':
      return [{ datacenter: null, needed: totalFactor(replication) }]
    case 'LOCAL_ONE':
      return [{ datacenter: localDatacenter, needed: 1 }]
    case 'LOCAL_QUORUM':
      return [{ datacenter: localDatacenter, needed: quorumOf(factorIn(replication, localDatacenter)) }]
    case 'EACH_QUORUM':
      if (replication.kind === 'simple') return clausesOf('QUORUM', replication, localDatacenter)
      return [...replication.factors].map(([datacenter, factor]) => ({ datacenter, needed: quorumOf(factor.all) }))
    case 'SERIAL':
      return [{ datacenter: null, needed: 'majority of placed' }]
    case 'LOCAL_SERIAL':
      return [{ datacenter: localDatacenter, needed: 'majority of placed' }]
  }
}

/** How many acknowledgements a level waits for in all (the server's blockFor). */
export function blockFor(level: ConsistencyLevel, replication: PlacedReplication, localDatacenter: string): number {
  if (level === 'ANY') return 1
  if (level === 'SERIAL') return quorumOf(totalFactor(replication))
  if (level === 'LOCAL_SERIAL') return quorumOf(factorIn(replication, localDatacenter))
  return clausesOf(level, replication, localDatacenter).reduce((sum, clause) => sum + (clause.needed as number), 0)
}

/**
 * Whether a read at one level, from one datacenter, must see what a write at another level from another (or the same) acknowledged: whether every
 * set of replicas that answers the read meets every set that took the write, for every range.
 */
export function readSeesWrite(
  replication: PlacedReplication,
  read: { readonly level: ConsistencyLevel; readonly datacenter: string },
  write: { readonly level: ConsistencyLevel; readonly datacenter: string },
): boolean {
  if (write.level === 'ANY') return false
  const reads = ordinary(clausesOf(settled(read.level), replication, read.datacenter))
  const writes = ordinary(clausesOf(settled(write.level), replication, write.datacenter))
  const all = totalFactor(replication)
  // With SimpleStrategy the replicas of a datacenter are as many as the key makes them: local sets of two datacenters never must meet.
  for (const r of reads) {
    for (const w of writes) {
      if (r.datacenter === w.datacenter) {
        const replicas = r.datacenter === null ? all : factorIn(replication, r.datacenter)
        if (r.needed + w.needed > replicas) return true
      } else if (r.datacenter === null || w.datacenter === null) {
        if (r.needed + w.needed > all) return true
      }
    }
  }
  if (reads.length > 1 || writes.length > 1) {
    // A set that everybody may choose from must miss a quorum of some datacenter to stay apart from a quorum of each.
    const each = reads.length > 1 ? reads : writes
    const other = reads.length > 1 ? writes : reads
    const needed = other.reduce((sum, clause) => sum + clause.needed, 0)
    if (other.every(clause => clause.datacenter === null) && needed + each.reduce((sum, clause) => sum + clause.needed, 0) > all)
      return true
  }
  return false
}

function settled(level: ConsistencyLevel): ConsistencyLevel {
  return level === 'SERIAL' ? 'QUORUM' : level === 'LOCAL_SERIAL' ? 'LOCAL_QUORUM' : level
}

function ordinary(clauses: readonly Clause[]): readonly { readonly datacenter: string | null; readonly needed: number }[] {
  return clauses.map(clause => ({ datacenter: clause.datacenter, needed: clause.needed as number }))
}
