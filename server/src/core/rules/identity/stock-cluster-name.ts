/** The name that every fresh installation has is no name for a cluster of several nodes. */
import { knownValue } from '../../text/fact.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'identity/stock-cluster-name',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'several nodes under the stock name "Test Cluster"',
  why: 'The name is the only thing that keeps two clusters apart when a node of one is given a seed of the other. The shipped name protects from nothing, and it cannot be changed once nodes hold data.',
  remedy: 'Choose a name of your own before the first start. A running cluster keeps its name.',
  sources: [
    'Cassandra: SystemKeyspace (Saved cluster name … != configured name)',
    'Apache Cassandra documentation: cassandra.yaml, cluster_name',
  ],
  bad: `
#- a/cassandra.yaml
cluster_name: 'Test Cluster'
#             ^^^^^^^^^^^^^^ info[identity/stock-cluster-name]
listen_address: 10.0.0.1
endpoint_snitch: SimpleSnitch
partitioner: Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.0.0.1"
#- b/cassandra.yaml
cluster_name: 'Test Cluster'
listen_address: 10.0.0.2
endpoint_snitch: SimpleSnitch
partitioner: Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.0.0.1"
`,
  good: '#- cluster: 1x3',
  *check(cluster) {
    if (cluster.nodes.length < 2) return
    const stock = cluster.nodes.filter(node => knownValue(node.clusterName) === 'Test Cluster')
    const first = stock[0]
    if (!first || stock.length < 2) return
    const span = first.clusterName.kind === 'known' ? first.clusterName.span : undefined
    yield {
      at: span ?? first.span,
      message: `The cluster of these ${stock.length} nodes is called "Test Cluster", as in every fresh installation. Two such clusters merge when a node of one ever meets a seed of the other, and the name cannot be changed later: choose your own before the first start.`,
      about: [`cluster:${cluster.name}`, 'setting:cluster_name'],
    }
  },
})
