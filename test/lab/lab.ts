/**
 * The lab: six real nodes in two datacenters, uneven on purpose; nodes are killed one after another, and once the survivors have noticed, every operation
 * and level is asked of one coordinator in each datacenter and compared with what we say it answers.
 *
 *     node test/lab/run.mjs 5.0.9 4.1.10
 *
 * Needs Java 11 or 17, Maven, the loopback addresses 127.0.0.11 to 16 and about 4 GB. Ends what it started, also when it fails; gives up after
 * twelve minutes a release.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import { allowedLevels, type ConsistencyLevel, type Operation } from '../../server/src/core/analysis/consistency-level.ts'
import { splitMix64 } from '../../server/src/core/analysis/drawn-rings.ts'
import { tokenOfKey } from '../../server/src/core/analysis/partition-key.ts'
import { placeReplicas, replicasOfToken } from '../../server/src/core/analysis/replica-placement.ts'
import { type Answer, answerTo, type CoordinatorView } from '../../server/src/core/analysis/request-answer.ts'
import { type AnalysisRelease, type Check, checksOf } from '../../server/src/core/analysis/request-checks.ts'
import { ringOf } from '../../server/src/core/analysis/token-ring.ts'
import { killNode, type LabNode, startNode } from './cassandra-node.ts'
import { type Connection, openConnection, type Reply, type WireLevel } from './native-protocol.ts'

const places = [['dc1', 'r1'], ['dc1', 'r2'], ['dc1', 'r3'], ['dc2', 'r1'], ['dc2', 'r1'], ['dc2', 'r2']] as const // biome-ignore format: one table
const draw = splitMix64(20261121n)
const nodes: LabNode[] = places.map(([datacenter, rack], i) => ({ name: `node${i + 1}`, address: `127.0.0.${11 + i}`, datacenter, rack, tokens: [draw(), draw(), draw(), draw()] })) // biome-ignore format: one table
const shape = clusterShape(nodes.map(node => ({ ...node, tokenCount: 4 })))
const ring = ringOf(shape)
const nts = (factors: Record<string, number>): PlacedReplication => ({ kind: 'networkTopology', factors: new Map(Object.entries(factors).map(([name, all]) => [name, { all, transient: 0 }])) }) // biome-ignore format: one expression
const keyspaces: { name: string; replication: PlacedReplication }[] = [
  { name: 'nts33', replication: nts({ dc1: 3, dc2: 3 }) },
  { name: 'nts22', replication: nts({ dc1: 2, dc2: 2 }) },
  { name: 'only2', replication: nts({ dc2: 2 }) },
  { name: 'nts35', replication: nts({ dc1: 3, dc2: 5 }) },
  { name: 'simple3', replication: { kind: 'simple', factor: { all: 3, transient: 0 } } },
]
/** Lost one after another: what is lost stays lost. */
const losses = [[], ['node3'], ['node2'], ['node6']]
/** Keys to choose from: an LWT takes a key that none had before, for an unfinished round would be finished first; a batch needs two partitions. */
const keys = 3000
/** Replica sets of each keyspace that are asked for. */
const mostSets = 6

const deadline = (start: number, minutes: number) => {
  if (performance.now() - start > minutes * 60_000) throw new Error(`not done after ${minutes} minutes`)
}

async function connected(address: string, start: number, children: readonly ChildProcess[]): Promise<Connection> {
  for (;;) {
    deadline(start, 6)
    if (children.some(child => child.exitCode !== null)) throw new Error('a node ended by itself: see its output.txt')
    try {
      return await openConnection(address, 19042, 60_000)
    } catch {
      await pause(1000)
    }
  }
}

async function done(connection: Connection, cql: string): Promise<void> {
  const reply = await connection.query(cql, 'ONE')
  if (reply.kind === 'error') throw new Error(`${cql}: ${reply.message}`)
}

function cqlReplication(replication: PlacedReplication): string {
  if (replication.kind === 'simple') return `{'class': 'SimpleStrategy', 'replication_factor': ${replication.factor.all}}`
  return `{'class': 'NetworkTopologyStrategy', ${[...replication.factors].map(([name, { all }]) => `'${name}': ${all}`).join(', ')}}`
}

