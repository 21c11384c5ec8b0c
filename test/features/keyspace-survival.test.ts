/** The table over a keyspace agrees with the simulator: what it says survives, survives every such loss; what it says fails, fails for some. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureReport } from '../../server/src/core/features/failure-report.ts'
import { survivalInOneLine } from '../../server/src/core/features/keyspace-hover.ts'
import { keyspaceSurvival } from '../../server/src/core/features/keyspace-survival.ts'
import { losableThingsOf } from '../../server/src/core/features/losable-things.ts'
import type { Snapshot } from '../../server/src/core/workspace/snapshot.ts'
import { createWorkspace } from '../../server/src/core/workspace/workspace.ts'

interface Shape {
  /** Racks of each datacenter, as numbers of nodes. */
  readonly datacenters: readonly (readonly number[])[]
  /** Factors by datacenter; one number for SimpleStrategy. */
  readonly factors: readonly number[] | number
}

function workspaceOf({ datacenters, factors }: Shape): Snapshot {
  const set: { path: string; text: string }[] = []
  datacenters.forEach((racks, d) => {
    let n = 0
    racks.forEach((nodes, r) => {
      for (let i = 0; i < nodes; i++) {
        const folder = `dc${d}/n${d}-${n++}`
        set.push({
          path: `${folder}/cassandra.yaml`,
          text: `cluster_name: p\nnum_tokens: 4\nendpoint_snitch: GossipingPropertyFileSnitch\nlisten_address: 10.${d}.0.${n}\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.0.0.1"\n`,
        })
        set.push({ path: `${folder}/cassandra-rackdc.properties`, text: `dc=dc${d}\nrack=r${r}\n` })
      }
    })
  })
  const replication =
    typeof factors === 'number'
      ? `{'class': 'SimpleStrategy', 'replication_factor': ${factors}}`
      : `{'class': 'NetworkTopologyStrategy', ${factors.map((factor, d) => `'dc${d}': ${factor}`).join(', ')}}`
  set.push({ path: 'schema.cql', text: `CREATE KEYSPACE k WITH replication = ${replication};\n` })
  const workspace = createWorkspace()
  workspace.apply({ set })
  return workspace.snapshot()
}

const racks = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 })
const shapes: fc.Arbitrary<Shape> = fc
  .array(racks, { minLength: 1, maxLength: 3 })
  .chain(datacenters =>
    fc
      .oneof(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: datacenters.length, maxLength: datacenters.length }),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(factors => ({ datacenters, factors })),
  )

test('the table agrees with the simulator', () => {
  fc.assert(
    fc.property(shapes, shape => {
      const snapshot = workspaceOf(shape)
      const keyspace = snapshot.keyspaces[0]!
      const survival = keyspaceSurvival(keyspace)
      if ('why' in survival) throw new Error(survival.why)
      const things = losableThingsOf(snapshot)
      const racksOf = (name: string) => snapshot.clusters[0]!.datacenters.find(datacenter => datacenter.name === name)?.racks ?? []
      const units = {
        node: things.filter(thing => thing.kind === 'node').map(thing => [thing.id]),
        rack: snapshot.clusters[0]!.datacenters.flatMap(({ name }) => racksOf(name).map(rack => [`rack:${name}/${rack.name}`])),
        datacenter: things.filter(thing => thing.kind === 'datacenter').map(thing => [thing.id]),
      }
      const outcomes = new Map(
        Object.values(units)
          .flat()
          .map(lose => [lose[0]!, failureReport(snapshot, { lose, operation: 'read' }).report!.clusters[0]!.outcomes]),
      )
      for (const row of survival.levels) {
        const clients =
          row.clientDatacenter === null
            ? snapshot.clusters[0]!.datacenters.map(datacenter => datacenter.name as string)
            : [row.clientDatacenter]
        for (const kind of ['node', 'rack', 'datacenter'] as const) {
          const told = row[kind]
          if (told !== 'survives' && told !== 'fails') continue
          for (const client of clients) {
            // Replicas are the table's matter; a client datacenter without a coordinator left is not, and fails anyway.
            const ids = units[kind].map(([id]) => id!).filter(id => id !== `dc:${client}`)
            const verdicts = ids.map(id =>
              leavesCoordinator(snapshot, client, id)
                ? outcomes.get(id)!.find(outcome => outcome.level === row.level && outcome.clientDatacenter === client)!.verdict
                : 'no coordinator',
            )
            if (verdicts.includes('unknown')) continue
            const what = `${JSON.stringify(shape)} ${row.level} from ${client} without a ${kind}: ${told}, ${verdicts}`
            if (told === 'survives')
              expect(
                verdicts.filter(verdict => verdict === 'fails' || verdict === 'partial'),
                what,
              ).toEqual([])
            else if (row.clientDatacenter !== null)
              expect(
                verdicts.some(verdict => verdict !== 'survives'),
                what,
              ).toBe(true)
          }
        }
      }
    }),
    { numRuns: 25, seed: 7 },
  )
})

function leavesCoordinator(snapshot: Snapshot, client: string, id: string): boolean {
  const datacenter = snapshot.clusters[0]!.datacenters.find(each => each.name === client)!
  if (id === `dc:${client}`) return false
  if (id.startsWith(`rack:${client}/`)) return datacenter.racks.length > 1
  return !(id.startsWith('node:') && datacenter.nodes.length === 1 && id === `node:${datacenter.nodes[0]!.name}`)
}

test('a lens says the worst of all datacenters in one line', () => {
  const line = (shape: Shape) => survivalInOneLine(workspaceOf(shape).keyspaces[0]!)
  expect(
    line({
      datacenters: [
        [1, 1, 1],
        [1, 1, 1],
      ],
      factors: [3, 3],
    }),
  ).toBe('LOCAL_QUORUM survives any 1 node, 1 rack, 1 other datacenter')
  expect(
    line({
      datacenters: [
        [1, 1, 1],
        [2, 1],
      ],
      factors: [3, 3],
    }),
  ).toBe('LOCAL_QUORUM survives any 1 node, 1 other datacenter')
  expect(line({ datacenters: [[1, 1, 1]], factors: [2] })).toBe('LOCAL_QUORUM does not survive the loss of one node')
  expect(line({ datacenters: [[1], [1, 1]], factors: [3, 2] })).toBe('LOCAL_QUORUM can never be met in dc0')
})
