/** What the words of keyspace, table and role statements are: keywords, keyspaces, tables, properties, datacenters, numbers. */
import { cqlWordClass } from '../catalog/cql-words.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import type { ParsedCql } from '../syntax/cql-file.ts'
import { tokenizeCql } from '../syntax/cql-lexer.ts'
import { spanOf } from '../text/span.ts'
import { cqlMentionsOf } from './cql-mentions.ts'
import type { SemanticToken, SemanticTokenKind } from './editor-types.ts'

/** In the order of the file; data statements are left to the grammar of the editor. */
export function cqlSemanticTokens(parsed: ParsedCql, line: ReleaseLine): readonly SemanticToken[] {
  const { file } = parsed
  const named = new Map<number, SemanticTokenKind>()
  for (const { kind, span } of cqlMentionsOf(parsed)) named.set(span.start, kind === 'keyspace' ? 'namespace' : 'enumMember')
  for (const statement of parsed.statements) {
    if ('properties' in statement) for (const { name } of statement.properties) named.set(name.span.start, 'property')
    if ('columns' in statement) {
      if (statement.name) named.set(statement.name.span.start, 'class')
      for (const { name } of statement.columns) named.set(name.span.start, 'variable')
    }
  }
  const tokens: SemanticToken[] = []
  for (const { kind, span } of parsed.statements) {
    if (kind === 'other' || kind === 'broken') continue
    for (const token of tokenizeCql(file.text, span.start, span.end)) {
      const inner = token.kind === 'string' || token.kind === 'quoted-name' ? 1 : 0
      const said = named.get(token.start) ?? (inner ? named.get(token.start + inner) : undefined)
      const shown = said ?? kindOf(token.kind, token.text, line)
      if (shown) tokens.push({ kind: shown, span: spanOf(file, token.start, token.end) })
    }
  }
  return tokens
}

function kindOf(kind: string, text: string, line: ReleaseLine): SemanticTokenKind | undefined {
  if (kind === 'string') return 'string'
  if (kind === 'integer' || kind === 'float' || kind === 'duration') return 'number'
  if (kind !== 'word') return undefined
  const wordClass = cqlWordClass(text, line)
  if (wordClass === 'native-type') return 'type'
  return wordClass === 'identifier' ? undefined : 'keyword'
}
