/** A datacenter in one rack, as far as Cassandra knows. */

import { isComplete } from '../../model/cluster.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey } from '../words.ts'

export default rule({
  id: 'topology/single-rack',
  scope: 'datacenter',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'datacenter with one rack',
  why: 'Cassandra spreads copies over racks, so that a power strip, a switch or a zone may fail. With one rack it cannot: copies land on any nodes.',
  remedy: 'When the nodes stand in several racks or zones, name these before nodes hold data; a rack cannot be changed later.',
  sources: ['Cassandra: NetworkTopologyStrategy', 'Apache Cassandra documentation: Snitch, racks'],
  bad: exampleCluster(
    '1x3',
    {},
    "#- dc1/db1/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n#    ^^ info[topology/single-rack]\n#- dc1/db2/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  ),
  good: '#- cluster: 1x3',
  *check(datacenter) {
    const { cluster, name, nodes, racks, racksUnknown } = datacenter
    if (racksUnknown || racks.length !== 1 || nodes.length < 3 || !isComplete(cluster)) return
    // Under these the one rack is no choice but the default.
    if (nodes.every(node => node.location.from === 'simple-snitch')) return
    const copies = cluster.keyspaces.reduce((most, keyspace) => Math.max(most, factorsOf(keyspace)?.get(name)?.total ?? 0), 0)
    if (copies < 2) return
    const place = nodes[0]!.location.rack
    yield {
      at: (place.kind === 'known' && place.span) || datacenter.span,
      message: `All ${nodes.length} nodes of ${name} are in rack ${racks[0]!.name}: what takes the rack takes the datacenter, and Cassandra cannot spread the ${copies} copies over racks.`,
      about: [datacenterKey(name)],
    }
  },
})
