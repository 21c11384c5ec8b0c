/** Promises that do not hold. */
import { parseAssertion } from '../../model/assertion.ts'
import { judgeAssertion } from '../../model/assertion-verdict.ts'
import { rule } from '../rule.ts'
import { datacenterKey } from '../words.ts'

const files = (assertion: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
assertions:
${assertion}`

export default rule({
  id: 'assertions/failed',
  scope: 'cluster',
  effects: ['breaks-promise'],
  certainty: 'proven',
  releases: 'all',
  title: 'promise that does not hold',
  why: 'foretell.yaml promises what the cluster survives, and these files do not keep it: there is a loss within the promise after which requests fail.',
  remedy: 'Change factors, racks, levels or tunnels until it holds; or change the promise.',
  sources: ['Cassandra: ConsistencyLevel.blockFor', 'Cassandra: NetworkTopologyStrategy'],
  bad: files(`  - shop QUORUM from dc1 survives any 1 datacenter
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[assertions/failed]: dc2
`),
  good: files('  - shop LOCAL_QUORUM from dc1 survives any 1 rack\n  - shop survives any 1 datacenter\n'),
  *check(cluster) {
    for (const declared of cluster.declared.assertions) {
      const assertion = parseAssertion(declared)
      if (assertion.kind === 'unreadable') continue
      const verdict = judgeAssertion(cluster, assertion)
      if (verdict.kind !== 'failed') continue
      const keyspace = cluster.keyspaces.find(({ name }) => name === verdict.keyspace)
      // Only a single thing that is fatal is what the failure/* rules tell of, too.
      const explains = verdict.size <= 1 && verdict.keyspace !== undefined
      yield {
        at: declared.span,
        message: `"${declared.value}" fails: ${verdict.because}.`,
        see: keyspace ? [{ at: keyspace.statement, message: `replication of ${keyspace.name}` }] : [],
        about: [
          ...(verdict.keyspace === undefined ? [] : ([`keyspace:${verdict.keyspace}`] as const)),
          ...(explains ? ([`workload:${verdict.keyspace}`] as const) : []),
          ...verdict.datacenters.map(datacenterKey),
          `cluster:${cluster.name}`,
        ],
      }
    }
  },
})
