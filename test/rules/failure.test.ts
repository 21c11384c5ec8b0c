/** Losses of racks, datacenters, tunnels and gateways: which is reported, where, for whom, and when nothing is. */
import { describe, expect, test } from 'vitest'
import { checkOnly, findingsOf } from '../check.ts'

const schema = (map: string) => `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', ${map}};\n`
const simple = (factor: number) =>
  `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${factor}};\n`
const both = schema("'dc1': 3, 'dc2': 3")
const workload = (text: string) => `#- foretell.yaml\nworkloads:\n  - { keyspace: shop, ${text} }\n`
const rack = (node: string, name: string, datacenter = 'dc1') =>
  `#- ${datacenter}/${node}/cassandra-rackdc.properties\ndc=${datacenter}\nrack=${name}\n`
/** A node's yaml with tokens of its own. */
const tokens = (node: string, number: number, list: string) => `#- dc1/${node}/cassandra.yaml
cluster_name: prod
num_tokens: ${list.split(',').length}
initial_token: ${list}
listen_address: 10.20.1.${10 + number}
rpc_address: 10.20.1.${10 + number}
endpoint_snitch: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.11,10.20.1.12"
`
const said = (text: string) => findingsOf('failure', text).map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)

describe('one rack', () => {
  test('five copies in two racks: some rack holds three, whatever the tokens', () => {
    const racks =
      ['db1', 'db2', 'db3'].map(node => rack(node, 'r1')).join('') + ['db4', 'db5', 'db6'].map(node => rack(node, 'r2')).join('')
    const found = said(
      `#- cluster: 1x6\n${racks}${schema("'dc1': 5")}${workload('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1]')}`,
    )
    expect(found).toEqual([
      'warning[failure/lost-with-one-rack] Reads and writes of shop at LOCAL_QUORUM from dc1 fail for part of the data when one of the racks r1 and r2 of dc1 is lost: one of them holds at least 3 of 5 copies, 2 of the 3 copies that are needed in dc1 are left. Use as many racks as copies.',
    ])
  })

  test('an uneven rack that must hold two copies is named', () => {
    const racks = `${rack('db1', 'r1')}${rack('db2', 'r1')}${rack('db3', 'r2')}${rack('db4', 'r1')}`
    const found = said(`#- cluster: 1x4\n${racks}${schema("'dc1': 3")}${workload('read: LOCAL_QUORUM, write: ONE, clients: [dc1]')}`)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('rack r1 of dc1 is lost: it holds at least 2 of 3 copies')
  })

  test('known tokens: only the rack that really holds two copies, and how much of the data', () => {
    // Clockwise db1 (r1), db2 (r1), db3 (r2), db4 (r2), db5 (r3): three racks, four copies.
    const racks = rack('db1', 'r1') + rack('db2', 'r1') + rack('db3', 'r2') + rack('db4', 'r2') + rack('db5', 'r3')
    const yamls = [0, 1, 2, 3, 4].map(i => tokens(`db${i + 1}`, i + 1, String(BigInt(i) * 2n ** 61n))).join('')
    const found = said(
      `#- cluster: 1x5\n${yamls}${racks}${schema("'dc1': 4")}${workload('read: LOCAL_QUORUM, write: ONE, clients: [dc1]')}`,
    )
    expect(found).toEqual([
      expect.stringMatching(
        /^warning\[failure\/lost-with-one-rack\] .*rack r[12] of dc1 is lost: it holds 2 of 4 copies of \d+ % of the data, 2 of the 3 copies that are needed in dc1 are left/,
      ),
    ])
  })

  test('as many racks as copies: nothing', () => {
    expect(said(`#- cluster: 2x3\n${both}${workload('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1, dc2]')}`)).toEqual([])
  })

  test('a node that is fatal is the smaller loss', () => {
    const racks = `${rack('db3', 'r2')}`
    const found = said(`#- cluster: 1x3\n${racks}${schema("'dc1': 2")}${workload('read: LOCAL_QUORUM, write: ONE, clients: [dc1]')}`)
    expect(found.map(text => text.split(' ')[0])).toEqual(['warning[failure/lost-with-one-node]'])
  })

  test('racks that are not known are not judged', () => {
    const text = `#- cluster: 1x3\n#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\n${schema("'dc1': 3")}${workload('read: ALL, write: ONE, clients: [dc1]')}`
    expect(said(text).filter(line => line.includes('one-rack'))).toEqual([])
  })
})

