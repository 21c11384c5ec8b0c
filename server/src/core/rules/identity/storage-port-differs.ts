/** Before 4.0 all nodes must listen on one port. */
import { opinions } from '../../model/agreement.ts'
import { internodeEncryption } from '../../model/encryption.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

const old = { commitlog_sync_period: undefined, commitlog_sync_period_in_ms: '10000' }

export default rule({
  id: 'identity/storage-port-differs',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: ['3.11'],
  title: 'nodes of a 3.x cluster with different storage ports',
  why: 'Before 4.0 a node dials every other on its own storage_port (with TLS on its ssl_storage_port). Nodes with another one are never reached.',
  remedy: 'Use one port on all nodes. From 4.0 ports may differ.',
  sources: ['Cassandra: OutboundTcpConnectionPool', 'NEWS 4.0: nodes may use different ports'],
  bad: `#- cassandra: 3.11\n${exampleCluster('1x3', {
    'dc1/db1': old,
    'dc1/db2': old,
    'dc1/db3': { ...old, storage_port: '7010\n#             ^^^^ error[identity/storage-port-differs]: 7000' },
  })}`,
  good: '#- cassandra: 3.11\n#- cluster: 1x3',
  *check(cluster) {
    const encrypted = cluster.nodes.some(node => (knownValue(internodeEncryption(node)) ?? 'none') !== 'none')
    for (const name of ['storage_port', ...(encrypted ? ['ssl_storage_port'] : [])]) {
      const [most, ...others] = opinions(cluster.nodes, node => numberInEachRelease(node, name))
      if (!most) continue
      for (const other of others)
        for (const { node, span } of other.holders)
          yield {
            at: span ?? node.span,
            message: `Every 3.x node dials the others on its own port: ${node.name} has ${name} ${other.value}, ${list(most.holders.map(holder => holder.node.name))} ${most.value}. Use one port.`,
            about: [nodeKey(node), `setting:${name}`],
          }
    }
  },
})
