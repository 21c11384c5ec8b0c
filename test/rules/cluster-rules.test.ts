/** Cases of the rules about identity, seeds, snitches, topology and tokens beyond their examples: what is unknown stays unsaid, and who is the odd one out. */
import { describe, expect, test } from 'vitest'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import { findingsOf } from '../check.ts'

/** `severity[rule] path` of the findings of a rule or group. */
function said(ruleOrGroup: string, fixture: string): string[] {
  return findingsOf(ruleOrGroup, fixture).map(({ severity, rule, span }) => `${severity}[${rule}] ${span.file.path}`)
}
const node = (path: string, text: string) => `#- ${path}/cassandra.yaml\n${text}`
const rackdc = (path: string, dc: string, rack: string) => `#- ${path}/cassandra-rackdc.properties\ndc=${dc}\nrack=${rack}\n`
const keyspace = (factors: string) =>
  `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', ${factors}};\n`

describe('identity', () => {
  test('the odd name out is reported, not the majority', () => {
    const fixture = exampleCluster('1x3', { 'dc1/db1': { cluster_name: 'Other' } })
    expect(said('identity/cluster-name-differs', fixture)).toEqual(['error[identity/cluster-name-differs] dc1/db1/cassandra.yaml'])
  })

  test('a placeholder is no name', () => {
    expect(said('identity', exampleCluster('1x3', { 'dc1/db1': { partitioner: "'{{ partitioner }}'" } }))).toEqual([])
  })

  test('a partitioner by its short or full name is the same', () => {
    expect(said('identity', exampleCluster('1x3', { 'dc1/db1': { partitioner: 'Murmur3Partitioner' } }))).toEqual([])
  })

  test('from 4.0 one address with two ports is two nodes, in 3.11 it is not', () => {
    const same = (release: string, old: object) =>
      `#- cassandra: ${release}\n${exampleCluster('1x3', { 'dc1/db3': { listen_address: '10.20.1.12', storage_port: '7010', ...old } })}`
    expect(said('identity/duplicate-address', same('4.1', {}))).toEqual([])
    expect(said('identity/duplicate-address', same('3.11', {}))).toHaveLength(1)
  })

  test('a test cluster on one host has a loopback address for each node', () => {
    const own = (n: number) => ({ listen_address: `127.0.0.${n}`, rpc_address: `127.0.0.${n}`, seeds: '"127.0.0.1"' })
    const fixture = exampleCluster('1x3', { 'dc1/db1': own(1), 'dc1/db2': own(2), 'dc1/db3': own(3) })
    expect(said('identity', fixture)).toEqual([])
  })

  test('copies of one file with localhost are said once', () => {
    const local = { listen_address: 'localhost', broadcast_address: undefined, rpc_address: 'localhost' }
    const fixture = exampleCluster('1x3', { 'dc1/db1': local, 'dc1/db2': local, 'dc1/db3': local })
    expect(said('identity/loopback-in-cluster', fixture)).toEqual(['warning[identity/loopback-in-cluster] dc1/db1/cassandra.yaml'])
  })

  test('under a compose file that runs Cassandra the addresses are rewritten', () => {
    const compose =
      '#- docker-compose.yml\nservices:\n  db3:\n    image: cassandra:4.1\n    volumes: [./dc1/db3/cassandra.yaml:/etc/cassandra/cassandra.yaml]\n'
    const local = { 'dc1/db3': { listen_address: 'localhost' } }
    expect(said('identity/loopback-in-cluster', exampleCluster('1x3', local))).toHaveLength(1)
    expect(said('identity', exampleCluster('1x3', local, compose))).toEqual([])
    expect(said('seeds', exampleCluster('1x3', local, compose))).toEqual([])
  })

  test.each([
    [{ native_transport_port: '7000' }, 1],
    [{ native_transport_port: '7000', rpc_address: '10.20.1.99' }, 0],
    [{ native_transport_port: '7000', rpc_address: '0.0.0.0', broadcast_rpc_address: '10.20.1.11' }, 1],
    [{ native_transport_port: '7000', start_native_transport: 'false' }, 0],
    [{ native_transport_port: '${PORT}' }, 0],
  ])('ports %j', (settings, count) => {
    expect(said('identity/port-collision', exampleCluster('1x1', { 'dc1/db1': settings }))).toHaveLength(count)
  })

  test('JMX on the loopback address is beside a private one', () => {
    const env = (more: string) => `#- dc1/db1/cassandra-env.sh\nJMX_PORT=9042\n${more}`
    expect(said('identity/port-collision', exampleCluster('1x1', {}, env('')))).toEqual([])
    expect(
      said('identity/port-collision', exampleCluster('1x1', {}, env('JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.remote.port=9042"\n'))),
    ).toHaveLength(1)
  })
})

