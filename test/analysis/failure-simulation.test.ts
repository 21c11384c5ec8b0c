/** The simulator's promises: more losses never help, bounds hold for every ring, expected lies within its interval, sentences name nodes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterShape, type PlacedReplication, type RingNode } from '../../server/src/core/analysis/cluster-shape.ts'
import type { Operation } from '../../server/src/core/analysis/consistency-level.ts'
import { type ClusterView, type Outcome, simulateLoss } from '../../server/src/core/analysis/failure-simulation.ts'
import { type LossUnit, lossOf, type Network, route, tunnelName, tunnelsOf } from '../../server/src/core/analysis/reachability.ts'
import { ringOf } from '../../server/src/core/analysis/token-ring.ts'
import { randomCluster, randomNetwork, randomReplication } from './random-clusters.ts'

const operations: Operation[] = ['read', 'write', 'lwt', 'counter', 'batch', 'scan', 'truncate']
const nts = (factors: Record<string, number>): PlacedReplication => ({ kind: 'networkTopology', factors: new Map(Object.entries(factors).map(([name, all]) => [name, { all, transient: 0 }])) }) // biome-ignore format: one expression
const keyOf = (o: Outcome) => [o.operation, o.level, o.commitLevel, o.clientDatacenter].join(' ')

describe('simulation', () => {
  it('more losses never help', () => {
    fc.assert(
      fc.property(
        randomCluster(7).chain(cluster =>
          fc.tuple(
            fc.constant(cluster),
            randomNetwork(cluster.shape),
            randomReplication,
            fc.array(fc.nat(99), { maxLength: 3 }),
            fc.array(fc.nat(99), { minLength: 1, maxLength: 2 }),
            fc.constantFrom('v1' as const, 'v2' as const),
          ),
        ),
        ([{ shape }, network, replication, some, more, paxos]) => {
          const cluster: ClusterView = {
            shape,
            ring: ringOf(shape),
            partitioner: 'murmur3',
            release: '5.0',
            paxos,
            ...(network ? { network } : {}),
          }
          const unit = (n: number): LossUnit => {
            const tunnels = network ? tunnelsOf(network, shape.nodes.length) : []
            if (n % 3 === 0 && network && tunnels.length > 0) {
              const between = tunnelName(network.hosts, tunnels[n % tunnels.length]!).split('/') as [string, string]
              return { kind: 'tunnel', between }
            }
            return { kind: 'node', name: shape.nodes[n % shape.nodes.length]!.name }
          }
          const simulate = (units: readonly LossUnit[]) =>
            simulateLoss(cluster, [{ name: 'k', replication }], lossOf(shape, network, units).loss, { operations }).outcomes
          const before = new Map(simulate(some.map(unit)).map(outcome => [keyOf(outcome), outcome]))
          for (const outcome of simulate([...some, ...more].map(unit))) {
            expect(outcome.ring.fraction, keyOf(outcome)).toBeLessThanOrEqual(before.get(keyOf(outcome))!.ring.fraction + 1e-9)
          }
        },
      ),
      { numRuns: 120 },
    )
  })

  it('bounds contain the exact answer of every ring, and expected lies within its interval', () => {
    fc.assert(
      fc.property(
        randomCluster(7).chain(cluster =>
          fc.tuple(fc.constant(cluster), randomNetwork(cluster.shape), randomReplication, fc.array(fc.nat(99), { maxLength: 3 })),
        ),
        ([{ shape, nodes }, network, replication, lost]) => {
          const blind = clusterShape(nodes.map(({ tokens: _, ...node }) => node))
          const common = { partitioner: 'murmur3', release: '5.0', ...(network ? { network } : {}) } as const
          const { loss } = lossOf(
            shape,
            network,
            lost.map(n => ({ kind: 'node' as const, name: shape.nodes[n % shape.nodes.length]!.name })),
          )
          const keyspaces = [{ name: 'k', replication }]
          const exact = new Map(
            simulateLoss({ ...common, shape, ring: ringOf(shape) }, keyspaces, loss, { operations }).outcomes.map(o => [keyOf(o), o]),
          )
          for (const outcome of simulateLoss({ ...common, shape: blind }, keyspaces, loss, { operations }).outcomes) {
            const { lower, fraction, upper, basis } = outcome.ring
            expect(lower).toBeLessThanOrEqual(fraction)
            expect(fraction).toBeLessThanOrEqual(upper)
            if (basis === 'expected') expect(['partial', 'unknown']).toContain(outcome.verdict)
            else
              expect({ key: keyOf(outcome), verdict: outcome.verdict }).toEqual({
                key: keyOf(outcome),
                verdict: exact.get(keyOf(outcome))!.verdict,
              })
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  const nodes: RingNode[] = Array.from({ length: 6 }, (_, i) => ({ name: `db${i + 1}`, datacenter: i < 3 ? 'dc1' : 'dc2', rack: `r${(i % 3) + 1}`, tokens: [BigInt(i) << 60n], tokenCount: 1 })) // biome-ignore format: one table
  const shape = clusterShape(nodes)
  const cluster: ClusterView = { shape, ring: ringOf(shape), partitioner: 'murmur3', release: '5.0' }
  const shop = { name: 'shop', replication: nts({ dc1: 3, dc2: 3 }) }
  const ask = (view: ClusterView, units: readonly LossUnit[], level: 'LOCAL_QUORUM' | 'QUORUM' | 'EACH_QUORUM') =>
    simulateLoss(view, [shop], lossOf(shape, view.network, units).loss, {
      operations: ['read'],
      levels: [level],
      clientDatacenters: ['dc1'],
    }).outcomes[0]!

  it('says why, with names', () => {
    expect(
      ask(
        cluster,
        [
          { kind: 'node', name: 'db1' },
          { kind: 'node', name: 'db2' },
        ],
        'LOCAL_QUORUM',
      ),
    ).toMatchObject({
      verdict: 'fails',
      required: [{ datacenter: 'dc1', needed: 2, alive: 1 }],
      because: 'LOCAL_QUORUM needs 2 live replicas in dc1, but ranges on db1, db2 and db3 keep only 1: db1 and db2 are lost',
    })
    expect(ask(cluster, [{ kind: 'datacenter', name: 'dc1' }], 'LOCAL_QUORUM').because).toBe(
      'no node of dc1 is left to coordinate; with clients moved, from dc2 it would survive',
    )
  })

  it('a lost gateway tunnel cuts a datacenter off', () => {
    const size = nodes.length
    const network: Network = {
      hosts: [...nodes.map(node => node.name), 'gw1', 'gw2'],
      routes: Int32Array.from({ length: size * size }, (_, i) =>
        nodes[Math.floor(i / size)]!.datacenter === nodes[i % size]!.datacenter ? route.underlay : Math.floor(i / size) < 3 ? 0 : 1,
      ),
      chains: [
        { via: [6, 7], tunnels: [false, true, false] },
        { via: [7, 6], tunnels: [false, true, false] },
      ],
      assuming: [],
    }
    const lost = { ...cluster, network }
    const tunnel: LossUnit = { kind: 'tunnel', between: ['gw2', 'gw1'] }
    expect(ask(lost, [tunnel], 'LOCAL_QUORUM').verdict).toBe('survives')
    expect(ask(lost, [tunnel], 'EACH_QUORUM')).toMatchObject({
      verdict: 'fails',
      because:
        'EACH_QUORUM needs 2 live replicas in dc2, but ranges on db4, db5 and db6 keep none: db4, db5 and db6 cannot be reached from db1',
    })
    expect(ask(lost, [{ kind: 'gateway', name: 'gw1' }], 'QUORUM').verdict).toBe('fails')
    // Without tokens, too, what is lost is named.
    const blind: ClusterView = {
      shape: clusterShape(nodes.map(({ tokens: _, ...node }) => node)),
      partitioner: 'murmur3',
      release: '5.0',
      network,
    }
    expect(ask(blind, [tunnel], 'EACH_QUORUM').because).toMatch(/no range keeps more than 0 with the tunnel gw1\/gw2 lost$/)
    expect(ask(blind, [tunnel], 'LOCAL_QUORUM').because).toMatch(/keeps 3 or more with the tunnel gw1\/gw2 lost$/)
    const both: LossUnit[] = [
      { kind: 'gateway', name: 'gw1' },
      { kind: 'node', name: 'db2' },
    ]
    expect(ask(blind, both, 'QUORUM').because).toMatch(/with db2 and the gateway gw1 lost$/)
    expect(ask(blind, [], 'QUORUM').because).toMatch(/with nothing lost$/)
    expect(
      lossOf(shape, network, [
        { kind: 'tunnel', between: ['db1', 'db4'] },
        { kind: 'node', name: 'nobody' },
      ]).unknownUnits,
    ).toHaveLength(2)
  })

  it('depends on the coordinator where only some reach a replica', () => {
    const size = nodes.length
    const routes = new Int32Array(size * size).fill(route.underlay)
    // db1 is the only node of dc1 that reaches dc2.
    for (const a of [1, 2]) for (const b of [3, 4, 5]) routes[a * size + b] = routes[b * size + a] = route.none
    const network: Network = { hosts: nodes.map(node => node.name), routes, chains: [], assuming: [] }
    const outcome = ask({ ...cluster, network }, [], 'EACH_QUORUM')
    expect(outcome).toMatchObject({ verdict: 'survives', dependsOnCoordinator: true })
    expect(outcome.because).toContain('db1 can serve it, db2 cannot for it does not reach db4, db5 and db6')
  })

  it('names missing tokens, and the same seed gives the same numbers', () => {
    const blind = clusterShape(nodes.map(({ tokens: _, ...node }) => node))
    const run = (seed: number) => simulateLoss({ shape: blind, partitioner: 'murmur3', release: '5.0' }, [{ name: 'k', replication: nts({ dc1: 2 }) }], { hosts: new Set([0]), tunnels: new Set() }, { seed, levels: ['LOCAL_QUORUM'] }) // biome-ignore format: one call
    expect(run(7)).toEqual(run(7))
    expect(run(7).outcomes[0]!.ring.fraction).not.toBe(run(8).outcomes[0]!.ring.fraction)
    expect(run(7).unknown[0]!.why).toContain('db1, db2, db3, db4, db5 and 1 more')
  })
})
