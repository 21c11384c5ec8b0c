/** Clusters, datacenters, racks, nodes and keyspaces of the workspace by name. */
import type { Snapshot } from '../workspace/snapshot.ts'
import type { WorkspaceSymbol } from './editor-types.ts'

/** Those whose name holds the letters of the query in their order; an empty query finds all. */
export function workspaceSymbolsOf(snapshot: Snapshot, query: string): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = []
  for (const cluster of snapshot.clusters) {
    const first = cluster.nodes[0]
    if (first) found.push({ name: cluster.name, kind: 'cluster', container: '', span: first.span })
    for (const { name, racks, span } of cluster.datacenters) {
      found.push({ name, kind: 'datacenter', container: cluster.name, span })
      for (const rack of racks) {
        const place = rack.nodes[0]?.location.rack
        found.push({ name: rack.name, kind: 'rack', container: name, span: place?.kind === 'known' && place.span ? place.span : span })
      }
    }
    for (const { name, span } of cluster.nodes) found.push({ name, kind: 'node', container: cluster.name, span })
  }
  for (const { name, nameSpan, cluster } of snapshot.keyspaces)
    found.push({ name, kind: 'keyspace', container: cluster?.name ?? '', span: nameSpan })
  return found.filter(symbol => holdsLetters(symbol.name.toLowerCase(), query.toLowerCase()))
}

function holdsLetters(name: string, letters: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = name.indexOf(letter, at)
    if (at < 0) return false
    at += letter.length
  }
  return true
}
