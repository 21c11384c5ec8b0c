/** Completion: which feature answers for which kind of file. */
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlCompletionsAt } from './cql-completion.ts'
import type { CompletionItem } from './editor-types.ts'
import { settingsCompletionsAt } from './settings-completion.ts'
import { wireguardCompletionsAt } from './wireguard-completion.ts'

export function completionsAt(snapshot: Snapshot, path: string, offset: number): readonly CompletionItem[] {
  const parsed = snapshot.parsed.get(path)
  if (!parsed) return []
  if (parsed.kind === 'wireguard') return wireguardCompletionsAt(snapshot, path, offset)
  if (parsed.kind === 'cassandra-yaml') return settingsCompletionsAt(snapshot, parsed, offset)
  return parsed.kind === 'cql' ? cqlCompletionsAt(snapshot, path, offset) : []
}
