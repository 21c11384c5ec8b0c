/** With fewer racks than copies, some rack holds several copies. */

import { isComplete } from '../../model/cluster.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey } from '../words.ts'

export default rule({
  id: 'topology/racks-fewer-than-factor',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'fewer racks than replicas in a datacenter',
  why: 'NetworkTopologyStrategy gives every rack a copy before any gets a second one. With two racks and three copies one rack holds two of them: losing that rack loses the quorum of that data.',
  remedy: 'Use as many racks as copies, each with the same number of nodes; or one rack only, where racks mean nothing.',
  sources: ['Cassandra: NetworkTopologyStrategy'],
  bad: exampleCluster(
    '1x3',
    {},
    "#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r2\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n--                                                                                  ^ warning[topology/racks-fewer-than-factor]: 2 racks\n",
  ),
  good: "#- cluster: 1x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n",
  *check(keyspace) {
    const { cluster, replication } = keyspace
    const factors = factorsOf(keyspace)
    if (!cluster || !factors || !isComplete(cluster) || replication.kind !== 'network-topology') return
    for (const datacenter of cluster.datacenters) {
      const factor = factors.get(datacenter.name)?.total ?? 0
      const racks = datacenter.racks.length
      if (datacenter.racksUnknown || racks <= 1 || racks >= factor) continue
      const written = replication.factors.find(one => one.datacenter.value === datacenter.name)
      const span = written && (written.factor.kind === 'known' ? written.factor.span : undefined)
      yield {
        at: span ?? keyspace.statement,
        message: `${keyspace.name} keeps ${factor} copies in ${racks} racks of ${datacenter.name}: one rack holds at least ${Math.ceil(factor / racks)} of them, and all of them fail with it. Use ${factor} racks.`,
        see: datacenter.racks.slice(0, 5).flatMap(rack => {
          const place = rack.nodes[0]!.location.rack
          return place.kind === 'known' && place.span
            ? [{ at: place.span, message: `rack ${rack.name}: ${rack.nodes.length === 1 ? '1 node' : `${rack.nodes.length} nodes`}` }]
            : []
        }),
        about: [keyspaceKey(keyspace), datacenterKey(datacenter.name)],
      }
    }
  },
})
