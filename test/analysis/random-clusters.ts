/** Random small clusters for property tests: places, tokens, replications, networks with gateways. */
import fc from 'fast-check'
import { type ClusterShape, clusterShape, type PlacedReplication, type RingNode } from '../../server/src/core/analysis/cluster-shape.ts'
import { type Chain, type Network, route } from '../../server/src/core/analysis/reachability.ts'

export interface RandomCluster {
  readonly nodes: readonly RingNode[]
  readonly shape: ClusterShape
}

const token = fc.bigInt({ min: -(1n << 63n) + 1n, max: (1n << 63n) - 1n })

export const randomCluster = (mostNodes = 7): fc.Arbitrary<RandomCluster> =>
  fc
    .record({
      places: fc.array(fc.record({ datacenter: fc.nat(1), rack: fc.nat(2) }), { minLength: 1, maxLength: mostNodes }),
      tokenCount: fc.integer({ min: 1, max: 3 }),
    })
    .chain(({ places, tokenCount }) =>
      fc.uniqueArray(token, { minLength: places.length * tokenCount, maxLength: places.length * tokenCount }).map(tokens => {
        const nodes = places.map((place, i) => ({
          name: `n${i + 1}`,
          datacenter: `dc${place.datacenter + 1}`,
          rack: `r${place.rack + 1}`,
          tokens: tokens.slice(i * tokenCount, (i + 1) * tokenCount),
          tokenCount,
        }))
        return { nodes, shape: clusterShape(nodes) }
      }),
    )

export const randomReplication: fc.Arbitrary<PlacedReplication> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(4), fc.nat(3)).map(([a, b]): PlacedReplication => ({
    kind: 'networkTopology',
    factors: new Map([a > 0 ? [['dc1', { all: a, transient: 0 }] as const] : [], b > 0 ? [['dc2', { all: b, transient: 0 }] as const] : []].flat()),
  })) }, // biome-ignore format: one arbitrary
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 4 }).map((all): PlacedReplication => ({ kind: 'simple', factor: { all, transient: 0 } })),
  },
)

/** full mesh; one gateway for each datacenter; a hub; or any mixture of ways. */
export function randomNetwork(shape: ClusterShape): fc.Arbitrary<Network | undefined> {
  const size = shape.nodes.length
  const hosts = [...shape.nodes.map(node => node.name), 'gw1', 'gw2']
  const network = (way: (a: number, b: number) => number, chains: readonly Chain[]): Network => ({
    hosts,
    chains,
    assuming: [],
    routes: Int32Array.from({ length: size * size }, (_, i) => way(Math.floor(i / size), i % size)),
  })
  const dc = (node: number) => shape.nodes[node]!.datacenter
  const mesh = network(() => route.tunnel, [])
  const meshBetween = network((a, b) => (dc(a) === dc(b) ? route.underlay : route.tunnel), [])
  const sites = network(
    (a, b) => (dc(a) === dc(b) ? route.underlay : dc(a) === 'dc1' ? 0 : 1),
    [
      { via: [size, size + 1], tunnels: [false, true, false] },
      { via: [size + 1, size], tunnels: [false, true, false] },
    ],
  )
  const first = (name: string) => shape.nodes.findIndex(node => node.datacenter === name)
  const [g1, g2] = [first('dc1'), first('dc2')]
  const nodeGateways =
    g1 < 0 || g2 < 0
      ? mesh
      : network(
          (a, b) => {
            if (dc(a) === dc(b)) return route.underlay
            const [mine, theirs] = dc(a) === 'dc1' ? [g1, g2] : [g2, g1]
            if (a === mine && b === theirs) return route.tunnel
            const back = dc(a) === 'dc1' ? 0 : 3
            return a === mine ? back + 1 : b === theirs ? back + 2 : back
          },
          [
            { via: [g1, g2], tunnels: [false, true, false] },
            { via: [g2], tunnels: [true, false] },
            { via: [g1], tunnels: [false, true] },
            { via: [g2, g1], tunnels: [false, true, false] },
            { via: [g1], tunnels: [true, false] },
            { via: [g2], tunnels: [false, true] },
          ],
        )
  const hub = network((a, b) => (a === 0 || b === 0 ? route.tunnel : 0), [{ via: [0], tunnels: [true, true] }])
  const mixed = fc
    .array(fc.constantFrom(route.tunnel, route.underlay, route.tunnel, route.none, 0), { minLength: size * size, maxLength: size * size })
    .map(ways => network((a, b) => ways[Math.min(a, b) * size + Math.max(a, b)]!, [{ via: [size], tunnels: [true, true] }]))
  return fc.oneof(
    fc.constant(undefined),
    fc.constant(mesh),
    fc.constant(meshBetween),
    fc.constant(sites),
    fc.constant(nodeGateways),
    fc.constant(hub),
    mixed,
  )
}
