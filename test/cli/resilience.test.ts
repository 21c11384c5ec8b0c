/** `foretell resilience` and `foretell replicas`: their JSON contracts, what options filter, names that do not exist. */
import { describe, expect, test } from 'vitest'
import { healthyCluster } from '../fixture.ts'
import { runCommand } from './run-command.ts'

const schema = [
  'schema.cql',
  "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 2};\nCREATE KEYSPACE local_only WITH replication = {'class': 'LocalStrategy'};\n",
] as const
const unknownTokens = new Map([...healthyCluster(2, 3), schema])
const knownTokens = new Map(unknownTokens)
let next = -9n
for (const [path, text] of knownTokens)
  if (path.endsWith('cassandra.yaml')) {
    next += 3n
    knownTokens.set(path, `${text.replace('num_tokens: 16\n', '')}initial_token: ${next * 10n ** 17n}\n`)
  }

const json = async (files: ReadonlyMap<string, string>, ...words: string[]) => {
  const answer = await runCommand([words[0]!, '--format', 'json', ...words.slice(1)], files)
  expect(answer.complaint).toBe('')
  return JSON.parse(answer.output)
}

describe('resilience', () => {
  test('has the keys of version 1', async () => {
    const report = await json(unknownTokens, 'resilience', '--level', 'LOCAL_QUORUM', '--operation', 'read')
    expect(report.version).toBe(1)
    const [cluster] = report.clusters
    expect(Object.keys(cluster)).toEqual(['cluster', 'rows', 'restartBatches'])
    expect(cluster.rows).toHaveLength(2)
    const [row] = cluster.rows
    expect(Object.keys(row)).toEqual(['keyspace', 'operation', 'level', 'clientDatacenter', 'smallestFatal', 'tolerates'])
    expect(Object.keys(row.smallestFatal)).toEqual(['nodes', 'racks', 'datacenters', 'tunnels', 'gateways'])
    expect(Object.keys(row.smallestFatal.nodes)).toEqual(['size', 'count', 'sets', 'basis'])
    expect(row.tolerates).toMatchObject({ nodes: 1, racks: 1 })
  })
  test('factor two tolerates no node at LOCAL_QUORUM', async () => {
    const { clusters } = await json(knownTokens, 'resilience', '--level', 'LOCAL_QUORUM', '--client-dc', 'dc2', '--operation', 'write')
    expect(clusters[0].rows[0].tolerates.nodes).toBe(0)
    expect(clusters[0].rows[0].smallestFatal.nodes).toMatchObject({ size: 1, count: 3, basis: 'exact' })
  })
  test('batches part the nodes; a whole rack of each datacenter may go at once', async () => {
    const healthy = new Map([
      ...healthyCluster(2, 3),
      ['schema.cql', "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};"] as const,
    ])
    const { clusters } = await json(healthy, 'resilience', '--level', 'LOCAL_QUORUM')
    expect(clusters[0].restartBatches.flat().sort()).toEqual(['db1', 'db2', 'db3', 'db4', 'db5', 'db6'])
    expect(clusters[0].restartBatches).toHaveLength(3)
  })
  test('pretty stays within 80 columns', async () => {
    const { output } = await runCommand(['resilience'], unknownTokens)
    expect(output).toContain('shop from dc1')
    expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('replicas', () => {
  test('every range, the first may wrap', async () => {
    const report = await json(knownTokens, 'replicas', '--keyspace', 'shop')
    const [shop] = report.clusters
    expect(Object.keys(shop)).toEqual(['cluster', 'keyspace', 'basis', 'ranges'])
    expect(shop.basis).toBe('exact')
    expect(shop.ranges).toHaveLength(6)
    expect(shop.ranges[0]).toEqual({
      after: '900000000000000000',
      upTo: '-600000000000000000',
      replicas: ['db1', 'db2', 'db3', 'db4', 'db5'],
    })
  })
  test('the token and the replicas of a key', async () => {
    const [shop] = (await json(knownTokens, 'replicas', '--keyspace', 'shop', '--key', '1', '--type', 'int')).clusters
    expect(Object.keys(shop)).toEqual(['cluster', 'keyspace', 'basis', 'token', 'replicas'])
    expect(shop.token).toBe('-4069959284402364209')
    expect(shop.replicas).toHaveLength(5)
  })
  test('unknown tokens are said, keyspaces that are not distributed left out', async () => {
    const { clusters } = await json(unknownTokens, 'replicas')
    expect(clusters.map((each: { keyspace: string }) => each.keyspace)).toEqual(['shop'])
    expect(clusters[0]).toMatchObject({ basis: 'unknown', ranges: [], unknown: [{ fact: 'tokens' }] })
  })
  test.each([
    [['--key', '1'], 'needs its --type'],
    [['--key', '1', '--type', 'integer'], 'there is no type'],
    [['--key', 'one', '--type', 'int'], 'is no int'],
    [['--keyspace', 'shops'], '"shop" is meant'],
    [['--cluster', 'nobody'], 'there is no cluster'],
  ])('2 for %j', async (words, reason) => {
    const answer = await runCommand(['replicas', ...words], knownTokens)
    expect(answer).toMatchObject({ status: 2, output: '' })
    expect(answer.complaint).toContain(reason)
  })
})
