/** YAML that SnakeYAML does not read: Cassandra does not start, and nothing else of the file can be judged. */
import { rule } from '../rule.ts'

/** Enough to see what is wrong; the rest follows from the first ones. */
const most = 20

export default rule({
  id: 'syntax/yaml-unreadable',
  scope: 'file',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'YAML that Cassandra cannot read',
  why: 'Cassandra reads the file with SnakeYAML, which is strict about tabs, colons, quotes and indentation. At the first thing it cannot read, the node does not start.',
  remedy: 'Correct the place; most often a blank is missing after a colon, a tab stands for blanks, or a value wants quotes.',
  sources: ['YAML 1.1', 'SnakeYAML 1.26, 2.1 and 2.4', 'Cassandra: YamlConfigurationLoader'],
  bad: `#- cassandra.yaml
cluster_name: prod
num_tokens: 16
listen_address: *eth0
#               ^^^^^ error[syntax/yaml-unreadable]: quote
commitlog_sync: periodic
partitioner: a: b
#             ^ error[syntax/yaml-unreadable]: second colon
`,
  good: '#- cluster: 1x1',
  *check({ parsed }) {
    if (parsed.kind !== 'cassandra-yaml') return
    for (const problem of parsed.problems.filter(one => one.kind !== 'merge-conflict').slice(0, most))
      yield { at: problem.span, message: `Cassandra cannot read this file: ${problem.detail}.`, about: [`file:${parsed.file.path}`] }
  },
})
