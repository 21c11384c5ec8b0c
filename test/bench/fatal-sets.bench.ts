/** 1,000 nodes × 256 tokens × 50 keyspaces: time and memory of smallest fatal sets, of restart batches and of a simulated loss. Prints, asserts nothing. */
import { clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import { simulateLoss } from '../../server/src/core/analysis/failure-simulation.ts'
import { fullMesh, lossOf } from '../../server/src/core/analysis/reachability.ts'
import { restartBatches } from '../../server/src/core/analysis/restart-batches.ts'
import { resilienceRows } from '../../server/src/core/analysis/smallest-fatal-set.ts'
import { ringOf } from '../../server/src/core/analysis/token-ring.ts'
import { generatedNodes } from '../conformance/placement/generated-rings.ts'

function timed<T>(what: string, work: () => T): T {
  const start = performance.now()
  const before = process.cpuUsage()
  const result = work()
  const used = process.cpuUsage(before)
  const memory = process.memoryUsage()
  console.log(
    `${what.padEnd(72)} ${(performance.now() - start).toFixed(1).padStart(8)} ms, CPU ${((used.user + used.system) / 1000).toFixed(0)} ms   rss ${(memory.rss / 2 ** 20).toFixed(0)} MB, heap ${(memory.heapUsed / 2 ** 20).toFixed(0)} MB, buffers ${(memory.arrayBuffers / 2 ** 20).toFixed(0)} MB`,
  )
  return result
}

const racks = ['rack1', 'rack2', 'rack3']
const nodes = generatedNodes({
  name: '',
  nodes: 1000,
  vnodes: 256,
  seed: '1000256',
  dcs: ['dc1', 'dc2'],
  racks: { dc1: racks, dc2: racks },
})
/** 50 keyspaces with 25 different replications. */
const keyspaces = Array.from({ length: 50 }, (_, i) => {
  const factors = new Map([['dc1', { all: 1 + (i % 5), transient: 0 }], ['dc2', { all: 1 + (Math.floor(i / 5) % 5), transient: 0 }]]) // biome-ignore format: one map
  return { name: `keyspace${i + 1}`, replication: { kind: 'networkTopology', factors } satisfies PlacedReplication as PlacedReplication }
})
const same = keyspaces.map(keyspace => ({ ...keyspace, replication: keyspaces[12]!.replication }))

const shape = timed('index 1,000 nodes', () => clusterShape(nodes))
for (const [title, list] of [
  ['50 keyspaces, 25 different replications', keyspaces],
  ['50 keyspaces, all {dc1: 3, dc2: 3}', same],
] as const) {
  // biome-ignore format: one head
  console.log(`\n${title}`)
  const ring = timed('ring of 256,000 tokens', () => ringOf(shape))
  const cluster = { shape, ring, partitioner: 'murmur3', release: '5.0' } as const
  const rows = timed('smallest fatal sets, all rows', () => resilienceRows(cluster, list))
  console.log(`  ${rows.length} rows`)
  timed('the same again', () => resilienceRows(cluster, list))
  timed('restart batches', () => restartBatches(cluster, list))
  const one = lossOf(shape, undefined, [{ kind: 'node', name: nodes[0]!.name }]).loss
  timed('one node lost, all outcomes', () => simulateLoss(cluster, list, one))
  const rack = lossOf(shape, undefined, [{ kind: 'rack', datacenter: 'dc1', rack: 'rack1' }]).loss
  timed('one rack lost, all outcomes', () => simulateLoss(cluster, list, rack))
  const network = timed('full mesh of 499,500 tunnels', () => fullMesh(shape))
  timed('smallest fatal sets with tunnels, all rows', () => resilienceRows({ ...cluster, network }, list))
  timed('one node lost, in the mesh', () => simulateLoss({ ...cluster, network }, list, one))
  const tunnel = lossOf(shape, network, [{ kind: 'tunnel', between: [nodes[0]!.name, nodes[1]!.name] }]).loss
  timed('one tunnel lost, in the mesh', () => simulateLoss({ ...cluster, network }, list, tunnel))
}
