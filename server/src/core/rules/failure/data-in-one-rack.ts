/** All copies of some data in one rack, though there are others. */
import { totalFactor } from '../../analysis/cluster-shape.ts'
import { allCopiesInOneRack } from '../../analysis/single-loss.ts'
import { isComplete } from '../../model/cluster.ts'
import { projectCluster } from '../../model/cluster-view.ts'
import { placedReplication } from '../../model/workload.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { datacenterKey, keyspaceKey } from '../words.ts'
import { sayShare } from '../workload-words.ts'

const tokens = (from: number) => `${from}, ${from + 1}`

export default rule({
  id: 'failure/data-in-one-rack',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'data whose copies are all in one rack',
  why: 'Copies protect only from what does not take them all at once. SimpleStrategy puts copies on the next nodes of the ring, whichever racks they are in; and a keyspace that is kept in one datacenter of a single rack has nowhere else to be.',
  remedy:
    'Use NetworkTopologyStrategy over racks: it spreads the copies of each range over as many racks as there are; or keep copies in a second datacenter.',
  sources: ['Cassandra: SimpleStrategy', 'Cassandra: NetworkTopologyStrategy'],
  bad: exampleCluster(
    '1x4',
    {
      'dc1/db1': { num_tokens: '2', initial_token: tokens(0) },
      'dc1/db2': { num_tokens: '2', initial_token: tokens(100) },
      'dc1/db3': { num_tokens: '2', initial_token: tokens(200) },
      'dc1/db4': { num_tokens: '2', initial_token: tokens(300) },
    },
    `#- dc1/db1/cassandra-rackdc.properties
dc=dc1
rack=r1
#- dc1/db2/cassandra-rackdc.properties
dc=dc1
rack=r1
#- dc1/db3/cassandra-rackdc.properties
dc=dc1
rack=r2
#- dc1/db4/cassandra-rackdc.properties
dc=dc1
rack=r2
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 2};
--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[failure/data-in-one-rack]: r1
`,
  ),
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || !replication || keyspace.isSystem || !isComplete(cluster) || totalFactor(replication) < 2) return
    if (cluster.datacenters.some(({ racksUnknown }) => racksUnknown)) return
    const racks = cluster.datacenters.flatMap(({ racks, name }) => racks.map(rack => ({ rack, datacenter: name as string })))
    if (racks.length < 2) return
    const report = (message: string, effect: Report['effect'], datacenters: readonly string[]): Report => ({
      at: keyspace.replication.span,
      effect: effect!,
      message,
      about: [keyspaceKey(keyspace), ...datacenters.map(datacenterKey)],
    })
    if (replication.kind === 'networkTopology') {
      const holders = cluster.datacenters.filter(({ name }) => (replication.factors.get(name)?.all ?? 0) > 0)
      const [only] = holders
      if (!only || holders.length > 1 || only.racks.length !== 1 || only.nodes.length < 2) return
      yield report(
        `All copies of ${keyspace.name} are in rack ${only.racks[0]!.name} of ${only.name}, the only rack there: what takes the rack takes the data. Keep copies in another datacenter, too.`,
        'breaks-later',
        [only.name],
      )
      return
    }
    const { ring, shape } = projectCluster(cluster).view
    if (ring) {
      const found = allCopiesInOneRack(ring, replication)
      const [first] = found.racks
      if (first === undefined) return
      const rack = shape.racks[first]!
      const more = found.racks.length > 1 ? ` (and in ${found.racks.length - 1} more)` : ''
      yield report(
        `${found.share === undefined ? 'Part' : sayShare(found.share)} of ${keyspace.name} has all its copies in one rack, such as ${rack.name} of ${shape.datacenters[rack.datacenter]}${more}: what takes the rack takes that data. NetworkTopologyStrategy spreads copies over racks.`,
        'breaks-later',
        [shape.datacenters[rack.datacenter]!],
      )
      return
    }
    const copies = Math.min(replication.factor.all, cluster.nodes.length)
    const large = racks.find(({ rack }) => rack.nodes.length >= copies)
    if (!large || copies < 2) return
    yield report(
      `SimpleStrategy ignores racks: all ${copies} copies of some data of ${keyspace.name} may lie in one rack, such as ${large.rack.name} of ${large.datacenter}. NetworkTopologyStrategy spreads them.`,
      'informs',
      [large.datacenter],
    )
  },
})
