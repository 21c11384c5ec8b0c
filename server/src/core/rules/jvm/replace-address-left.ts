/** replace_address is for one start. */
import { jvmFacts } from '../../model/jvm-facts.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'jvm/replace-address-left',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'replace_address that stays in the options',
  why: 'The property replaces a dead node at the first start. When it is still there at the next restart, the node, now bootstrapped, refuses to start.',
  remedy: 'Use replace_address_first_boot, which later starts ignore, or remove the line once the node has joined.',
  sources: ['Cassandra: StorageService (Cannot replace address with a node that is already bootstrapped)'],
  bad: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/jvm-server.options\n-Dcassandra.replace_address=10.20.1.19\n#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 warning[jvm/replace-address-left]\n',
  ),
  good: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n-Dcassandra.replace_address_first_boot=10.20.1.19\n'),
  *check(node) {
    const flag = jvmFacts(node).properties.get('cassandra.replace_address')
    if (!flag || flag.value === '') return
    yield {
      at: flag.span,
      message: `The next restart of ${sayNode(node)} fails: a node that has joined cannot replace ${flag.placeholder ? 'another' : flag.value}. Use replace_address_first_boot, or remove the line after the first start.`,
      about: [nodeKey(node)],
      fixes: () => {
        const start = flag.span.start + '-Dcassandra.replace_address'.length
        const at = { file: flag.span.file, start, end: start }
        return flag.span.file.text.startsWith('-Dcassandra.replace_address=', flag.span.start)
          ? [{ title: 'Use replace_address_first_boot', safe: true, edits: [{ at, newText: '_first_boot' }] }]
          : []
      },
    }
  },
})
