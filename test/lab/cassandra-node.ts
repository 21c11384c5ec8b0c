/** Real Cassandra nodes on loopback addresses: configuration, start, and end by their own process id. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface LabNode {
  readonly name: string
  readonly address: string
  readonly datacenter: string
  readonly rack: string
  readonly tokens: readonly bigint[]
}

const packages = ['java.base/jdk.internal.misc', 'java.base/jdk.internal.ref', 'java.base/sun.nio.ch', 'java.management.rmi/com.sun.jmx.remote.internal.rmi', 'java.rmi/sun.rmi.registry', 'java.rmi/sun.rmi.server', 'java.sql/java.sql'] // biome-ignore format: one table
const opened = ['java.io', 'java.lang', 'java.lang.module', 'java.lang.reflect', 'java.net', 'java.nio', 'java.util', 'java.util.concurrent', 'java.util.concurrent.atomic', 'java.util.concurrent.locks', 'jdk.internal.loader', 'jdk.internal.math', 'jdk.internal.misc', 'jdk.internal.module', 'jdk.internal.ref', 'jdk.internal.reflect', 'jdk.internal.util.jar', 'jdk.internal.vm', 'sun.nio.ch', 'java.math', 'java.time', 'java.text'] // biome-ignore format: one table

/** Fetches a release's jars into .cache/ unless they are there; the folder. */
export function jarsOf(release: string): string {
  const folder = `${process.cwd()}/.cache/cassandra/${release}/lib`
  if (existsSync(folder)) return folder
  const result = spawnSync('mvn', ['-q', '-B', '-f', 'test/bench/java/pom.xml', `-Dcassandra=${release}`, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`], { stdio: 'inherit', timeout: 600_000 }) // biome-ignore format: one call
  if (result.status !== 0) throw new Error(`Maven did not fetch cassandra-all ${release}`)
  return folder
}

/** Writes a node's configuration under `home` and starts it. Its output goes to home/NAME/output.txt. */
export function startNode(release: string, home: string, node: LabNode, seeds: readonly string[], jmxPort: number): ChildProcess {
  const folder = join(home, node.name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const old = release.startsWith('4.0') || release.startsWith('3.')
  writeFileSync(
    join(folder, 'cassandra.yaml'),
    `cluster_name: lab
num_tokens: ${node.tokens.length}
initial_token: '${node.tokens.join(',')}'
auto_bootstrap: false
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
endpoint_snitch: GossipingPropertyFileSnitch
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "${seeds.join(',')}"
listen_address: ${node.address}
rpc_address: ${node.address}
storage_port: 17000
native_transport_port: 19042
start_native_transport: true
commitlog_sync: periodic
${old ? 'commitlog_sync_period_in_ms: 10000\ncommitlog_segment_size_in_mb: 8\ncommitlog_total_space_in_mb: 64\nmemtable_heap_space_in_mb: 48\nfile_cache_size_in_mb: 32' : 'commitlog_sync_period: 10000ms\ncommitlog_segment_size: 8MiB\ncommitlog_total_space: 64MiB\nmemtable_heap_space: 48MiB\nfile_cache_size: 32MiB'}
concurrent_reads: 8
concurrent_writes: 8
concurrent_counter_writes: 4
concurrent_compactors: 1
`,
  )
  writeFileSync(join(folder, 'cassandra-rackdc.properties'), `dc=${node.datacenter}\nrack=${node.rack}\n`)
  writeFileSync(join(folder, 'logback.xml'), '<configuration><appender name="O" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%date %-5level %msg%n</pattern></encoder></appender><root level="INFO"><appender-ref ref="O"/></root></configuration>\n') // biome-ignore format: one file
  const jars = jarsOf(release)
  const jamm = readdirSync(jars).find(name => /^jamm-.*\.jar$/.test(name))
  const output = openSync(join(folder, 'output.txt'), 'w')
  const args = [
    ...(jamm ? [`-javaagent:${join(jars, jamm)}`] : []),
    ...packages.flatMap(name => ['--add-exports', `${name}=ALL-UNNAMED`]),
    ...opened.flatMap(name => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]),
    '--add-opens',
    'jdk.management/com.sun.management.internal=ALL-UNNAMED',
    '-Xms400m',
    '-Xmx400m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dcassandra-foreground=yes',
    `-Dcassandra.config=file:${folder}/cassandra.yaml`,
    `-Dcassandra-rackdc.properties=file:${folder}/cassandra-rackdc.properties`,
    `-Dcassandra.storagedir=${folder}/data`,
    '-Dcassandra.ring_delay_ms=5000',
    '-Dcassandra.superuser_setup_delay_ms=500',
    `-Dcassandra.jmx.local.port=${jmxPort}`,
    '-cp',
    `${folder}:${jars}/*`,
    'org.apache.cassandra.service.CassandraDaemon',
  ]
  return spawn('java', args, { cwd: folder, stdio: ['ignore', output, output] })
}

/** Ends a node at once, as a crash would; resolves when it is gone. */
export function killNode(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