describe('seeds', () => {
  test('order, blanks and the usual port do not make lists differ', () => {
    const fixture = exampleCluster('1x3', { 'dc1/db3': { seeds: '" 10.20.1.12:7000 ,10.20.1.11"' } })
    expect(said('seeds/lists-differ', fixture)).toEqual([])
  })

  test('a node that is joining may list other seeds', () => {
    const fixture = exampleCluster(
      '1x3',
      { 'dc1/db3': { seeds: '"10.20.1.11"' } },
      '#- foretell.yaml\nnodes: { db3: { state: joining } }\n',
    )
    expect(said('seeds/lists-differ', fixture)).toEqual([])
  })

  test('islands stand over lists that differ', () => {
    const own = (d: number) => ({ seeds: `"10.20.${d}.11"` })
    const fixture = exampleCluster('2x2', { 'dc1/db1': own(1), 'dc1/db2': own(1), 'dc2/db3': own(2), 'dc2/db4': own(2) })
    expect(said('seeds', fixture)).toEqual(['error[seeds/islands] dc2/db3/cassandra.yaml'])
  })

  test('a host name among the seeds leaves islands unknown', () => {
    const own = (d: number) => ({ seeds: `"10.20.${d}.11,seed.example"` })
    const fixture = exampleCluster('2x2', { 'dc1/db1': own(1), 'dc1/db2': own(1), 'dc2/db3': own(2), 'dc2/db4': own(2) })
    expect(said('seeds/islands', fixture)).toEqual([])
  })

  test('of a lone node nobody knows where the other seeds are', () => {
    expect(said('seeds', exampleCluster('1x1', { 'dc1/db1': { seeds: '"10.20.1.11,10.20.1.12"' } }))).toEqual([])
  })

  test('several strangers are said once', () => {
    const strange = { seeds: '"10.20.1.11,10.20.7.7,10.20.7.8"' }
    const fixture = exampleCluster('1x3', { 'dc1/db1': strange, 'dc1/db2': strange, 'dc1/db3': strange })
    expect(said('seeds', fixture)).toEqual(['warning[seeds/seed-is-no-node] dc1/db1/cassandra.yaml'])
  })

  test('a node that foretell.yaml declares is no stranger', () => {
    const strange = { seeds: '"10.20.1.11,10.20.1.12,10.20.7.7"' }
    const fixture = exampleCluster(
      '1x3',
      { 'dc1/db1': strange, 'dc1/db2': strange, 'dc1/db3': strange },
      '#- foretell.yaml\nnodes: { db9: { address: 10.20.7.7 } }\n',
    )
    expect(said('seeds/seed-is-no-node', fixture)).toEqual([])
  })

  test('an empty entry: a second seed in 3.x, untidy from 4.0, unsaid between', () => {
    const trailing = exampleCluster('1x3', { 'dc1/db3': { seeds: '"10.20.1.11,10.20.1.12,"' } })
    expect(said('seeds/empty-entry', `#- cassandra: 3.11\n${trailing}`)).toEqual(['warning[seeds/empty-entry] dc1/db3/cassandra.yaml'])
    expect(said('seeds/empty-entry', `#- cassandra: 4.0\n${trailing}`)).toEqual(['hint[seeds/empty-entry] dc1/db3/cassandra.yaml'])
  })

  test('auto_bootstrap is for seeds and for datacenters that are being built', () => {
    const off = { auto_bootstrap: 'false' }
    expect(said('seeds/auto-bootstrap-off', exampleCluster('1x3', { 'dc1/db1': off }))).toEqual([])
    expect(said('seeds/auto-bootstrap-off', exampleCluster('1x3', { 'dc1/db3': off }))).toHaveLength(1)
    const joining = '#- foretell.yaml\ndatacenters: { dc1: { state: joining } }\n'
    expect(said('seeds/auto-bootstrap-off', exampleCluster('1x3', { 'dc1/db3': off }, joining))).toEqual([])
  })
})

