/** What levels require, and when a read must see a write, against trying every set of replicas that may answer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import {
  allowedLevels,
  blockFor,
  type ConsistencyLevel,
  clausesOf,
  consistencyLevels,
  readSeesWrite,
} from '../../server/src/core/analysis/consistency-level.ts'

const nts = (factors: Record<string, number>): PlacedReplication => ({ kind: 'networkTopology', factors: new Map(Object.entries(factors).map(([name, all]) => [name, { all, transient: 0 }])) }) // biome-ignore format: one expression

describe('levels', () => {
  it('require what the server waits for', () => {
    const replication = nts({ dc1: 3, dc2: 5 })
    const waits = Object.fromEntries(consistencyLevels.map(level => [level, blockFor(level, replication, 'dc1')]))
    expect(waits).toEqual({
      ANY: 1,
      ONE: 1,
      TWO: 2,
      THREE: 3,
      QUORUM: 5,
      ALL: 8,
      LOCAL_QUORUM: 2,
      EACH_QUORUM: 5,
      SERIAL: 5,
      LOCAL_SERIAL: 2,
      LOCAL_ONE: 1,
    })
    expect(clausesOf('LOCAL_QUORUM', replication, 'dc3')).toEqual([{ datacenter: 'dc3', needed: 1 }])
    expect(clausesOf('EACH_QUORUM', { kind: 'simple', factor: { all: 3, transient: 0 } }, 'dc1')).toEqual([{ datacenter: null, needed: 2 }])
  })
  it('are allowed as the server allows them', () => {
    expect(allowedLevels('read')).not.toContain('ANY')
    expect(allowedLevels('write')).not.toContain('SERIAL')
    expect(allowedLevels('counter')).not.toContain('ANY')
    expect(allowedLevels('lwt')).toEqual(['SERIAL', 'LOCAL_SERIAL'])
  })
})

/** Every set of replicas that satisfies a level, replicas of dc1 first. */
function answering(level: ConsistencyLevel, factors: { dc1: number; dc2: number }, local: string): number[] {
  const plain = level === 'SERIAL' ? 'QUORUM' : level === 'LOCAL_SERIAL' ? 'LOCAL_QUORUM' : level
  const clauses = clausesOf(plain, nts(factors), local)
  const total = factors.dc1 + factors.dc2
  const mask = (dc: string | null) =>
    dc === null ? (1 << total) - 1 : dc === 'dc1' ? (1 << factors.dc1) - 1 : ((1 << factors.dc2) - 1) << factors.dc1
  const bits = (n: number) => n.toString(2).replaceAll('0', '').length
  return Array.from({ length: 1 << total }, (_, set) => set).filter(set =>
    clauses.every(clause => bits(set & mask(clause.datacenter)) >= (clause.needed as number)),
  )
}

describe('a read sees a write', () => {
  it('exactly when all sets of replicas that answer them meet', () => {
    const level = fc.constantFrom(...consistencyLevels.filter(each => each !== 'ANY'))
    const datacenter = fc.constantFrom('dc1', 'dc2')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        level,
        datacenter,
        level,
        datacenter,
        (a, b, read, from, write, to) => {
          const factors = { dc1: a, dc2: b }
          const reads = answering(read, factors, from)
          const writes = answering(write, factors, to)
          if (reads.length === 0 || writes.length === 0) return
          const meet = reads.every(x => writes.every(y => (x & y) !== 0))
          expect(readSeesWrite(nts(factors), { level: read, datacenter: from }, { level: write, datacenter: to })).toBe(meet)
        },
      ),
      { numRuns: 1500 },
    )
  })
  it('never after ANY', () => {
    expect(readSeesWrite(nts({ dc1: 3 }), { level: 'ALL', datacenter: 'dc1' }, { level: 'ANY', datacenter: 'dc1' })).toBe(false)
  })
})
