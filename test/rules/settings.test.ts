/** Rules about settings beyond their examples: fixes to the letter, releases that are only inferred, templates, secrets, shipped files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFix, checkOnly, findingsOf } from '../check.ts'

const needed = `endpoint_snitch: SimpleSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`
const period = (release: string): string =>
  release === '3.11' || release === '4.0' ? 'commitlog_sync_period_in_ms: 10000\n' : 'commitlog_sync_period: 10s\n'
const stated = (release: string, settings: string): string =>
  `#- cassandra: ${release}\n#- cassandra.yaml\n${settings}${period(release)}${needed}`

describe('renaming converts the value', () => {
  test.each([
    ['read_request_timeout_in_ms: 5000', 'read_request_timeout: 5000ms'],
    ['commitlog_segment_size_in_mb: 32', 'commitlog_segment_size: 32MiB'],
    ['stream_throughput_outbound_megabits_per_sec: 200', 'stream_throughput_outbound: 25000000B/s'],
    ['compaction_throughput_mb_per_sec: 64', 'compaction_throughput: 64MiB/s'],
    ['enable_materialized_views: true', 'materialized_views_enabled: true'],
    ['cache_load_timeout_seconds: -1', 'cache_load_timeout: 0s'],
    ['cross_node_timeout: yes', 'internode_timeout: yes'],
  ])('%s', (before, after) => {
    checkFix('settings/renamed-key', stated('4.1', `${before}\n`), stated('4.1', `${after}\n`))
  })
  test('minus one means none: the line goes', () => {
    checkFix('settings/renamed-key', stated('4.1', 'permissions_update_interval_in_ms: -1\n'), stated('4.1', ''))
  })
})

describe('fixes', () => {
  test.each([
    ['settings/unknown-key', 'concurent_reads: 32\n', 'concurrent_reads: 32\n'],
    ['settings/unknown-key', 'Num-Tokens: 16\n', 'num_tokens: 16\n'],
    ['settings/wrong-unit', 'read_request_timeout: 5000\n', 'read_request_timeout: 5s\n'],
    ['settings/wrong-unit', 'max_hint_window: 3 hours\n', 'max_hint_window: 3h\n'],
    ['settings/wrong-unit', 'commitlog_segment_size: 32mb\n', 'commitlog_segment_size: 32MiB\n'],
    ['settings/wrong-unit', 'compaction_throughput: 64MB/s\n', 'compaction_throughput: 64MiB/s\n'],
    ['settings/wrong-type', 'disk_failure_policy: Stop\n', 'disk_failure_policy: stop\n'],
    ['settings/out-of-range', 'phi_convict_threshold: 3\n', 'phi_convict_threshold: 5\n'],
    ['settings/null-value', 'native_transport_port:\n', ''],
    ['settings/repeated-key', 'num_tokens: 8\nnum_tokens: 16\n', 'num_tokens: 16\n'],
  ])('%s %j', (rule, before, after) => {
    checkFix(rule, stated('4.1', before), stated('4.1', after))
  })
})

describe('a release that is only inferred', () => {
  const inferred = (settings: string): string => `#- cassandra.yaml\n${settings}${needed}`
  test('what every candidate refuses is said, what some take is not', () => {
    expect(
      findingsOf('settings', inferred('commitlog_sync_period: 10s\nread_request_timeout: 5s\nfrobnicate: 1\n')).map(({ rule }) => rule),
    ).toEqual(['settings/unknown-key'])
    expect(
      findingsOf('settings/startup-conflict', inferred('commitlog_sync_period: 10s\nscripted_user_defined_functions_enabled: true\n')),
    ).toEqual([])
  })
  test('a comment states it', () => {
    const found = findingsOf(
      'settings/startup-conflict',
      inferred('# foretell: cassandra 5.0\ncommitlog_sync_period: 10s\nscripted_user_defined_functions_enabled: true\n'),
    )
    expect(found).toHaveLength(1)
  })
  test('a folder states it where its keys allow', () => {
    const found = findingsOf(
      'settings/startup-conflict',
      `#- cassandra-5.0.3/cassandra.yaml\ncommitlog_sync_period: 10s\nscripted_user_defined_functions_enabled: true\n${needed}`,
    )
    expect(found).toHaveLength(1)
  })
})

describe('patch levels', () => {
  test('a key that came later within the line is refused', () => {
    const text = 'cluster_name: prod\nallow_insecure_udfs: false\n'
    expect(findingsOf('settings/key-from-another-version', stated('4.0.1', text).replace(period('4.0.1'), period('4.0')))).toHaveLength(1)
    expect(findingsOf('settings/key-from-another-version', stated('4.0.19', text).replace(period('4.0.19'), period('4.0')))).toEqual([])
  })
})

test('one setting under the name of another release is said once', () => {
  const found = findingsOf('settings', `#- cassandra: 3.11\n#- cassandra.yaml\ncommitlog_sync_period: 10s\n${needed}`)
  expect(found.map(({ rule }) => rule)).toEqual(['settings/key-from-another-version'])
})

describe('templates', () => {
  test('placeholders satisfy every type, unit and range', () => {
    checkOnly(
      'settings',
      `#- cassandra: 4.1\n#- cassandra.yaml.j2\nread_request_timeout: {{ t }}\nphi_convict_threshold: \${PHI}\ndisk_failure_policy: "{{ p }}"\nserver_encryption_options:\n  internode_encryption: $MODE\n`,
    )
  })
  test('what is literal is judged', () => {
    expect(
      findingsOf(
        'settings',
        '#- cassandra: 4.1\n#- cassandra.yaml.j2\ncluster_name: {{ c }}\nnum_tokens: 16\nphi_convict_threshold: 30\n',
      ).map(({ rule }) => rule),
    ).toEqual(['settings/out-of-range'])
  })
  test('branches of a template do not repeat a key', () => {
    checkOnly(
      'settings',
      '#- cassandra: 4.1\n#- cassandra.yaml.j2\ncluster_name: x\n{% if a %}\nnum_tokens: 8\n{% else %}\nnum_tokens: 16\n{% endif %}\n',
    )
  })
})

test('values of secrets are not shown', () => {
  const settings = 'server_encryption_options:\n  keystore_password: [hunter2, x]\n  keystore_password: {hunter3: 1}\n'
  const found = findingsOf('settings', stated('4.1', settings))
  expect(found.length).toBeGreaterThan(0)
  expect(JSON.stringify(found.map(({ message }) => message))).not.toMatch(/hunter/)
})

describe('flags of the JVM change the verdict', () => {
  const both = 'read_request_timeout_in_ms: 5000\nread_request_timeout: 5s\n'
  test('old and new name together', () => {
    expect(findingsOf('settings/old-and-new-name', stated('4.1', both))).toHaveLength(1)
    expect(
      findingsOf('settings/old-and-new-name', `${stated('4.1', both)}#- jvm-server.options\n-Dcassandra.allow_new_old_config_keys=true\n`),
    ).toEqual([])
  })
  test('a key twice', () => {
    const twice = stated('4.1', 'num_tokens: 8\nnum_tokens: 16\n')
    expect(findingsOf('settings/repeated-key', twice).map(({ severity }) => severity)).toEqual(['warning'])
    expect(
      findingsOf('settings/repeated-key', `${twice}#- jvm-server.options\n-Dcassandra.allow_duplicate_config_keys=false\n`).map(
        ({ severity }) => severity,
      ),
    ).toEqual(['error'])
  })
})

describe('what is accepted and never comes up is an error all the same', () => {
  test.each(['', 'storage_compatibility_mode: CASSANDRA_4\n'])('a format that the compatibility mode forbids: %j', mode => {
    const found = findingsOf('settings', stated('5.0', `${mode}sstable:\n  selected_format: bti\n`))
    expect(found.map(({ rule, effect }) => [rule, effect])).toEqual([['settings/startup-conflict', 'never-works']])
  })
})

const stock = join(import.meta.dirname, '../corpus/stock')
const shipped = readdirSync(stock).flatMap(version =>
  ['cassandra.yaml', 'cassandra_latest.yaml'].filter(name => existsSync(join(stock, version, name))).map(name => [version, name] as const),
)
test.each(shipped)('the shipped file of %s, %s: no error, no warning', (version, name) => {
  const release = version.startsWith('trunk') ? '6.0' : version
  const found = findingsOf('settings', `#- cassandra: ${release}\n#- ${name}\n${readFileSync(join(stock, version, name), 'utf8')}`)
  expect(found.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([])
})