describe('snitch', () => {
  const simple = { endpoint_snitch: 'SimpleSnitch' }

  test('one datacenter in a keyspace is enough, the shipped rackdc file is not', () => {
    const nodes = { 'dc1/db1': simple, 'dc1/db2': simple }
    const shipped = rackdc('dc1/db1', 'dc1', 'rack1') + rackdc('dc1/db2', 'dc1', 'rack1')
    expect(said('snitch', exampleCluster('1x2', nodes, shipped))).toEqual([])
    expect(said('snitch', exampleCluster('1x2', nodes, shipped + keyspace("'dc1': 2")))).toEqual([
      'error[snitch/simple-in-multi-datacenter] dc1/db1/cassandra.yaml',
    ])
    expect(said('snitch', exampleCluster('1x2', nodes, shipped + keyspace("'datacenter1': 2")))).toEqual([])
  })

  test('what SimpleSnitch explains is not said again', () => {
    const nodes = { 'dc1/db1': simple, 'dc2/db2': simple }
    const fixture = exampleCluster('2x1', nodes, keyspace("'dc1': 1, 'dc2': 1"))
    const found = ['snitch', 'topology', 'replication', 'consistency', 'failure']
      .flatMap(group => said(group, fixture))
      .filter(text => !text.startsWith('info'))
    expect(found).toEqual(['error[snitch/simple-in-multi-datacenter] dc1/db1/cassandra.yaml'])
  })

  test('a stale topology file beside GossipingPropertyFileSnitch, until 5.0', () => {
    const stale = '#- dc1/db1/cassandra-topology.properties\n10.20.1.12=dc9:r9\ndefault=DC1:r1\n'
    expect(said('snitch/file-ignored', `#- cassandra: 4.0\n${exampleCluster('1x3', {}, stale)}`)).toEqual([
      'warning[snitch/file-ignored] dc1/db1/cassandra-topology.properties',
    ])
    expect(said('snitch/file-ignored', `#- cassandra: 6.0\n${exampleCluster('1x3', {}, stale)}`)).toEqual([])
    expect(said('snitch/file-ignored', `#- cassandra: 4.0\n${exampleCluster('1x3', {}, stale.replace('dc9:r9', 'dc1:r2'))}`)).toEqual([])
  })

  test('a byte order mark hides the first key', () => {
    const fixture = exampleCluster('1x1', {}, '#- dc1/db1/cassandra-rackdc.properties\n\ufeffdc=dc1\nrack=r1\n')
    expect(said('snitch', fixture)).toEqual(['error[snitch/missing-dc-or-rack] dc1/db1/cassandra-rackdc.properties'])
  })

  test('a template may bring the keys', () => {
    expect(said('snitch', exampleCluster('1x1', {}, '#- dc1/db1/cassandra-rackdc.properties\n{{ rackdc }}\n'))).toEqual([])
    expect(said('snitch', exampleCluster('1x1', {}, '#- dc1/db1/cassandra-rackdc.properties\ndc={{ dc }}\nrack={{ rack }}\n'))).toEqual([])
  })

  test.each([
    ['prefer_local=true', 0],
    ['prefer_local=TRUE', 0],
    ['prefer_local=false', 0],
    ['prefer_local=true ', 1],
    ['prefer_local=1', 1],
    ['prefer_local={{ x }}', 0],
  ])('%j', (line, count) => {
    expect(
      said('snitch/rackdc-value-ignored', exampleCluster('1x1', {}, `#- dc1/db1/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n${line}\n`)),
    ).toHaveLength(count)
  })

  test('PropertyFileSnitch finds itself by its address or the default', () => {
    const fixture = (text: string) =>
      exampleCluster('1x1', { 'dc1/db1': { endpoint_snitch: 'PropertyFileSnitch' } }, `#- dc1/db1/cassandra-topology.properties\n${text}\n`)
    expect(said('snitch', fixture('default=DC1:r1'))).toEqual([])
    expect(said('snitch', fixture('db9.example=DC1:r1'))).toEqual([])
    expect(said('snitch', fixture('10.9.9.9=DC1:r1'))).toHaveLength(1)
  })
})

