/** Lines of cassandra-rackdc.properties that count for nothing. */
import { locationSources } from '../../model/location.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/rackdc-value-ignored',
  scope: 'node',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'line of the rackdc file that has no effect',
  why: 'prefer_local counts as true only when it is exactly the word true: yes, 1 or a trailing blank mean false. Keys that the snitch does not know are skipped without a word.',
  remedy: 'Write prefer_local=true or prefer_local=false without blanks, and remove keys of other snitches.',
  sources: ['Cassandra: SnitchProperties', 'Java: Boolean.parseBoolean'],
  bad: exampleCluster(
    '1x3',
    {},
    '#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r3\nprefer_local=yes\n#            ^^^ 💡 warning[snitch/rackdc-value-ignored]: false\n',
  ),
  good: exampleCluster('1x3', {}, '#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r3\nprefer_local=true\n'),
  *check(node) {
    const { rackdc } = node
    const snitch = knownValue(node.snitch)
    if (!rackdc || snitch === undefined || locationSources[snitch] !== 'rackdc') return
    for (const entry of rackdc.entries) {
      if (entry.placeholder || entry.key === 'dc' || entry.key === 'rack') continue
      if (entry.key !== 'prefer_local') {
        if (/^(?:dc|rack)$/i.test(entry.key.replace(/^ï»¿/, '').trim())) continue
        yield {
          at: entry.keySpan,
          effect: 'tidies',
          message: `${snitch} does not read \`${entry.key}\`: the line has no effect.`,
          about: [nodeKey(node), `file:${rackdc.file.path}`],
        }
      } else if (!/^(?:true|false)$/i.test(entry.value)) {
        const meant = /^(?:true|yes|on|1)$/i.test(entry.value.trim()) ? 'true' : 'false'
        yield {
          at: entry.valueSpan,
          effect: 'breaks-later',
          message: `\`prefer_local=${entry.value}\`${/\s$/.test(entry.value) ? ' (with a blank at its end)' : ''} counts as false: only the word true means true.`,
          about: [nodeKey(node), `file:${rackdc.file.path}`],
          fixes: () => [{ title: `Write ${meant}`, safe: false, edits: [{ at: entry.valueSpan, newText: meant }] }],
        }
      }
    }
  },
})
