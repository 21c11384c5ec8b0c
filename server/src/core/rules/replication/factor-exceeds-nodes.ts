/** More copies than nodes: the copies are not made, yet consistency levels count them. */
import { knownDatacenters, stands } from '../../model/keyspace-situation.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { knownValue } from '../../text/fact.ts'
import type { Span } from '../../text/span.ts'
import { rule } from '../rule.ts'
import { count, datacenterKey, keyspaceKey } from '../words.ts'
import { entryOfDatacenter } from './replication-words.ts'

export default rule({
  id: 'replication/factor-exceeds-nodes',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'replication factor above the number of nodes',
  why: 'Cassandra keeps as many copies as there are nodes, but a quorum is computed from the factor as it is written. With two nodes and a factor of three, LOCAL_QUORUM needs both.',
  remedy: 'Set the factor to the number of nodes, or add nodes.',
  sources: ['Cassandra: NetworkTopologyStrategy.maybeWarnOnOptions, ConsistencyLevel.blockFor'],
  bad: "#- cluster: 2x2\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2, 'dc2': 3};\n--                                                                                            ^ 💡 warning[replication/factor-exceeds-nodes]: 2 nodes\n",
  good: "#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const known = knownDatacenters(keyspace.cluster)
    // The server warns of none of its own keyspaces.
    if (!known || keyspace.isSystem || !stands(keyspace)) return
    const { name, replication } = keyspace
    const all = [...known.values()].reduce((sum, nodes) => sum + nodes, 0)
    const found: { factor: number; nodes: number; datacenter: string | undefined; at: Span; written: boolean }[] = []
    if (replication.kind === 'simple') {
      const factor = knownValue(replication.factor)?.total ?? 0
      const at = replication.factor.kind === 'known' ? replication.factor.span : undefined
      if (factor > all && all > 0)
        found.push({ factor, nodes: all, datacenter: undefined, at: at ?? replication.span, written: at !== undefined })
    }
    for (const [datacenter, { total }] of factorsOf(keyspace) ?? []) {
      const nodes = known.get(datacenter) ?? 0
      const entry = entryOfDatacenter(keyspace, datacenter)
      const others =
        replication.kind === 'network-topology' && replication.otherDatacenters.kind === 'known'
          ? replication.otherDatacenters.span
          : undefined
      if (nodes > 0 && total > nodes)
        found.push({
          factor: total,
          nodes,
          datacenter,
          at: entry?.value?.span ?? others ?? replication.span,
          written: entry?.value !== undefined,
        })
    }
    for (const { factor, nodes, datacenter, at, written } of found)
      yield {
        at,
        message: `${datacenter ?? 'The cluster'} has ${count(nodes, 'node')} for ${factor} copies of ${name}: ${
          nodes === 1 ? 'one is' : `${nodes} are`
        } kept, and ${datacenter ? 'LOCAL_QUORUM' : 'QUORUM'} still asks for ${Math.floor(factor / 2) + 1}.`,
        about: [keyspaceKey(keyspace), ...(datacenter ? [datacenterKey(datacenter)] : [])],
        fixes: () => (written ? [{ title: `Write ${nodes}`, safe: false, edits: [{ at, newText: String(nodes) }] }] : []),
      }
  },
})
