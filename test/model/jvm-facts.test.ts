/** Heap, collector and properties of a node, from all its JVM files. */
import { expect, test } from 'vitest'
import { jvmFacts, jvmSize, sayBytes } from '../../server/src/core/model/jvm-facts.ts'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

function factsOf(files: Readonly<Record<string, string>>, release = '4.1') {
  const extra = Object.entries(files).map(([name, text]) => `#- ${name === 'foretell.yaml' ? name : `dc1/db1/${name}`}\n${text}\n`)
  const snapshot = snapshotOf(parseFixture(`#- cassandra: ${release}\n${exampleCluster('1x1', {}, extra.join(''))}`))
  const { maxHeapBytes, collector, properties, flags } = jvmFacts(snapshot.nodes[0]!)
  return {
    heap: maxHeapBytes.kind === 'known' ? sayBytes(maxHeapBytes.value) : maxHeapBytes.kind,
    collector: collector.kind === 'known' ? collector.value : collector.kind,
    properties: [...properties.keys()],
    flags: flags.map(flag => flag.text),
  }
}

test('sizes as Java reads them', () => {
  expect(['4G', '512m', '1024', '2g', '4GB', '', '-1', '1.5G'].map(jvmSize)).toEqual([
    2 ** 32,
    2 ** 29,
    1024,
    2 ** 31,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('the last -Xmx counts, MAX_HEAP_SIZE stands in for it', () => {
  expect(factsOf({ 'jvm-server.options': '-Xmx4G\n-Xmx8G' }).heap).toBe('8 GiB')
  expect(factsOf({ 'cassandra-env.sh': 'MAX_HEAP_SIZE="6G"\nHEAP_NEWSIZE="800M"' }).heap).toBe('6 GiB')
  expect(factsOf({ 'jvm-server.options': '-XX:+UseG1GC' }).heap).toBe('absent')
  expect(factsOf({}).heap).toBe('unknown')
  expect(factsOf({ 'jvm-server.options': '-Xmx{{ heap }}' }).heap).toBe('unknown')
})

test('files of the server only, of its release only', () => {
  expect(factsOf({ 'jvm-server.options': '-Xss1m', 'jvm-clients.options': '-Xmx1G', 'jvm.options': '-Xmx2G' }).flags).toEqual(['-Xss1m'])
  expect(factsOf({ 'jvm-server.options': '-Xss1m', 'jvm.options': '-Xmx2G' }, '3.11').flags).toEqual(['-Xmx2G'])
})

test('files of several Javas are one answer only when they agree, or when the Java is declared', () => {
  const both = { 'jvm8-server.options': '-XX:+UseConcMarkSweepGC', 'jvm11-server.options': '-XX:+UseG1GC' }
  expect(factsOf(both).collector).toBe('unknown')
  expect(factsOf({ ...both, 'foretell.yaml': 'java: 11' }).collector).toBe('G1')
  expect(factsOf({ ...both, 'foretell.yaml': 'nodes: { db1: { java: 8 } }' }).collector).toBe('CMS')
})

test('properties of options and script, the last one counts', () => {
  expect(
    factsOf({
      'jvm-server.options': '-Dcassandra.a=1\n-Dcassandra.b',
      'cassandra-env.sh': 'JVM_OPTS="$JVM_OPTS -Dcassandra.c=2"\nif [ "$X" = 1 ]; then JVM_OPTS="$JVM_OPTS -Dcassandra.d"; fi',
    }).properties,
  ).toEqual(['cassandra.a', 'cassandra.b', 'cassandra.c'])
})
