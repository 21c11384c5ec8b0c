/** Losing a restart batch leaves everything served, as the simulator sees it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import { type ClusterView, simulateLoss } from '../../server/src/core/analysis/failure-simulation.ts'
import { lossOf } from '../../server/src/core/analysis/reachability.ts'
import { restartBatches, usualWorkloads } from '../../server/src/core/analysis/restart-batches.ts'
import { ringOf } from '../../server/src/core/analysis/token-ring.ts'
import { randomCluster, randomNetwork, randomReplication } from './random-clusters.ts'

const nts = (factors: Record<string, number>): PlacedReplication => ({
  kind: 'networkTopology',
  factors: new Map(Object.entries(factors).map(([name, all]) => [name, { all, transient: 0 }])),
})

describe('restart batches', () => {
  it('follow racks where there are as many as replicas, also without tokens', () => {
    const nodes = Array.from({ length: 12 }, (_, i) => ({ name: `n${String(i + 1).padStart(2, '0')}`, datacenter: `dc${1 + (i % 2)}`, rack: `r${1 + (Math.floor(i / 2) % 3)}`, tokenCount: 16 })) // biome-ignore format: one table
    const shape = clusterShape(nodes)
    const plan = restartBatches({ shape, partitioner: 'murmur3', release: '5.0' }, [{ name: 'shop', replication: nts({ dc1: 3, dc2: 3 }) }])
    expect(plan).toEqual({ batches: [['n01', 'n02', 'n07', 'n08'], ['n03', 'n04', 'n09', 'n10'], ['n05', 'n06', 'n11', 'n12']], unserved: [] }) // biome-ignore format: one table
  })

  it('give up what no single node may leave', () => {
    const nodes = ['a', 'b', 'c'].map(name => ({ name, datacenter: 'dc1', rack: name, tokenCount: 16 }))
    const cluster: ClusterView = { shape: clusterShape(nodes), partitioner: 'murmur3', release: '5.0' }
    const plan = restartBatches(cluster, [{ name: 'once', replication: nts({ dc1: 1 }) }, { name: 'thrice', replication: nts({ dc1: 3 }) }]) // biome-ignore format: one call
    expect(plan.batches).toEqual([['a'], ['b'], ['c']])
    expect(new Set(plan.unserved.map(workload => workload.keyspace))).toEqual(new Set(['once']))
  })

  it('leave every workload served', () => {
    fc.assert(
      fc.property(
        randomCluster(8).chain(cluster =>
          fc.tuple(
            fc.constant(cluster),
            randomNetwork(cluster.shape),
            fc.array(randomReplication, { minLength: 1, maxLength: 3 }),
            fc.boolean(),
          ),
        ),
        ([{ shape, nodes }, network, replications, withTokens]) => {
          const known = withTokens ? shape : clusterShape(nodes.map(({ tokens: _, ...node }) => node))
          const cluster: ClusterView = {
            shape: known,
            partitioner: 'murmur3',
            release: '5.0',
            ...(network ? { network } : {}),
            ...(withTokens ? { ring: ringOf(shape) } : {}),
          }
          const keyspaces = replications.map((replication, i) => ({ name: `k${i}`, replication }))
          const plan = restartBatches(cluster, keyspaces)
          expect(plan.batches.flat().sort()).toEqual(nodes.map(node => node.name).sort())
          const given = new Set(plan.unserved.map(each => JSON.stringify(each)))
          const promised = usualWorkloads(cluster, keyspaces).filter(each => !given.has(JSON.stringify(each)))
          for (const batch of plan.batches) {
            const { loss } = lossOf(
              known,
              network,
              batch.map(name => ({ kind: 'node' as const, name })),
            )
            const { outcomes } = simulateLoss(cluster, keyspaces, loss, { operations: ['read'] })
            for (const workload of promised) {
              const outcome = outcomes.find(
                each =>
                  each.keyspace === workload.keyspace &&
                  each.level === workload.level &&
                  each.clientDatacenter === workload.clientDatacenter,
              )
              expect(outcome!.verdict, `${JSON.stringify(workload)} without ${batch}`).toBe('survives')
            }
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
