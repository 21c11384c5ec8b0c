/** Effective values: in one unit whatever the release's name and spelling, with the release's default where the file is silent. */
import { describe, expect, test } from 'vitest'
import type { ReleaseLine } from '../../../server/src/core/catalog/release.ts'
import { effectiveNumber, effectiveSetting, effectiveText } from '../../../server/src/core/model/settings/effective.ts'
import { parseCassandraYaml } from '../../../server/src/core/syntax/cassandra-yaml.ts'

const yamlOf = (text: string, path = 'cassandra.yaml') => parseCassandraYaml({ path, text })
const asks = (text: string, line: ReleaseLine, name: string) => effectiveSetting(yamlOf(text), line, name)

describe('values by their newest name', () => {
  test.each<[string, ReleaseLine, string, unknown]>([
    ['read_request_timeout_in_ms: 7000', '3.11', 'read_request_timeout', 7000],
    ['read_request_timeout_in_ms: 7000', '4.1', 'read_request_timeout', 7000],
    ['read_request_timeout: 7s', '5.0', 'read_request_timeout', 7000],
    ['max_hint_window_in_ms: 10800000', '4.0', 'max_hint_window', 10800000],
    ['commitlog_segment_size_in_mb: 32', '4.0', 'commitlog_segment_size', 33554432],
    ['commitlog_segment_size: 32MiB', '4.1', 'commitlog_segment_size', 33554432],
    ['compaction_throughput_mb_per_sec: 64', '4.0', 'compaction_throughput', 67108864],
    ['compaction_throughput: 64MiB/s', '5.0', 'compaction_throughput', 67108864],
    ['num_tokens: 16', '5.0', 'num_tokens', 16],
    ['num_tokens: 0x10', '5.0', 'num_tokens', 16],
    ['server_encryption_options: {internode_encryption: all}', '4.1', 'server_encryption_options.internode_encryption', 'all'],
    ['enable_materialized_views: true', '4.1', 'materialized_views_enabled', true],
  ])('%s, %s', (text, line, name, wanted) => {
    const fact = asks(`${text}\n`, line, name)
    expect(fact).toMatchObject({ kind: 'known', value: wanted })
    expect(fact).toHaveProperty('span')
  })
  test('of two the last counts', () => {
    expect(asks('num_tokens: 8\nnum_tokens: 16\n', '4.1', 'num_tokens')).toMatchObject({ value: 16 })
  })
})

describe('defaults have no place', () => {
  test.each<[ReleaseLine, string, unknown]>([
    ['3.11', 'read_request_timeout', 5000],
    ['5.0', 'read_request_timeout', 5000],
    ['4.0', 'num_tokens', 1],
    ['5.0', 'storage_compatibility_mode', 'CASSANDRA_4'],
    ['6.0', 'storage_compatibility_mode', 'NONE'],
    ['4.1', 'server_encryption_options.internode_encryption', 'none'],
  ])('%s %s', (line, name, wanted) => {
    const fact = asks('cluster_name: x\n', line, name)
    expect(fact).toEqual({ kind: 'known', value: wanted })
  })
  test('absent where the release has no such setting, or works it out', () => {
    expect(asks('cluster_name: x\n', '3.11', 'storage_compatibility_mode').kind).toBe('absent')
    expect(asks('cluster_name: x\n', '4.1', 'concurrent_compactors').kind).toBe('absent')
  })
})

describe('unknown', () => {
  test('without a file', () => expect(effectiveNumber(undefined, '4.1', 'num_tokens').kind).toBe('unknown'))
  test('of another type', () => expect(effectiveNumber(yamlOf('cluster_name: x\n'), '4.1', 'cluster_name').kind).toBe('unknown'))
  test('what the release refuses', () => expect(asks('num_tokens: many\n', '4.1', 'num_tokens').kind).toBe('unknown'))
  test('a placeholder', () =>
    expect(effectiveText(yamlOf('cluster_name: {{ name }}\n', 'cassandra.yaml.j2'), '4.1', 'cluster_name').kind).toBe('unknown'))
  test('branches of a template', () => {
    const text = '{% if a %}\nnum_tokens: 8\n{% else %}\nnum_tokens: 16\n{% endif %}\n'
    expect(effectiveNumber(yamlOf(text, 'cassandra.yaml.j2'), '4.1', 'num_tokens').kind).toBe('unknown')
  })
})
