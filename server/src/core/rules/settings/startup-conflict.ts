/** Settings that the start-up validation refuses together. */
import { startRefusalsOf } from '../../model/settings/judge-settings.ts'
import { deleteLines } from '../line-edits.ts'
import { type Fix, rule } from '../rule.ts'
import { conflictWords } from './conflict-words.ts'
import { entryAt } from './entry-words.ts'
import { settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/startup-conflict',
  scope: 'node',
  effects: ['refuses', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'settings that cannot stand together',
  why: 'Each value is fine by itself; the start-up validation compares them and Cassandra does not start.',
  remedy: 'Take one of them out, or make them agree, as the message says.',
  sources: [
    'Cassandra: DatabaseDescriptor, AuthConfig, EncryptionOptions, GuardrailsOptions',
    'asked of the jars of 3.11.19, 4.0.19, 4.1.10, 5.0.9 and 6.0-alpha2',
  ],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: batch
commitlog_sync_period: 10s
#                      ^^^ 💡 error[settings/startup-conflict]: periodic mode
listen_address: 0.0.0.0
#               ^^^^^^^ error[settings/startup-conflict]: dial
authorizer: CassandraAuthorizer
#           ^^^^^^^^^^^^^^^^^^^ 💡 error[settings/startup-conflict]: login
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    for (const refusal of startRefusalsOf(node)) {
      if (refusal.kind !== 'conflict') continue
      const verdict = refusal.later ? 'The node does not come up.' : 'Cassandra refuses to start.'
      yield {
        at: refusal.at,
        effect: refusal.later ? 'never-works' : 'refuses',
        message: `${conflictWords(refusal)} ${verdict}${refusal.suffix}`,
        see: (refusal.others ?? [])
          .filter(other => other.at.start !== refusal.at.start)
          .map(other => ({ at: other.at, message: other.name })),
        about: refusal.settings.map(settingKey),
        fixes: () => removals(refusal.settings),
      }
    }
    /** Either side may go, where it is a line of its own and nothing that every start needs. */
    function removals(settings: readonly string[]): readonly Fix[] {
      if (settings.length < 2) return []
      return settings.flatMap(name => {
        const entry = needed.has(name) || /_address$/.test(name) ? undefined : entryAt(node.yaml?.root, name)?.entry
        return entry ? [{ title: `Remove ${name}`, safe: false, edits: [deleteLines(entry.span)] }] : []
      })
    }
  },
})

const needed = new Set([
  'commitlog_sync',
  'partitioner',
  'endpoint_snitch',
  'seed_provider',
  'client_encryption_options',
  'server_encryption_options',
  'authenticator',
  'data_file_directories',
  'commitlog_directory',
])
