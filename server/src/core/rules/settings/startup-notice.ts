/** What a start only remarks on, and what is worth knowing before it does. */
import { atLeast } from '../../catalog/release.ts'
import { judgementOf, type SettingsJudgement } from '../../model/settings/judge-settings.ts'
import type { Effect, Report } from '../rule.ts'
import { rule } from '../rule.ts'
import { settingKey } from './setting-words.ts'

export default rule({
  id: 'settings/startup-notice',
  scope: 'node',
  effects: ['informs', 'breaks-later', 'exposes'],
  certainty: 'proven',
  releases: 'all',
  title: 'setting that Cassandra changes, ignores or warns about at its start',
  why: 'The node starts, with a line in its log that nobody reads: a value was raised, an option has no effect, or a protection can be walked around.',
  remedy: 'Write what will be used, or take the line out.',
  sources: ['Cassandra: DatabaseDescriptor, EncryptionOptions (warnings and raised values)'],
  bad: `#- cassandra: 4.1
#- cassandra.yaml
cluster_name: prod
endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
read_request_timeout: 5ms
#                     ^^^ info[settings/startup-notice]: 10 ms
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(node) {
    const judgement = judgementOf(node)
    if (!judgement) return
    if (!node.release.candidates.every(line => atLeast(line, '4.0')) && atLeast(node.release.line, '4.0')) return
    yield* notices(judgement)
  },
})

const timeouts = [
  'read_request_timeout',
  'range_request_timeout',
  'request_timeout',
  'write_request_timeout',
  'cas_contention_timeout',
  'counter_write_request_timeout',
  'truncate_request_timeout',
]

function* notices({ config }: SettingsJudgement): Iterable<Report> {
  const { line } = config
  const report = (effect: Effect, name: string, message: string): Report => ({
    at: config.placeOf(name),
    effect,
    message,
    about: [settingKey(config.nameOf(name))],
  })
  if (atLeast(line, '4.0'))
    for (const name of timeouts) {
      const amount = config.amount(name)
      if (typeof amount === 'number' && amount < 10 && config.isSet(name))
        yield report('informs', name, `\`${config.nameOf(name)}\` is raised to 10 ms, the least that Cassandra waits.`)
    }
  const server = 'server_encryption_options'
  const mode = config.text(`${server}.internode_encryption`)
  if (atLeast(line, '4.0') && config.isSet(`${server}.enabled`) && config.flag(`${server}.enabled`) === true && mode === 'none')
    yield report(
      'breaks-later',
      `${server}.enabled`,
      '`enabled` has no effect here: TLS between nodes is off until `internode_encryption` says all, dc or rack.',
    )
  const required = config.get(`${server}.require_client_auth`)?.value
  if ((required === true || required === 'true') && (mode === 'dc' || mode === 'rack'))
    yield report(
      'exposes',
      `${server}.require_client_auth`,
      `With \`internode_encryption: ${mode}\` a node can pretend to be in the same ${mode === 'dc' ? 'datacenter' : 'rack'} and skip its certificate; write all.`,
    )
  if (config.flag('allow_extra_insecure_udfs') === true)
    yield report(
      'exposes',
      'allow_extra_insecure_udfs',
      'Functions may call java.lang.System: whoever may create a function may stop or spy on the node.',
    )
  if ((line === '4.0' || line === '4.1') && config.flag('scripted_user_defined_functions_enabled') === true)
    yield report(
      'breaks-later',
      'scripted_user_defined_functions_enabled',
      'Functions in JavaScript are deprecated, and Cassandra 5.0 refuses to start with them.',
    )
  const depth = config.amount('repair_session_max_tree_depth')
  if (typeof depth === 'number' && depth > 20)
    yield report(
      'breaks-later',
      'repair_session_max_tree_depth',
      `A Merkle tree ${depth} levels deep can take the heap of a node during repair; 20 is the most that is advised.`,
    )
  const cleanup = config.amount('memtable_cleanup_threshold')
  if (typeof cleanup === 'number' && cleanup >= 0.01 && cleanup < 0.1 && config.isSet('memtable_cleanup_threshold'))
    yield report(
      'breaks-later',
      'memtable_cleanup_threshold',
      `At ${cleanup} memtables are flushed all the time in small pieces, which slows writes and compaction.`,
    )
  const upgrades = config.has('max_concurrent_automatic_sstable_upgrades')
    ? config.amount('max_concurrent_automatic_sstable_upgrades')
    : undefined
  const compactors = config.amount('concurrent_compactors')
  if (typeof upgrades === 'number' && typeof compactors === 'number' && upgrades > compactors)
    yield report(
      'breaks-later',
      'max_concurrent_automatic_sstable_upgrades',
      `More upgrades at once (${upgrades}) than compactors (${compactors}): compaction waits until they are done.`,
    )
  if (line === '5.0' && config.isSet('native_transport_port_ssl'))
    yield report(
      'informs',
      'native_transport_port_ssl',
      'One port is enough: `native_transport_port` takes both, and 6.0 refuses this key.',
    )
  if (atLeast(line, '5.0') && config.text('endpoint_snitch') === 'CloudstackSnitch')
    yield report('informs', 'endpoint_snitch', 'CloudstackSnitch is deprecated; GossipingPropertyFileSnitch does the same with a file.')
  if (typeof config.text('initial_token') === 'string')
    for (const name of ['allocate_tokens_for_keyspace', 'allocate_tokens_for_local_replication_factor'])
      if (config.has(name) && config.isSet(name) && config.get(name)?.value !== null)
        yield report('informs', name, `\`initial_token\` decides the tokens; \`${name}\` has no effect.`)
}
