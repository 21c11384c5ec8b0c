/** Promises that nobody can judge from these files. */
import { isLocal } from '../../analysis/consistency-level.ts'
import { parseAssertion } from '../../model/assertion.ts'
import { existsIn, namedIn } from '../../model/assertion-things.ts'
import { judgeAssertion } from '../../model/assertion-verdict.ts'
import { workloadsOf } from '../../model/workload.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"

export default rule({
  id: 'assertions/undecidable',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'promise that cannot be judged',
  why: 'Whether the promise holds depends on something that these files do not say: tokens, a node that is not here, the datacenter of the clients. It is neither kept nor broken as far as can be seen.',
  remedy: 'Add the missing fact: the file of the node, its tokens, or the datacenter of the clients in foretell.yaml.',
  sources: ['Foretell: facts that are not known'],
  bad: exampleCluster(
    '1x6',
    {},
    `#- dc1/db4/cassandra-rackdc.properties
dc=dc1
rack=r1
#- dc1/db5/cassandra-rackdc.properties
dc=dc1
rack=r2
#- dc1/db6/cassandra-rackdc.properties
dc=dc1
rack=r2
#- dc1/db3/cassandra-rackdc.properties
dc=dc1
rack=r1
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3};
#- foretell.yaml
assertions:
  - shop QUORUM survives any 1 rack
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[assertions/undecidable]: tokens
`,
  ),
  good: `#- cluster: 1x3\n${schema}#- foretell.yaml\nassertions:\n  - shop LOCAL_QUORUM survives any 1 rack\n`,
  *check(cluster) {
    for (const declared of cluster.declared.assertions) {
      const assertion = parseAssertion(declared)
      if (assertion.kind === 'unreadable') continue
      const verdict = judgeAssertion(cluster, assertion)
      const unknown = cluster.isOnlyOne
        ? namedIn(assertion).find(({ unit, name }) => existsIn(cluster, unit, name) === 'unknown')
        : undefined
      const missing =
        verdict.kind === 'undecidable'
          ? verdict.missing
          : verdict.kind === 'elsewhere' && unknown
            ? `no ${unknown.unit} "${unknown.name}" is in these files`
            : undefined
      if (missing === undefined) continue
      yield { at: declared.span, message: `Cannot tell whether "${declared.value}" holds: ${missing}.`, about: [`cluster:${cluster.name}`] }
    }
    for (const keyspace of cluster.keyspaces)
      for (const { declared, clients, uses, levelsAssumed } of workloadsOf(keyspace)) {
        const local = uses.find(({ level }) => isLocal(level))
        if (!declared || clients.length > 0 || !local || cluster.datacenters.length < 2) continue
        yield {
          at: local.span ?? declared.places.get('keyspace') ?? declared.span,
          message: `Cannot tell what ${keyspace.name} survives at ${local.level}${levelsAssumed ? ' (assumed)' : ''}: the workload does not say in which datacenter its clients are. Add clients: [${cluster.datacenters[0]!.name}].`,
          about: [keyspaceKey(keyspace), `workload:${keyspace.name}`],
        }
      }
  },
})
