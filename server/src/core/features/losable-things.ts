/** What a cluster can lose, as a pick list shows it and as `simulate --lose` names it. */
import { gatewaysOf, hostNames, tunnelName, tunnelsOf } from '../analysis/reachability.ts'
import type { Cluster } from '../model/cluster.ts'
import { projectCluster } from '../model/cluster-view.ts'
import type { Node } from '../model/node.ts'
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { LosableThing } from './editor-types.ts'

/** Datacenters first, then racks, then nodes and gateways; per cluster, by name. */
export function losableThingsOf(snapshot: Snapshot): readonly LosableThing[] {
  return snapshot.clusters.flatMap(losableThingsOfCluster)
}

export function losableThingsOfCluster(cluster: Cluster): readonly LosableThing[] {
  const things: LosableThing[] = []
  const byName = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] =>
    [...list].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const datacenter of byName(cluster.datacenters)) {
    const { name, nodes, racks, span } = datacenter
    const detail = [counted(nodes.length, 'node'), racks.length > 0 ? counted(racks.length, 'rack') : ''].filter(Boolean).join(', ')
    things.push({ id: `dc:${name}`, kind: 'datacenter', name, detail, cluster: cluster.name, span })
  }
  for (const datacenter of byName(cluster.datacenters)) {
    if (datacenter.racks.length < 2) continue
    for (const rack of byName(datacenter.racks)) {
      things.push({
        id: `rack:${datacenter.name}/${rack.name}`,
        kind: 'rack',
        name: `${datacenter.name}/${rack.name}`,
        detail: rack.nodes.map(node => node.name).join(', '),
        cluster: cluster.name,
        span: rack.nodes[0]?.span ?? datacenter.span,
      })
    }
  }
  for (const node of byName(cluster.nodes)) {
    things.push({
      id: `node:${node.name}`,
      kind: 'node',
      name: node.name,
      detail: whereabouts(node),
      cluster: cluster.name,
      span: node.span,
    })
  }
  const { shape, network } = projectCluster(cluster)
  if (!network) return things
  const hosts = hostNames(shape, network)
  const spanOfHost = (name: string) => (cluster.nodes.find(node => node.name === name) ?? cluster.nodes[0])?.span
  const others = (id: string, kind: 'tunnel' | 'gateway', name: string, detail: string) => {
    const span = spanOfHost(name.split('/')[0]!)
    if (span) things.push({ id, kind, name, detail, cluster: cluster.name, span })
  }
  const tunnels = tunnelsOf(network, shape.nodes.length).map(key => tunnelName(network.hosts, key))
  for (const name of [...tunnels].sort()) others(`tunnel:${name}`, 'tunnel', name, 'the WireGuard tunnel between them, both ways')
  for (const name of gatewaysOf(network)
    .map(host => hosts[host]!)
    .sort())
    others(`gateway:${name}`, 'gateway', name, 'its tunnels, and its Cassandra node')
  return things
}

/** `dc1/r1 · 10.0.0.1`, as far as it is known. */
export function whereabouts(node: Node): string {
  const datacenter = knownValue(node.location.datacenter)
  const rack = knownValue(node.location.rack)
  const address = knownValue(node.addresses.effectiveBroadcast)
  const place = datacenter === undefined ? 'datacenter unknown' : rack === undefined ? datacenter : `${datacenter}/${rack}`
  return address === undefined ? place : `${place} · ${address}`
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
