/** TLS that asks nobody who he is. */
import { clientEncryption, internodeEncryption } from '../../model/encryption.ts'
import { booleanInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'security/mutual-tls-off',
  scope: 'node',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'TLS without client certificates',
  why: 'Without require_client_auth only the server shows a certificate. Whoever trusts the CA may open a connection, between nodes even as a node.',
  remedy: 'Set require_client_auth: true and give each side a certificate, with a truststore that holds the CA.',
  sources: ['cassandra.yaml: require_client_auth', 'Apache Cassandra documentation: TLS/SSL encryption'],
  bad: exampleCluster('1x1', {
    'dc1/db1': {
      server_encryption_options:
        '\n  internode_encryption: all\n#                       ^^^ info[security/mutual-tls-off]: require_client_auth\n  require_client_auth: false',
    },
  }),
  good: exampleCluster('1x1', { 'dc1/db1': { server_encryption_options: '\n  internode_encryption: all\n  require_client_auth: true' } }),
  *check(node) {
    const between = internodeEncryption(node)
    const mutual = booleanInEachRelease(node, 'server_encryption_options.require_client_auth', false)
    if (between.kind === 'known' && between.value === 'all' && between.span && knownValue(mutual) === false)
      yield {
        at: between.span,
        message: `Any host that trusts the CA may connect to ${sayNode(node)} as a node: require_client_auth identifies both ends.`,
        about: [nodeKey(node), 'setting:server_encryption_options'],
      }
    const clients = clientEncryption(node)
    const asked = booleanInEachRelease(node, 'client_encryption_options.require_client_auth', false)
    if (clients.kind === 'known' && clients.value === 'on' && clients.span && knownValue(asked) === false)
      yield {
        at: clients.span,
        message: `Any client that trusts the CA may connect to ${sayNode(node)}: require_client_auth asks for a certificate of its own.`,
        about: [nodeKey(node), 'setting:client_encryption_options'],
      }
  },
})
