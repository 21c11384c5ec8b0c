/** Numbers that YAML 1.1 reads as others: a leading zero, `_`, `:`. */
import { findProperty, topClass } from '../../catalog/settings-catalogue.ts'
import { readInteger } from '../../syntax/snake-yaml.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

const whole = new Set(['int', 'Integer', 'long', 'Long'])

export default rule({
  id: 'syntax/number-reinterpreted',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'number that YAML reads as another one',
  why: 'In YAML 1.1 a leading zero makes a number octal and a colon makes it base 60: 07000 is 3584, 1:30 is 90. Cassandra takes what YAML gives it.',
  remedy: 'Write the decimal number.',
  sources: ['YAML 1.1, integer language-independent type', 'SnakeYAML: SafeConstructor.ConstructYamlInt'],
  bad: `#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
storage_port: 07000
#             ^^^^^ 💡 warning[syntax/number-reinterpreted]: 3584
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check({ parsed, release }) {
    if (parsed.kind !== 'cassandra-yaml' || !parsed.root) return
    for (const { key, value } of parsed.root.entries) {
      if (value?.kind !== 'scalar' || value.style !== 'plain' || value.placeholder || value.tag !== undefined) continue
      if (!/^[-+]?(?:0[0-7_]+|[1-9][0-9]*(?:_[0-9_]*)|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/.test(value.text)) continue
      const found = findProperty(release.line, topClass, key.text)
      const number = found && whole.has(found.type) ? readInteger(value.text) : undefined
      if (number === undefined) continue
      yield {
        at: value.span,
        message: `\`${value.text}\` is read as ${number}; write the number that is meant.`,
        about: [`setting:${key.text}`],
        fixes: () => [{ title: `Write ${number}`, safe: true, edits: [replace(value.span, String(number))] }],
      }
    }
  },
})
