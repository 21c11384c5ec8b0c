/** Formatting, where it is safe: which feature answers for which kind of file. */
import type { TextEdit } from '../text/text-edit.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { formatKeyspaceStatements } from './cql-format.ts'

/** Edits that change no meaning; none for a file that is not formatted. */
export function formattingOf(snapshot: Snapshot, path: string): readonly TextEdit[] {
  const parsed = snapshot.parsed.get(path)
  if (parsed?.kind !== 'cql') return []
  return formatKeyspaceStatements(parsed, releaseOf(snapshot, path))
}

/** The line that the statements of a file are read as. */
export function releaseOf(snapshot: Snapshot, path: string) {
  return (snapshot.keyspaces.find(keyspace => keyspace.statement.file.path === path)?.release ?? snapshot.release).line
}