describe('topology', () => {
  test('numbers in names are not run together', () => {
    const names = (a: string, b: string) => exampleCluster('2x1', {}, rackdc('dc1/db1', a, 'r1') + rackdc('dc2/db2', b, 'r1'))
    expect(said('topology/names-nearly-equal', names('dc1-1', 'dc11'))).toEqual([])
    expect(said('topology/names-nearly-equal', names('dc_1', 'DC-1'))).toHaveLength(1)
    expect(said('topology/names-nearly-equal', names('eu west', 'eu-west'))).toHaveLength(1)
  })

  test('a seed that is nowhere leaves the number of racks unknown', () => {
    const two = rackdc('dc1/db3', 'dc1', 'r2') + keyspace("'dc1': 3")
    expect(said('topology/racks-fewer-than-factor', exampleCluster('1x3', {}, two))).toHaveLength(1)
    const elsewhere = { seeds: '"10.20.1.11,seed.example"' }
    expect(said('topology', exampleCluster('1x3', { 'dc1/db1': elsewhere }, two))).toEqual([])
  })

  test('one rack only is another matter than too few', () => {
    const one = [1, 2, 3].map(n => rackdc(`dc1/db${n}`, 'dc1', 'r1')).join('')
    expect(said('topology', exampleCluster('1x3', {}, one + keyspace("'dc1': 3")))).toEqual([
      'info[topology/single-rack] dc1/db1/cassandra-rackdc.properties',
    ])
  })

  test('racks may be uneven where every node holds everything', () => {
    const uneven = rackdc('dc1/db3', 'dc1', 'r2')
    expect(said('topology/uneven-racks', exampleCluster('1x3', {}, uneven + keyspace("'dc1': 3")))).toEqual([])
    expect(said('topology/uneven-racks', exampleCluster('1x3', {}, uneven + keyspace("'dc1': 2")))).toHaveLength(1)
  })

  test('names that a properties file does not mean', () => {
    const named = (name: string) => said('topology/unusable-name', exampleCluster('1x1', {}, rackdc('dc1/db1', name, 'r1')))
    expect(named('"dc1"')).toHaveLength(1)
    expect(named('münchen')).toHaveLength(1)
    expect(named('eu:west')).toHaveLength(1)
    expect(named('us-east-1')).toEqual([])
  })
})

describe('tokens', () => {
  test('with a new node in an old rack the allocation is refused at once', () => {
    const allocate = { allocate_tokens_for_local_replication_factor: '3' }
    const fixture = exampleCluster(
      '1x3',
      { 'dc1/db1': allocate, 'dc1/db2': allocate, 'dc1/db3': allocate },
      `${rackdc('dc1/db3', 'dc1', 'r2')}#- foretell.yaml\nnodes: { db3: { state: new } }\n`,
    )
    expect(said('tokens/allocation-refused', fixture)).toEqual(['error[tokens/allocation-refused] dc1/db3/cassandra.yaml'])
  })

  test('a placeholder is no number of tokens', () => {
    expect(said('tokens/count-differs', exampleCluster('1x3', { 'dc1/db3': { num_tokens: '{{ tokens }}' } }))).toEqual([])
  })

  test('many tokens are said from 4.0 on', () => {
    const many = exampleCluster('1x3', {
      'dc1/db1': { num_tokens: '256' },
      'dc1/db2': { num_tokens: '256' },
      'dc1/db3': { num_tokens: '256' },
    })
    expect(said('tokens/many-tokens', `#- cassandra: 4.0\n${many}`)).toHaveLength(1)
    expect(said('tokens/many-tokens', `#- cassandra: 3.11\n${many}`)).toEqual([])
  })
})

test('two clusters with one name and equal addresses are two', () => {
  const yaml = (folder: string) =>
    node(
      `${folder}/db1`,
      'cluster_name: prod\nlisten_address: 10.0.0.1\nendpoint_snitch: SimpleSnitch\npartitioner: Murmur3Partitioner\nseed_provider:\n  - class_name: SimpleSeedProvider\n    parameters:\n      - seeds: "10.0.0.1"\n',
    )
  expect(said('identity', yaml('prod') + yaml('staging'))).toEqual([])
})
