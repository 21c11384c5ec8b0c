/** Finds consistency clauses after statements, which CQL does not have: USING CONSISTENCY, WITH CONSISTENCY, WITH CL. Outside quotes and comments. */
import { tokenizeCql } from './cql-lexer.ts'

export interface ConsistencyClause {
  /** From USING or WITH to the level. */
  readonly start: number
  readonly end: number
  /** Upper case; empty when none is written. */
  readonly level: string
}

/** Spellings that are searched as they are, so that a dump without any costs next to nothing. */
const spellings = ['CONSISTENCY', 'onsistency']

/** Whether a text may hold such a clause. */
export function mayHoldConsistencyClause(text: string): boolean {
  if (spellings.some(spelling => text.includes(spelling))) return true
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1))
    if (/\bcl\s*$/i.test(text.slice(Math.max(0, at - 8), at))) return true
  return false
}

/** Clauses between two offsets. */
export function consistencyClauses(text: string, start: number, end: number): readonly ConsistencyClause[] {
  if (!mayHoldConsistencyClause(text.slice(start, end))) return []
  const tokens = tokenizeCql(text, start, end)
  const clauses: ConsistencyClause[] = []
  for (let i = 0; i + 1 < tokens.length; i++) {
    const opening = tokens[i]!
    const name = tokens[i + 1]!
    if (opening.kind !== 'word' || (opening.text !== 'using' && opening.text !== 'with') || name.kind !== 'word') continue
    if (name.text !== 'consistency' && name.text !== 'cl') continue
    let next = i + 2
    const assigned = tokens[next]?.text === '='
    if (assigned) next++
    if (name.text === 'cl' && !assigned) continue
    if (tokens[next]?.text === 'level') next++
    const level = tokens[next]
    const hasLevel = level !== undefined && (level.kind === 'word' || level.kind === 'string')
    clauses.push({
      start: opening.start,
      end: hasLevel ? level.end : tokens[next - 1]!.end,
      level: hasLevel ? level.text.toUpperCase() : '',
    })
  }
  return clauses
}
