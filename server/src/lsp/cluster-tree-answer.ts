/** Answers the request for the tree of clusters: cluster › datacenter › rack › node › files, and its keyspaces. */

import { survivalInOneLine } from '../core/features/keyspace-hover.ts'
import { counted, whereabouts } from '../core/features/losable-things.ts'
import type { Cluster } from '../core/model/cluster.ts'
import type { Node } from '../core/model/node.ts'
import type { Span } from '../core/text/span.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import type { ClusterTreeAnswer, ClusterTreeNode, PlaceInFile } from './custom-requests.ts'
import { toLocation, type UriOf } from './to-lsp.ts'

export function clusterTree(snapshot: Snapshot, uriOf: UriOf): ClusterTreeAnswer {
  return { clusters: snapshot.clusters.map(cluster => clusterNode(cluster, uriOf)) }
}

function clusterNode(cluster: Cluster, uriOf: UriOf): ClusterTreeNode {
  const within = { cluster: cluster.name }
  const datacenters = cluster.datacenters.map((datacenter): ClusterTreeNode => {
    const inRacks = new Set(datacenter.racks.flatMap(rack => rack.nodes))
    const racks = datacenter.racks.map(
      (rack): ClusterTreeNode => ({
        kind: 'rack',
        name: rack.name,
        detail: counted(rack.nodes.length, 'node'),
        loseId: `rack:${datacenter.name}/${rack.name}`,
        ...within,
        children: rack.nodes.map(node => nodeNode(node, cluster, uriOf)),
      }),
    )
    return {
      kind: 'datacenter',
      name: datacenter.name,
      detail: `${counted(datacenter.nodes.length, 'node')}, ${counted(datacenter.racks.length, 'rack')}`,
      loseId: `dc:${datacenter.name}`,
      ...within,
      ...placed(datacenter.span, uriOf),
      children: [...racks, ...datacenter.nodes.filter(node => !inRacks.has(node)).map(node => nodeNode(node, cluster, uriOf))],
    }
  })
  const keyspaces = cluster.keyspaces
    .filter(keyspace => !keyspace.isSystem)
    .map(
      (keyspace): ClusterTreeNode => ({
        kind: 'keyspace',
        name: keyspace.name,
        detail: survivalInOneLine(keyspace) ?? '',
        ...within,
        ...placed(keyspace.nameSpan, uriOf),
        children: [],
      }),
    )
  return {
    kind: 'cluster',
    name: cluster.name,
    detail: `Cassandra ${cluster.release.line}${cluster.release.stated ? '' : ' (taken from its keys)'} · ${counted(cluster.nodes.length, 'node')}`,
    ...within,
    children: [...datacenters, ...cluster.nodesWithoutDatacenter.map(node => nodeNode(node, cluster, uriOf)), ...keyspaces],
  }
}

function nodeNode(node: Node, cluster: Cluster, uriOf: UriOf): ClusterTreeNode {
  const within = { cluster: cluster.name }
  return {
    kind: 'node',
    name: node.name,
    detail: whereabouts(node),
    loseId: `node:${node.name}`,
    ...within,
    ...placed(node.span, uriOf),
    children: node.files.map(file => ({
      kind: 'file',
      name: file.path.slice(file.path.lastIndexOf('/') + 1),
      detail: file.path,
      ...within,
      ...placed({ file, start: 0, end: 0 }, uriOf),
      children: [],
    })),
  }
}

function placed(span: Span, uriOf: UriOf): { readonly at?: PlaceInFile } {
  const at = toLocation(span, uriOf)
  return at ? { at } : {}
}
