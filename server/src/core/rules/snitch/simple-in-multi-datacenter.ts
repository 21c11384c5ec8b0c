/** SimpleSnitch knows one datacenter; whoever names others gets no replicas there. */
import type { Cluster } from '../../model/cluster.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { entryFor } from '../../syntax/properties.ts'
import type { Located } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list, nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/simple-in-multi-datacenter',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'SimpleSnitch in a cluster that names several datacenters',
  why: 'SimpleSnitch puts every node into datacenter1, rack1, whatever other files say. A keyspace that names another datacenter has no node there: its statement is refused from 4.0 on, and LOCAL_QUORUM never succeeds.',
  remedy:
    'Use GossipingPropertyFileSnitch with a cassandra-rackdc.properties per node. Nodes with data first keep their old names, datacenter1 and rack1.',
  sources: ['Cassandra: SimpleSnitch', 'Apache Cassandra documentation: Snitch classes'],
  bad: exampleCluster('2x2', {
    'dc1/db1': { endpoint_snitch: 'SimpleSnitch\n#                ^^^^^^^^^^^^ 💡 error[snitch/simple-in-multi-datacenter]: dc1 and dc2' },
    'dc1/db2': { endpoint_snitch: 'SimpleSnitch' },
    'dc2/db3': { endpoint_snitch: 'SimpleSnitch' },
    'dc2/db4': { endpoint_snitch: 'SimpleSnitch' },
  }),
  good: '#- cluster: 2x2',
  *check(cluster) {
    const nodes = cluster.nodes.filter(node => node.location.from === 'simple-snitch')
    const first = nodes[0]
    if (!first) return
    const inFiles = new Map<string, Located<string>>()
    for (const node of nodes) {
      const entry = entryFor(node.rackdc, 'dc')
      if (entry && !entry.placeholder && !inFiles.has(entry.value.trim()))
        inFiles.set(entry.value.trim(), { value: entry.value.trim(), span: entry.valueSpan })
    }
    for (const [name, datacenter] of cluster.isOnlyOne ? cluster.declared.datacenters : [])
      if (!inFiles.has(name)) inFiles.set(name, { value: name, span: datacenter.span })
    const inKeyspaces = namedByKeyspaces(cluster)
    // The shipped rackdc file says dc1 and is not read: one name alone is snitch/file-ignored's matter.
    const named = inFiles.size >= 2 ? new Map([...inFiles, ...inKeyspaces]) : inKeyspaces
    named.delete('datacenter1')
    if (named.size === 0) return
    const names = [...named.keys()]
    const span = first.snitch.kind === 'known' ? first.snitch.span : undefined
    const convertible = nodes.every(node => entryFor(node.rackdc, 'dc') && entryFor(node.rackdc, 'rack'))
    yield {
      at: span ?? first.span,
      message: `SimpleSnitch puts every node into datacenter1, rack1: replicas for ${list(names)} have no node. Use GossipingPropertyFileSnitch and a cassandra-rackdc.properties for each node.`,
      see: [
        ...[...named.values()].slice(0, 10).map(place => ({ at: place.span, message: `${place.value} is named here` })),
        ...nodes
          .slice(1, 11)
          .flatMap(node =>
            node.snitch.kind === 'known' && node.snitch.span && node.yaml !== first.yaml
              ? [{ at: node.snitch.span, message: `${node.name} too` }]
              : [],
          ),
      ],
      about: [`cluster:${cluster.name}`, ...nodes.map(nodeKey), ...names.map(datacenterKey), datacenterKey('datacenter1')],
      fixes: () => {
        const places = nodes.flatMap(node => (node.snitch.kind === 'known' && node.snitch.span ? [node.snitch.span] : []))
        const distinct = places.filter((place, index) => places.findIndex(other => other.file === place.file) === index)
        if (!convertible || distinct.length === 0) return []
        return [
          {
            title: 'Use GossipingPropertyFileSnitch on all nodes (nodes without data only)',
            safe: false,
            edits: distinct.map(at => ({ at, newText: 'GossipingPropertyFileSnitch' })),
          },
        ]
      },
    }
  },
})

function namedByKeyspaces(cluster: Cluster): Map<string, Located<string>> {
  const named = new Map<string, Located<string>>()
  for (const keyspace of cluster.keyspaces) {
    if (keyspace.replication.kind !== 'network-topology') continue
    const factors = factorsOf(keyspace)
    for (const { datacenter } of keyspace.replication.factors) {
      const factor = factors?.get(datacenter.value)
      if (factor && factor.total > 0 && !named.has(datacenter.value)) named.set(datacenter.value, datacenter)
    }
  }
  return named
}
