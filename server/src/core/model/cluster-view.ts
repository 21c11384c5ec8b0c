/** A cluster as the analysis room takes it: nodes with places and tokens, replication of keyspaces. What had to be assumed is said. */
import { type ClusterShape, clusterShape, type Partitioner, type Replication, type RingNode } from '../analysis/cluster-shape.ts'
import type { RingAllocation } from '../analysis/drawn-rings.ts'
import type { ClusterView, KeyspaceView, UnknownFact } from '../analysis/failure-simulation.ts'
import type { Network } from '../analysis/reachability.ts'
import { tokenRing } from '../analysis/token-ring.ts'
import { type Fact, knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Cluster } from './cluster.ts'
import { integerSetting, textSetting } from './identity-settings.ts'
import type { Keyspace } from './keyspace.ts'
import { networkOf } from './mesh-network.ts'
import type { Node } from './node.ts'
import { factorsOf } from './replication-map.ts'

/** A missing fact, and the file that could have told it. */
export interface MissingFact extends UnknownFact {
  readonly file?: string
}

export interface ClusterProjection {
  readonly view: ClusterView
  readonly shape: ClusterShape
  readonly network: Network | undefined
  /** Nodes in the order of the shape; those without a known datacenter are left out. */
  readonly nodes: readonly Node[]
  readonly keyspaces: readonly KeyspaceView[]
  /** Taken for granted in every answer. */
  readonly assuming: readonly string[]
  readonly unknown: readonly MissingFact[]
}

/** Tokens that a node is taken to have when its files do not say how many: the number that Cassandra ships with since 4.0. */
const usualTokenCount = 16

/** A cluster's facts for the analysis; the same object for the same cluster. */
export const projectCluster: (cluster: Cluster) => ClusterProjection = memo(cluster => {
  const assuming: string[] = []
  const unknown: MissingFact[] = []
  const nodes = cluster.nodes.filter(node => node.location.datacenter.kind === 'known')
  for (const node of cluster.nodes)
    if (node.location.datacenter.kind !== 'known') unknown.push(missing(`datacenter of ${node.name}`, node.location.datacenter, node))
  if (cluster.mayHaveNodesElsewhere)
    unknown.push({ fact: 'other nodes', why: 'a seed, peer or topology entry names a host that is no node here' })

  const rackless = nodes.filter(node => node.location.rack.kind !== 'known')
  for (const node of rackless) unknown.push(missing(`rack of ${node.name}`, node.location.rack, node))
  if (rackless.length > 0)
    assuming.push(`${listed(rackless)} ${rackless.length === 1 ? 'stands in a rack' : 'stand in one rack'} without a name`)
  // Asked for by foretell.yaml, and yet not known: the simulator says of the others that theirs are missing.
  for (const node of nodes)
    if (node.declared.tokens !== undefined && node.tokens.kind !== 'known')
      unknown.push(missing(`tokens of ${node.name}`, node.tokens, node))
  const countless = nodes.filter(node => node.tokens.kind !== 'known' && node.tokenCount.kind !== 'known')
  if (countless.length > 0) assuming.push(`${listed(countless)} ${countless.length === 1 ? 'has' : 'have'} ${usualTokenCount} tokens`)

  const ringNodes = nodes.map((node): RingNode => {
    // An initial_token in a file of several nodes can be that of one of them at most.
    const shared = node.yamlIsShared && node.tokens.kind === 'known' && node.tokens.span?.file === node.yaml?.file
    const tokens = shared ? undefined : knownValue(node.tokens)
    return {
      name: node.name,
      datacenter: knownValue(node.location.datacenter)!,
      rack: knownValue(node.location.rack) ?? '',
      tokenCount: tokens?.length ?? knownValue(node.tokenCount) ?? usualTokenCount,
      ...(tokens ? { tokens } : {}),
    }
  })
  const shape = clusterShape(ringNodes)
  const partitioner = partitionerOf(nodes)
  const ring = tokenRing(shape, partitioner)
  const network = networkOf(cluster, nodes)
  const allocation = allocationOf(nodes)
  const paxos = nodes.some(hasSecondPaxos) ? 'v2' : 'v1'
  const view: ClusterView = {
    shape,
    partitioner,
    release: cluster.release.line,
    paxos,
    ...(ring.kind === 'ring' && nodes.length > 0 ? { ring: ring.ring } : {}),
    ...(network ? { network } : {}),
    ...(allocation ? { allocation } : {}),
  }
  const keyspaces: KeyspaceView[] = []
  for (const keyspace of cluster.keyspaces) {
    const replication = replicationView(keyspace)
    if (typeof replication === 'string')
      unknown.push({ fact: `replication of ${keyspace.name}`, why: replication, file: keyspace.statement.file.path })
    else keyspaces.push({ name: keyspace.name, replication })
  }
  return { view, shape, network, nodes, keyspaces, assuming, unknown }
})

/** Replication with the factors that the release gives it in its own cluster; a text says why it is not known. */
export function replicationView(keyspace: Keyspace): Replication | string {
  const { replication } = keyspace
  switch (replication.kind) {
    case 'simple': {
      const factor = knownValue(replication.factor)
      return factor ? { kind: 'simple', factor: { all: factor.total, transient: factor.transient } } : whyUnknown(replication.factor)
    }
    case 'network-topology': {
      const factors = factorsOf(keyspace)
      if (factors)
        return {
          kind: 'networkTopology',
          factors: new Map([...factors].map(([name, { total, transient }]) => [name, { all: total, transient }])),
        }
      const first = replication.factors.find(({ factor }) => factor.kind !== 'known')
      return whyUnknown(first?.factor ?? replication.otherDatacenters)
    }
    case 'local':
      return { kind: 'local' }
    case 'unrecognised':
      return { kind: 'unrecognised', name: replication.className }
  }
}

function whyUnknown(fact: Fact<unknown>): string {
  return fact.kind === 'unknown' ? fact.why : 'no replication factor is written'
}

function missing(fact: string, answer: Fact<unknown>, node: Node): MissingFact {
  const file = node.files[0]?.path
  return { fact, why: answer.kind === 'unknown' ? answer.why : 'no file says it', ...(file === undefined ? {} : { file }) }
}

function partitionerOf(nodes: readonly Node[]): Partitioner {
  const names = new Set<string>()
  for (const { partitioner } of nodes) if (partitioner.kind === 'known') names.add(partitioner.value)
  if (names.size === 0) return 'murmur3'
  if (names.size > 1) return 'other'
  const [name] = names
  return name === 'Murmur3Partitioner' ? 'murmur3' : name === 'RandomPartitioner' ? 'random' : 'other'
}

const hasSecondPaxos: (node: Node) => boolean = memo(node => /^v2/i.test(knownValue(textSetting(node.yaml, 'paxos_variant')) ?? ''))

const allocationFactor: (node: Node) => number | undefined = memo(node =>
  knownValue(integerSetting(node.yaml, 'allocate_tokens_for_local_replication_factor')),
)

/** How nodes without known tokens would get theirs: as the first node says. */
function allocationOf(nodes: readonly Node[]): RingAllocation | undefined {
  const factor = nodes.map(allocationFactor).find(value => value !== undefined)
  return factor === undefined || factor < 1 ? undefined : { kind: 'replicationAware', localReplicationFactor: factor }
}

function listed(nodes: readonly Node[]): string {
  const names = nodes.slice(0, 5).map(node => node.name as string)
  return nodes.length > 5 ? `${names.join(', ')} and ${nodes.length - 5} more` : names.join(', ')
}
