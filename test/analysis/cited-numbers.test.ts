/** Every number that hovers cite, to the published digit. */
import { describe, expect, it } from 'vitest'
import { convictionSeconds, freshConvictionSeconds } from '../../server/src/core/analysis/failure-detection.ts'
import { calculatedHeap } from '../../server/src/core/analysis/heap-sizing.ts'
import {
  choose,
  expectedNeighbours,
  freshWithin,
  lossOfIndependentFailures,
  lossOfSimultaneousFailures,
  outagesPerCentury,
  quorumSummary,
  staleReadProbability,
} from '../../server/src/core/analysis/outage-probability.ts'
import { timelineOf } from '../../server/src/core/analysis/timeline.ts'

describe('vnodes and outages (Lynch and Snyder 2018)', () => {
  it.each([
    [1, '3.907'],
    [4, '14.255'],
    [16, '40.641'],
    [256, '64.000'],
  ] as const)('%i tokens: %s neighbours', (tokens, expected) => {
    expect(expectedNeighbours({ nodes: 96, tokens, replicationFactor: 3 }).toFixed(3)).toBe(expected)
  })
  it.each([
    [12.5, '0.747712'],
    [25, '2.989917'],
    [50, '11.952217'],
    [100, '47.749343'],
    [200, '190.522373'],
  ] as const)('%d failures: %s outages a century', (rate, expected) => {
    expect(outagesPerCentury({ nodes: 96, tokens: 256, replicationFactor: 3 }, rate).toFixed(6)).toBe(expected)
  })
})

describe('copysets (Cidon et al. 2013)', () => {
  it.each([
    [5000 / 3, 4, '0.1568'],
    [25000 / 3, 4, '0.7814'],
    [5000 * choose(11, 2), 3, '22.808'],
    [(5000 * 8000) / 3, 5, '99.99965'],
  ] as const)('%d sets: %s %%', (sets, digits, expected) => {
    expect((100 * lossOfSimultaneousFailures(5000, 3, 50, sets)).toFixed(digits)).toBe(expected)
  })
})

describe('loss by independent failures (Kleppmann 2017)', () => {
  it.each([
    [3, '1.0e-9'],
    [1000, '2.549e-4'],
    [5000, '1.277e-3'],
    [8000, '2.043e-3'],
    [10000, '2.553e-3'],
  ] as const)('%i nodes: %s', (nodes, expected) => {
    const digits = expected.indexOf('e') - 2
    expect(lossOfIndependentFailures(nodes, 3, 256 * nodes, 0.001).toExponential(digits)).toBe(expected)
  })
})

describe('staleness (PBS)', () => {
  it('N=3 R=W=1', () => {
    expect(staleReadProbability(3, 1, 1).toFixed(4)).toBe('0.6667')
    expect([2, 3, 5, 10].map(k => freshWithin(3, 1, 1, k).toFixed(4))).toEqual(['0.5556', '0.7037', '0.8683', '0.9827'])
  })
  it('N=3 R=1 W=2', () => {
    expect([1, 2, 5].map(k => freshWithin(3, 1, 2, k).toFixed(3))).toEqual(['0.667', '0.889', '0.996'])
  })
})

describe('heap (cassandra-env.sh)', () => {
  it.each([
    [1, 512, 128],
    [2, 1024, 256],
    [8, 2048, 512],
    [16, 4096, 800],
    [32, 8192, 800],
  ] as const)('%i GiB: %i/%i', (gib, heap, newSize) => {
    expect(calculatedHeap(gib * 1024, 8)).toEqual({ heap, newSize })
  })
})

describe('failure detection', () => {
  it.each([
    [5, '11.5'],
    [8, '18.4'],
    [12, '27.6'],
    [16, '36.8'],
  ] as const)('phi %i: %s s', (phi, expected) => {
    expect(convictionSeconds(phi).toFixed(1)).toBe(expected)
    expect(freshConvictionSeconds(phi)).toBeCloseTo(2 * convictionSeconds(phi), 9)
  })
})

describe('single datacenter', () => {
  it('RF 3, QUORUM', () => {
    expect(quorumSummary(3, 2, 2)).toEqual({ quorum: 2, consistent: true, survives: 1, durableLoss: 1 })
    expect(quorumSummary(3, 1, 1)).toEqual({ quorum: 2, consistent: false, survives: 2, durableLoss: 0 })
  })
})

describe('timeline', () => {
  it('tells conviction, the end of hints, and of tombstones', () => {
    const all = timelineOf({})
    expect(all.map(({ after, event }) => [Math.round(after * 10) / 10, event])).toEqual([[18.4, 'convicted'], [10800, 'hints-stop'], [864000, 'tombstones-expire'], [864000, 'hints-expire']]) // biome-ignore format: one table
    expect(timelineOf({}, 3600).map(each => each.event)).toEqual(['convicted'])
  })
  it('hints expire early when gc_grace_seconds is short', () => {
    const all = timelineOf({ tables: [{ name: 'shop.carts', gcGraceSeconds: 3600 }, { name: 'shop.users', gcGraceSeconds: 864000 }] }) // biome-ignore format: one table
    expect(all.map(each => each.event)).toEqual(['convicted', 'hints-expire', 'tombstones-expire', 'hints-stop'])
    expect(all[1]!.text).toContain('shop.carts')
  })
})
