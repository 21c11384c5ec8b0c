/** Levels of workloads: what can never be met, what is refused, what may miss writes or wait far away. */
import { describe, expect, test } from 'vitest'
import { checkFix, findingsOf } from '../check.ts'

const schema = (map: string) => `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', ${map}};\n`
const both = schema("'dc1': 3, 'dc2': 3")
const workload = (text: string, more = '') => `#- foretell.yaml\n${more}workloads:\n  - { keyspace: shop, ${text} }\n`
const said = (rule: string, text: string) =>
  findingsOf(`consistency/${rule}`, text).map(({ severity, message }) => `${severity} ${message}`)

describe('level-never-met', () => {
  test('a failover datacenter without copies', () => {
    const found = said(
      'level-never-met',
      `#- cluster: 2x3\n${schema("'dc1': 3")}${workload('read: LOCAL_QUORUM, write: LOCAL_ONE, clients: [dc1], failover: [dc2]')}`,
    )
    expect(found).toHaveLength(2)
    expect(found[0]).toBe(
      'error Reads of shop at LOCAL_QUORUM from dc2 fail always: 1 copy is needed in dc2 and there is none, even with every node up. Place copies there, or use another level.',
    )
  })

  test('THREE of two copies', () => {
    expect(said('level-never-met', `#- cluster: 1x3\n${schema("'dc1': 2")}${workload('read: THREE, write: ONE, clients: [dc1]')}`)).toEqual(
      [expect.stringContaining('3 copies are needed and there are 2')],
    )
  })

  test('a zero factor: EACH_QUORUM never works in 3.11, and the entry is dropped from 4.0', () => {
    const text = (release: string) =>
      `#- cassandra: ${release}\n#- cluster: 2x3\n${schema("'dc1': 3, 'dc2': 0")}${workload('read: ONE, write: EACH_QUORUM, clients: [dc1]')}`
    expect(said('level-never-met', text('3.11'))).toHaveLength(1)
    expect(said('level-never-met', text('5.0'))).toEqual([])
  })

  test('conditional updates need the majority of what is placed, and a read of the configured factor', () => {
    expect(
      said('level-never-met', `#- cluster: 1x2\n${schema("'dc1': 5")}${workload('serial: LOCAL_SERIAL, clients: [dc1]')}`),
    ).toHaveLength(1)
    expect(said('level-never-met', `#- cluster: 1x3\n${schema("'dc1': 5")}${workload('serial: LOCAL_SERIAL, clients: [dc1]')}`)).toEqual([])
  })

  test('a datacenter that does not exist is no client', () => {
    expect(said('level-never-met', `#- cluster: 2x3\n${both}${workload('read: LOCAL_ONE, clients: [dc9]')}`)).toEqual([])
  })
})

describe('level-refused', () => {
  const refused = (text: string, release = '5.0', files = '') =>
    said('level-refused', `#- cassandra: ${release}\n#- cluster: 1x3\n${files}${schema("'dc1': 3")}${workload(`${text}, clients: [dc1]`)}`)
  test('ANY for reads, serial levels for plain writes', () => {
    expect(refused('read: ANY, write: SERIAL')).toHaveLength(2)
    expect(refused('read: SERIAL, write: ANY, serial: SERIAL')).toEqual([])
  })
  test('NODE_LOCAL: unknown to 3.11; later it depends on a flag that is not here', () => {
    expect(refused('read: NODE_LOCAL', '3.11')).toHaveLength(1)
    expect(refused('read: NODE_LOCAL', '5.0')).toEqual([])
    expect(refused('read: NODE_LOCAL', '5.0', '#- dc1/db2/jvm-server.options\n-Xms4G\n-Xmx4G\n')).toEqual([
      expect.stringContaining('db2 starts without'),
    ])
  })
  test('a guardrail of a node that clients talk to', () => {
    const yaml = `#- dc1/db2/cassandra.yaml
cluster_name: prod
num_tokens: 16
listen_address: 10.20.1.12
endpoint_snitch: GossipingPropertyFileSnitch
read_consistency_levels_disallowed: [ONE, LOCAL_ONE]
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.11,10.20.1.12"
`
    expect(refused('read: LOCAL_ONE, write: LOCAL_ONE', '5.0', yaml)).toEqual([
      expect.stringContaining('read_consistency_levels_disallowed of db2'),
    ])
  })
})

describe('read-may-miss-write', () => {
  const missed = (text: string, map = "'dc1': 3, 'dc2': 3") =>
    said('read-may-miss-write', `#- cluster: 2x3\n${schema(map)}${workload(text)}`)
  test('overlapping levels are silent', () => {
    expect(missed('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1]')).toEqual([])
    expect(missed('read: ONE, write: ALL, clients: [dc1]')).toEqual([])
    expect(missed('read: LOCAL_QUORUM, write: EACH_QUORUM, strong: true, clients: [dc1, dc2]')).toEqual([])
    expect(missed('read: QUORUM, write: QUORUM, strong: true, clients: [dc1, dc2]')).toEqual([])
  })
  test('within a datacenter, and across two', () => {
    expect(missed('read: LOCAL_ONE, write: LOCAL_QUORUM, clients: [dc1]')).toEqual([
      expect.stringContaining(
        'info Writes of shop at LOCAL_QUORUM, reads at LOCAL_ONE: 2 + 1 copies are no more than the 3 there are in dc1',
      ),
    ])
    expect(missed('read: LOCAL_QUORUM, write: LOCAL_QUORUM, strong: true, clients: [dc1, dc2]')).toEqual([
      expect.stringMatching(/^error Clients in dc1 .* what clients in dc2 just wrote/),
    ])
  })
  test('a write at ANY may be a hint', () => {
    expect(missed('read: ALL, write: ANY, clients: [dc1]')).toHaveLength(1)
  })
})

test('levels that may wait elsewhere: analytics is told apart', () => {
  const analytics = workload('read: QUORUM, write: LOCAL_QUORUM, clients: [dc1]', 'datacenters: { dc2: { role: analytics } }\n')
  expect(said('analytics-in-the-path', `#- cluster: 2x3\n${both}${analytics}`)).toHaveLength(1)
  expect(said('non-local-level', `#- cluster: 2x3\n${both}${analytics}`)).toEqual([])
  expect(said('non-local-level', `#- cluster: 2x3\n${schema("'dc1': 3")}${workload('read: QUORUM, clients: [dc1]')}`)).toEqual([])
})

test('a fix writes the local level for reads and writes alike', () => {
  const before = `#- cluster: 2x3\n${both}${workload('read: ONE, write: ONE, clients: [dc1]')}`
  checkFix('consistency/non-local-level', before, before.replace('read: ONE, write: ONE', 'read: LOCAL_ONE, write: LOCAL_ONE'))
})

test('LOCAL_SERIAL of two workloads in two datacenters', () => {
  const text = `#- cluster: 2x3\n${both}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, serial: LOCAL_SERIAL, clients: [dc1] }\n  - { keyspace: shop, serial: LOCAL_SERIAL, clients: [dc2] }\n`
  const found = findingsOf('consistency/local-serial-in-two-datacenters', text)
  expect(found).toHaveLength(1)
  expect(found[0]!.related).toHaveLength(1)
  expect(found[0]!.fixes()[0]!.edits).toHaveLength(2)
})

test('without foretell.yaml nothing is said of levels', () => {
  expect(findingsOf('consistency', `#- cluster: 2x3\n${both}`)).toEqual([])
})
