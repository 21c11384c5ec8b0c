/**
 * Placement of every range against Cassandra's own code in the same run: 1,000 nodes × 16 and × 256 tokens, {dc1: 3, dc2: 3}. Needs Java 11 or later and
 * Maven; the jars come from Maven Central into .cache/. Both sides must give the same placements (sha256), then the ratios are printed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import { placedRanges, placeReplicas } from '../../server/src/core/analysis/replica-placement.ts'
import { ringOf } from '../../server/src/core/analysis/token-ring.ts'
import { generatedNodes } from '../conformance/placement/generated-rings.ts'

const release = process.argv[2] ?? '5.0.9'
const jars = `.cache/cassandra/${release}/lib`
const classes = `.cache/bench/classes-${release}`

function run(command: string, args: readonly string[]): string {
  const result = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 600_000 })
  if (result.status !== 0) throw new Error(`${command} ended with ${result.status ?? result.signal}`)
  return result.stdout
}

if (!existsSync(jars)) {
  run('mvn', [
    '-q',
    '-B',
    '-f',
    'test/bench/java/pom.xml',
    `-Dcassandra=${release}`,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${process.cwd()}/${jars}`,
  ])
}
mkdirSync(classes, { recursive: true })
run('javac', ['-nowarn', '-encoding', 'UTF-8', '-d', classes, '-cp', `${jars}/*`, 'test/bench/java/PlacementBench.java'])

const open = ['java.lang', 'java.io', 'java.nio', 'java.util', 'sun.nio.ch', 'jdk.internal.ref', 'jdk.internal.misc'].flatMap(name => [
  '--add-opens',
  `java.base/${name}=ALL-UNNAMED`,
  '--add-exports',
  `java.base/${name}=ALL-UNNAMED`,
])
const replication: PlacedReplication = { kind: 'networkTopology', factors: new Map([['dc1', { all: 3, transient: 0 }], ['dc2', { all: 3, transient: 0 }]]) } // biome-ignore format: one table
const racks = ['rack1', 'rack2', 'rack3']

for (const [tokens, warm, runs] of [
  [16, 20, 31],
  [256, 4, 11],
] as const) {
  // biome-ignore format: one head
  const java = run('java', [...open, '-XX:+UseSerialGC', '-Xms2g', '-Xmx2g', '-cp', `${classes}:${jars}/*`, 'PlacementBench', String(tokens), String(warm), String(runs)]).trim().split('\n') // biome-ignore format: one call
  const ring = ringOf(clusterShape(generatedNodes({ name: '', nodes: 1000, vnodes: tokens, seed: String(1_000_000 + tokens), dcs: ['dc1', 'dc2'], racks: { dc1: racks, dc2: racks } }))) // biome-ignore format: one call
  const hash = createHash('sha256')
  for (const range of placedRanges(placeReplicas(ring, replication))) hash.update(`${range.upTo}:${range.replicas.join(',')}\n`)
  const same = hash.digest('hex') === java[java.length - 2]
  const times: number[] = []
  for (let i = -warm; i < runs; i++) {
    // A new ring object each time: what is known of a ring would be remembered.
    const fresh = { ...ring }
    const start = performance.now()
    placeReplicas(fresh, replication)
    if (i >= 0) times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const [least, median] = [times[0]!, times[runs >> 1]!]
  const [dropped, droppedMedian, kept, keptMedian] = java[java.length - 1]!.split(' ').map(Number) as [number, number, number, number]
  console.log(
    `1,000 nodes × ${tokens} tokens, ${ring.tokens.length} ranges; placements ${same ? 'are the same' : 'DIFFER'} (Cassandra ${release})`,
  )
  console.log(`  Cassandra, results dropped  least ${dropped.toFixed(1)} ms  median ${droppedMedian.toFixed(1)} ms`)
  console.log(`  Cassandra, results kept     least ${kept.toFixed(1)} ms  median ${keptMedian.toFixed(1)} ms`)
  console.log(`  here, results kept          least ${least.toFixed(1)} ms  median ${median.toFixed(1)} ms`)
  console.log(
    `  ratio to dropped            least ${(dropped / least).toFixed(1)}   median ${(droppedMedian / median).toFixed(1)} times as fast`,
  )
  if (!same) process.exitCode = 1
}
