/** The heap is not all that Cassandra needs. */
import { jvmFacts, sayBytes } from '../../model/jvm-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'jvm/heap-beyond-memory',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'heap above half of the memory',
  why: 'Beside the heap, Cassandra keeps memtables, bloom filters and buffers off-heap, and reads data through the page cache. Without room for them the node swaps or is killed.',
  remedy: 'Give the heap at most half of the memory; a quarter is usual.',
  sources: ['cassandra-env.sh: calculate_heap_sizes', 'Apache Cassandra documentation: Production recommendations'],
  bad: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/jvm-server.options\n-Xms12G\n-Xmx12G\n#^^^^^^ warning[jvm/heap-beyond-memory]: 16 GiB\n-XX:+UseG1GC\n#- foretell.yaml\nnodes:\n  db1: { memory: 16GiB }\n',
  ),
  good: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/jvm-server.options\n-Xms8G\n-Xmx8G\n-XX:+UseG1GC\n#- foretell.yaml\nnodes:\n  db1: { memory: 32GiB }\n',
  ),
  *check(node) {
    const { maxHeapBytes } = jvmFacts(node)
    const heap = knownValue(maxHeapBytes)
    const memory = node.declared.memoryBytes
    if (heap === undefined || memory === undefined || heap * 2 <= memory || maxHeapBytes.kind !== 'known') return
    const rest = memory - heap
    yield {
      at: maxHeapBytes.span ?? node.span,
      message: `A heap of ${sayBytes(heap)} out of ${sayBytes(memory)} leaves ${rest > 0 ? sayBytes(rest) : 'nothing'} for off-heap memory and page cache of ${sayNode(node)}. Use at most ${sayBytes(memory / 2)}.`,
      see: node.declared.span ? [{ at: node.declared.span, message: 'the memory is declared here' }] : [],
      about: [nodeKey(node), 'setting:heap'],
    }
  },
})
