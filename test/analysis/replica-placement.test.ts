/** Placement against a plain oracle, and small facts about rings. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import { placedRanges, placeReplicas, replicasOfPosition, replicatedOwnership } from '../../server/src/core/analysis/replica-placement.ts'
import { positionOfToken, ringOf, type TokenRing, tokenRing } from '../../server/src/core/analysis/token-ring.ts'
import { randomCluster, randomReplication } from './random-clusters.ts'

/** The definition, walked range by range. */
function oracle(ring: TokenRing, replication: PlacedReplication, position: number): number[] {
  const { nodes } = ring.shape
  const walk = [...ring.owners.slice(position), ...ring.owners.slice(0, position)]
  const chosen: number[] = []
  const place = (node: number) => (replication.kind === 'simple' ? '' : nodes[node]!.datacenter)
  for (const node of walk) {
    const factor = replication.kind === 'simple' ? replication.factor.all : (replication.factors.get(place(node))?.all ?? 0)
    const same = chosen.filter(other => place(other) === place(node))
    if (chosen.includes(node) || same.length >= factor) continue
    const rackOf = (other: number) => (replication.kind === 'simple' ? `${other}` : nodes[other]!.rack)
    const racks = new Set(walk.filter(other => place(other) === place(node)).map(rackOf)).size
    const repeats = same.length - new Set(same.map(rackOf)).size
    if (!same.some(other => rackOf(other) === rackOf(node)) || repeats < factor - racks) chosen.push(node)
  }
  return chosen
}

describe('placement', () => {
  it('equals the oracle', () => {
    fc.assert(
      fc.property(randomCluster(10), randomReplication, ({ shape }, replication) => {
        const ring = ringOf(shape)
        const placement = placeReplicas(ring, replication)
        for (let i = 0; i < ring.owners.length; i++) expect(replicasOfPosition(placement, i)).toEqual(oracle(ring, replication, i))
      }),
      { numRuns: 500 },
    )
  })

  it('marks the last replicas of a datacenter as transient', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((name, i) => ({ name, datacenter: 'dc1', rack: 'r', tokens: [BigInt(i)], tokenCount: 1 }))
    const ring = ringOf(clusterShape(nodes))
    const placement = placeReplicas(ring, { kind: 'networkTopology', factors: new Map([['dc1', { all: 3, transient: 1 }]]) })
    expect([...placement.transient!.subarray(0, 3)]).toEqual([0, 0, 1])
    // Of a factor above the nodes, the transient ones are missed first.
    const more = placeReplicas(ring, { kind: 'networkTopology', factors: new Map([['dc1', { all: 5, transient: 1 }]]) })
    expect(more.transient).toBeUndefined()
  })

  it('shares add up to the copies', () => {
    fc.assert(
      fc.property(randomCluster(8), randomReplication, ({ shape }, replication) => {
        const placement = placeReplicas(ringOf(shape), replication)
        expect(replicatedOwnership(placement)!.reduce((sum, each) => sum + each, 0)).toBeCloseTo(placement.copies, 9)
      }),
    )
  })
})

describe('ring', () => {
  it('names the nodes whose tokens are not known', () => {
    const nodes = [{ name: 'a', datacenter: 'd', rack: 'r', tokenCount: 4 }, { name: 'b', datacenter: 'd', rack: 'r', tokens: [1n], tokenCount: 1 }] // biome-ignore format: one table
    expect(tokenRing(nodes)).toEqual({ kind: 'unknown', nodes: ['a'] })
  })
  it('keeps the first of two owners of a token and tells', () => {
    const nodes = ['a', 'b'].map(name => ({ name, datacenter: 'd', rack: 'r', tokens: [5n], tokenCount: 1 }))
    const ring = ringOf(clusterShape(nodes))
    expect([...ring.owners]).toEqual([0])
    expect(ring.clashes).toEqual([{ token: 5n, nodes: [0, 1] }])
  })
  it('sorts signed tokens and wraps', () => {
    const nodes = [7n, -9223372036854775808n, 9223372036854775807n, -1n].map((token, i) => ({ name: `n${i}`, datacenter: 'd', rack: 'r', tokens: [token], tokenCount: 1 })) // biome-ignore format: one table
    const ring = ringOf(clusterShape(nodes))
    expect([...ring.owners]).toEqual([1, 3, 0, 2])
    expect(ring.shares!.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    expect([-5n, -1n, 0n, 8n].map(token => positionOfToken(ring, token))).toEqual([1, 1, 2, 3])
    expect([...placedRanges(placeReplicas(ring, { kind: 'simple', factor: { all: 1, transient: 0 } }))][0]).toEqual({ after: 9223372036854775807n, upTo: -9223372036854775808n, replicas: ['n1'] }) // biome-ignore format: one row
  })
  it('takes tokens of the random partitioner', () => {
    const nodes = [0n, 1n << 126n].map((token, i) => ({ name: `n${i}`, datacenter: 'd', rack: 'r', tokens: [token], tokenCount: 1 }))
    expect([...ringOf(clusterShape(nodes), 'random').shares!]).toEqual([0.5, 0.5])
    expect(ringOf(clusterShape(nodes), 'other').shares).toBeUndefined()
  })
})
