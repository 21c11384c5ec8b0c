/** Completion in cassandra.yaml: keys, values, units, names and blocks; on empty lines, in half-typed lines and in broken files. */
import { describe, expect, test } from 'vitest'
import { type ReleaseLine, releaseLines } from '../../server/src/core/catalog/release.ts'
import { acceptsKey } from '../../server/src/core/catalog/settings-catalogue.ts'
import { completionsAt } from '../../server/src/core/features/completion.ts'
import type { CompletionItem } from '../../server/src/core/features/editor-types.ts'
import { blocksWithSnippet, snippetOf } from '../../server/src/core/features/settings-snippets.ts'
import { textAt } from '../../server/src/core/text/span.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const head = 'cluster_name: prod\npartitioner: org.apache.cassandra.dht.Murmur3Partitioner\n'

/** At `$0` of a node's file in a cluster of two datacenters. */
function offered(body: string, line: ReleaseLine = '5.0'): readonly CompletionItem[] {
  const fixture = parseFixture(`#- cassandra: ${line}\n#- cluster: 2x3\n#- dc1/db1/cassandra.yaml\n${head}${body}`)
  const { file, offset } = fixture.cursor!
  const items = completionsAt(snapshotOf(fixture), file.path, offset)
  for (const { replace } of items) {
    expect(replace.start <= offset && offset <= replace.end, 'holds the cursor').toBe(true)
    expect(textAt(replace)).not.toContain('\n')
  }
  return items
}
const labels = (body: string, line?: ReleaseLine) => offered(body, line).map(({ label }) => label)
const item = (body: string, label: string, line?: ReleaseLine) => offered(body, line).find(each => each.label === label)

describe('keys', () => {
  test('of the release that are not there yet, on an empty line', () => {
    const keys = labels('max_hint_window: 3h\n$0\n')
    expect(keys).toContain('phi_convict_threshold')
    expect(keys).not.toContain('cluster_name')
    expect(keys).not.toContain('max_hint_window')
    expect(keys, 'nor under its old name').not.toContain('max_hint_window_in_ms')
    expect(labels('$0\n', '3.11')).toContain('max_hint_window_in_ms')
    expect(labels('$0\n', '3.11')).not.toContain('max_hint_window')
  })
  test('carry type, default and prose; deprecated ones come last', () => {
    const phi = item('$0\n', 'phi_convict_threshold')!
    expect(phi.detail).toBe('number · 8')
    expect(phi.documentation).toContain('failure detector')
    expect(phi.insertText).toBe('phi_convict_threshold: ')
    expect(item('$0\n', 'max_hint_window')!.detail).toBe('duration (ms, s, m, h, d) · 3h')
    const items = offered('$0\n')
    const worst = Math.max(...items.filter(({ deprecated }) => !deprecated).map(({ rank }) => rank ?? 0))
    const best = Math.min(...items.filter(({ deprecated }) => deprecated).map(({ rank }) => rank ?? 0))
    expect(best).toBeGreaterThan(worst)
  })
  test('in a half-typed line, and inside of a key that has its colon', () => {
    const begun = item('phi_con$0\n', 'phi_convict_threshold')!
    expect(textAt(begun.replace)).toBe('phi_con')
    const inside = item('phi_con$0x: 8\n', 'phi_convict_threshold')!
    expect(textAt(inside.replace)).toBe('phi_conx')
    expect(inside.insertText).toBe('phi_convict_threshold')
  })
  test('of nested blocks, also in lists and in broken files', () => {
    expect(labels('client_encryption_options:\n  enabled: true\n  $0\n')).toContain('keystore')
    expect(labels('client_encryption_options:\n  enabled: true\n  $0\n')).not.toContain('enabled')
    expect(labels('client_encryption_options:\n  enabled: true\n  $0\n')).not.toContain('internode_encryption')
    expect(labels('server_encryption_options:\n  $0\n  keystore: x\n')).toContain('internode_encryption')
    expect(labels('server_encryption_options:\n  inter$0\n  keystore: x\n')).not.toContain('keystore')
    expect(labels('seed_provider:\n  - class_name: x\n    $0\n')).toEqual(['parameters'])
    expect(labels('seed_provider:\n- class_name: org.apache.cassandra.locator.SimpleSeedProvider\n  parameters:\n  - $0\n')).toContain(
      'seeds',
    )
    expect(labels('a: [1, 2\nb: "open\nserver_encryption_options:\n  $0\n')).toContain('internode_encryption')
    expect(labels('memtable:\n  configurations:\n    mine:\n      $0\n')).toEqual(
      expect.arrayContaining(['class_name', 'inherits', 'parameters']),
    )
    expect(labels('startup_checks:\n  $0\n')).toContain('check_data_resurrection')
    expect(labels('startup_checks:\n  check_data_resurrection:\n    $0\n')).toContain('heartbeat_file')
  })
  test('dotted, where the release takes them', () => {
    expect(labels('server_encryption_options.inter$0\n')).toContain('server_encryption_options.internode_encryption')
    expect(labels('server_encryption_options.inter$0\n', '3.11')).not.toContain('server_encryption_options.internode_encryption')
  })
  test('nowhere else', () => {
    expect(labels('# phi$0\n')).toEqual([])
    expect(labels('num_tokens: 16 # phi$0\n')).toEqual([])
    expect(labels('num_tokens: 16\n    ph$0\n')).toEqual([])
  })
})

