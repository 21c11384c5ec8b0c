/** What foretell.yaml declares, what is refused in it, and its JSON Schema. */
import Ajv from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { readForetellYaml } from '../../server/src/core/model/foretell-yaml.ts'
import { foretellYamlJsonSchema } from '../../server/src/core/model/foretell-yaml-schema.ts'
import { readDurationMillis, readRateBits, readSizeBytes } from '../../server/src/core/model/foretell-yaml-values.ts'
import { parseForetellYaml } from '../../server/src/core/syntax/cassandra-yaml.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const read = (text: string) => readForetellYaml(parseForetellYaml({ path: 'foretell.yaml', text }))
const problems = (text: string) => read(text).problems.map(({ detail, span }) => [textAt(span), detail])

const everything = `
cassandra: "5.0"
upgradeTo: 6.0
java: 17
wireguardTools: 1.0.20210914
clusters: { prod: { cassandra: "4.1" } }
datacenters: { dc3: { role: analytics, state: joining } }
nodes:
  db1: { files: [hosts/db1/**], address: 10.20.0.11, memory: 64GiB, cores: 16, volumes: {}, tokens: tokens/db1.txt, gateway: true, state: new }
layout: ["{datacenter}/{node}/**"]
exclude: [attic/**]
network:
  underlayMtu: 1500
  links: [{ between: [dc1, dc2], roundTrip: 80ms, rate: 1Gbit/s, mtu: 1400 }]
workloads:
  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, serial: LOCAL_SERIAL, strong: true, clients: [dc1, dc2], failover: [dc2] }
longestOutage: 6h
repair: { interval: 7d, windows: { dc1: "Sat 02:00-06:00" } }
assertions:
  - shop LOCAL_QUORUM from dc1 survives any 1 rack
  - every datacenter reaches every other without any 1 gateway
rules: { security/plain-password: "off", tokens/many-tokens: hint }
suppress: [{ rule: seeds/too-few, entity: dc3, until: 2027-01-31, reason: second seed is ordered }]
baseline: .foretell-baseline.json
`

test('everything of the documentation is declared', () => {
  const declared = read(everything)
  expect(declared.problems).toEqual([])
  expect(declared.release).toMatchObject({ stated: true, line: '5.0' })
  expect(declared.upgradeTo?.line).toBe('6.0')
  expect(declared.wireguardTools).toBe('1.0.20210914')
  expect(declared.clusters.get('prod')?.release?.line).toBe('4.1')
  expect(declared.datacenters.get('dc3')).toMatchObject({ role: 'analytics', state: 'joining' })
  expect(declared.nodes.get('db1')).toMatchObject({
    memoryBytes: 64 * 2 ** 30,
    cores: 16,
    gateway: true,
    state: 'new',
    tokens: 'tokens/db1.txt',
  })
  expect(declared.nodes.get('db1')?.address?.value).toBe('10.20.0.11')
  expect(declared.links[0]).toMatchObject({ between: ['dc1', 'dc2'], roundTripMillis: 80, rateBitsPerSecond: 1e9, mtu: 1400 })
  expect(declared.workloads[0]).toMatchObject({ keyspace: 'shop', strong: true, clients: ['dc1', 'dc2'], failover: ['dc2'] })
  expect(declared.longestOutageMillis?.value).toBe(6 * 3_600_000)
  expect(declared.repairIntervalMillis?.value).toBe(7 * 86_400_000)
  expect(declared.assertions.map(({ value }) => value)).toHaveLength(2)
  expect(declared.rules.get('security/plain-password')?.value).toBe('off')
  expect(declared.suppress[0]).toMatchObject({
    rule: 'seeds/too-few',
    entity: 'dc3',
    until: '2027-01-31',
    reason: 'second seed is ordered',
  })
})

test('a release keeps its text: 5.0 is no 5', () => {
  expect(read('cassandra: 5.0').release?.line).toBe('5.0')
  expect(read('cassandra: 4.1').release?.line).toBe('4.1')
  expect(read('cassandra: 4.1.10').release).toMatchObject({ line: '4.1', patch: 10 })
  expect(read('cassandra: 3.0').release).toMatchObject({ line: '3.11', judgedAs30: true })
})

test('what is not accepted is told at its place, and the rest counts', () => {
  expect(problems('cassandra: "2.1"\njava: 17')).toEqual([['"2.1"', expect.stringContaining('a release')]])
  expect(read('cassandra: "2.1"\njava: 17').java).toBe(17)
  expect(problems('nodes: { db1: { memori: 3GiB, cores: many } }')).toEqual([
    ['memori', expect.stringContaining('memory')],
    ['many', expect.stringContaining('nodes.db1.cores')],
  ])
  expect(problems('workloads: [{ read: ONE }]')).toEqual([['{ read: ONE }', 'workloads[0].keyspace is missing']])
  expect(problems('workloads: [{ keyspace: a, write: QORUM }, { keyspace: b }]')).toHaveLength(1)
  expect(read('workloads: [{ keyspace: a, write: QORUM }, { keyspace: b }]').workloads).toHaveLength(2)
  expect(problems('- a\n- b')).toHaveLength(1)
  expect(problems('rules: { seeds/too-few: fatal }')).toHaveLength(1)
  expect(problems('suppress: [{ rule: a/b, until: 31.1.2027 }]')).toHaveLength(1)
  expect(problems('network: { underlayMtu: 100 }')).toHaveLength(1)
  expect(problems('constructor: 1\n__proto__: 2')).toHaveLength(2)
})

test('an empty file and keys without a value declare nothing', () => {
  expect(problems('')).toEqual([])
  expect(problems('nodes:\nexclude:\nnetwork: { links: }')).toEqual([])
})

test('text that is no YAML gives problems, not a crash', () => {
  for (const text of ['{', ':', '\u0000', '- - :\n\t- x', '<<<<<<< a\nb\n=======\n>>>>>>> c', 'a: &x [*x]', '*', '? [', '"'])
    expect(read(text).nodes.size).toBe(0)
})

test('durations, sizes and rates', () => {
  expect([readDurationMillis('80ms'), readDurationMillis('1.5h'), readDurationMillis('7d'), readDurationMillis('7 days')]).toEqual([
    80,
    5_400_000,
    604_800_000,
    undefined,
  ])
  expect([readSizeBytes('64GiB'), readSizeBytes('1 MB'), readSizeBytes('64')]).toEqual([64 * 2 ** 30, 1e6, undefined])
  expect([readRateBits('1Gbit/s'), readRateBits('125MB/s'), readRateBits('1MiB/s')]).toEqual([1e9, 1e9, 8 * 2 ** 20])
})

test('the JSON Schema accepts what is accepted and refuses an unknown key', () => {
  const validate = new Ajv({ strict: false }).compile(foretellYamlJsonSchema() as object)
  expect(validate({ cassandra: '5.0', nodes: { db1: { memory: '64GiB' } }, workloads: [{ keyspace: 'shop', read: 'ONE' }] })).toBe(true)
  expect(validate({ casandra: '5.0' })).toBe(false)
  expect(validate({ nodes: { db1: { memory: 'much' } } })).toBe(false)
})
