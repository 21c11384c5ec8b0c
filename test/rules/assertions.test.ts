/** Promises and names of foretell.yaml as findings; the counterexample or the missing fact is named. */
import { describe, expect, test } from 'vitest'
import { exampleInterface, examplePeer } from '../../server/src/core/rules/example-mesh.ts'
import { checkFix, findingsOf } from '../check.ts'

const schema = (map: string) => `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', ${map}};\n`
const both = `#- cluster: 2x3\n${schema("'dc1': 3, 'dc2': 3")}`
const promise = (...texts: readonly string[]) => `#- foretell.yaml\nassertions:\n${texts.map(text => `  - ${text}\n`).join('')}`
const said = (text: string, group = 'assertions') =>
  findingsOf(group, text).map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)

describe('kept and broken', () => {
  test('kept promises are silent', () => {
    expect(
      said(
        `${both}${promise(
          'shop survives any 1 node',
          'shop survives any 1 rack',
          'shop survives any 1 datacenter',
          'shop survives rack dc1/r1',
          'shop LOCAL_ONE survives any 2 racks',
          'shop LOCAL_QUORUM from dc2 survives datacenter dc1',
          'every keyspace survives any 1 datacenter',
          'every node reaches every other without any 1 datacenter',
        )}`,
      ),
    ).toEqual([])
  })

  test('the smallest counterexample is named', () => {
    expect(said(`${both}${promise('shop survives any 3 racks')}`)).toEqual([
      'error[assertions/failed] "shop survives any 3 racks" fails: reads of shop at LOCAL_QUORUM from dc1: without racks dc1/r1 and dc1/r2 (LOCAL_QUORUM needs 2 live replicas in dc1, but whatever the tokens are, no range keeps more than 1 with db1 and db2 lost).',
    ])
  })

  test('declared workloads say what is meant', () => {
    const workload = 'workloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: EACH_QUORUM, clients: [dc2] }\n'
    const found = said(`${both}${promise('shop survives any 1 datacenter')}${workload}`)
    expect(found).toEqual([expect.stringMatching(/writes of shop at EACH_QUORUM from dc2: without datacenter dc1/)])
  })

  test('a level that fails as it is fails every promise', () => {
    const found = said(`#- cluster: 2x3\n${schema("'dc1': 3")}${promise('shop LOCAL_QUORUM from dc2 survives any 1 node')}`)
    expect(found).toEqual([
      expect.stringMatching(/LOCAL_QUORUM needs 1 live replica in dc2, but whatever the tokens are, no range keeps more than 0/),
    ])
  })

  test('the failure that a promise is about is not said twice', () => {
    const text = `${both}${promise('shop survives any 1 datacenter')}workloads:\n  - { keyspace: shop, read: QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`
    expect(said(text)).toHaveLength(1)
    expect(said(text, 'failure')).toEqual([])
  })
})

test('a promise about more than one thing leaves the failures of one thing to be told', () => {
  const text = `#- cluster: 2x3\n${schema("'dc1': 2, 'dc2': 3")}${promise('shop from dc2 survives any 2 nodes')}workloads:\n  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_ONE, clients: [dc1, dc2] }\n`
  expect(said(text)).toEqual([expect.stringMatching(/from dc2: without/)])
  expect(said(text, 'failure')).toEqual([expect.stringMatching(/from dc1 fail for part of the data while any one node of dc1/)])
})

describe('over the mesh', () => {
  const gateways = `#- gw1/wg0.conf
${exampleInterface(1, { Address: '10.99.0.1/24' })}${examplePeer(2, { AllowedIPs: '10.99.0.2/32, 10.20.2.0/24' })}#- gw2/wg0.conf
${exampleInterface(2, { Address: '10.99.0.2/24' })}${examplePeer(1, { AllowedIPs: '10.99.0.1/32, 10.20.1.0/24' })}`

  test('one gateway for a datacenter', () => {
    const found = said(
      `${both}${gateways}${promise('every datacenter reaches every other', 'every datacenter reaches every other without any 1 gateway')}`,
    )
    expect(found).toEqual([
      'error[assertions/failed] "every datacenter reaches every other without any 1 gateway" fails: db1 in dc1 does not reach db4 in dc2 without gw1.',
    ])
  })

  test('one tunnel between the datacenters', () => {
    const found = said(
      `${both}${gateways}${promise('shop EACH_QUORUM from dc1 survives any 1 tunnel', 'shop LOCAL_QUORUM survives any 1 tunnel', 'node db1 reaches datacenter dc2 without tunnel gw1/gw2')}`,
    )
    expect(found).toHaveLength(2)
    expect(found[0]).toMatch(/EACH_QUORUM from dc1: without tunnel gw1\/gw2/)
    expect(found[1]).toMatch(/db1 in dc1 does not reach db4 in dc2/)
  })

  test('without WireGuard files nobody can tell', () => {
    expect(said(`${both}${promise('shop survives any 1 gateway')}`)).toEqual([
      'info[assertions/undecidable] Cannot tell whether "shop survives any 1 gateway" holds: no WireGuard file of the cluster is here.',
    ])
  })
})