describe('one node', () => {
  test('SimpleStrategy in one datacenter: every copy is local', () => {
    expect(said(`#- cluster: 1x3\n${simple(2)}`)).toEqual([
      expect.stringMatching(/^info\[failure\/lost-with-one-node\] .*1 of the 2 copies that are needed in dc1 is left/),
    ])
    expect(said(`#- cluster: 1x3\n${simple(3)}`)).toEqual([])
  })

  test('SimpleStrategy over two datacenters: it depends on the key', () => {
    expect(said(`#- cluster: 2x3\n${simple(2)}`)).toEqual([])
  })
})

describe('one datacenter', () => {
  test('QUORUM over two; each client misses the other', () => {
    const found = said(`#- cluster: 2x3\n${both}${workload('read: QUORUM, write: LOCAL_QUORUM, clients: [dc1, dc2]')}`)
    expect(found).toEqual([
      'warning[failure/lost-with-one-datacenter] The reads of shop at QUORUM fail from dc1 when dc2 is lost or cut off; from dc2 when dc1 is lost or cut off: 3 of the 4 copies that are needed are left. LOCAL_QUORUM needs only the local copies.',
    ])
  })

  test('QUORUM over three survives one of them', () => {
    expect(
      said(`#- cluster: 3x3\n${schema("'dc1': 3, 'dc2': 3, 'dc3': 3")}${workload('read: QUORUM, write: QUORUM, clients: [dc1]')}`),
    ).toEqual([])
  })

  test('without a workload LOCAL_QUORUM is assumed, and needs nobody else', () => {
    expect(said(`#- cluster: 2x3\n${both}`)).toEqual([])
  })

  test('the own datacenter counts only when the failover fails, too', () => {
    const failing = workload('read: EACH_QUORUM, write: LOCAL_QUORUM, clients: [dc1], failover: [dc2]')
    expect(said(`#- cluster: 2x3\n${both}${failing}`)).toHaveLength(1)
    const moving = workload('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1], failover: [dc2]')
    expect(said(`#- cluster: 2x3\n${both}${moving}`)).toEqual([])
    const atQuorum = workload('read: QUORUM, write: LOCAL_QUORUM, clients: [dc2], failover: [dc1]')
    const found = said(`#- cluster: 2x3\n${schema("'dc1': 2, 'dc2': 3")}${atQuorum}`)
    expect(found).toEqual([expect.stringContaining('when dc2 is lost, also after failover')])
  })
})

describe('all copies in one rack', () => {
  test('a keyspace that one datacenter of one rack keeps alone', () => {
    const racks = ['db1', 'db2', 'db3'].map(node => rack(node, 'r1')).join('')
    checkOnly(
      'failure/data-in-one-rack',
      `#- cluster: 2x3\n${racks}#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[failure/data-in-one-rack]: the only rack there
`,
    )
  })

  test('the only rack of the only datacenter is another rule’s', () => {
    const racks = ['db1', 'db2', 'db3'].map(node => rack(node, 'r1')).join('')
    expect(findingsOf('failure/data-in-one-rack', `#- cluster: 1x3\n${racks}${schema("'dc1': 3")}`)).toEqual([])
  })

  test('SimpleStrategy without tokens: possible, so information', () => {
    const racks = ['db1', 'db2'].map(node => rack(node, 'r1')).join('') + ['db3', 'db4'].map(node => rack(node, 'r2')).join('')
    const found = findingsOf('failure/data-in-one-rack', `#- cluster: 1x4\n${racks}${simple(2)}`)
    expect(found.map(({ severity }) => severity)).toEqual(['info'])
  })

  test('SimpleStrategy where no rack has so many nodes', () => {
    expect(findingsOf('failure/data-in-one-rack', `#- cluster: 2x3\n${simple(2)}`)).toEqual([])
  })
})

test('a level that fails with nothing lost is not a matter of losses', () => {
  const text = `#- cluster: 2x3\n${schema("'dc1': 3")}${workload('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc2]')}`
  expect(said(text)).toEqual([])
})

test('nodes that may be elsewhere: only what holds for the whole factor', () => {
  const stranger = `#- dc1/db1/cassandra.yaml
cluster_name: prod
num_tokens: 16
listen_address: 10.20.1.11
endpoint_snitch: GossipingPropertyFileSnitch
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.11,10.20.9.99"
`
  const three = `#- cluster: 1x2\n${stranger}${schema("'dc1': 3")}${workload('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1]')}`
  expect(said(three)).toEqual([])
  const two = `#- cluster: 1x2\n${stranger}${schema("'dc1': 2")}${workload('read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1]')}`
  expect(said(two).map(text => text.split(' ')[0])).toEqual(['warning[failure/lost-with-one-node]'])
})
