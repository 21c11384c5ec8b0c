/** A workspace of 1,000 nodes as a generator of the test writes it: two datacenters, five racks each, stock-sized settings. */
import type { SourceFile } from '../../server/src/core/text/source-file.ts'
import { readCorpus } from '../read-corpus.ts'

/** Files of `count` nodes in two datacenters; every cassandra.yaml is the stock file of 5.0 with a node's own values. */
export function manyNodes(count: number): SourceFile[] {
  const stock = readCorpus('stock/5.0.1').find(file => file.path === 'cassandra.yaml')!.text
  const address = (i: number) => `10.${Math.floor(i / 250) + 1}.${(i % 250) + 1}.1`
  const seeds = [0, 1, 2, count / 2, count / 2 + 1, count / 2 + 2].map(address).join(',')
  const files: SourceFile[] = []
  for (let i = 0; i < count; i++) {
    const datacenter = i < count / 2 ? 'dc1' : 'dc2'
    const folder = `${datacenter}/db${i}`
    const text = stock
      .replace(/^cluster_name: .*/m, 'cluster_name: big')
      .replace(/^listen_address: .*/m, `listen_address: ${address(i)}`)
      .replace(/^rpc_address: .*/m, `rpc_address: ${address(i)}`)
      .replace(/^endpoint_snitch: .*/m, 'endpoint_snitch: GossipingPropertyFileSnitch')
      .replace(/- seeds: .*/, `- seeds: "${seeds}"`)
    files.push({ path: `${folder}/cassandra.yaml`, text })
    files.push({ path: `${folder}/cassandra-rackdc.properties`, text: `dc=${datacenter}\nrack=r${i % 5}\n` })
  }
  const keyspaces = Array.from(
    { length: 50 },
    (_, i) => `CREATE KEYSPACE ks${i} WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': ${2 + (i % 2)}, 'dc2': 3};`,
  )
  files.push({ path: 'schema.cql', text: keyspaces.join('\n') })
  return files
}
