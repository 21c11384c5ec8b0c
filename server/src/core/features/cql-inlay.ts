/** After a replication map: its sum and the quorum, `RF 6 = 3 + 3, quorum 4`. */
import type { Keyspace } from '../model/keyspace.ts'
import { factorsOf, propertyOf } from '../model/replication-map.ts'
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlAt } from './cql-places.ts'
import type { InlayHint } from './editor-types.ts'

/** Hints for the final replication of each keyspace that the file makes. */
export function cqlInlayHintsOf(snapshot: Snapshot, path: string): readonly InlayHint[] {
  if (!cqlAt(snapshot, path)) return []
  const hints: InlayHint[] = []
  for (const keyspace of snapshot.keyspaces) {
    const made = keyspace.statements.find(({ statement }) => statement.span === keyspace.statement && statement.span.file.path === path)
    const map = made && propertyOf(made.statement.properties, 'replication')?.value
    const text = replicationSum(keyspace)
    if (!map || !text || hints.some(({ at }) => at.end === map.span.end)) continue
    const at = { file: map.span.file, start: map.span.end, end: map.span.end }
    hints.push({
      at,
      side: 'after',
      text,
      tooltip: `Copies of each row of \`${keyspace.name}\` in all datacenters, and how many of them QUORUM asks for.`,
    })
  }
  return hints
}

/** `RF 6 = 3 + 3, quorum 4`; undefined where a factor is unknown. */
export function replicationSum(keyspace: Keyspace): string | undefined {
  const { replication } = keyspace
  const factors =
    replication.kind === 'simple'
      ? [knownValue(replication.factor)?.total]
      : [...(factorsOf(keyspace)?.values() ?? [])].map(({ total }) => total)
  if (factors.length === 0) return undefined
  let sum = 0
  for (const factor of factors) {
    if (factor === undefined) return undefined
    sum += factor
  }
  const parts = factors.length > 1 ? ` = ${factors.join(' + ')}` : ''
  return `RF ${sum}${parts}, quorum ${Math.floor(sum / 2) + 1}`
}
