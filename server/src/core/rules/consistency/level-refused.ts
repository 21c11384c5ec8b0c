/** Levels that the server refuses whatever is up. */
import type { Cluster } from '../../model/cluster.ts'
import type { DeclaredWorkload } from '../../model/declared.ts'
import { jvmFacts } from '../../model/jvm-facts.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import type { Node } from '../../model/node.ts'
import { settingInEachRelease } from '../../model/settings/in-each-release.ts'
import { isRefused, type UseKind } from '../../model/workload.ts'
import { memo } from '../../text/memo.ts'
import type { Span } from '../../text/span.ts'
import { rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'

const schema = (workload: string) => `#- cluster: 1x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};
#- foretell.yaml
workloads:
${workload}`

const kinds: { readonly [K in UseKind]: { readonly noun: string; readonly refused: string } } = {
  read: { noun: 'reads', refused: 'ANY exists only for writes' },
  write: { noun: 'plain writes', refused: 'serial levels are for conditional updates (IF …) and for reads' },
  serial: { noun: 'conditional updates', refused: 'they take SERIAL or LOCAL_SERIAL' },
}

export default rule({
  id: 'consistency/level-refused',
  scope: 'keyspace',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that Cassandra rejects',
  why: 'Some levels exist for reads or for writes only, NODE_LOCAL needs a flag at the start of the node, and from 4.1 an operator can forbid levels with a guardrail. Each request at such a level comes back as invalid.',
  remedy: 'Use a level that the operation takes, or allow it on every node that clients talk to.',
  sources: [
    'Cassandra: ConsistencyLevel.validateForRead, validateForWrite',
    'Cassandra: Guardrails.readConsistencyLevels, writeConsistencyLevels',
  ],
  bad: schema(`  - { keyspace: shop, read: ANY, write: LOCAL_QUORUM, clients: [dc1] }
#                           ^^^ error[consistency/level-refused]: reads
`),
  good: schema('  - { keyspace: shop, read: LOCAL_ONE, write: ANY, clients: [dc1] }\n'),
  *check(keyspace) {
    const { cluster } = keyspace
    if (!cluster) return
    for (const workload of cluster.declared.workloads.filter(each => each.keyspace === keyspace.name))
      for (const kind of ['read', 'write', 'serial'] as const) {
        const level = workload[kind]
        const reason = level === undefined ? undefined : reasonAgainst(keyspace, workload, kind, level)
        if (level === undefined || !reason) continue
        yield {
          at: workload.places.get(kind) ?? workload.span,
          message: `Cassandra rejects ${kinds[kind].noun} of ${keyspace.name} at ${level}: ${reason.why}.`,
          see: reason.at ? [{ at: reason.at, message: 'forbidden here' }] : [],
          about: [keyspaceKey(keyspace), `workload:${keyspace.name}`],
        }
      }
  },
})

function reasonAgainst(
  keyspace: Keyspace,
  workload: DeclaredWorkload,
  kind: UseKind,
  level: string,
): { readonly why: string; readonly at?: Span | undefined } | undefined {
  if (isRefused(kind, level)) return { why: kinds[kind].refused }
  if (level === 'NODE_LOCAL') {
    if (keyspace.release.candidates.every(line => line === '3.11')) return { why: 'NODE_LOCAL exists from 4.0 on' }
    const without = coordinators(keyspace, workload).find(node => {
      const facts = jvmFacts(node)
      return facts.complete && facts.properties.get('cassandra.enable_nodelocal_queries')?.value !== 'true'
    })
    return without && { why: `it needs -Dcassandra.enable_nodelocal_queries=true, and ${without.name} starts without` }
  }
  const setting = kind === 'read' ? 'read_consistency_levels_disallowed' : 'write_consistency_levels_disallowed'
  const forbidding = forbiddenLevels(keyspace.cluster!).find(
    each => each.setting === setting && each.levels.includes(level) && coordinators(keyspace, workload).includes(each.node),
  )
  return forbidding && { why: `${setting} of ${forbidding.node.name} forbids it`, at: forbidding.span }
}

interface ForbiddenLevels {
  readonly node: Node
  readonly setting: string
  readonly levels: readonly unknown[]
  readonly span: Span | undefined
}

/** Guardrails of the cluster's nodes that forbid some level. */
const forbiddenLevels: (cluster: Cluster) => readonly ForbiddenLevels[] = memo(cluster =>
  cluster.nodes.flatMap(node =>
    ['read_consistency_levels_disallowed', 'write_consistency_levels_disallowed'].flatMap((setting): ForbiddenLevels[] => {
      const fact = settingInEachRelease(node, setting)
      return fact.kind === 'known' && Array.isArray(fact.value) && fact.value.length > 0
        ? [{ node, setting, levels: fact.value, span: fact.span }]
        : []
    }),
  ),
)

/** The nodes that clients of a workload talk to; all where it does not say. */
function coordinators(keyspace: Keyspace, workload: DeclaredWorkload): readonly Node[] {
  const datacenters = keyspace.cluster?.datacenters ?? []
  const chosen = workload.clients.length === 0 ? datacenters : datacenters.filter(({ name }) => workload.clients.includes(name))
  return chosen.flatMap(({ nodes }) => nodes)
}