describe('values', () => {
  test.each([
    ['words of an enum', 'internode_compression: $0\n', ['all', 'none', 'dc']],
    ['nested words', 'server_encryption_options:\n  internode_encryption: $0\n', ['all', 'none', 'dc', 'rack']],
    ['truth', 'auto_snapshot: $0\n', ['true', 'false']],
    ['units behind a number', 'max_hint_window: 3$0\n', ['3ms', '3s', '3m', '3h', '3d']],
    ['sizes', 'commitlog_segment_size: 32$0\n', ['32MiB', '32GiB']],
    ['rates', 'stream_throughput_outbound: 24$0\n', ['24B/s', '24KiB/s', '24MiB/s']],
    ['the default before a number', 'max_hint_window: $0\n', ['3h']],
    ['datacenters', 'hinted_handoff_disabled_datacenters:\n  - $0\n', ['dc1', 'dc2']],
    ['the own addresses', 'listen_address: 10.20.1.11\nrpc_address: $0\n', expect.arrayContaining(['10.20.1.11'])],
    ['levels in a list', 'read_consistency_levels_disallowed: [ANY, $0]\n', expect.arrayContaining(['QUORUM', 'ALL'])],
    ['levels as items', 'read_consistency_levels_disallowed:\n  - QU$0\n', expect.arrayContaining(['QUORUM', 'ALL'])],
    ['snitches', 'endpoint_snitch: Goss$0\n', expect.arrayContaining(['GossipingPropertyFileSnitch', 'AzureSnitch'])],
    ['compressors', 'commitlog_compression:\n  - class_name: $0\n', expect.arrayContaining(['LZ4Compressor'])],
    ['authenticators', 'authenticator:\n  class_name: $0\n', expect.arrayContaining(['PasswordAuthenticator', 'MutualTlsAuthenticator'])],
    [
      'memtables',
      'memtable:\n  configurations:\n    a:\n      class_name: $0\n',
      expect.arrayContaining(['TrieMemtable', 'SkipListMemtable']),
    ],
    ['no secrets', 'client_encryption_options:\n  keystore_password: $0\n', []],
    ['nothing directly behind the colon', 'auto_snapshot:$0\n', []],
  ])('%s', (_, body, expected) => {
    expect(labels(body)).toEqual(expected)
  })
  test('seeds, each by its own, with the node behind it', () => {
    const body =
      'seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.20.1.11,10.$0"\n'
    const seed = item(body, '10.20.2.11')!
    expect(seed.detail).toContain('db4')
    expect(textAt(seed.replace)).toBe('10.')
  })
  test('a quantity replaces its number', () => {
    expect(textAt(item('max_hint_window: 3$0\n', '3h')!.replace)).toBe('3')
  })
})

describe('blocks', () => {
  /** A snippet as it stands when every stop is left as it is. */
  const filled = (snippet: string) =>
    snippet
      .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
      .replace(/\$\{\d+:([^}]*)\}/g, '$1')
      .replace(/\$\d/g, '')

  test('hold the seeds of the workspace', () => {
    const body = '$0\n'
    const fixture = parseFixture(`#- cassandra: 5.0\n#- cluster: 2x3\n#- dc1/db9/cassandra.yaml\n${head}${body}`)
    const items = completionsAt(snapshotOf(fixture), fixture.cursor!.file.path, fixture.cursor!.offset)
    const block = items.find(({ label }) => label === 'seed_provider')!
    expect(block.snippet).toBe(true)
    expect(block.insertText).toContain('- seeds: "${1:10.20.1.11,10.20.1.12,10.20.2.11,10.20.2.12}"')
  })

  const cases = releaseLines.flatMap(line => blocksWithSnippet.filter(key => acceptsKey(line, key)).map(key => [line, key] as const))
  test.each(cases)('of %s are taken by Cassandra as they are: %s', (line, key) => {
    const block = filled(snippetOf(key, line, '10.0.0.1')!)
    const rest = [
      'cluster_name: prod',
      'commitlog_sync: periodic',
      `commitlog_sync_period${line < '4.1' ? '_in_ms: 10000' : ': 10s'}`,
      'endpoint_snitch: SimpleSnitch',
      'partitioner: org.apache.cassandra.dht.Murmur3Partitioner',
      'num_tokens: 16',
      'listen_address: 10.0.0.1',
    ]
    const seeds =
      'seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: 10.0.0.1\n'
    const text = `${rest.join('\n')}\n${key === 'seed_provider' ? '' : seeds}${block}\n`
    const findings = snapshotOf(parseFixture(`#- cassandra: ${line}\n#- cassandra.yaml\n${text}`)).findings
    expect(findings.filter(({ rule }) => /^(?:syntax|settings)\//.test(rule)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
  })
})

test('answers at every place of a file that is cut anywhere', () => {
  const text = `${head}seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "a,b"\nserver_encryption_options: {internode_encryption: all, keystore: x}\nmax_hint_window: 3h # so\n`
  for (let cut = head.length; cut <= text.length; cut += 3) {
    const snapshot = snapshotOf(parseFixture(`#- cassandra: 5.0\n#- cassandra.yaml\n${text.slice(0, cut)}`))
    for (const offset of [cut, cut - 5]) expect(Array.isArray(completionsAt(snapshot, 'cassandra.yaml', offset))).toBe(true)
  }
})
