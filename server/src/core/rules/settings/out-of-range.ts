/** A number beyond what the release takes. */
import { loadRefusalsOf, startRefusalsOf } from '../../model/settings/judge-settings.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { quoted, settingKey, wantedType } from './setting-words.ts'

export default rule({
  id: 'settings/out-of-range',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'number beyond the bounds of its setting',
  why: 'Cassandra checks the bounds before it opens a port, and does not start with a value outside of them.',
  remedy: 'Write a value inside of the bounds that the message names.',
  sources: [
    'Cassandra: DatabaseDescriptor.applySimpleConfig, GuardrailsOptions',
    'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2',
  ],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
phi_convict_threshold: 20
#                      ^^ 💡 error[settings/out-of-range]: between 5 and 16
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    for (const refusal of loadRefusalsOf(node)) {
      if (refusal.kind !== 'too-large') continue
      yield {
        at: refusal.at,
        message: `\`${refusal.path}\` must be ${wantedType(node.release.line, refusal.type)} within its bounds, found ${quoted(refusal.path, refusal.text ?? '')}; Cassandra refuses to start.${refusal.suffix}`,
        about: [settingKey(refusal.path)],
      }
    }
    for (const refusal of startRefusalsOf(node)) {
      if (refusal.kind !== 'out-of-range') continue
      const name = refusal.settings[0]!
      const found = refusal.found === undefined ? '' : `, found ${quoted(name, refusal.found)}`
      const { nearest } = refusal
      yield {
        at: refusal.at,
        message: `\`${name}\` must be ${refusal.wanted}${found}; Cassandra refuses to start.${refusal.suffix}`,
        about: [settingKey(name)],
        fixes: () =>
          nearest !== undefined && refusal.found !== undefined
            ? [{ title: `Write ${nearest}`, safe: false, edits: [replace(refusal.at, nearest)] }]
            : [],
      }
    }
  },
})
