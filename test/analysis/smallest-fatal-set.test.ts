/** Smallest fatal sets against the plain way: trying every combination of units, smallest first. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClusterShape, clusterShape, type PlacedReplication } from '../../server/src/core/analysis/cluster-shape.ts'
import type { ConsistencyLevel } from '../../server/src/core/analysis/consistency-level.ts'
import {
  gatewaysOf,
  type Loss,
  type Network,
  nodesTalk,
  route,
  tunnelName,
  tunnelsOf,
} from '../../server/src/core/analysis/reachability.ts'
import { placeReplicas } from '../../server/src/core/analysis/replica-placement.ts'
import { answerTo } from '../../server/src/core/analysis/request-answer.ts'
import { checksOf } from '../../server/src/core/analysis/request-checks.ts'
import { resilienceRows } from '../../server/src/core/analysis/smallest-fatal-set.ts'
import { ringOf, type TokenRing } from '../../server/src/core/analysis/token-ring.ts'
import { type UnitKind, unitKinds } from '../../server/src/core/analysis/unit-rows.ts'
import { randomCluster, randomNetwork, randomReplication } from './random-clusters.ts'

interface Unit {
  readonly name: string
  readonly hosts: readonly number[]
  readonly tunnel?: number
}

function unitsFor(kind: UnitKind, shape: ClusterShape, network: Network | undefined, client: string): Unit[] {
  const group = (nameOf: (i: number) => string | undefined) => {
    const found = new Map<string, number[]>()
    shape.nodes.forEach((_, i) => {
      const name = nameOf(i)
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), i])
    })
    return [...found].map(([name, hosts]) => ({ name, hosts }))
  }
  switch (kind) {
    case 'nodes':
      return group(i => shape.nodes[i]!.name)
    case 'racks':
      return group(i => `${shape.nodes[i]!.datacenter}/${shape.nodes[i]!.rack}`)
    case 'datacenters':
      return group(i => (shape.nodes[i]!.datacenter === client ? undefined : shape.nodes[i]!.datacenter))
    case 'gateways':
      return network ? gatewaysOf(network).map(host => ({ name: network.hosts[host]!, hosts: [host] })) : []
    case 'tunnels':
      return network
        ? tunnelsOf(network, shape.nodes.length).map(tunnel => ({ name: tunnelName(network.hosts, tunnel), hosts: [], tunnel }))
        : []
  }
}

/** Whether some range is unserved from the client's datacenter; when no coordinator is left, as its former ones would see it. */
function isFatal(
  ring: TokenRing,
  network: Network | undefined,
  replication: PlacedReplication,
  client: string,
  level: ConsistencyLevel,
  units: readonly Unit[],
): boolean {
  const { shape } = ring
  const loss: Loss = {
    hosts: new Set(units.flatMap(unit => unit.hosts)),
    tunnels: new Set(units.flatMap(unit => (unit.tunnel === undefined ? [] : [unit.tunnel]))),
  }
  const nodes = shape.nodes.flatMap((node, i) => (node.datacenter === client ? [i] : []))
  const live = nodes.filter(node => !loss.hosts.has(node))
  const checks = checksOf({ operation: 'read', level, datacenter: client }, replication, '5.0')
  if (checks.kind === 'refused') throw new Error(checks.why)
  const placement = placeReplicas(ring, replication)
  const sees = (from: number) => {
    const others: Loss = { hosts: new Set([...loss.hosts].filter(host => host !== from)), tunnels: loss.tunnels }
    return shape.nodes.map((_, to) => !loss.hosts.has(to) && nodesTalk(shape, network, others, from, to))
  }
  const views = (live.length > 0 ? live : nodes).map(sees)
  for (let i = 0; i < ring.owners.length; i++) {
    const members = [...placement.replicas.subarray(i * placement.copies, (i + 1) * placement.copies)]
    const within = (dc: string | null) => members.filter(node => dc === null || shape.nodes[node]!.datacenter === dc)
    const served = views.some(view => {
      const alive = (dc: string | null) => within(dc).filter(node => view[node]).length
      return (
        answerTo(checks.checks, { alive, fullAlive: alive, placed: dc => within(dc).length, localNodes: 0, localAlive: 0, everyNode: true })
          .kind === 'ok'
      )
    })
    if (!served) return true
  }
  return false
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, i) => combinations(items.slice(i + 1), size - 1).map(rest => [item, ...rest]))
}

const levels: ConsistencyLevel[] = ['ONE', 'TWO', 'QUORUM', 'LOCAL_QUORUM', 'LOCAL_ONE', 'EACH_QUORUM', 'ALL', 'SERIAL', 'LOCAL_SERIAL']

