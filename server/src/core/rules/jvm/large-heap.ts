/** Large heaps and collectors that stop the world. */
import { jvmFacts, sayBytes } from '../../model/jvm-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'
import { largeHeap } from './heap-table.ts'

export default rule({
  id: 'jvm/large-heap',
  scope: 'node',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'heap above 16 GiB',
  why: 'The larger the heap, the longer a full collection stops the node. Other nodes mark it down meanwhile, and its share of requests times out.',
  remedy: 'Start with 8 to 16 GiB and leave the rest of the memory to the page cache; with G1 up to 31 GiB, when measurements ask for it.',
  sources: [
    'Apache Cassandra documentation: Production recommendations, JVM heap',
    'cassandra-env.sh: calculate_heap_sizes (at most 8192 MB)',
  ],
  bad: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Xms24G\n-Xmx24G\n#^^^^^^ info[jvm/large-heap]: 24 GiB\n-XX:+UseG1GC\n'),
  good: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Xms16G\n-Xmx16G\n-XX:+UseG1GC\n'),
  *check(node) {
    const { maxHeapBytes, collector } = jvmFacts(node)
    const heap = knownValue(maxHeapBytes)
    const by = knownValue(collector)
    if (
      heap === undefined ||
      heap <= largeHeap ||
      by === 'ZGC' ||
      by === 'Shenandoah' ||
      collector.kind === 'unknown' ||
      maxHeapBytes.kind !== 'known'
    )
      return
    yield {
      at: maxHeapBytes.span ?? node.span,
      message: `With a heap of ${sayBytes(heap)} a long collection can mark ${sayNode(node)} down: sources advise 8 to 16 GiB, with G1 up to 31.`,
      about: [nodeKey(node), 'setting:heap'],
    }
  },
})
