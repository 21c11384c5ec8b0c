/** Several datacenters are easier to keep right with a file per node than with one file about all. */
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'

const topology = '10.20.1.11=dc1:r1\n10.20.2.11=dc2:r1\n'

export default rule({
  id: 'snitch/not-gossiping',
  scope: 'cluster',
  effects: ['costs'],
  certainty: 'advice',
  releases: 'all',
  title: 'several datacenters under a snitch that does not gossip',
  why: 'With PropertyFileSnitch every node needs a file that places all the others; with RackInferringSnitch the addresses must spell the places. A node that is added or moved has to be told to all.',
  remedy: 'Use GossipingPropertyFileSnitch: each node says its own place. Keep the same names when changing over.',
  sources: ['Apache Cassandra documentation: Snitch classes (GossipingPropertyFileSnitch is the go-to snitch for production)'],
  bad: exampleCluster(
    '2x1',
    {
      'dc1/db1': { endpoint_snitch: 'PropertyFileSnitch\n#                ^^^^^^^^^^^^^^^^^^ info[snitch/not-gossiping]' },
      'dc2/db2': { endpoint_snitch: 'PropertyFileSnitch' },
    },
    `#- dc1/db1/cassandra-topology.properties\n${topology}#- dc2/db2/cassandra-topology.properties\n${topology}`,
  ),
  good: '#- cluster: 2x1',
  *check(cluster) {
    if (cluster.datacenters.length < 2) return
    const nodes = cluster.nodes.filter(node => /^(?:PropertyFileSnitch|RackInferringSnitch)$/.test(knownValue(node.snitch) ?? ''))
    const first = nodes[0]
    if (!first) return
    yield {
      at: (first.snitch.kind === 'known' ? first.snitch.span : undefined) ?? first.span,
      message:
        knownValue(first.snitch) === 'PropertyFileSnitch'
          ? `Under PropertyFileSnitch every node needs the place of all ${cluster.nodes.length} in its own file. With GossipingPropertyFileSnitch each says its own: keep the same names.`
          : 'RackInferringSnitch reads datacenter and rack out of addresses, which a mesh rarely spells. With GossipingPropertyFileSnitch each node says its own place: keep the same names.',
      about: [`cluster:${cluster.name}`],
    }
  },
})
