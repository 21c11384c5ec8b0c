/** What can be folded: which feature answers for which kind of file; the others are folded by their indentation. */
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlFoldingRanges } from './cql-symbols.ts'
import type { FoldingRange } from './editor-types.ts'

export function foldingRangesOf(snapshot: Snapshot, path: string): readonly FoldingRange[] | undefined {
  const parsed = snapshot.parsed.get(path)
  return parsed?.kind === 'cql' ? cqlFoldingRanges(parsed) : undefined
}
