/** What words are, for colours beyond the grammar: which feature answers for which kind of file. */
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlSemanticTokens } from './cql-semantic-tokens.ts'
import type { SemanticToken, SemanticTokenKind } from './editor-types.ts'
import { releaseOf } from './formatting.ts'
import { wireguardSemanticTokens } from './wireguard-annotations.ts'

/** Every kind, in the order that the protocol's legend has. */
export const semanticTokenKinds: readonly SemanticTokenKind[] = [
  'keyword',
  'namespace',
  'class',
  'property',
  'variable',
  'enumMember',
  'type',
  'string',
  'number',
]

/** In the order of the file. */
export function semanticTokensOf(snapshot: Snapshot, path: string): readonly SemanticToken[] {
  const parsed = snapshot.parsed.get(path)
  if (parsed?.kind === 'wireguard') return wireguardSemanticTokens(parsed)
  return parsed?.kind === 'cql' ? cqlSemanticTokens(parsed, releaseOf(snapshot, path)) : []
}
