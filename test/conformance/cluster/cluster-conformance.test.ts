/** What real clusters answered while nodes were down, against what we say they answer: every scenario, operation and level. */
import { describe, expect, it } from 'vitest'
import type { ConsistencyLevel, Operation } from '../../../server/src/core/analysis/consistency-level.ts'
import { tokenOfKey } from '../../../server/src/core/analysis/partition-key.ts'
import { placeReplicas, replicasOfToken } from '../../../server/src/core/analysis/replica-placement.ts'
import { type Answer, answerTo, type CoordinatorView } from '../../../server/src/core/analysis/request-answer.ts'
import { type AnalysisRelease, type Check, checksOf } from '../../../server/src/core/analysis/request-checks.ts'
import { measured, read, replicationOf, ring, shape } from './measured-cluster.ts'

function viewOf(replicas: readonly number[], lost: ReadonlySet<number>, datacenter: string): CoordinatorView {
  const within = (dc: string | null) => replicas.filter(node => dc === null || shape.nodes[node]!.datacenter === dc)
  const local = shape.nodes.flatMap((node, i) => (node.datacenter === datacenter ? [i] : []))
  const alive = (dc: string | null) => within(dc).filter(node => !lost.has(node)).length
  return {
    alive,
    fullAlive: alive,
    placed: dc => within(dc).length,
    localNodes: local.length,
    localAlive: local.filter(node => !lost.has(node)).length,
    everyNode: lost.size === 0,
  }
}

const operationOf: Record<string, Operation> = {
  read: 'read', write: 'write', lwt_update: 'lwt', lwt_insert: 'lwt', counter: 'counter', logged_batch: 'batch', full_scan: 'scan', truncate: 'truncate',
} // biome-ignore format: one table

function text(answer: Answer): string {
  if (answer.kind === 'ok') return 'ok'
  if (answer.kind === 'truncate error') return 'error:TruncateError'
  if (answer.kind === 'timeout') return `timeout:${answer.level}`
  return `unavailable:${answer.level}:${answer.required}/${answer.alive}`
}

/** Which of several short datacenters EACH_QUORUM names is arbitrary: every order of the clauses is an answer. */
function answers(checks: readonly Check[], view: CoordinatorView): Set<string> {
  const all = new Set([text(answerTo(checks, view))])
  for (const check of checks) {
    if (check.kind !== 'replicas') continue
    for (const clause of check.clauses) {
      const first = { ...check, clauses: [clause, ...check.clauses.filter(each => each !== clause)] }
      all.add(
        text(
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

describe('placement of the measured cluster', () => {
  for (const [name, keyspace] of Object.entries(measured.keyspaces)) {
    it(name, () => {
      const placement = placeReplicas(ring, replicationOf(keyspace.replication))
      measured.keys.forEach((key, i) => {
        expect([...replicasOfToken(placement, BigInt(key.token))], `${name} ${key.token}`).toEqual(keyspace.replicas[i])
      })
      for (const [, end, replicas] of keyspace.ring)
        expect([...replicasOfToken(placement, BigInt(end))], `${name} ${end}`).toEqual(replicas)
    })
  }
  it('hashes int keys', () => {
    for (const key of measured.keys) {
      if (key.table === 't')
        expect(tokenOfKey([{ type: 'int', value: String(key.key) }])).toEqual({ kind: 'token', token: BigInt(key.token) })
    }
  })
})

for (const version of ['3.11.19', '4.1.10', '5.0.9']) {
  const release = /^\d+\.\d+/.exec(version)![0] as AnalysisRelease
  const golden: { results: string[]; outcomes: Record<string, Record<string, Record<string, Record<string, Record<string, number>>>>> } =
    read(`outcomes-${version}.json`)
  describe(`outcomes of ${version}`, () => {
    for (const [scenario, byDatacenter] of Object.entries(golden.outcomes)) {
      it(scenario, () => {
        const lost = new Set(
          scenario === 'none'
            ? []
            : scenario
                .replace('lost:', '')
                .split('+')
                .map(name => shape.nodes.findIndex(node => node.name === name)),
        )
        const wrong: string[] = []
        let compared = 0
        for (const [datacenter, byKeyspace] of Object.entries(byDatacenter)) {
          for (const [name, byOperation] of Object.entries(byKeyspace)) {
            const replication = replicationOf(measured.keyspaces[name]!.replication)
            const placement = placeReplicas(ring, replication)
            for (const [operation, byLevel] of Object.entries(byOperation)) {
              for (const [levels, result] of Object.entries(byLevel)) {
                const [plain, variant] = operation.split('@paxos_')
                const [level, commitLevel] = levels.split('/') as [ConsistencyLevel, ConsistencyLevel | undefined]
                const request = {
                  operation: operationOf[plain!]!,
                  level,
                  datacenter,
                  ...(commitLevel ? { commitLevel } : {}),
                  ...(variant ? { paxos: variant as 'v2' } : {}),
                }
                const asked = checksOf(request, replication, release)
                for (const group of golden.results[result]!.split(' ; ')) {
                  const [expected, sets] = group.split('=') as [string, string]
                  for (const set of sets.split(',')) {
                    compared++
                    let got: Set<string>
                    if (asked.kind === 'refused') got = new Set(['error:InvalidRequest'])
                    else if (set !== '*')
                      got = answers(
                        asked.checks,
                        viewOf(
                          set.split('+').map(n => Number(n) - 1),
                          lost,
                          datacenter,
                        ),
                      )
                    else {
                      got = new Set(['ok'])
                      for (let i = 0; i < ring.tokens.length && got.has('ok'); i++) {
                        const replicas = [...placement.replicas.subarray(i * placement.copies, (i + 1) * placement.copies)]
                        got = answers(asked.checks, viewOf(replicas, lost, datacenter))
                      }
                    }
                    if (!expected.split('|').every(each => got.has(each))) {
                      wrong.push(`${datacenter} ${name} ${operation} ${levels} {${set}}: server ${expected}, we ${[...got].join(' or ')}`)
                    }
                  }
                }
              }
            }
          }
        }
        expect(wrong.slice(0, 20), `${wrong.length} of ${compared} differ`).toEqual([])
        expect(compared).toBeGreaterThan(500)
      })
    }
  })
}
