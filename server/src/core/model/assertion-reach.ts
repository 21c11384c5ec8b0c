/** Promises about who reaches whom. Routes never change after a loss, so a pair is cut by each single thing that its way runs over. */

import type { ClusterShape } from '../analysis/cluster-shape.ts'
import { lossOf, type Network, nodesTalk, nothingLost, route, tunnelKey, tunnelName, tunnelsOfChain } from '../analysis/reachability.ts'
import type { AssertedEnd, AssertedUnit, Assertion } from './assertion.ts'
import { type AssertionVerdict, holds, lossUnit, missingOf, undecidable } from './assertion-things.ts'
import { type Cluster, isComplete } from './cluster.ts'
import { projectCluster } from './cluster-view.ts'

export function judgeReach(cluster: Cluster, { from, to, loss }: Extract<Assertion, { kind: 'reaches' }>): AssertionVerdict {
  const projection = projectCluster(cluster)
  const { shape, network } = projection
  if (!network)
    return loss && loss.kind === 'any' && loss.unit !== 'tunnel' && loss.unit !== 'gateway'
      ? holds
      : undecidable('no WireGuard file of the cluster is here')
  const starts = nodesOf(shape, from)
  const ends = nodesOf(shape, to)
  // "every datacenter reaches every other": pairs within one datacenter are not asked for.
  const across = (end: AssertedEnd) =>
    (end.kind === 'every' ? end.unit : (end.unit ?? (shape.datacenters.includes(end.name.value) ? 'datacenter' : 'node'))) === 'datacenter'
  const apart = across(from) && across(to)
  const named =
    loss?.kind === 'named'
      ? lossOf(
          shape,
          network,
          loss.things.map(({ unit, name }) => lossUnit(unit, name.value)),
        ).loss
      : nothingLost
  const unit = loss?.kind === 'any' ? loss.unit : undefined
  for (const a of starts)
    for (const b of ends) {
      if (a === b || (apart && shape.datacenterOf[a] === shape.datacenterOf[b])) continue
      if (named.hosts.has(a) || named.hosts.has(b)) continue
      const pair = `${shape.nodes[a]!.name} in ${shape.nodes[a]!.datacenter} does not reach ${shape.nodes[b]!.name} in ${shape.nodes[b]!.datacenter}`
      const datacenters = [shape.nodes[a]!.datacenter, shape.nodes[b]!.datacenter]
      if (!nodesTalk(shape, network, named, a, b)) {
        const atRest = !nodesTalk(shape, network, nothingLost, a, b)
        return { kind: 'failed', size: atRest ? 0 : 1, because: `${pair}${atRest ? ', with nothing lost' : ''}`, datacenters }
      }
      const cutter = unit && cutterOf(shape, network, unit, a, b)
      if (cutter)
        return {
          kind: 'failed',
          size: 1,
          because: `${pair} without ${unit === 'gateway' || unit === 'node' ? '' : `${unit} `}${cutter}`,
          datacenters,
        }
    }
  if (!isComplete(cluster)) return undecidable(missingOf(cluster, projection, 'node'))
  return network.assuming.length > 0 ? undecidable(network.assuming[0]!) : holds
}

function nodesOf(shape: ClusterShape, end: AssertedEnd): readonly number[] {
  const all = shape.nodes.map((_, i) => i)
  if (end.kind === 'every') return all
  const datacenter = shape.datacenters.indexOf(end.name.value)
  if (end.unit !== 'node' && datacenter >= 0) return all.filter(i => shape.datacenterOf[i] === datacenter)
  return all.filter(i => shape.nodes[i]!.name === end.name.value)
}

/** One thing of a kind, not holding either node, whose loss cuts the pair; undefined when there is none. */
function cutterOf(shape: ClusterShape, network: Network, unit: AssertedUnit, a: number, b: number): string | undefined {
  const size = shape.nodes.length
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const way = network.routes[from * size + to]!
    if (way === route.tunnel && unit === 'tunnel') return tunnelName(network.hosts, tunnelKey(network.hosts.length, from, to))
    if (way < 0) continue
    const chain = network.chains[way]!
    if (unit === 'tunnel') {
      const [key] = tunnelsOfChain(network, chain, from, to)
      if (key !== undefined) return tunnelName(network.hosts, key)
      continue
    }
    for (const host of chain.via) {
      if (unit === 'gateway') return network.hosts[host]!
      const node = shape.nodes[host]
      if (!node) continue
      if (unit === 'node') return node.name
      const ends = [shape.nodes[from]!, shape.nodes[to]!]
      if (unit === 'datacenter' && ends.every(end => end.datacenter !== node.datacenter)) return node.datacenter
      if (unit === 'rack' && ends.every(end => end.datacenter !== node.datacenter || end.rack !== node.rack))
        return `${node.datacenter}/${node.rack}`
    }
  }
  return undefined
}