/** Until each survivor sees exactly the survivors: a write at ALL with every node a replica names how many are alive. */
async function noticed(survivors: readonly Connection[], alive: number, start: number): Promise<void> {
  for (const connection of survivors) {
    for (;;) {
      deadline(start, 12)
      const reply = await connection.query('INSERT INTO nts33.t (id, v) VALUES (999, 1)', 'ALL')
      if (alive === nodes.length ? reply.kind === 'ok' : reply.kind === 'error' && reply.alive === alive) break
      await pause(1000)
    }
  }
}

function viewOf(replicas: readonly number[], lost: ReadonlySet<number>, datacenter: string): CoordinatorView {
  const within = (dc: string | null) => replicas.filter(node => dc === null || nodes[node]!.datacenter === dc)
  const alive = (dc: string | null) => within(dc).filter(node => !lost.has(node)).length
  const local = nodes.flatMap((node, i) => (node.datacenter === datacenter ? [i] : []))
  return { alive, fullAlive: alive, placed: dc => within(dc).length, localNodes: local.length, localAlive: local.filter(node => !lost.has(node)).length, everyNode: lost.size === 0 } // biome-ignore format: one row
}

const said = (answer: Answer) => (answer.kind === 'unavailable' ? `unavailable ${answer.level} ${answer.required}/${answer.alive}` : answer.kind === 'timeout' ? `timeout ${answer.level}` : answer.kind) // biome-ignore format: one expression

function heard(reply: Reply): string {
  if (reply.kind === 'ok') return 'ok'
  if (reply.code === 0x1000) return `unavailable ${reply.level} ${reply.required}/${reply.alive}`
  if (reply.code === 0x1100 || reply.code === 0x1200) return `timeout ${reply.level}`
  return reply.code === 0x2200 ? 'refused' : `error ${reply.code.toString(16)} ${reply.message}`
}

/** Which of several short datacenters EACH_QUORUM names is arbitrary. */
function answers(checks: readonly Check[], view: CoordinatorView): ReadonlySet<string> {
  const all = new Set([said(answerTo(checks, view))])
  for (const check of checks) {
    if (check.kind !== 'replicas') continue
    for (const clause of check.clauses) {
      const first = { ...check, clauses: [clause, ...check.clauses.filter(each => each !== clause)] }
      all.add(
        said(
          answerTo(
            checks.map(each => (each === check ? first : each)),
            view,
          ),
        ),
      )
    }
  }
  return all
}

const statement: { readonly [O in Exclude<Operation, 'scan' | 'truncate'>]: (keyspace: string, key: number, other: number) => string } = {
  read: (keyspace, key) => `SELECT v FROM ${keyspace}.t WHERE id = ${key}`,
  write: (keyspace, key) => `INSERT INTO ${keyspace}.t (id, v) VALUES (${key}, 1)`,
  counter: (keyspace, key) => `UPDATE ${keyspace}.c SET n = n + 1 WHERE id = ${key}`,
  // A batch of one partition is an ordinary write: it needs no batchlog.
  batch: (keyspace, key, other) =>
    `BEGIN BATCH INSERT INTO ${keyspace}.t (id, v) VALUES (${key}, 1) INSERT INTO ${keyspace}.t (id, v) VALUES (${other}, 1) APPLY BATCH`,
  lwt: (keyspace, key) => `UPDATE ${keyspace}.l SET v = 1 WHERE id = ${key} IF v != 2`,
}

/** For each replica set of a keyspace, keys that have it. */
function keysBySet(
  replication: PlacedReplication,
): ReadonlyMap<string, { readonly replicas: readonly number[]; readonly unused: number[] }> {
  const placement = placeReplicas(ring, replication)
  const sets = new Map<string, { readonly replicas: readonly number[]; readonly unused: number[] }>()
  for (let key = 0; key < keys; key++) {
    const token = tokenOfKey([{ type: 'int', value: String(key) }])
    if (token.kind === 'refused') throw new Error(token.why)
    const replicas = replicasOfToken(placement, token.token)
    const name = [...replicas].sort().join('+')
    const known = sets.get(name)
    if (known) known.unused.push(key)
    else if (sets.size < mostSets) sets.set(name, { replicas, unused: [key] })
  }
  return sets
}

type Pools = ReadonlyMap<string, ReturnType<typeof keysBySet>>

