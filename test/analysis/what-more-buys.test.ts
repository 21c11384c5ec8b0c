/** What an addition changes. */
import { describe, expect, it } from 'vitest'
import { clusterShape } from '../../server/src/core/analysis/cluster-shape.ts'
import { whatMoreBuys } from '../../server/src/core/analysis/what-more-buys.ts'

describe('what more buys', () => {
  const shape = clusterShape(Array.from({ length: 6 }, (_, i) => ({ name: `n${i}`, datacenter: 'dc1', rack: `r${i % 2}`, tokenCount: 16 })))
  it('a third rack saves LOCAL_QUORUM from losing a rack; a node does not; a fourth replica does not', () => {
    const bought = whatMoreBuys(shape, { kind: 'networkTopology', factors: new Map([['dc1', { all: 3, transient: 0 }]]) }, { operation: 'read', level: 'LOCAL_QUORUM', datacenter: 'dc1' }, '5.0') // biome-ignore format: one call
    expect(bought.map(({ addition, before, after, better, worse }) => [addition.kind, before.nodes.size, after.nodes.size, before.racks.size, after.racks.size, better, worse])).toEqual([
      ['node', 2, 2, 1, 1, false, false],
      ['rack', 2, 2, 1, 2, true, false],
      ['replica', 2, 2, 1, 1, false, false],
    ]) // biome-ignore format: one table
  })
  it('a fifth replica survives two nodes', () => {
    const five = clusterShape(Array.from({ length: 5 }, (_, i) => ({ name: `n${i}`, datacenter: 'dc1', rack: `r${i}`, tokenCount: 16 })))
    const bought = whatMoreBuys(five, { kind: 'networkTopology', factors: new Map([['dc1', { all: 4, transient: 0 }]]) }, { operation: 'write', level: 'LOCAL_QUORUM', datacenter: 'dc1' }, '5.0') // biome-ignore format: one call
    expect(bought.find(each => each.addition.kind === 'replica')).toMatchObject({
      before: { nodes: { size: 2 } },
      after: { nodes: { size: 3 } },
      better: true,
    })
  })
})
