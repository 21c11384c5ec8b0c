/** Settings that differ between nodes: effective values, who is the odd one, and what is never compared. */
import { describe, expect, test } from 'vitest'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import { checkFix, findingsOf } from '../check.ts'

const said = (text: string, group = 'drift') =>
  findingsOf(group, text).map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)
type Settings = Readonly<Record<string, string | undefined>>
const three = (one: Settings, two: Settings, odd: Settings, files = '') =>
  exampleCluster('1x3', { 'dc1/db1': one, 'dc1/db2': two, 'dc1/db3': odd }, files)

describe('in the cluster', () => {
  test('a guardrail that one node lacks', () => {
    const guard = { tables_fail_threshold: '150' }
    expect(said(`#- cassandra: 5.0\n${three(guard, guard, {})}`)).toEqual([
      'warning[drift/differs-in-cluster] tables_fail_threshold is -1 (the default) on db3, and 150 on db1 and db2: what a client may do depends on the node it talks to. Use one value.',
    ])
  })
  test('the default, written out, is the same', () => {
    expect(said(`#- cassandra: 5.0\n${three({ tables_fail_threshold: '-1', hinted_handoff_enabled: 'true' }, {}, {})}`)).toEqual([])
    expect(
      said(three({ authenticator: 'AllowAllAuthenticator' }, {}, { authenticator: 'org.apache.cassandra.auth.AllowAllAuthenticator' })),
    ).toEqual([])
  })
  test('old and new names are one setting', () => {
    expect(
      said(
        `#- cassandra: 4.1\n${three({ enable_materialized_views: 'true' }, { materialized_views_enabled: 'true' }, { materialized_views_enabled: 'true' })}`,
      ),
    ).toEqual([])
    expect(
      said(
        `#- cassandra: 4.1\n${three({ enable_materialized_views: 'false' }, { materialized_views_enabled: 'true' }, { materialized_views_enabled: 'true' })}`,
      ),
    ).toHaveLength(1)
  })
  test('encryption for clients, never its passwords', () => {
    const on = { client_encryption_options: '{ enabled: true, keystore_password: one }' }
    const [found] = said(
      `#- cassandra: 4.1\n${three(on, on, { client_encryption_options: '{ enabled: false, keystore_password: two }' })}`,
      'drift/differs-in-cluster',
    )
    expect(found).toContain('client_encryption_options.enabled is false on db3, and true on db1 and db2')
    expect(found).not.toContain('two')
  })
  test('a fix writes the value of the others', () => {
    const guard = { paxos_variant: 'v2' }
    checkFix(
      'drift/differs-in-cluster',
      `#- cassandra: 4.1\n${three(guard, guard, { paxos_variant: 'v1' })}`,
      `#- cassandra: 4.1\n${three(guard, guard, guard)}`,
    )
  })
})

describe('in the datacenter', () => {
  const phi = (value: string) => ({ phi_convict_threshold: value })
  test('equal amounts in other units are equal', () => {
    expect(
      said(
        `#- cassandra: 4.1\n${three({ read_request_timeout: '10s' }, { read_request_timeout: '10000ms' }, { read_request_timeout_in_ms: '10000' })}`,
      ),
    ).toEqual([])
  })
  test('without a majority nobody is odd', () => {
    expect(said(three(phi('8'), phi('10'), phi('12')))).toEqual([])
  })
  test('two nodes are too few', () => {
    expect(said(exampleCluster('1x2', { 'dc1/db1': phi('12'), 'dc1/db2': phi('8') }))).toEqual([])
  })
  test('addresses, tokens and folders are never compared', () => {
    expect(
      said(three({ num_tokens: '8', commitlog_directory: '/a' }, { commitlog_directory: '/b' }, { saved_caches_directory: '/c' })),
    ).toEqual([])
  })
  test('a file with a refused line does not mean its defaults', () => {
    const period = { commitlog_sync_period: '5s' }
    const odd = { commitlog_sync_period: undefined, commitlog_sync_perido: '5s' }
    expect(said(`#- cassandra: 4.1\n${three(period, period, odd)}`)).toEqual([])
  })
  test('what the machine decides is not known, so it differs from nothing', () => {
    expect(said(three({ concurrent_compactors: '4' }, { concurrent_compactors: '4' }, {}))).toEqual([])
  })
  test('a placeholder is no value', () => {
    expect(said(three(phi('12'), phi('12'), phi('"{{ phi }}"')))).toEqual([])
  })
  test('the heap of one node', () => {
    const heap = (node: string, size: string) => `#- dc1/${node}/jvm-server.options\n-Xms${size}\n-Xmx${size}\n`
    const found = said(`#- cassandra: 4.1\n${three({}, {}, {}, `${heap('db1', '8G')}${heap('db2', '8G')}${heap('db3', '4G')}`)}`)
    expect(found).toEqual(['info[drift/differs-in-datacenter] heap of db3 is 4 GiB, and 8 GiB on db1 and db2 of dc1. Use one value.'])
  })
})

describe('a file that the others have', () => {
  const withoutRackdc = (extra = '') => `#- cluster: 1x3\n#- dc1/db4/cassandra.yaml
cluster_name: prod
num_tokens: 16
listen_address: 10.20.1.14
endpoint_snitch: GossipingPropertyFileSnitch
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.11,10.20.1.12"
${extra}`
  test('one node without', () => {
    expect(said(withoutRackdc(), 'drift/file-missing')).toEqual([
      'warning[drift/file-missing] db4 has no cassandra-rackdc.properties, and the 3 other nodes do: what stands on that host is not in these files.',
    ])
  })
  test('foretell.yaml says it', () => {
    expect(said(withoutRackdc('#- foretell.yaml\nnodes: { db4: { datacenter: dc1, rack: r4 } }\n'), 'drift/file-missing')).toEqual([])
  })
})
