/** `foretell simulate`: its JSON contract, what options filter, names that do not exist. */
import { describe, expect, test } from 'vitest'
import { healthyCluster } from '../fixture.ts'
import { runCommand } from './run-command.ts'

const files = new Map([
  ...healthyCluster(2, 3),
  ['schema.cql', "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"] as const,
])

interface Outcome {
  keyspace: string
  operation: string
  level: string
  commitLevel?: string
  clientDatacenter: string
  verdict: string
  ring: { fraction: number; basis: string; lower: number; upper: number }
}

async function simulate(...words: string[]) {
  const answer = await runCommand(['simulate', '--format', 'json', ...words], files)
  expect(answer.complaint).toBe('')
  return JSON.parse(answer.output)
}
const outcomes = async (...words: string[]): Promise<Outcome[]> =>
  (await simulate(...words)).clusters.flatMap((cluster: { outcomes: Outcome[] }) => cluster.outcomes)
const verdict = async (words: string[], operation: string, level: string, clientDatacenter: string) =>
  (await outcomes(...words)).find(
    each => each.operation === operation && each.level === level && each.clientDatacenter === clientDatacenter,
  )?.verdict

describe('JSON', () => {
  test('has exactly the keys of version 1', async () => {
    const report = await simulate('--lose', 'node:db1')
    expect(Object.keys(report)).toEqual(['version', 'clusters'])
    expect(report.version).toBe(1)
    const [cluster] = report.clusters
    expect(Object.keys(cluster)).toEqual(['cluster', 'lost', 'outcomes', 'timeline', 'unknown'])
    expect(cluster.lost).toEqual({ nodes: ['db1'], tunnels: [], gateways: [] })
    expect(Object.keys(cluster.outcomes[0])).toEqual([
      'keyspace',
      'operation',
      'level',
      'clientDatacenter',
      'verdict',
      'ring',
      'required',
      'dependsOnCoordinator',
      'because',
      'assuming',
    ])
    expect(Object.keys(cluster.timeline[0])).toEqual(['after', 'event', 'text'])
  })
  test('one outcome per keyspace, datacenter, operation and allowed level', async () => {
    const all = await outcomes('--lose', 'node:db1')
    const count = (operation: string) => all.filter(each => each.operation === operation && each.clientDatacenter === 'dc1').length
    expect([count('read'), count('write'), count('lwt')]).toEqual([10, 9, 4])
    expect(all.filter(each => each.operation === 'read' && each.level === 'ANY')).toEqual([])
  })
  test('options filter', async () => {
    const all = await outcomes(
      '--lose',
      'dc:dc2',
      '--client-dc',
      'dc1',
      '--level',
      'each_quorum',
      '--operation',
      'write',
      '--keyspace',
      'shop',
    )
    expect(all).toHaveLength(1)
    expect(all[0]).toMatchObject({ verdict: 'fails', level: 'EACH_QUORUM', clientDatacenter: 'dc1' })
  })
})

describe('verdicts with unknown tokens', () => {
  test('a rack of three with factor three breaks ALL only', async () => {
    expect(await verdict(['--lose', 'rack:dc1/r1'], 'read', 'LOCAL_QUORUM', 'dc1')).toBe('survives')
    expect(await verdict(['--lose', 'rack:dc1/r1'], 'read', 'ALL', 'dc1')).toBe('fails')
  })
  test('two racks break LOCAL_QUORUM there and not elsewhere', async () => {
    const lost = ['--lose', 'rack:dc1/r1', '--lose', 'rack:dc1/r2']
    expect(await verdict(lost, 'write', 'LOCAL_QUORUM', 'dc1')).toBe('fails')
    expect(await verdict(lost, 'write', 'LOCAL_QUORUM', 'dc2')).toBe('survives')
  })
  test('a lost datacenter leaves its clients without a coordinator', async () => {
    const report = await outcomes('--lose', 'dc:dc1', '--client-dc', 'dc1')
    expect(new Set(report.map(each => each.verdict))).toEqual(new Set(['fails']))
  })
})

test('the clock: conviction by the threshold, hints by their window, tombstones by their grace', async () => {
  const slower = new Map([
    ...files,
    ['schema.cql', `${files.get('schema.cql')}CREATE TABLE shop.carts (id int PRIMARY KEY) WITH gc_grace_seconds = 3600;\n`] as const,
  ])
  for (const [path, text] of slower)
    if (path.endsWith('cassandra.yaml')) slower.set(path, `${text}phi_convict_threshold: 12\nmax_hint_window: 30m\n`)
  const answer = JSON.parse((await runCommand(['simulate', '--format', 'json', '--cassandra', '5.0', '--lose', 'node:db1'], slower)).output)
  expect(answer.clusters[0].timeline.map(({ after, event }: { after: number; event: string }) => [after, event])).toEqual([
    [27.6, 'convicted'],
    [1800, 'hints-stop'],
    [3600, 'tombstones-expire'],
    [3600, 'hints-expire'],
  ])
  const short = JSON.parse((await runCommand(['simulate', '--format', 'json', '--lose', 'node:db1', '--for', '1h'], files)).output)
  expect(short.clusters[0].timeline.map(({ event }: { event: string }) => event)).toEqual(['convicted'])
})

test.each([
  [['--lose', 'node:db9'], 'there is no node:db9'],
  [['--lose', 'db1'], 'names nothing that can be lost'],
  [['--lose', 'rack:r1'], 'lacks its datacenter'],
  [['--level', 'QUORUMS'], '"QUORUM" is meant'],
  [['--keyspace', 'shops'], '"shop" is meant'],
  [['--client-dc', 'dc9'], 'there is no datacenter'],
  [['--operation', 'delete'], 'there is no operation'],
  [['--cluster', 'nobody'], 'there is no cluster'],
])('2 for %j', async (words, reason) => {
  const answer = await runCommand(['simulate', ...words], files)
  expect(answer).toMatchObject({ status: 2, output: '' })
  expect(answer.complaint).toContain(reason)
})

test('pretty stays within 80 columns and names what is lost', async () => {
  const { output, status } = await runCommand(['simulate', '--lose', 'rack:dc1/r1'], files)
  expect(status).toBe(0)
  expect(output).toContain('r1 [✗ db1]')
  expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
})
