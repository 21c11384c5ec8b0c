/** A small cluster for conversations: two datacenters of three racks with a node each, a keyspace on both, nothing wrong. */

export function twoDatacenters(): Record<string, string> {
  const files: Record<string, string> = {
    'schema.cql': "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  }
  for (const datacenter of [1, 2]) {
    for (const rack of [1, 2, 3]) {
      const folder = `dc${datacenter}/db${datacenter}${rack}`
      files[`${folder}/cassandra.yaml`] = yamlOf(datacenter, rack)
      files[`${folder}/cassandra-rackdc.properties`] = `dc=dc${datacenter}\nrack=r${rack}\n`
    }
  }
  return files
}

export function yamlOf(datacenter: number, rack: number): string {
  return `cluster_name: prod
num_tokens: 16
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period: 10s
endpoint_snitch: GossipingPropertyFileSnitch
allocate_tokens_for_local_replication_factor: 3
listen_address: 10.20.${datacenter}.${rack}
rpc_address: 10.20.${datacenter}.${rack}
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "10.20.1.1,10.20.1.2,10.20.2.1,10.20.2.2"
`
}
