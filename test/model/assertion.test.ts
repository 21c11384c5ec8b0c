/** Promises: how they are read, with places, and that their verdicts are the simulator's. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConsistencyLevel } from '../../server/src/core/analysis/consistency-level.ts'
import { simulateLoss } from '../../server/src/core/analysis/failure-simulation.ts'
import { type LossUnit, lossOf } from '../../server/src/core/analysis/reachability.ts'
import { parseAssertion } from '../../server/src/core/model/assertion.ts'
import { judgeAssertion } from '../../server/src/core/model/assertion-verdict.ts'
import { projectCluster } from '../../server/src/core/model/cluster-view.ts'
import { located, spanOf, textAt } from '../../server/src/core/text/span.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const read = (text: string) => {
  const file = { path: 'foretell.yaml', text: `- "${text}"` }
  return parseAssertion(located(text, spanOf(file, 2, file.text.length)))
}

describe('reading', () => {
  test('keyspace, level, datacenters, any number', () => {
    const made = read('shop LOCAL_QUORUM from dc1, dc2 survives any 2 racks')
    expect(made).toMatchObject({ kind: 'survives', level: 'LOCAL_QUORUM', loss: { kind: 'any', number: 2, unit: 'rack' } })
    expect(made.kind === 'survives' && [made.keyspace!, ...made.from].map(({ span }) => textAt(span))).toEqual(['shop', 'dc1', 'dc2'])
  })
  test('what is left out', () => {
    expect(read('shop survives any 1 datacenter')).toMatchObject({ from: [], loss: { number: 1, unit: 'datacenter' } })
    expect(read('every keyspace survives any node')).toMatchObject({ keyspace: undefined, loss: { number: 1, unit: 'node' } })
    expect(read('shop writes at each_quorum survives the loss of datacenter dc2')).toMatchObject({
      operation: 'write',
      level: 'EACH_QUORUM',
      loss: { kind: 'named', things: [{ unit: 'datacenter', name: { value: 'dc2' } }] },
    })
  })
  test('several named things, and names that are keywords', () => {
    expect(read('shop survives nodes db1 and db2')).toMatchObject({
      loss: { things: [{ name: { value: 'db1' } }, { unit: 'node', name: { value: 'db2' } }] },
    })
    expect(read('node node reaches datacenter dc')).toMatchObject({
      from: { kind: 'one', unit: 'node', name: { value: 'node' } },
      to: { name: { value: 'dc' } },
    })
  })
  test('who reaches whom', () => {
    expect(read('every datacenter reaches every other without any 1 gateway')).toMatchObject({
      kind: 'reaches',
      from: { kind: 'every', unit: 'datacenter' },
      to: { kind: 'every', unit: 'datacenter' },
      loss: { kind: 'any', number: 1, unit: 'gateway' },
    })
    expect(read('db1 reaches every other node')).toMatchObject({
      from: { kind: 'one', unit: undefined },
      to: { kind: 'every', unit: 'node' },
      loss: undefined,
    })
  })
  test.each([
    ['shop', 'survives'],
    ['shop serves any 1 node', 'survives'],
    ['shop survives', 'any 1'],
    ['shop survives any 0 nodes', 'any 1 rack'],
    ['shop survives any 1 planet', 'any 1 rack'],
    ['shop survives any 1 node today', 'nothing more'],
    ['shop from survives any 1 node', 'name of a datacenter'],
    ['every rack reaches every other', 'every datacenter'],
    ['', 'keyspace'],
  ])('%s', (text, expected) => {
    const made = read(text)
    expect(made.kind).toBe('unreadable')
    expect(made.kind === 'unreadable' && made.expected).toContain(expected)
  })
  test('never throws', () => {
    const words = fc.constantFrom(
      'shop',
      'every',
      'keyspace',
      'survives',
      'any',
      '1',
      'node',
      'reaches',
      'from',
      'other',
      'and',
      ',',
      '"',
      'LOCAL_QUORUM',
      'without',
      'datacenter',
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 9 }), list => void read(list.join(' '))),
      { numRuns: 500, seed: 3 },
    )
    fc.assert(
      fc.property(fc.string(), text => void read(text)),
      { numRuns: 300, seed: 4 },
    )
  })
})

/** Six nodes with tokens, two datacenters; racks and factors as drawn. */
function cluster(racks: readonly number[], factors: readonly [number, number], tokens: readonly number[]) {
  const files = racks.map((rack, i) => {
    const datacenter = i < 3 ? 1 : 2
    return `#- dc${datacenter}/db${i + 1}/cassandra.yaml
cluster_name: prod
num_tokens: 1
initial_token: ${tokens[i]}
listen_address: 10.20.${datacenter}.${11 + (i % 3)}
endpoint_snitch: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.11,10.20.2.11"
#- dc${datacenter}/db${i + 1}/cassandra-rackdc.properties
dc=dc${datacenter}
rack=r${rack}
`
  })
  const schema = `#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': ${factors[0]}, 'dc2': ${factors[1]}};\n`
  return snapshotOf(parseFixture(`${files.join('')}${schema}`)).clusters[0]!
}

function choices<T>(list: readonly T[], number: number): readonly (readonly T[])[] {
  if (number === 0) return [[]]
  return list.flatMap((first, i) => choices(list.slice(i + 1), number - 1).map(rest => [first, ...rest]))
}

test('any so many nodes or racks: the verdict is that of the simulator for every choice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      fc.uniqueArray(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 6, maxLength: 6 }),
      fc.constantFrom<ConsistencyLevel>('LOCAL_QUORUM', 'QUORUM', 'ONE', 'EACH_QUORUM', 'ALL'),
      fc.constantFrom('node', 'rack'),
      fc.integer({ min: 1, max: 2 }),
      (racks, factors, tokens, level, unit, number) => {
        const made = cluster(racks, factors, tokens)
        const { shape, view, keyspaces } = projectCluster(made)
        const things: LossUnit[] =
          unit === 'node'
            ? shape.nodes.map(({ name }) => ({ kind: 'node', name }))
            : shape.racks.map(({ datacenter, name }) => ({ kind: 'rack', datacenter: shape.datacenters[datacenter]!, rack: name }))
        const own = shape.nodesOfDatacenter[shape.datacenters.indexOf('dc1')]!
        const losses = choices(things, number).map(lost => lossOf(shape, undefined, lost).loss)
        // That nobody is left to ask is not what the promise is about.
        if (losses.some(loss => own.every(node => loss.hosts.has(node)))) return
        const survives = losses.every(loss => {
          const [outcome] = simulateLoss(view, keyspaces, loss, {
            operations: ['read'],
            levels: [level],
            clientDatacenters: ['dc1'],
          }).outcomes
          return outcome!.verdict === 'survives'
        })
        const assertion = read(`shop reads at ${level} from dc1 survives any ${number} ${unit}`)
        const verdict = assertion.kind === 'unreadable' ? undefined : judgeAssertion(made, assertion)
        expect(verdict?.kind).toBe(survives ? 'holds' : 'failed')
      },
    ),
    { numRuns: 120, seed: 5 },
  )
})
