/** The losses of one thing that single-loss.ts calls fatal are those after which the simulator finds a range unserved. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClusterShape, clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import type { ConsistencyLevel } from '../../server/src/core/analysis/consistency-level.ts'
import { simulateLoss } from '../../server/src/core/analysis/failure-simulation.ts'
import { type LossUnit, lossOf } from '../../server/src/core/analysis/reachability.ts'
import { checksOf } from '../../server/src/core/analysis/request-checks.ts'
import { allCopiesInOneRack, fatalAlone, type LossKind, type LossQuestion } from '../../server/src/core/analysis/single-loss.ts'
import { ringOf, type TokenRing } from '../../server/src/core/analysis/token-ring.ts'
import { randomCluster, randomReplication } from './random-clusters.ts'

const levels: readonly ConsistencyLevel[] = [
  'ONE',
  'TWO',
  'QUORUM',
  'ALL',
  'LOCAL_ONE',
  'LOCAL_QUORUM',
  'EACH_QUORUM',
  'SERIAL',
  'LOCAL_SERIAL',
]

function question(
  shape: ClusterShape,
  ring: TokenRing | undefined,
  replication: PlacedReplication,
  level: ConsistencyLevel,
  client: string,
): LossQuestion {
  const checks = checksOf({ operation: 'read', level, datacenter: client }, replication, '5.0')
  return {
    shape,
    ring,
    replication,
    checks: checks.kind === 'checks' ? checks.checks : [],
    complete: true,
    racksUnknown: new Set(),
    client,
  }
}

/** Units of a kind, by datacenter, that leave the client's datacenter a coordinator. */
function units(shape: ClusterShape, kind: LossKind, client: string): readonly { readonly datacenter: string; readonly unit: LossUnit }[] {
  const all: { datacenter: string; unit: LossUnit }[] =
    kind === 'node'
      ? shape.nodes.map(({ name, datacenter }) => ({ datacenter, unit: { kind, name } }))
      : kind === 'datacenter'
        ? shape.datacenters.filter(name => name !== client).map(name => ({ datacenter: name, unit: { kind, name } }))
        : shape.racks.map(({ datacenter, name }) => ({
            datacenter: shape.datacenters[datacenter]!,
            unit: { kind: 'rack', datacenter: shape.datacenters[datacenter]!, rack: name },
          }))
  const own = shape.nodesOfDatacenter[shape.datacenters.indexOf(client)]!
  return all.filter(({ unit }) => {
    const { loss } = lossOf(shape, undefined, [unit])
    return own.some(node => !loss.hosts.has(node))
  })
}

const nameOf = (unit: LossUnit) => (unit.kind === 'rack' ? unit.rack : unit.kind === 'tunnel' ? '' : unit.name)
const severalRacks = (shape: ClusterShape, datacenter: string) =>
  new Set(shape.nodes.filter(node => node.datacenter === datacenter).map(({ rack }) => rack)).size > 1

function broken(
  shape: ClusterShape,
  ring: TokenRing,
  replication: PlacedReplication,
  level: ConsistencyLevel,
  client: string,
  lost: readonly LossUnit[],
): boolean {
  const { loss } = lossOf(shape, undefined, lost)
  const { outcomes } = simulateLoss({ shape, ring, partitioner: 'murmur3', release: '5.0' }, [{ name: 'shop', replication }], loss, {
    operations: ['read'],
    levels: [level],
    clientDatacenters: [client],
  })
  return outcomes[0]!.verdict !== 'survives'
}

const situation = fc.tuple(randomCluster(), randomReplication, fc.constantFrom(...levels), fc.nat(1))

