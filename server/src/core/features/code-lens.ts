/** Code lenses: what a keyspace survives, and *Simulate failure…* on keyspaces, datacenters, racks and nodes. */
import type { Keyspace } from '../model/keyspace.ts'
import type { Node } from '../model/node.ts'
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { CodeLens } from './editor-types.ts'
import { survivalInOneLine } from './keyspace-hover.ts'
import { wireguardLensesOf } from './wireguard-annotations.ts'

/** In the order of their places. */
export function codeLensesOf(snapshot: Snapshot, path: string): readonly CodeLens[] {
  const parsed = snapshot.parsed.get(path)
  if (!parsed) return []
  if (parsed.kind === 'wireguard') return wireguardLensesOf(snapshot, path)
  const lenses: CodeLens[] = []
  for (const keyspace of snapshot.keyspaces) if (keyspace.nameSpan.file.path === path) lenses.push(...keyspaceLenses(keyspace))
  if (parsed.kind === 'rackdc' || parsed.kind === 'cassandra-yaml') {
    const nodes = snapshot.nodes.filter(node => node.files.some(file => file.path === path))
    if (nodes.length === 1) lenses.push(...nodeLenses(snapshot, nodes[0]!, path, parsed.kind))
  }
  return lenses.sort((a, b) => a.span.start - b.span.start)
}

function keyspaceLenses(keyspace: Keyspace): readonly CodeLens[] {
  const { nameSpan: span, cluster, name } = keyspace
  const survives = survivalInOneLine(keyspace)
  const lenses: CodeLens[] = []
  if (survives !== undefined && cluster)
    lenses.push({
      span,
      title: survives,
      command: { name: 'foretell.showKeyspace', arguments: [{ keyspace: name, cluster: cluster.name }] },
    })
  if (cluster && cluster.nodes.length > 0) {
    lenses.push({
      span,
      title: 'Simulate failure…',
      command: { name: 'foretell.simulate', arguments: [{ keyspace: name, cluster: cluster.name }] },
    })
  }
  return lenses
}

function nodeLenses(snapshot: Snapshot, node: Node, path: string, kind: 'rackdc' | 'cassandra-yaml'): readonly CodeLens[] {
  const cluster = snapshot.clusters.find(candidate => candidate.nodes.includes(node))
  // Losing the only node there is needs no foretelling.
  if (!cluster || cluster.nodes.length < 2) return []
  const lose = (id: string) => ({ name: 'foretell.simulate' as const, arguments: [{ lose: [id], cluster: cluster.name }] })
  const lenses: CodeLens[] = []
  const { datacenter, rack } = node.location
  const datacenterName = knownValue(datacenter)
  const rackName = knownValue(rack)
  if (kind === 'rackdc') {
    const here = cluster.datacenters.find(candidate => candidate.name === datacenterName)
    if (here && datacenter.kind === 'known' && datacenter.span?.file.path === path && cluster.datacenters.length > 1) {
      lenses.push({ span: datacenter.span, title: `Simulate losing datacenter ${datacenterName}…`, command: lose(`dc:${datacenterName}`) })
    }
    if (here && rack.kind === 'known' && rack.span?.file.path === path && here.racks.length > 1) {
      lenses.push({ span: rack.span, title: `Simulate losing rack ${rackName}…`, command: lose(`rack:${datacenterName}/${rackName}`) })
    }
    if (lenses.length === 0) return []
  }
  const { listen, broadcast } = node.addresses
  const address = [broadcast, listen].find(fact => fact.kind === 'known' && fact.span?.file.path === path)
  const span =
    kind === 'rackdc'
      ? lenses[0]!.span
      : address?.kind === 'known' && address.span
        ? address.span
        : node.span.file.path === path
          ? node.span
          : undefined
  if (span) lenses.push({ span, title: `Simulate losing ${node.name}…`, command: lose(`node:${node.name}`) })
  return lenses
}