async function compare(
  connection: Connection,
  datacenter: string,
  lost: ReadonlySet<number>,
  release: AnalysisRelease,
  pools: Pools,
): Promise<{ asked: number; wrong: string[] }> {
  const wrong: string[] = []
  let asked = 0
  for (const { name, replication } of keyspaces) {
    for (const [set, { replicas, unused }] of pools.get(name)!) {
      const [key, other] = [unused.shift()!, unused.shift()!]
      for (const operation of ['read', 'write', 'counter', 'batch', 'lwt'] as const) {
        for (const level of allowedLevels(operation)) {
          const commits: (ConsistencyLevel | undefined)[] = operation === 'lwt' ? ['QUORUM', 'LOCAL_QUORUM', 'EACH_QUORUM'] : [undefined]
          for (const commitLevel of commits) {
            const checks = checksOf({ operation, level, datacenter, ...(commitLevel ? { commitLevel } : {}) }, replication, release)
            const ours = checks.kind === 'refused' ? new Set(['refused']) : answers(checks.checks, viewOf(replicas, lost, datacenter))
            const cql = statement[operation](name, operation === 'lwt' ? unused.shift()! : key, other)
            const theirs = heard(
              await connection.query(cql, (commitLevel ?? level) as WireLevel, commitLevel ? (level as WireLevel) : undefined),
            )
            asked++
            if (!ours.has(theirs)) {
              wrong.push(
                `${datacenter} ${name} {${set}} ${operation} ${level}${commitLevel ? `/${commitLevel}` : ''}: server ${theirs}, we ${[...ours].join(' or ')}`,
              )
            }
          }
        }
      }
    }
  }
  return { asked, wrong }
}

async function lab(version: string): Promise<number> {
  const release = /^\d+\.\d+/.exec(version)![0] as AnalysisRelease
  const home = `${process.cwd()}/.cache/lab/${version}`
  mkdirSync(home, { recursive: true })
  const start = performance.now()
  const children = new Map<string, ChildProcess>()
  const end = () => Promise.all([...children.values()].map(killNode))
  let wrong = 0
  const stop = () => void end().then(() => process.exit(2))
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    const connections = new Map<string, Connection>()
    for (const [i, node] of nodes.entries()) {
      // One after another: nodes that start together may not see each other's tokens in time.
      children.set(node.name, startNode(version, home, node, ['127.0.0.11', '127.0.0.14'], 17190 + i))
      connections.set(node.name, await connected(node.address, start, [...children.values()]))
    }
    console.log(`${version}: six nodes after ${((performance.now() - start) / 1000).toFixed(0)} s`)
    const first = connections.get('node1')!
    for (const { name, replication } of keyspaces) {
      await done(first, `CREATE KEYSPACE ${name} WITH replication = ${cqlReplication(replication)}`)
      await done(first, `CREATE TABLE ${name}.t (id int PRIMARY KEY, v int)`)
      await done(first, `CREATE TABLE ${name}.l (id int PRIMARY KEY, v int)`)
      await done(first, `CREATE TABLE ${name}.c (id int PRIMARY KEY, n counter)`)
    }
    const lost = new Set<number>()
    const pools: Pools = new Map(keyspaces.map(({ name, replication }) => [name, keysBySet(replication)]))
    for (const names of losses) {
      for (const name of names) {
        lost.add(nodes.findIndex(node => node.name === name))
        connections.get(name)!.close()
        connections.delete(name)
        await killNode(children.get(name)!)
        children.delete(name)
      }
      await noticed([...connections.values()], nodes.length - lost.size, start)
      for (const datacenter of shape.datacenters) {
        const coordinator = nodes.find((node, i) => node.datacenter === datacenter && !lost.has(i))
        if (!coordinator) continue
        const result = await compare(connections.get(coordinator.name)!, datacenter, lost, release, pools)
        wrong += result.wrong.length
        const title = lost.size === 0 ? 'nothing lost' : `lost ${[...lost].map(i => nodes[i]!.name).join(', ')}`
        console.log(
          `${version}: ${title}, asked from ${datacenter}: ${result.asked - result.wrong.length} of ${result.asked} answers as foretold`,
        )
        for (const line of result.wrong.slice(0, 20)) console.log(`  ${line}`)
      }
    }
    for (const connection of connections.values()) connection.close()
  } finally {
    await end()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
  if (wrong === 0) rmSync(home, { recursive: true, force: true })
  console.log(`${version}: ${wrong === 0 ? 'green' : `${wrong} answers differ`} after ${((performance.now() - start) / 1000).toFixed(0)} s`)
  return wrong
}

let failed = 0
for (const version of process.argv.length > 2 ? process.argv.slice(2) : ['5.0.9', '4.1.10']) failed += await lab(version)
process.exit(failed === 0 ? 0 : 1)
