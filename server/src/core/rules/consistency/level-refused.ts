/** Levels that Cassandra does not take for a read or a write. */
import { textSetting } from '../../model/identity-settings.ts'
import { jvmFacts } from '../../model/jvm-facts.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import { entryOf } from '../../syntax/yaml-tree.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { keyspaceKey } from '../words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\n"

export default rule({
  id: 'consistency/level-refused',
  scope: 'keyspace',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'consistency level that Cassandra rejects',
  why: 'ANY only makes sense for writes, serial levels only for reads and conditional updates, and NODE_LOCAL needs a system property. A guardrail can forbid more.',
  remedy: 'Use a level that the operation allows.',
  sources: [
    'Cassandra: ConsistencyLevel.validateForRead and validateForWrite',
    'Cassandra: Guardrails (read_consistency_levels, write_consistency_levels)',
  ],
  bad: exampleCluster(
    '1x3',
    {},
    `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: ANY, write: LOCAL_QUORUM, clients: [dc1] }\n#                           ^^^ error[consistency/level-refused]: reads\n`,
  ),
  good: exampleCluster('1x3', {}, `${schema}#- foretell.yaml\nworkloads:\n  - { keyspace: shop, read: ONE, write: ANY, clients: [dc1] }\n`),
  *check(keyspace) {
    for (const workload of keyspace.cluster?.declared.workloads ?? []) {
      if (workload.keyspace !== keyspace.name) continue
      for (const use of ['read', 'write'] as const) {
        const level = workload[use]
        const why = level === undefined ? undefined : refusal(keyspace, level, use)
        if (why === undefined) continue
        yield {
          at: workload.places.get(use) ?? workload.span,
          message: `Cassandra rejects ${level} for ${use}s: ${why}. Use another level.`,
          see: [{ at: keyspace.nameSpan, message: `keyspace ${keyspace.name}` }],
          about: [keyspaceKey(keyspace)],
        }
      }
    }
  },
})

function refusal(keyspace: Keyspace, level: string, use: 'read' | 'write'): string | undefined {
  if (level === 'ANY' && use === 'read') return 'it is only for writes'
  if ((level === 'SERIAL' || level === 'LOCAL_SERIAL') && use === 'write')
    return 'plain writes have no serial level, conditional updates have'
  const nodes = keyspace.cluster?.nodes ?? []
  const enabled = nodes.some(node => /^true$/i.test(jvmFacts(node).properties.get('cassandra.enable_nodelocal_queries')?.value ?? ''))
  if (level === 'NODE_LOCAL' && !enabled) {
    if (!keyspace.release.candidates.includes('3.11')) return 'it needs -Dcassandra.enable_nodelocal_queries=true'
    if (keyspace.release.candidates.length === 1) return 'it exists from 4.0 on'
  }
  if (keyspace.release.candidates.some(line => line === '3.11' || line === '4.0')) return undefined
  const setting = `${use}_consistency_levels_disallowed`
  const forbidding = nodes.find(node => {
    const value = entryOf(node.yaml?.root, setting)?.value
    if (value?.kind === 'sequence') return value.items.some(item => item?.kind === 'scalar' && item.text.toUpperCase() === level)
    return (knownValue(textSetting(node.yaml, setting)) ?? '')
      .toUpperCase()
      .split(/[\s,]+/)
      .includes(level)
  })
  return forbidding ? `${setting} of ${forbidding.name} forbids it` : undefined
}
