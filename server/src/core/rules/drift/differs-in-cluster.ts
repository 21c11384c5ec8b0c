/** Settings that decide for the whole cluster, set differently on some nodes. */
import { opinions } from '../../model/agreement.ts'
import { topologyTable } from '../../model/location.ts'
import type { Node } from '../../model/node.ts'
import { type ComparedSettings, disagreements, majorityEdit, sayValue } from '../../model/settings/compare-nodes.ts'
import { type Fact, known, knownValue, unknown } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

const shared = new Set([
  'authenticator',
  'authorizer',
  'role_manager',
  'network_authorizer',
  'paxos_variant',
  'transient_replication_enabled',
  'default_keyspace_rf',
  'user_defined_functions_enabled',
  'scripted_user_defined_functions_enabled',
  'materialized_views_enabled',
  'hinted_handoff_enabled',
])

const compared: ComparedSettings = {
  concerns: name => shared.has(name) || name.endsWith('_disallowed') || name.endsWith('_fail_threshold'),
  nested: ['client_encryption_options.enabled'],
}

export default rule({
  id: 'drift/differs-in-cluster',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'cluster-wide setting that differs between nodes',
  why: 'Logins, guardrails, Paxos and schema features are decided by whichever node a client happens to talk to. Where nodes differ, the same request works on one and is refused on the next, or is guarded on one and not on the other.',
  remedy: 'Give all nodes the same value; roll a change out to every node.',
  sources: ['Cassandra: DatabaseDescriptor, Guardrails, AuthConfig', 'Montecristo (Apache Cassandra health checks): configuration drift'],
  bad: exampleCluster('1x3', {
    'dc1/db1': { authenticator: 'PasswordAuthenticator' },
    'dc1/db2': { authenticator: 'PasswordAuthenticator' },
    'dc1/db3': {
      authenticator: 'AllowAllAuthenticator\n#              ^^^^^^^^^^^^^^^^^^^^^ 💡 warning[drift/differs-in-cluster]: db1 and db2',
    },
  }),
  good: exampleCluster('1x3', {
    'dc1/db1': { authenticator: 'PasswordAuthenticator' },
    'dc1/db2': { authenticator: 'org.apache.cassandra.auth.PasswordAuthenticator' },
    'dc1/db3': { authenticator: 'PasswordAuthenticator' },
  }),
  *check(cluster) {
    for (const { name, opinions } of disagreements(cluster.nodes, compared)) {
      const [most, ...others] = opinions
      const usual = most!.holders.find(({ span }) => span) ?? most!.holders[0]!
      for (const other of others) {
        const odd = other.holders.find(({ span }) => span) ?? other.holders[0]!
        const nodes = list(other.holders.map(({ node }) => node.name))
        yield {
          at: odd.span ?? odd.node.span,
          message: `${name} is ${sayValue(odd, name)} on ${nodes}, and ${sayValue(usual, name)} on ${list(most!.holders.map(({ node }) => node.name))}: what a client may do depends on the node it talks to. Use one value.`,
          see: usual.span ? [{ at: usual.span, message: `${name} on ${usual.node.name}` }] : [],
          about: [...other.holders.slice(0, 20).map(({ node }) => nodeKey(node)), `setting:${name}`],
          fixes: () => {
            const edits = other.holders.flatMap(holder => majorityEdit(holder, most!) ?? [])
            return edits.length === 0 ? [] : [{ title: `Use the value of ${usual.node.name}`, safe: false, edits }]
          },
        }
      }
    }
    const [most, ...others] = opinions(cluster.nodes, topologyText)
    for (const other of others) {
      const [odd] = other.holders
      const file = odd!.node.topology!
      yield {
        at: file.entries[0]?.span ?? odd!.node.span,
        message: `cassandra-topology.properties of ${list(other.holders.map(({ node }) => node.name))} differs from that of ${list(most!.holders.map(({ node }) => node.name))}: they disagree where replicas live. Use the same file on every node.`,
        about: [...other.holders.slice(0, 20).map(({ node }) => nodeKey(node)), `file:${file.file.path}`],
      }
    }
  },
})

/** Where PropertyFileSnitch puts whom, in an order of its own. */
function topologyText(node: Node): Fact<string> {
  if (!node.topology || knownValue(node.snitch) !== 'PropertyFileSnitch') return unknown('no topology file decides')
  const { byAddress, fallback, complete } = topologyTable(node.topology)
  if (!complete || [...byAddress.values()].some(({ placeholder }) => placeholder))
    return unknown('the topology file names hosts or placeholders')
  const places = [...byAddress].map(([address, { value }]) => `${address}=${value.trim()}`).sort()
  return known(`${places.join('\n')}\n${fallback?.value ?? ''}`)
}
