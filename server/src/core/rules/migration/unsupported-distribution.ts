/** Files of products that share Cassandra's file names but not its settings. */
import { foreignDistribution } from '../../model/settings/distribution.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'

export default rule({
  id: 'migration/unsupported-distribution',
  scope: 'node',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'configuration of another product or of a release before 3.0',
  why: 'Its settings are not those of Apache Cassandra 3.11 and later, so what would be refused cannot be said.',
  remedy:
    'Nothing: addresses, seeds, topology and tunnels are judged all the same. To see what Apache Cassandra would say, state a release.',
  sources: ['DataStax Enterprise, ScyllaDB and Cassandra 2.2 documentation: their configuration files'],
  bad: `#- cassandra.yaml
cluster_name: prod
native_transport_address: 10.0.0.1
#^^^^^^^^^^^^^^^^^^^^^^^ info[migration/unsupported-distribution]: DataStax Enterprise
tpc_cores: 8
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
`,
  good: '#- cluster: 1x1',
  *check(node) {
    if (!node.yaml || node.release.stated) return
    const foreign = foreignDistribution(node.yaml)
    if (!foreign) return
    yield {
      at: foreign.at,
      message: `This is a file of ${foreign.name}${foreign.keys.length > 0 ? ` (${list(foreign.keys)})` : ''}: its settings are not judged; seeds, topology and mesh are.`,
      about: [`file:${node.yaml.file.path}`],
    }
  },
})
