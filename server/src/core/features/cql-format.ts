/** Formats keyspace statements: one blank between words, upper-case keywords, single spaces in maps. What cannot be read, and comments, stay as they are. */

import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlKeyspaceStatement, ParsedCql } from '../syntax/cql-file.ts'
import { judgeSyntax } from '../syntax/cql-grammar.ts'
import { tokenizeCql } from '../syntax/cql-lexer.ts'
import { spanOf, textAt } from '../text/span.ts'
import type { TextEdit } from '../text/text-edit.ts'

const keywords: ReadonlySet<string> = new Set(['create', 'alter', 'keyspace', 'schema', 'if', 'not', 'exists', 'with', 'and'])

/** Edits of the statements that the release takes and that hold no comment. */
export function formatKeyspaceStatements(parsed: ParsedCql, line: ReleaseLine): readonly TextEdit[] {
  return parsed.statements.flatMap(statement => {
    if (statement.kind !== 'create-keyspace' && statement.kind !== 'alter-keyspace') return []
    if (statement.placeholder || judgeSyntax(statement, line).accepted !== true) return []
    const newText = formatted(statement)
    return newText === undefined || newText === textAt(statement.span) ? [] : { at: statement.span, newText }
  })
}

/** The longest line before each property gets one of its own. */
const widest = 120

function formatted({ span, properties, name }: CqlKeyspaceStatement): string | undefined {
  const { file, start, end } = span
  const tokens = tokenizeCql(file.text, start, end)
  let before = start
  for (const token of tokens) {
    if (file.text.slice(before, token.start).trim() !== '') return undefined
    before = token.end
  }
  if (file.text.slice(before, end).trim() !== '' || !name) return undefined
  const propertyStarts = new Set(properties.map(property => property.span.start))
  const words: string[] = []
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    const raw = file.text.slice(token.start, token.end)
    const isKeyword =
      token.kind === 'word' &&
      depth === 0 &&
      keywords.has(token.text) &&
      token.start !== name.span.start &&
      !propertyStarts.has(token.start)
    const text = isKeyword ? raw.toUpperCase() : raw
    const last = tokens[i - 1]
    const glued = last === undefined || ['{'].includes(last.text) || ['}', ',', ':', ';'].includes(raw)
    if (raw === '{') depth++
    if (raw === '}') depth--
    words.push(glued ? text : ` ${text}`)
  }
  const oneLine = words.join('')
  if (oneLine.length <= widest) return oneLine
  const breaks = new Set(
    tokens.flatMap((token, i) =>
      token.kind === 'word' && (token.text === 'with' || token.text === 'and') && words[i]!.trim() === token.text.toUpperCase() ? i : [],
    ),
  )
  return words.map((word, i) => (breaks.has(i) ? `\n  ${word.trimStart()}` : word)).join('')
}

/** Edits of the statement around an offset alone. */
export function formatKeyspaceStatementAt(parsed: ParsedCql, line: ReleaseLine, offset: number): readonly TextEdit[] {
  return formatKeyspaceStatements(parsed, line).filter(({ at }) => at.start <= offset && offset <= spanOf(at.file, at.start, at.end).end)
}
