/** Datacenters that serve the same users with different numbers of copies. */
import { stands } from '../../model/keyspace-situation.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { rule } from '../rule.ts'
import { keyspaceKey, list } from '../words.ts'
import { operationalDatacenters } from './replication-words.ts'

export default rule({
  id: 'replication/uneven-factors',
  scope: 'keyspace',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'different factors in operational datacenters',
  why: 'The datacenter with fewer copies loses LOCAL_QUORUM with fewer lost nodes; when clients fail over to it, they get less than they had.',
  remedy: 'Use one factor for all datacenters that serve users; declare the role of an analytics or search datacenter in foretell.yaml.',
  sources: ['Apache Cassandra documentation: Dynamo, multi-datacenter replication'],
  bad: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 2};\n--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[replication/uneven-factors]: 3 in dc1\n",
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const factors = factorsOf(keyspace)
    const { cluster } = keyspace
    if (!factors || !cluster || keyspace.isSystem || !stands(keyspace)) return
    const held = operationalDatacenters(cluster).flatMap(({ name }) => {
      const total = factors.get(name)?.total ?? 0
      return total > 0 ? [{ name: name as string, total }] : []
    })
    const least = held.reduce<(typeof held)[number] | undefined>((a, b) => (!a || b.total < a.total ? b : a), undefined)
    if (!least || held.every(({ total }) => total === least.total)) return
    yield {
      at: keyspace.replication.span,
      message: `${keyspace.name} keeps ${list(
        held.map(({ name, total }) => `${total} in ${name}`),
        6,
      )}: ${least.name} tolerates less than the others, also when it has to take over their clients.`,
      about: [keyspaceKey(keyspace)],
    }
  },
})
