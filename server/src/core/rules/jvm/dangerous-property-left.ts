/** Options for one emergency start that stay in a file. */
import { jvmFacts } from '../../model/jvm-facts.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'
import { dangerousProperties } from './dangerous-properties-table.ts'

export default rule({
  id: 'jvm/dangerous-property-left',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'system property that switches off a safety check',
  why: 'Such a property is meant for one start under supervision. In a file it acts at every start, also at the one where the check would have saved the data.',
  remedy: 'Remove the line; give the property on the command line of the one start that needs it.',
  sources: ['Cassandra: StartupChecks', 'Cassandra: StorageService', 'Cassandra: CassandraRelevantProperties'],
  bad: exampleCluster(
    '1x1',
    {},
    '#- dc1/db1/jvm-server.options\n-Dcassandra.ignore_rack=true\n#^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 warning[jvm/dangerous-property-left]: rack\n',
  ),
  good: exampleCluster('1x1', {}, '#- dc1/db1/jvm-server.options\n#-Dcassandra.ignore_rack=true\n-Dcassandra.join_ring=true\n'),
  *check(node) {
    const { properties } = jvmFacts(node)
    for (const { name, acts, what } of dangerousProperties) {
      const flag = properties.get(`cassandra.${name}`)
      if (!flag || flag.placeholder || !acts.test(flag.value)) continue
      yield {
        at: flag.span,
        message: `\`${flag.text}\` switches off a safety check at every start: ${what}. Remove it.`,
        about: [nodeKey(node)],
        fixes: () => {
          const { file, start, end } = flag.span
          const wholeLine = (start === 0 || file.text[start - 1] === '\n') && (file.text[end] === '\n' || end === file.text.length)
          return flag.fromScript || !wholeLine
            ? []
            : [{ title: 'Comment the line out', safe: false, edits: [{ at: { file, start, end: start }, newText: '#' }] }]
        },
      }
    }
  },
})