describe('undecidable', () => {
  test('tokens', () => {
    const racks = ['db1', 'db2', 'db3', 'db4']
      .map((node, i) => `#- dc1/${node}/cassandra-rackdc.properties\ndc=dc1\nrack=r${(i % 2) + 1}\n`)
      .join('')
    const simple = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 2};\n"
    expect(said(`#- cluster: 1x4\n${racks}${simple}${promise('shop ONE from dc1 survives any 1 rack')}`)).toEqual([
      'info[assertions/undecidable] Cannot tell whether "shop ONE from dc1 survives any 1 rack" holds: the tokens of db1, db2, db3 and 1 more are not known (initial_token, or a token file in foretell.yaml).',
    ])
  })

  test('no schema at all', () => {
    expect(said(`#- cluster: 1x3\n${promise('shop survives any 1 node')}`)).toEqual([
      'info[assertions/undecidable] Cannot tell whether "shop survives any 1 node" holds: no keyspace "shop" is in these files.',
    ])
  })

  test('a workload that does not say where its clients are, in two datacenters', () => {
    const workload = '#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: LOCAL_QUORUM }\n'
    expect(said(`${both}${workload}`)).toEqual([expect.stringContaining('the workload does not say in which datacenter its clients are')])
    expect(said(`#- cluster: 1x3\n${schema("'dc1': 3")}${workload}`)).toEqual([])
  })
})

describe('names', () => {
  test('of promises, workloads, links, windows and datacenters', () => {
    const foretell = `#- foretell.yaml
datacenters: { dc9: { role: analytics }, dc4: { state: new } }
network: { links: [{ between: [dc1, dc7], roundTrip: 5ms }] }
repair: { windows: { dc8: "Sat 02:00-06:00" } }
workloads:
  - { keyspace: shopp, read: ONE, clients: [dc1, DC2] }
assertions:
  - shop survives node db77
`
    expect(said(`${both}${foretell}`).map(text => /There is no (.*?"[^"]*")/.exec(text)?.[1])).toEqual([
      'datacenter "dc9"',
      'datacenter "dc7"',
      'datacenter "dc8"',
      'keyspace "shopp"',
      'datacenter "DC2"',
      'node "db77"',
    ])
  })

  test('system keyspaces are there without a statement', () => {
    expect(said(`${both}${promise('system_auth survives any 1 node')}`)).toEqual([
      expect.stringMatching(/^info.*no keyspace "system_auth" is in these files/),
    ])
  })

  test('another number is another name, not a slip', () => {
    const [found] = findingsOf('assertions/names-nothing', `${both}${promise('shop from dc3 survives any 1 node')}`)
    expect(found!.message).toContain('(known: dc1 and dc2)')
    expect(found!.fixes()).toEqual([])
  })

  test('a slip is corrected', () => {
    checkFix('assertions/names-nothing', `${both}${promise('shpo survives any 1 node')}`, `${both}${promise('shop survives any 1 node')}`)
  })

  test('with nodes elsewhere, or in another cluster, nothing is said', () => {
    const other = `#- other/n1/cassandra.yaml\ncluster_name: other\nlisten_address: 10.77.0.1\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.77.0.1"\n`
    expect(said(`${both}${other}${promise('shpo survives any 1 node')}`)).toEqual([])
  })
})

describe('contradictions', () => {
  const declared = (text: string) => `#- cluster: 1x3\n#- foretell.yaml\nnodes:\n  db3: { ${text} }\n`
  test('datacenter, rack and address', () => {
    expect(said(declared('datacenter: dc2, rack: r9, address: 10.9.9.9'))).toHaveLength(3)
    expect(said(declared('datacenter: dc1, rack: r3, address: 10.20.1.13'))).toEqual([])
  })
  test('what no file says is no contradiction', () => {
    expect(said(`${declared('rack: r9')}#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\n`)).toEqual([])
  })
})
