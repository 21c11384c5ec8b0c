/** Zones of one region are racks of one datacenter. */
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey, list } from '../words.ts'

export default rule({
  id: 'topology/availability-zone-as-datacenter',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'availability zones used as datacenters',
  why: 'As datacenters each zone needs a quorum of its own, and LOCAL_QUORUM stops with the zone. As racks of one datacenter three zones hold one copy each, and LOCAL_QUORUM survives the loss of one.',
  remedy: 'Name the region as datacenter and the zone as rack, for a cluster that is still empty.',
  sources: ['Cassandra: Ec2Snitch (region as datacenter, zone as rack)', 'Apache Cassandra documentation: Snitch classes'],
  bad: exampleCluster(
    '2x1',
    {},
    '#- dc1/db1/cassandra-rackdc.properties\ndc=us-east-1a\n#  ^^^^^^^^^^ info[topology/availability-zone-as-datacenter]: us-east-1b\nrack=r1\n#- dc2/db2/cassandra-rackdc.properties\ndc=us-east-1b\nrack=r1\n',
  ),
  good: '#- cluster: 2x1',
  *check(cluster) {
    const regions = new Map<string, (typeof cluster.datacenters)[number][]>()
    for (const datacenter of cluster.datacenters) {
      const region = /^(.*\d)[a-z]$/i.exec(datacenter.name)?.[1]
      if (region !== undefined) regions.set(region, [...(regions.get(region) ?? []), datacenter])
    }
    for (const zones of regions.values()) {
      if (zones.length < 2) continue
      yield {
        at: zones[0]!.span,
        message: `${list(
          zones.map(zone => zone.name),
          6,
        )} are zones of one region; as racks of one datacenter LOCAL_QUORUM would survive the loss of one of them.`,
        see: zones.slice(1, 10).map(zone => ({ at: zone.span, message: `zone ${zone.name}` })),
        about: zones.map(zone => datacenterKey(zone.name)),
      }
    }
  },
})
