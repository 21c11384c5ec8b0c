/** What is known of a keyspace's cluster when its statements run; verdicts that hold in every release that it may be. */
import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlKeyspaceStatement } from '../syntax/cql-file.ts'
import { type Fact, known, unknown } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Cluster } from './cluster.ts'
import type { Keyspace, RunStatement } from './keyspace.ts'
import { keyspaceSettings } from './keyspace-settings.ts'
import { bareSituation, judgeKeyspaceStatement, type Refusal, type Situation } from './keyspace-verdict.ts'

/** Counted nodes by datacenter; undefined when there may be nodes or datacenters that no file here tells of. */
export function knownDatacenters(cluster: Cluster | undefined): ReadonlyMap<string, number> | undefined {
  return cluster && datacentersOf(cluster)
}

/** Remembered by cluster, as the number of tokens is: every keyspace asks. */
const datacentersOf = memo((cluster: Cluster): ReadonlyMap<string, number> | undefined => {
  if (cluster.mayHaveNodesElsewhere || cluster.nodesWithoutDatacenter.length > 0 || cluster.templates.length > 0) return undefined
  return new Map(cluster.datacenters.map(({ name, nodes }) => [name as string, nodes.length]))
})

const tokensPerNode = memo((cluster: Cluster): Fact<number> => {
  if (cluster.nodes.length === 0) return unknown('no nodes are known')
  let fewest = Number.POSITIVE_INFINITY
  for (const { tokenCount } of cluster.nodes) {
    if (tokenCount.kind !== 'known') return unknown('the number of tokens is not known everywhere')
    fewest = Math.min(fewest, tokenCount.value)
  }
  return known(fewest)
})

/** What is known when a statement of the keyspace runs. */
export function situationOf(keyspace: Keyspace, run: RunStatement, line: ReleaseLine): Situation {
  const { cluster } = keyspace
  if (!cluster) return { ...bareSituation(line), before: run.before }
  const settings = keyspaceSettings(cluster)
  return { line, datacenters: knownDatacenters(cluster), before: run.before, tokensPerNode: tokensPerNode(cluster), ...settings }
}

/** Refusals of a statement that hold in every release that the keyspace's cluster may run; those of the shown release. */
export function refusalsOf(keyspace: Keyspace, run: RunStatement): readonly Refusal[] {
  const { release } = keyspace
  const judged = (line: ReleaseLine) => judgeKeyspaceStatement(run.statement, situationOf(keyspace, run, line)).refusals
  const others = release.candidates.filter(line => line !== release.line).map(judged)
  const same = (a: Refusal) => (b: Refusal) => a.kind === b.kind && a.at.start === b.at.start
  return judged(release.line).filter(refusal => others.every(refusals => refusals.some(same(refusal))))
}

/** The statement that made the final replication. */
export function lastStatement(keyspace: Keyspace): CqlKeyspaceStatement | undefined {
  return keyspace.statements.find(({ statement }) => statement.span === keyspace.statement)?.statement
}

/** Whether the final replication is what the server has: its statement was taken. */
export function stands(keyspace: Keyspace): boolean {
  return keyspace.statements.some(({ statement, applied }) => applied && statement.span === keyspace.statement)
}

/** Names of the datacenters of the keyspace's cluster, when all are known. */
export function datacenterNames(keyspace: Keyspace): readonly string[] {
  return [...(knownDatacenters(keyspace.cluster)?.keys() ?? [])]
}
