/** Factors that are not written for each datacenter: they are those of the day on which the statement ran. */
import { replicationBehaves } from '../../catalog/cql-replication.ts'
import { keyspaceSettings } from '../../model/keyspace-settings.ts'
import { datacenterNames, lastStatement, stands } from '../../model/keyspace-situation.ts'
import { factorsOf } from '../../model/replication-map.ts'
import { knownValue } from '../../text/fact.ts'
import { rule } from '../rule.ts'
import { keyspaceKey, list } from '../words.ts'
import { networkTopologyMap, writtenMap } from './replication-words.ts'

export default rule({
  id: 'replication/implicit-factor',
  scope: 'keyspace',
  effects: ['informs', 'breaks-later'],
  certainty: 'proven',
  releases: ['4.0', '4.1', '5.0', '6.0'],
  title: 'factor that expands to the datacenters of today',
  why: '`replication_factor` with NetworkTopologyStrategy is written out for the datacenters that are known when the statement runs. One that joins later gets no copy until somebody alters the keyspace, and the file does not show it.',
  remedy: 'Write every datacenter with its factor.',
  sources: ['Cassandra: NetworkTopologyStrategy.prepareOptions', 'NEWS.txt of 4.0 and 4.1'],
  bad: "#- cassandra: 4.1\n#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': 3};\n--                                                                           ^^^^^^^^^^^^^^^^^^^^^^^ 💡 info[replication/implicit-factor]: dc1 and dc2\n",
  good: "#- cassandra: 4.1\n#- cluster: 2x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n",
  *check(keyspace) {
    const { name, replication, release } = keyspace
    const map = writtenMap(keyspace)
    if (replication.kind !== 'network-topology' || !map || !stands(keyspace)) return
    const names = datacenterNames(keyspace)
    const factors = factorsOf(keyspace)
    const fixes = () => {
      if (names.length === 0 || !factors || factors.size === 0) return []
      const newText = networkTopologyMap(
        [...factors].map(([datacenter, { total, transient }]) => [datacenter, transient > 0 ? `${total}/${transient}` : total]),
      )
      return [{ title: 'Write the datacenters out', safe: false, edits: [{ at: map.span, newText }] }]
    }
    const entry = map.entries.findLast(({ key }) => key.text === 'replication_factor')
    const where = names.length > 0 ? `in ${list(names, 6)}, the datacenters of today` : 'in the datacenters that are known when this runs'
    if (entry) {
      yield {
        at: entry.span,
        effect: 'informs',
        message: `${name} gets ${entry.value?.text ?? 'its'} copies ${where}; a datacenter that is added later gets none. Write each datacenter with its factor.`,
        about: [keyspaceKey(keyspace)],
        fixes,
      }
      return
    }
    const bare = map.entries.length === 1
    const creates = lastStatement(keyspace)?.kind === 'create-keyspace'
    const usual = knownValue(keyspaceSettings(keyspace.cluster).defaultFactor)
    if (!bare || !creates || usual !== 1 || !release.candidates.every(line => replicationBehaves('default-keyspace-factor', line))) return
    yield {
      at: map.span,
      effect: 'breaks-later',
      message: `${name} names no datacenter, so it gets default_keyspace_rf, which is 1: one copy ${where}. Write each datacenter with its factor.`,
      about: [keyspaceKey(keyspace)],
      fixes,
    }
  },
})