describe('one lost thing', () => {
  test.each(['node', 'rack', 'datacenter'] as const)(
    '%s: with known tokens, fatal units are those that the simulator calls fatal',
    kind => {
      fc.assert(
        fc.property(situation, ([{ nodes, shape }, replication, level, number]) => {
          const client = shape.datacenters[number % shape.datacenters.length]!
          const ring = ringOf(clusterShape(nodes))
          if (broken(shape, ring, replication, level, client, [])) return
          const found = fatalAlone(question(ring.shape, ring, replication, level, client), kind)
          for (const datacenter of shape.datacenters) {
            if (kind === 'rack' && !severalRacks(shape, datacenter)) continue
            const fatal = units(shape, kind, client)
              .filter(each => each.datacenter === datacenter && broken(shape, ring, replication, level, client, [each.unit]))
              .map(({ unit }) => nameOf(unit))
            const here = found.find(each => each.datacenter === datacenter)
            if (kind === 'node') {
              // Nodes whose loss leaves nobody to ask are not judged by the simulator.
              const judged = units(shape, kind, client).filter(each => each.datacenter === datacenter).length
              if (judged > 0) expect(here !== undefined).toBe(fatal.length > 0)
            } else {
              const judged = new Set(
                units(shape, kind, client)
                  .filter(each => each.datacenter === datacenter)
                  .map(({ unit }) => nameOf(unit)),
              )
              expect([...(here?.units ?? [])].filter(name => judged.has(name)).sort()).toEqual([...fatal].sort())
            }
          }
        }),
        { numRuns: 150, seed: 7 },
      )
    },
  )

  test.each(['node', 'rack', 'datacenter'] as const)(
    '%s: without tokens, certain holds in every ring and silence means that none breaks',
    kind => {
      fc.assert(
        fc.property(situation, ([{ nodes, shape }, replication, level, number]) => {
          const client = shape.datacenters[number % shape.datacenters.length]!
          const ring = ringOf(clusterShape(nodes))
          if (replication.kind === 'simple' || broken(shape, ring, replication, level, client, [])) return
          const found = fatalAlone(question(shape, undefined, replication, level, client), kind)
          for (const datacenter of shape.datacenters) {
            if (kind === 'rack' && !severalRacks(shape, datacenter)) continue
            const candidates = units(shape, kind, client).filter(each => each.datacenter === datacenter)
            const all =
              kind === 'rack' ? shape.racks.filter(rack => shape.datacenters[rack.datacenter] === datacenter).length : candidates.length
            const fatal = candidates.filter(each => broken(shape, ring, replication, level, client, [each.unit]))
            const here = found.find(each => each.datacenter === datacenter)
            if (!here) expect(fatal).toEqual([])
            else if (here.certainty === 'certain' && candidates.length === all && kind !== 'node') expect(fatal.length).toBeGreaterThan(0)
            if (here && kind === 'rack') for (const { unit } of fatal) expect(here.units).toContain(nameOf(unit))
          }
        }),
        { numRuns: 150, seed: 8 },
      )
    },
  )

  test('SimpleStrategy: data in one rack is data that the rack alone breaks at ONE', () => {
    fc.assert(
      fc.property(randomCluster(), fc.integer({ min: 2, max: 3 }), ({ nodes, shape }, all) => {
        const ring = ringOf(clusterShape(nodes))
        const replication: PlacedReplication = { kind: 'simple', factor: { all, transient: 0 } }
        const found = allCopiesInOneRack(ring, replication)
        const fatal = shape.racks.flatMap((rack, i) => {
          const datacenter = shape.datacenters[rack.datacenter]!
          const other = shape.datacenters.find(name =>
            shape.nodes.some(node => node.datacenter === name && (name !== datacenter || node.rack !== rack.name)),
          )
          return other !== undefined && broken(shape, ring, replication, 'ONE', other, [{ kind: 'rack', datacenter, rack: rack.name }])
            ? [i]
            : []
        })
        const judged = found.racks.filter(rack =>
          shape.nodes.some(
            node => node.datacenter !== shape.datacenters[shape.racks[rack]!.datacenter] || node.rack !== shape.racks[rack]!.name,
          ),
        )
        expect([...judged].sort()).toEqual([...fatal].sort())
      }),
      { numRuns: 100, seed: 9 },
    )
  })
})
