/** Where a node stands, by its snitch: what Cassandra's own classes would find in the same files. */
import { expect, test } from 'vitest'
import { type LocationInputs, locateNode } from '../../server/src/core/model/location.ts'
import { parseProperties } from '../../server/src/core/syntax/properties.ts'
import { absent, type Fact, known, unknown } from '../../server/src/core/text/fact.ts'
import { located, spanOf } from '../../server/src/core/text/span.ts'

const nowhere = spanOf({ path: 'foretell.yaml', text: '' }, 0, 0)
const rackdc = (text: string) => parseProperties({ path: 'cassandra-rackdc.properties', text }, 'rackdc')
const topology = (text: string) => parseProperties({ path: 'cassandra-topology.properties', text }, 'topology')

function locate(snitch: string | Fact<string>, inputs: Partial<LocationInputs> = {}): string {
  const { datacenter, rack, from } = locateNode({
    snitch: typeof snitch === 'string' ? known(snitch) : snitch,
    locationProvider: absent,
    rackdc: undefined,
    topology: undefined,
    broadcast: known('10.20.3.4'),
    declared: {},
    environment: undefined,
    ...inputs,
  })
  const show = (fact: Fact<string>) => (fact.kind === 'known' ? JSON.stringify(fact.value) : fact.kind)
  return `${show(datacenter)} ${show(rack)} ${from}`
}

const gossiping = 'GossipingPropertyFileSnitch'

test.each<[string, string]>([
  ['dc=dc1\nrack=r1', '"dc1" "r1" rackdc'],
  ['dc = dc1 \nrack=\t r1 ', '"dc1" "r1" rackdc'],
  ['dc=\nrack=r1', '"" "r1" rackdc'],
  ['DC=dc1\nrack=r1', 'unknown "r1" rackdc'],
  ['dc=dc1\ndc=dc2\nrack=r1', '"dc2" "r1" rackdc'],
  ['dc=dc1 # first\nrack=r1', '"dc1 # first" "r1" rackdc'],
  ['dc={{ dc }}\nrack=r1', 'unknown "r1" rackdc'],
  ['dc=dc1\ndc_suffix=_x\nrack=r1', '"dc1" "r1" rackdc'],
])('GossipingPropertyFileSnitch with %j', (text, expected) => {
  expect(locate(gossiping, { rackdc: rackdc(text) })).toBe(expected)
})

test.each<[string, string]>([
  ['10.20.3.4=DC1:RAC1', '"DC1" "RAC1" topology'],
  ['10.20.3.4= DC1 : RAC1 ', '"DC1" "RAC1" topology'],
  ['/10.20.3.4=DC1:RAC1', '"DC1" "RAC1" topology'],
  ['10.20.3.4=DC1', '"default" "default" topology'],
  ['10.20.3.4=DC1:', '"default" "default" topology'],
  ['10.20.3.4=DC1:RAC1:more', '"DC1" "RAC1" topology'],
  ['default=DC9:r9', '"DC9" "r9" topology'],
  ['10.20.3.4=DC1:RAC1\ndefault=DC9:r9', '"DC1" "RAC1" topology'],
  ['10.20.3.4=A:a\n10.20.3.4=B:b', '"B" "b" topology'],
  ['db7.example=DC1:RAC1\ndefault=DC9:r9', 'unknown unknown unknown'],
  ['10.20.3.5=DC1:RAC1', 'unknown unknown unknown'],
])('PropertyFileSnitch with %j', (text, expected) => {
  expect(locate('PropertyFileSnitch', { topology: topology(text) })).toBe(expected)
})

test('an IPv6 address stands in a topology file with its colons escaped', () => {
  expect(locate('PropertyFileSnitch', { topology: topology('fd00\\:\\:1=DC1:RAC1'), broadcast: known('fd00::1') })).toBe(
    '"DC1" "RAC1" topology',
  )
})

test('snitches that need no file', () => {
  expect(locate('SimpleSnitch', { rackdc: rackdc('dc=dc9\nrack=r9') })).toBe('"datacenter1" "rack1" simple-snitch')
  expect(locate('RackInferringSnitch')).toBe('"20" "3" rack-inferring')
  expect(locate('RackInferringSnitch', { broadcast: known('fd00::1') })).toBe('unknown unknown unknown')
  expect(locate('Ec2Snitch', { rackdc: rackdc('dc=dc1\nrack=r1') })).toBe('unknown unknown unknown')
  expect(locate('com.example.OurSnitch', { rackdc: rackdc('dc=dc1\nrack=r1') })).toBe('unknown unknown unknown')
})

test('6.0 asks a location provider', () => {
  const provider = (name: string) => ({ locationProvider: known(name), rackdc: rackdc('dc=dc1\nrack=r1') })
  expect(locate(absent, provider('RackDCFileLocationProvider'))).toBe('"dc1" "r1" rackdc')
  expect(locate(absent, provider('SimpleLocationProvider'))).toBe('"datacenter1" "rack1" simple-snitch')
})

test('a missing file, an unknown snitch and no cassandra.yaml', () => {
  expect(locate(gossiping)).toBe('unknown unknown unknown')
  expect(locate(unknown('a placeholder'), { rackdc: rackdc('dc=dc1\nrack=r1') })).toBe('unknown unknown unknown')
  expect(locate(absent, { rackdc: rackdc('dc=dc1\nrack=r1') })).toBe('"dc1" "r1" rackdc')
})

test('foretell.yaml fills in what no file says, and files count', () => {
  const declared = { datacenter: located('dc7', nowhere), rack: located('r7', nowhere) }
  expect(locate('Ec2Snitch', { declared })).toBe('"dc7" "r7" foretell')
  expect(locate(gossiping, { declared, rackdc: rackdc('dc=dc1\nrack=r1') })).toBe('"dc1" "r1" rackdc')
  expect(locate(gossiping, { declared, rackdc: rackdc('dc=dc1') })).toBe('"dc1" "r7" rackdc')
})

test('a container writes its variables into the rackdc file', () => {
  const environment = new Map([
    ['CASSANDRA_DC', located('DC1', nowhere)],
    ['CASSANDRA_RACK', located('RAC1', nowhere)],
    ['CASSANDRA_ENDPOINT_SNITCH', located(gossiping, nowhere)],
  ])
  expect(locate('SimpleSnitch', { environment })).toBe('"DC1" "RAC1" compose')
  expect(locate('SimpleSnitch', { environment: new Map() })).toBe('"datacenter1" "rack1" simple-snitch')
})
