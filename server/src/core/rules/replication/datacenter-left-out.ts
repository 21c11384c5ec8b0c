/** A keyspace that keeps nothing in a datacenter of its cluster. */
import { stands } from '../../model/keyspace-situation.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { spanOf } from '../../text/span.ts'
import { rule } from '../rule.ts'
import { datacenterKey, keyspaceKey, list } from '../words.ts'
import { operationalDatacenters, writtenMap } from './replication-words.ts'

export default rule({
  id: 'replication/datacenter-left-out',
  scope: 'keyspace',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'keyspace without copies in an operational datacenter',
  why: 'Clients of that datacenter read and write over the wide-area network, and LOCAL_QUORUM or LOCAL_ONE always fail there.',
  remedy: 'Add the datacenter to the replication map and rebuild it, or declare its role in foretell.yaml.',
  sources: ['Apache Cassandra documentation: Adding a datacenter to a cluster', 'Cassandra: ConsistencyLevel.blockFor'],
  bad: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 info[replication/datacenter-left-out]: dc2\n",
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const factors = factorsOf(keyspace)
    const { cluster, replication, name } = keyspace
    if (!factors || !cluster || keyspace.isSystem || replication.kind !== 'network-topology' || !stands(keyspace)) return
    const serving = operationalDatacenters(cluster)
    const missing = serving.filter(datacenter => (factors.get(datacenter.name)?.total ?? 0) === 0)
    const held = serving.filter(datacenter => (factors.get(datacenter.name)?.total ?? 0) > 0)
    if (missing.length === 0 || held.length === 0) return
    const names = missing.map(datacenter => datacenter.name as string)
    yield {
      at: replication.span,
      message: `${name} keeps nothing in ${list(names, 6)}: there LOCAL_QUORUM and LOCAL_ONE on it always fail. Add ${
        names.length === 1 ? 'it' : 'them'
      } to the map and run nodetool rebuild, if clients use it there.`,
      about: [keyspaceKey(keyspace), ...names.map(datacenterKey)],
      fixes: () => {
        const last = writtenMap(keyspace)?.entries.at(-1)
        if (!last || missing.some(datacenter => writtenMap(keyspace)!.entries.some(({ key }) => key.text === datacenter.name))) return []
        const factor = Math.max(...held.map(datacenter => factors.get(datacenter.name)!.total))
        const newText = missing.map(datacenter => `, '${datacenter.name}': ${Math.min(factor, datacenter.nodes.length)}`).join('')
        const at = spanOf(last.span.file, last.span.end, last.span.end)
        return [{ title: `Add ${list(names, 6)}`, safe: false, edits: [{ at, newText }] }]
      },
    }
  },
})
