/** Datacenters that hold the same copies should have the same shape. */

import { isComplete } from '../../model/cluster.ts'
import type { Datacenter } from '../../model/datacenter.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { count, datacenterKey } from '../words.ts'

export default rule({
  id: 'topology/asymmetric-datacenters',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'datacenters with the same copies and different shapes',
  why: 'When one datacenter has to carry the other’s clients, it should bear the same failures. With another number of racks, or less than half the nodes, it does not.',
  remedy:
    'Give operational datacenters the same racks and about the same number of nodes; declare analytics datacenters with their role in foretell.yaml.',
  sources: ['Apache Cassandra documentation: Production recommendations', 'Cassandra: NetworkTopologyStrategy'],
  bad: `${exampleCluster('2x3', {})}
#- dc2/db5/cassandra-rackdc.properties
dc=dc2
rack=r1
#- dc2/db6/cassandra-rackdc.properties
dc=dc2
rack=r1
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
`,
  good: '#- cluster: 2x3',
  *check(cluster) {
    if (!isComplete(cluster)) return
    const operational = cluster.datacenters.filter(
      datacenter =>
        !datacenter.racksUnknown &&
        datacenter.declared?.state === undefined &&
        (datacenter.declared?.role ?? 'operational') === 'operational',
    )
    const [first, ...others] = operational
    if (!first) return
    const keyspaces = cluster.keyspaces.flatMap(keyspace => factorsOf(keyspace) ?? [])
    for (const other of others) {
      const shared = keyspaces.some(factors => {
        const factor = factors.get(first.name)?.total ?? 0
        return factor > 0 && factors.get(other.name)?.total === factor
      })
      const ratio = Math.max(first.nodes.length, other.nodes.length) / Math.min(first.nodes.length, other.nodes.length)
      if (!shared || (first.racks.length === other.racks.length && ratio <= 2)) continue
      yield {
        at: other.span,
        message: `${first.name} has ${shape(first)}, ${other.name} ${shape(other)}, for the same copies: failures, repairs and a failover behave differently in the two.`,
        see: [{ at: first.span, message: shape(first) }],
        about: [datacenterKey(first.name), datacenterKey(other.name)],
      }
    }
  },
})

function shape(datacenter: Datacenter): string {
  return `${count(datacenter.nodes.length, 'node')} in ${count(datacenter.racks.length, 'rack')}`
}
