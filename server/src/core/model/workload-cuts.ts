/** Single tunnels and gateways without which a request of one datacenter is short: routes are static, and nothing fails over. */
import type { PlacedReplication } from '../analysis/cluster-shape.ts'
import { replicationKey } from '../analysis/cluster-shape.ts'
import { rangeStates } from '../analysis/range-states.ts'
import { coordinatorGroups, gatewaysOf, type Loss, type Network, nothingLost, tunnelKey, tunnelName } from '../analysis/reachability.ts'
import { placementParts } from '../analysis/replica-placement.ts'
import type { Check } from '../analysis/request-checks.ts'
import type { Shortage, SingleLoss } from '../analysis/single-loss.ts'
import { boundsOf } from '../analysis/token-free-bounds.ts'
import { type CoordinatorClass, judge, type Requirement, worstRequirement } from '../analysis/verdict-of-ranges.ts'
import { memo } from '../text/memo.ts'
import { type Cluster, isComplete } from './cluster.ts'
import { type ClusterProjection, projectCluster } from './cluster-view.ts'

/** With more, a hub for every node: then nobody asks which one is missing. */
const mostCandidates = 64

interface Candidate {
  readonly name: string
  readonly loss: Loss
}

interface Cuts {
  readonly tunnel: readonly Candidate[]
  readonly gateway: readonly Candidate[]
  readonly found: Map<string, readonly SingleLoss[]>
}

/** Gateways, and tunnels between two of them: a tunnel at the end of a way cuts off that node alone. */
const candidates: (cluster: Cluster) => Cuts | undefined = memo(cluster => {
  const { network } = projectCluster(cluster)
  if (!network || network.assuming.length > 0 || !isComplete(cluster)) return undefined
  const gateway = gatewaysOf(network).map(host => ({
    name: network.hosts[host]!,
    loss: { hosts: new Set([host]), tunnels: new Set<number>() },
  }))
  const keys = sharedTunnels(network)
  const tunnel = [...keys].map(key => ({
    name: tunnelName(network.hosts, key),
    loss: { hosts: new Set<number>(), tunnels: new Set([key]) },
  }))
  if (gateway.length > mostCandidates || tunnel.length > mostCandidates) return undefined
  return { tunnel, gateway, found: new Map() }
})

function sharedTunnels(network: Network): ReadonlySet<number> {
  const keys = new Set<number>()
  for (const { via, tunnels } of network.chains)
    for (let hop = 1; hop < via.length; hop++) if (tunnels[hop]) keys.add(tunnelKey(network.hosts.length, via[hop - 1]!, via[hop]!))
  return keys
}

/** Of one kind, each fatal one alone; none where some pair does not talk as it is, or the network is not wholly known. */
export function fatalCuts(
  cluster: Cluster,
  replication: PlacedReplication,
  checks: readonly Check[],
  client: string | undefined,
  kind: 'tunnel' | 'gateway',
): readonly SingleLoss[] {
  const cuts = candidates(cluster)
  if (!cuts || client === undefined || cuts[kind].length === 0) return []
  const key = `${kind} ${client} ${replicationKey(replication)} ${JSON.stringify(checks)}`
  let found = cuts.found.get(key)
  if (!found) {
    const whole = shortageAfter(cluster, replication, checks, client, nothingLost)
    found = whole
      ? []
      : cuts[kind].flatMap(({ name, loss }): SingleLoss[] => {
          const short = shortageAfter(cluster, replication, checks, client, loss)
          return short
            ? [{ kind, datacenter: client, units: [name], certainty: 'exact', lost: 0, placed: 0, short: short.short, share: short.share }]
            : []
        })
    cuts.found.set(key, found)
  }
  return found
}

/** What is short for the best coordinator, for certain; undefined when it is served, or that cannot be told. */
function shortageAfter(
  cluster: Cluster,
  replication: PlacedReplication,
  checks: readonly Check[],
  client: string,
  loss: Loss,
): { readonly short: Shortage; readonly share: number | undefined } | undefined {
  const projection = projectCluster(cluster)
  const { shape, view } = projection
  const groups = coordinatorsAfter(projection, client, loss)
  if (groups.length === 0) return undefined
  const bounds = boundsOf(shape, replication, groups, checks)
  if (bounds) return bounds.verdict === 'fails' ? { short: tightest(bounds.required), share: undefined } : undefined
  if (!view.ring) return undefined
  const states = rangeStates(
    view.ring,
    placementParts(view.ring, replication),
    groups.map(group => group.reaches),
  )
  const judgement = judge(shape, states, groups, 'read', checks)
  return judgement.verdict === 'survives'
    ? undefined
    : { short: tightest(worstRequirement(judgement)), share: view.ring.shares ? 1 - judgement.fraction : undefined }
}

function tightest(required: readonly Requirement[]): Shortage {
  const worst = required.reduce((a, b) => (b.alive - b.needed < a.alive - a.needed ? b : a))
  return { datacenter: worst.datacenter, needed: worst.needed, left: worst.alive }
}

/** Live coordinators of a datacenter after a loss, by what they reach; none when nobody is left. */
export function coordinatorsAfter({ shape, network }: ClusterProjection, client: string, loss: Loss): readonly CoordinatorClass[] {
  const index = shape.datacenters.indexOf(client)
  if (index < 0) return []
  const owners = shape.ownersOfDatacenter[index]!
  return coordinatorGroups(shape, network, loss, index).map(group => ({
    ...group,
    localNodes: owners.length,
    localAlive: owners.reduce((sum, node) => sum + group.reaches[node]!, 0),
    everyNode: group.reaches.every(yes => yes === 1),
  }))
}
