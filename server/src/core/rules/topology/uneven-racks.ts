/** Each rack gets a copy, however few nodes it has. */

import { isComplete } from '../../model/cluster.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { count, datacenterKey, trimNumber } from '../words.ts'

export default rule({
  id: 'topology/uneven-racks',
  scope: 'datacenter',
  effects: ['breaks-later', 'costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'racks with different numbers of nodes',
  why: 'NetworkTopologyStrategy puts a copy into every rack before any gets a second one, so a rack with half the nodes carries the same data on half the disks: they fill first and serve most.',
  remedy: 'Give all racks of a datacenter the same number of nodes.',
  sources: ['Cassandra: NetworkTopologyStrategy', 'Apache Cassandra documentation: Adding nodes'],
  bad: exampleCluster(
    '1x4',
    {},
    "#- dc1/db4/cassandra-rackdc.properties\ndc=dc1\nrack=r3\n#- dc1/db1/cassandra-rackdc.properties\ndc=dc1\nrack=r1\n#    ^^ warning[topology/uneven-racks]: r1\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  ),
  good: '#- cluster: 1x3',
  *check(datacenter) {
    const { cluster, name, racks, racksUnknown } = datacenter
    if (racksUnknown || racks.length < 2 || !isComplete(cluster)) return
    if (datacenter.declared?.state !== undefined || datacenter.nodes.some(node => node.declared.state !== undefined)) return
    const factors = cluster.keyspaces.map(keyspace => factorsOf(keyspace)?.get(name)?.total ?? 0)
    // With as many copies as nodes every node holds everything.
    if (!factors.some(factor => racks.length <= factor && factor < datacenter.nodes.length)) return
    const sorted = [...racks].sort((a, b) => a.nodes.length - b.nodes.length)
    const smallest = sorted[0]!
    const largest = sorted.at(-1)!
    if (smallest.nodes.length === largest.nodes.length) return
    const ratio = largest.nodes.length / smallest.nodes.length
    const place = smallest.nodes[0]!.location.rack
    yield {
      at: (place.kind === 'known' && place.span) || datacenter.span,
      effect: ratio >= 2 ? 'breaks-later' : 'costs',
      message: `In ${name} rack ${smallest.name} has ${count(smallest.nodes.length, 'node')} and ${largest.name} ${largest.nodes.length}, yet each rack gets a copy: the nodes of ${smallest.name} carry up to ${trimNumber(ratio)} times the data.`,
      about: [datacenterKey(name)],
    }
  },
})
