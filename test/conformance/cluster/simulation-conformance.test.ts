/** The simulator's verdicts against what clients of the measured clusters got: all keys, some, none. */
import { describe, expect, it } from 'vitest'
import type { ConsistencyLevel, Operation } from '../../../server/src/core/analysis/consistency-level.ts'
import { simulateLoss } from '../../../server/src/core/analysis/failure-simulation.ts'
import { lossOf } from '../../../server/src/core/analysis/reachability.ts'
import type { AnalysisRelease } from '../../../server/src/core/analysis/request-checks.ts'
import { measured, read, replicationOf, ring, shape } from './measured-cluster.ts'

const keyspaces = Object.entries(measured.keyspaces).map(([name, { replication }]) => ({ name, replication: replicationOf(replication) }))
const operationOf: Record<string, Operation> = {
  read: 'read',
  write: 'write',
  lwt_update: 'lwt',
  counter: 'counter',
  logged_batch: 'batch',
  full_scan: 'scan',
}

for (const version of ['3.11.19', '4.1.10', '5.0.9']) {
  const release = /^\d+\.\d+/.exec(version)![0] as AnalysisRelease
  const golden: { results: string[]; outcomes: Record<string, Record<string, Record<string, Record<string, Record<string, number>>>>> } =
    read(`outcomes-${version}.json`)
  describe(`verdicts of ${version}`, () => {
    for (const [scenario, byDatacenter] of Object.entries(golden.outcomes)) {
      for (const paxos of ['v1', 'v2'] as const) {
        if (paxos === 'v2' && release === '3.11') continue
        it(`${scenario}, Paxos ${paxos}`, () => {
          const lost =
            scenario === 'none'
              ? []
              : scenario
                  .replace('lost:', '')
                  .split('+')
                  .map(name => ({ kind: 'node' as const, name }))
          const { loss, unknownUnits } = lossOf(shape, undefined, lost)
          expect(unknownUnits).toEqual([])
          const { outcomes } = simulateLoss({ shape, ring, partitioner: 'murmur3', release, paxos }, keyspaces, loss, {
            operations: ['read', 'write', 'lwt', 'counter', 'batch', 'scan'],
            commitLevels: ['ANY', 'ONE', 'QUORUM', 'ALL', 'LOCAL_QUORUM', 'LOCAL_ONE', 'EACH_QUORUM'] satisfies ConsistencyLevel[],
          })
          const wrong: string[] = []
          let compared = 0
          for (const outcome of outcomes) {
            for (const [name, operation] of Object.entries(operationOf)) {
              if (operation !== outcome.operation) continue
              const levels = outcome.commitLevel ? `${outcome.level}/${outcome.commitLevel}` : outcome.level
              const result =
                byDatacenter[outcome.clientDatacenter]?.[outcome.keyspace]?.[paxos === 'v2' ? `${name}@paxos_v2` : name]?.[levels]
              if (result === undefined) continue
              const kinds = golden.results[result]!.split(' ; ').map(each => each.startsWith('ok='))
              const expected = kinds.every(Boolean) ? 'survives' : kinds.some(Boolean) ? 'partial' : 'fails'
              compared++
              if (outcome.verdict !== expected) {
                wrong.push(
                  `${outcome.clientDatacenter} ${outcome.keyspace} ${name} ${levels}: ${golden.results[result]} but ${outcome.verdict}: ${outcome.because}`,
                )
              }
            }
          }
          expect(wrong.slice(0, 10), `${wrong.length} of ${compared}`).toEqual([])
          expect(compared).toBeGreaterThan(50)
        })
      }
    }
  })
}
