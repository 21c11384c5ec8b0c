/** What one more node, rack or replica would buy: the smallest fatal sets of nodes and racks before and after, which racks and factors alone decide. */
import { type ClusterShape, clusterShape, type PlacedReplication, type RingNode } from './cluster-shape.ts'
import { fatalSetsWithoutTokens } from './fatal-sets-without-tokens.ts'
import { type AnalysisRelease, checksOf, type Request } from './request-checks.ts'
import { type FatalSets, needsOf } from './unit-rows.ts'

export type Addition =
  /** A node in the rack of the datacenter that has fewest. */
  | { readonly kind: 'node'; readonly datacenter: string; readonly rack: string }
  /** A rack of its own with as many nodes as the smallest rack of the datacenter. */
  | { readonly kind: 'rack'; readonly datacenter: string; readonly nodes: number }
  /** One more in the replication map (of all datacenters, with SimpleStrategy). */
  | { readonly kind: 'replica'; readonly datacenter: string | null }

export interface Purchase {
  readonly addition: Addition
  /** Smallest fatal sets without and with it; of racks and nodes. Sizes are for the worst assignment of tokens. */
  readonly before: { readonly nodes: FatalSets; readonly racks: FatalSets }
  readonly after: { readonly nodes: FatalSets; readonly racks: FatalSets }
  /** Whether a larger loss is survived with it, and whether a smaller one becomes fatal (a replica more raises what is required, too). */
  readonly better: boolean
  readonly worse: boolean
}

/** Every addition of one node, rack or replica, for one request on one keyspace; empty where the server refuses the request. */
export function whatMoreBuys(
  shape: ClusterShape,
  replication: PlacedReplication,
  request: Request,
  release: AnalysisRelease,
): readonly Purchase[] {
  const before = sizes(shape, replication, request, release)
  if (!before) return []
  return additions(shape, replication).flatMap(addition => {
    const after = sizes(withNodes(shape, addition), withReplica(replication, addition), request, release)
    if (!after) return []
    const compare = (kind: 'nodes' | 'racks') =>
      (after[kind].size ?? Number.POSITIVE_INFINITY) - (before[kind].size ?? Number.POSITIVE_INFINITY)
    const changes = [compare('nodes'), compare('racks')]
    return [{ addition, before, after, better: changes.some(change => change > 0), worse: changes.some(change => change < 0) }]
  })
}

function sizes(
  shape: ClusterShape,
  replication: PlacedReplication,
  request: Request,
  release: AnalysisRelease,
): Purchase['before'] | undefined {
  const checks = checksOf(request, replication, release)
  if (checks.kind === 'refused') return undefined
  const needs = needsOf(checks.checks)
  const of = (kind: 'nodes' | 'racks') => fatalSetsWithoutTokens(shape, replication, kind, request.datacenter, needs)
  return { nodes: of('nodes'), racks: of('racks') }
}

function additions(shape: ClusterShape, replication: PlacedReplication): readonly Addition[] {
  const found: Addition[] = []
  shape.datacenters.forEach((datacenter, index) => {
    if (replication.kind === 'networkTopology' && !replication.factors.get(datacenter)?.all) return
    const racks = shape.racks
      .map((rack, i) => ({ ...rack, nodes: shape.ownersOfRack[i]!.length }))
      .filter(rack => rack.datacenter === index && rack.nodes > 0)
      .sort((a, b) => a.nodes - b.nodes)
    const smallest = racks[0]
    if (!smallest) return
    found.push({ kind: 'node', datacenter, rack: smallest.name }, { kind: 'rack', datacenter, nodes: smallest.nodes })
    if (replication.kind === 'networkTopology') found.push({ kind: 'replica', datacenter })
  })
  if (replication.kind === 'simple') found.push({ kind: 'replica', datacenter: null })
  return found
}

function withNodes(shape: ClusterShape, addition: Addition): ClusterShape {
  if (addition.kind === 'replica') return shape
  const { datacenter } = addition
  const count = addition.kind === 'node' ? 1 : addition.nodes
  const rack = addition.kind === 'node' ? addition.rack : freeName('rack', new Set(shape.racks.map(each => each.name)))
  const names = new Set(shape.nodes.map(node => node.name))
  const more: RingNode[] = []
  for (let i = 0; i < count; i++) {
    const name = freeName('node', names)
    names.add(name)
    more.push({ name, datacenter, rack, tokenCount: shape.nodes.find(node => node.datacenter === datacenter)?.tokenCount ?? 1 })
  }
  return clusterShape([...shape.nodes, ...more])
}

function freeName(word: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) if (!taken.has(`${word} ${i} more`)) return `${word} ${i} more`
}

function withReplica(replication: PlacedReplication, addition: Addition): PlacedReplication {
  if (addition.kind !== 'replica') return replication
  if (replication.kind === 'simple') return { ...replication, factor: { ...replication.factor, all: replication.factor.all + 1 } }
  const factors = new Map(replication.factors)
  const factor = factors.get(addition.datacenter!)!
  factors.set(addition.datacenter!, { ...factor, all: factor.all + 1 })
  return { ...replication, factors }
}
