/** The outline of a CQL file, keyspaces with their tables, and what can be folded. */
import type { ParsedCql } from '../syntax/cql-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import { keyspaceNameOf } from './cql-places.ts'
import type { DocumentSymbol, FoldingRange } from './editor-types.ts'

/** Keyspaces in the order of their first statement; tables and views under theirs, when the keyspace is made in this file and lies around them. */
export function cqlSymbolsOf(parsed: ParsedCql): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = []
  for (const statement of parsed.statements) {
    const { kind, span } = statement
    if ((kind === 'create-keyspace' || kind === 'alter-keyspace') && statement.name)
      symbols.push({
        name: statement.name.text,
        kind: 'keyspace',
        detail: kind === 'create-keyspace' ? 'CREATE' : 'ALTER',
        span,
        nameSpan: statement.name.span,
        children: [],
      })
    if ((kind === 'create-table' || kind === 'create-view') && statement.name) {
      const keyspace = keyspaceNameOf(parsed, statement)
      const view = kind === 'create-view' ? 'view' : undefined
      symbols.push({
        name: keyspace === undefined ? statement.name.text : `${keyspace}.${statement.name.text}`,
        kind: 'table',
        span,
        nameSpan: statement.name.span,
        children: [],
        ...(view ? { detail: view } : {}),
      })
    }
  }
  return symbols
}

/** Statements and block comments that go over several lines. */
export function cqlFoldingRanges(parsed: ParsedCql): readonly FoldingRange[] {
  const { file, statements } = parsed
  const ranges: FoldingRange[] = []
  const add = (span: Span, kind: FoldingRange['kind']) => {
    const text = file.text.slice(span.start, span.end)
    if (text.trimEnd().includes('\n')) ranges.push({ span: spanOf(file, span.start, span.start + text.trimEnd().length), kind })
  }
  for (const { span, from, kind } of statements) {
    for (let at = file.text.indexOf('/*', from); at >= 0 && at < span.start; at = file.text.indexOf('/*', at + 2)) {
      const close = file.text.indexOf('*/', at)
      if (close > 0 && close < span.start) add(spanOf(file, at, close + 2), 'comment')
    }
    if (kind !== 'cqlsh') add(span, 'region')
  }
  return ranges
}
