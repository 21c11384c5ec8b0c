/** Repositories side by side: a schema beside a compose file is for what that file runs, not for a stranger's cluster with the same datacenters. */
import { expect, test } from 'vitest'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const node = (cluster: string, datacenter: string, address: string) => `#- ${cluster}/${datacenter}/cassandra.yaml
cluster_name: ${cluster}
listen_address: ${address}
endpoint_snitch: GossipingPropertyFileSnitch
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: ${address}
#- ${cluster}/${datacenter}/cassandra-rackdc.properties
dc=${datacenter}
rack=r1
`
const clusters = `${node('one', 'dc1', '10.0.0.1')}${node('two', 'dc2', '10.0.1.1')}`
const schema = "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"
const compose = '#- app/compose.yaml\nservices:\n  db:\n    image: cassandra:5.0\n'
const homesOf = (text: string) => snapshotOf(parseFixture(text)).keyspaces.map(({ cluster }) => cluster?.name)

test('beside a compose file that runs Cassandra', () => {
  expect(homesOf(`${clusters}${compose}#- app/schema.cql\n${schema}`)).toEqual([undefined])
})

test('without one, and beside one of another program', () => {
  expect(homesOf(`${clusters}#- app/schema.cql\n${schema}`)).toEqual(['one'])
  expect(homesOf(`${clusters}${compose.replace('cassandra:5.0', 'nginx')}#- app/schema.cql\n${schema}`)).toEqual(['one'])
})

test('of an only cluster', () => {
  expect(homesOf(`${node('one', 'dc1', '10.0.0.1')}${compose}#- app/schema.cql\n${schema}`)).toEqual(['one'])
})