describe('smallest fatal sets', () => {
  it('are those that trying every combination finds', () => {
    fc.assert(
      fc.property(
        randomCluster(5).chain(cluster =>
          fc.tuple(fc.constant(cluster), randomNetwork(cluster.shape), randomReplication, fc.constantFrom(...levels), fc.nat(1)),
        ),
        ([{ shape }, network, replication, level, which]) => {
          const ring = ringOf(shape)
          const client = shape.datacenters[which % shape.datacenters.length]!
          const [row] = resilienceRows(
            { shape, ring, partitioner: 'murmur3', release: '5.0', ...(network ? { network } : {}) },
            [{ name: 'k', replication }],
            { operations: ['read'], levels: [level], clientDatacenters: [client] },
          )
          for (const kind of unitKinds) {
            const units = unitsFor(kind, shape, network, client).sort((a, b) => (a.name < b.name ? -1 : 1))
            const got = row!.smallestFatal[kind]
            let found: string[][] = []
            let size = 0
            const upTo = Math.min(units.length, 5)
            for (; size <= upTo; size++) {
              found = combinations(units, size)
                .filter(set => isFatal(ring, network, replication, client, level, set))
                .map(set => set.map(unit => unit.name))
              if (found.length > 0) break
            }
            if (found.length > 0)
              expect({ kind, ...got }).toEqual({ kind, size, count: found.length, sets: found.slice(0, 10), basis: 'exact' })
            else if (units.length <= upTo) expect({ kind, size: got.size }).toEqual({ kind, size: null })
            else expect(got.size ?? 99, kind).toBeGreaterThan(upTo)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('of a logged batch count the nodes of its datacenter, too', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((name, i) => ({
      name,
      datacenter: i < 3 ? 'dc1' : 'dc2',
      rack: 'r',
      tokens: [BigInt(i)],
      tokenCount: 1,
    }))
    const shape = clusterShape(nodes)
    const keyspaces = [
      { name: 'k', replication: { kind: 'networkTopology', factors: new Map([['dc2', { all: 1, transient: 0 }]]) } as const },
    ]
    const ask = (ring: TokenRing | undefined) =>
      resilienceRows({ shape, partitioner: 'murmur3', release: '5.0', ...(ring ? { ring } : {}) }, keyspaces, { operations: ['batch'], levels: ['ANY', 'ONE'], clientDatacenters: ['dc1'] }) // biome-ignore format: one call
    const [any, one] = ask(ringOf(shape))
    expect(any!.smallestFatal.nodes).toEqual({ size: 2, count: 3, sets: [['a', 'b'], ['a', 'c'], ['b', 'c']], basis: 'exact' }) // biome-ignore format: one row
    expect(one!.smallestFatal.nodes).toEqual({ size: 1, count: 1, sets: [['d']], basis: 'exact' })
    expect(ask(undefined)[0]!.smallestFatal.nodes.size).toBe(2)
  })

  it('without tokens are no larger than with any, and the same where they are exact', () => {
    fc.assert(
      fc.property(
        randomCluster(7),
        randomReplication,
        fc.constantFrom(...levels),
        fc.nat(1),
        ({ shape, nodes }, replication, level, which) => {
          const client = shape.datacenters[which % shape.datacenters.length]!
          const blind = clusterShape(nodes.map(({ tokens: _, ...node }) => node))
          const common = { partitioner: 'murmur3', release: '5.0' } as const
          const filter = { operations: ['read' as const], levels: [level], clientDatacenters: [client] }
          const [exact] = resilienceRows({ ...common, shape, ring: ringOf(shape) }, [{ name: 'k', replication }], filter)
          const [free] = resilienceRows({ ...common, shape: blind }, [{ name: 'k', replication }], filter)
          for (const kind of ['nodes', 'racks', 'datacenters'] as const) {
            const [a, b] = [free!.smallestFatal[kind], exact!.smallestFatal[kind]]
            if (a.basis === 'exact') expect({ kind, size: a.size }).toEqual({ kind, size: b.size })
            else expect(a.size ?? 99, kind).toBeLessThanOrEqual(b.size ?? 99)
            for (const set of a.sets) expect(b.count === 1 ? b.sets : [set]).toContainEqual(set)
          }
        },
      ),
      { numRuns: 600 },
    )
  })

  it('names gateways and their tunnel also without tokens', () => {
    const shape = clusterShape(
      Array.from({ length: 10 }, (_, i) => ({ name: `n${i}`, datacenter: i < 5 ? 'dc1' : 'dc2', rack: `r${i}`, tokenCount: 16 })),
    )
    const size = shape.nodes.length
    const network: Network = {
      hosts: [...shape.nodes.map(node => node.name), 'gw1', 'gw2'],
      routes: Int32Array.from({ length: size * size }, (_, i) =>
        Math.floor(i / size) < 5 === i % size < 5 ? route.underlay : Math.floor(i / size) < 5 ? 0 : 1,
      ),
      chains: [{ via: [10, 11], tunnels: [false, true, false] }, { via: [11, 10], tunnels: [false, true, false] }], // biome-ignore format: one table
      assuming: [],
    }
    const replication: PlacedReplication = { kind: 'networkTopology', factors: new Map([['dc1', { all: 3, transient: 0 }], ['dc2', { all: 3, transient: 0 }]]) } // biome-ignore format: one table
    const [quorum, local] = resilienceRows({ shape, network, partitioner: 'murmur3', release: '5.0' }, [{ name: 'k', replication }], { operations: ['read'], levels: ['QUORUM', 'LOCAL_QUORUM'], clientDatacenters: ['dc1'] }) // biome-ignore format: one call
    expect(quorum!.smallestFatal.gateways).toEqual({ size: 1, count: null, sets: [['gw1'], ['gw2']], basis: 'exact' })
    expect(quorum!.smallestFatal.tunnels).toEqual({ size: 1, count: null, sets: [['gw1/gw2']], basis: 'exact' })
    expect(quorum!.smallestFatal.nodes).toMatchObject({ size: 3, sets: [], basis: 'exact' })
    expect(local!.smallestFatal.tunnels).toEqual({ size: null, count: 0, sets: [], basis: 'exact' })
    expect(quorum!.tolerates).toMatchObject({ gateways: 0, tunnels: 0, nodes: 2 })
  })
})
