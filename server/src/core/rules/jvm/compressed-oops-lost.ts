/** A heap a little above 32 GiB holds less than one a little below. */
import { jvmFacts, sayBytes } from '../../model/jvm-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { textAt } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'
import { firstUncompressed } from './heap-table.ts'

export default rule({
  id: 'jvm/compressed-oops-lost',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'heap just too large for compressed object pointers',
  why: 'Up to just under 32 GiB Java stores references in four bytes, above in eight. A heap of 32 GiB holds about what one of 20 does, and collections take longer.',
  remedy: 'Use at most 31 GiB, or clearly more than 48 GiB with a collector made for it.',
  sources: [
    'OpenJDK 17: UseCompressedOops (measured: true at -Xmx32736m with G1, false at -Xmx32g)',
    'Apache Cassandra documentation: Production recommendations, JVM heap',
  ],
  bad: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/jvm-server.options\n-Xms32G\n-Xmx32G\n#^^^^^^ 💡 warning[jvm/compressed-oops-lost]: 32 GiB\n-XX:+UseG1GC\n',
  ),
  good: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Xms31G\n-Xmx31G\n-XX:+UseG1GC\n'),
  *check(node) {
    const { maxHeapBytes, collector, flags } = jvmFacts(node)
    const heap = knownValue(maxHeapBytes)
    const by = knownValue(collector)
    const limit = by && firstUncompressed[by]
    if (heap === undefined || limit === undefined || heap < limit || heap >= 48 * 2 ** 30 || maxHeapBytes.kind !== 'known') return
    const at = maxHeapBytes.span ?? node.span
    const initial = flags.filter(flag => flag.text.startsWith('-Xms'))
    yield {
      at,
      message: `With a heap of ${sayBytes(heap)} object pointers double in size: 31 GiB holds about as much. Use 31G.`,
      about: [nodeKey(node), 'setting:heap'],
      fixes: () => {
        const written = textAt(at)
        const edits = /^-Xmx/.test(written)
          ? [{ at, newText: '-Xmx31G' }, ...initial.filter(flag => !flag.placeholder).map(flag => ({ at: flag.span, newText: '-Xms31G' }))]
          : /^\d/.test(written)
            ? [{ at, newText: '31G' }]
            : []
        return edits.length > 0 ? [{ title: 'Write 31G', safe: false, edits }] : []
      },
    }
  },
})
