/** Cassandra's own replicated keyspaces, whose defaults are made for one node. */
import { systemKeyspaces } from '../../catalog/cql-replication.ts'
import type { Cluster } from '../../model/cluster.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import { keyspaceSettings } from '../../model/keyspace-settings.ts'
import { stands } from '../../model/keyspace-situation.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { knownValue } from '../../text/fact.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'
import { networkTopologyMap } from './replication-words.ts'

const replicatedNames = ['system_auth', 'system_distributed', 'system_traces'] as const

export default rule({
  id: 'replication/system-keyspace-not-per-datacenter',
  scope: 'cluster',
  effects: ['breaks-later', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: "Cassandra's own keyspaces left at one datacenter",
  why: 'Roles and passwords live in system_auth, which starts with SimpleStrategy and one copy: while the node that holds it is down, or cut off with its datacenter, nobody can log in there.',
  remedy:
    'ALTER KEYSPACE system_auth to NetworkTopologyStrategy with every datacenter, then repair it; the same for system_distributed and system_traces.',
  sources: ['Apache Cassandra documentation: Security, authentication ("increase the replication factor")', 'Cassandra: AuthKeyspace'],
  bad: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n--              ^^^^ 💡 info[replication/system-keyspace-not-per-datacenter]: system_auth\n",
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\nALTER KEYSPACE system_auth WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(cluster) {
    if (cluster.nodes.length < 2) return
    const own = cluster.keyspaces.filter(({ name }) => (replicatedNames as readonly string[]).includes(name))
    const auth = own.find(({ name }) => name === 'system_auth')
    const login = knownValue(keyspaceSettings(cluster).loginRequired) === true
    if (auth) {
      if (!login || !stands(auth)) return
      const weak = weakness(auth, cluster)
      if (weak)
        yield {
          at: auth.replication.span,
          effect: 'breaks-later',
          message: `system_auth ${weak}: logins fail with the nodes that hold it. Give it copies in every datacenter.`,
          about: [`keyspace:${auth.name}`],
          fixes: () => fixOf(cluster, map => [{ at: auth.replication.span, newText: map }]),
        }
      return
    }
    const first = cluster.keyspaces.find(keyspace => !keyspace.isSystem)
    if (own.length > 0 || !first) return
    yield {
      at: first.nameSpan,
      effect: 'informs',
      message: `The schema says nothing of system_auth, system_distributed and system_traces: they start with SimpleStrategy and ${list(
        replicatedNames.map(name => String(systemKeyspaces[name]!.defaultFactor)),
      )} copies${login ? ', so logins fail with a single node' : ''}. Alter them to every datacenter too.`,
      about: ['keyspace:system_auth'],
      fixes: () =>
        fixOf(cluster, map => {
          const at = { file: first.statement.file, start: first.statement.end, end: first.statement.end }
          return [{ at, newText: replicatedNames.map(name => `\n\nALTER KEYSPACE ${name} WITH replication = ${map};`).join('') }]
        }),
    }
  },
})

function weakness(auth: Keyspace, cluster: Cluster): string | undefined {
  if (auth.replication.kind === 'simple') return 'uses SimpleStrategy'
  const factors = factorsOf(auth)
  if (!factors) return undefined
  const without = cluster.datacenters
    .filter(({ name, nodes }) => nodes.length > 0 && (factors.get(name)?.total ?? 0) === 0)
    .map(({ name }) => name as string)
  if (without.length > 0) return `keeps nothing in ${list(without, 5)}`
  const single = [...factors]
    .filter(([name, { total }]) => total === 1 && (cluster.datacenters.find(dc => dc.name === name)?.nodes.length ?? 0) > 1)
    .map(([name]) => name)
  return single.length > 0 ? `has one copy in ${list(single, 5)}` : undefined
}

function fixOf(cluster: Cluster, edits: (map: string) => readonly { at: Keyspace['statement']; newText: string }[]) {
  if (cluster.mayHaveNodesElsewhere || cluster.datacenters.length === 0) return []
  const map = networkTopologyMap(cluster.datacenters.map(({ name, nodes }) => [name, Math.max(1, Math.min(3, nodes.length))]))
  return [{ title: 'Give them copies in every datacenter', safe: false, edits: edits(map) }]
}
