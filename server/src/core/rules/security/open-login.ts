/** A cluster that asks nobody for a password. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import { clientExposure } from '../../model/exposure.ts'
import { classSetting } from '../../model/identity-settings.ts'
import type { Node } from '../../model/node.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'security/open-login',
  scope: 'cluster',
  effects: ['exposes', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'cluster without login',
  why: 'With AllowAllAuthenticator, the default, whoever reaches the native port reads, writes and drops everything.',
  remedy:
    'Set authenticator: PasswordAuthenticator and authorizer: CassandraAuthorizer on all nodes, replicate system_auth to every datacenter first, and change the password of the cassandra role.',
  sources: ['cassandra.yaml: authenticator', 'Apache Cassandra documentation: Security, internal authentication'],
  bad: exampleCluster('1x2', {
    'dc1/db1': { rpc_address: '0.0.0.0\n#            ^^^^^^^ warning[security/open-login]: 9042', broadcast_rpc_address: '10.20.1.11' },
  }),
  good: exampleCluster('1x2', {
    'dc1/db1': { authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer' },
    'dc1/db2': { authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer' },
  }),
  *check(cluster) {
    if (cluster.nodes.length < 2) return
    const open = cluster.nodes.filter(asksNoLogin)
    for (const [exposure, effect] of [
      ['open', 'exposes'],
      ['inside', 'informs'],
    ] as const) {
      const nodes = open.filter(node => clientExposure(node) === exposure)
      const [first, ...rest] = placesOf(nodes, node => placeOf(classSetting(node.yaml, 'authenticator')) ?? placeOf(node.addresses.rpc))
      if (!first) continue
      const port = knownValue(numberInEachRelease(first.nodes[0]!, 'native_transport_port')) ?? 9042
      yield {
        at: first.at,
        effect,
        message: `Anyone who reaches ${knownValue(first.nodes[0]!.addresses.rpc)} port ${port} may read and write: ${list(nodes.map(node => node.name))} ask${nodes.length === 1 ? 's' : ''} for no login. Use PasswordAuthenticator and an authorizer.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
        about: [`cluster:${cluster.name}`, ...nodes.slice(0, 100).map(nodeKey), 'setting:authenticator'],
      }
      // The way from everywhere is the finding; that from inside goes with it.
      return
    }
  },
})

const asksNoLogin: (node: Node) => boolean = memo(node => {
  const authenticator = classSetting(node.yaml, 'authenticator')
  return authenticator.kind === 'absent' || knownValue(authenticator) === 'AllowAllAuthenticator'
})
