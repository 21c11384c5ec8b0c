/** A file that every other node has. */
import type { Node } from '../../model/node.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const kinds: readonly { readonly name: string; readonly has: (node: Node) => boolean; readonly needed: (node: Node) => boolean }[] = [
  {
    name: 'cassandra-rackdc.properties',
    has: ({ rackdc }) => rackdc !== undefined,
    needed: ({ declared, location }) => declared.datacenter === undefined && declared.rack === undefined && location.from !== 'compose',
  },
  { name: 'WireGuard file', has: ({ wireguard }) => wireguard.length > 0, needed: ({ declared }) => declared.address === undefined },
]

const yaml = (number: number, mark = '') => `#- db${number}/cassandra.yaml
cluster_name: prod${mark}
num_tokens: 16
listen_address: 10.20.1.1${number}
endpoint_snitch: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.11,10.20.1.12"
`
const rackdc = (number: number) => `#- db${number}/cassandra-rackdc.properties
dc=dc1
rack=r${number}
`

export default rule({
  id: 'drift/file-missing',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'file that every other node has',
  why: 'A node whose rackdc or WireGuard file is not in the repository is configured by hand, or not at all: nothing here can tell where it stands or how it is reached, and rebuilding it from the repository fails.',
  remedy: 'Add the file, or say in foretell.yaml where the node stands.',
  sources: ['Montecristo (Apache Cassandra health checks): configuration drift', 'Cassandra: GossipingPropertyFileSnitch'],
  bad: `${yaml(1)}${rackdc(1)}${yaml(2)}${rackdc(2)}${yaml(3, '\n#^^^^^^^^^^^^^^^^^ warning[drift/file-missing]: db3')}`,
  good: exampleCluster('1x3', {}),
  *check(cluster) {
    const { nodes } = cluster
    if (nodes.length < 3 || cluster.templates.length > 0) return
    for (const { name, has, needed } of kinds) {
      const without = nodes.filter(node => !has(node))
      const [odd] = without
      if (!odd || without.length > 1 || !needed(odd) || odd.addressesRewritten) continue
      yield {
        at: odd.span,
        message: `${odd.name} has no ${name}, and the ${nodes.length - 1} other nodes do: what stands on that host is not in these files.`,
        about: [nodeKey(odd)],
      }
    }
  },
})
