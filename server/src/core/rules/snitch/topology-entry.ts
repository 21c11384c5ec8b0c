/** PropertyFileSnitch finds every node, itself first, in cassandra-topology.properties. */
import { locationSources, topologyEntry, topologyPlace } from '../../model/location.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/topology-entry',
  scope: 'node',
  effects: ['refuses', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'topology file without a usable entry',
  why: 'PropertyFileSnitch (6.0: TopologyFileLocationProvider) does not start when the file has neither an entry for this node’s broadcast address nor a default. A value that is not DC:RACK silently becomes default:default.',
  remedy: 'Write one line per node, address=DC:RACK, the same file on all nodes.',
  sources: ['Cassandra: PropertyFileSnitch'],
  bad: exampleCluster(
    '1x1',
    { 'dc1/db1': { endpoint_snitch: 'PropertyFileSnitch' } },
    '#- dc1/db1/cassandra-topology.properties\n10.20.1.99=dc1:r1\n#^^^^^^^^^^^^^^^^ error[snitch/topology-entry]: 10.20.1.11\n10.20.1.98=dc1\n#          ^^^ warning[snitch/topology-entry]: default:default\n',
  ),
  good: exampleCluster(
    '1x1',
    { 'dc1/db1': { endpoint_snitch: 'PropertyFileSnitch' } },
    '#- dc1/db1/cassandra-topology.properties\n10.20.1.11=dc1:r1\n',
  ),
  *check(node) {
    const { topology } = node
    const snitch = knownValue(node.snitch)
    if (!topology || snitch === undefined || locationSources[snitch] !== 'topology' || node.addressesRewritten) return
    const own = knownValue(node.addresses.effectiveBroadcast)
    const { file } = topology
    if (own !== undefined && topology.problems.length === 0 && topologyEntry(topology, own) === undefined)
      yield {
        at: topology.entries[0]?.span ?? { file, start: 0, end: 0 },
        effect: 'refuses',
        message: `${node.name} refuses to start: no line for ${own} and no default. Write ${own}=DC:RACK.`,
        about: [nodeKey(node), `file:${file.path}`],
      }
    for (const entry of topology.entries) {
      if (entry.placeholder || topologyPlace(entry).wholeParts) continue
      yield {
        at: entry.valueSpan,
        effect: 'breaks-later',
        message: `\`${entry.value.trim()}\` is not DC:RACK: ${entry.key} is placed in default:default. Write both parts.`,
        about: [`file:${file.path}`, `line:${file.path}:${entry.key}`],
      }
    }
  },
})
