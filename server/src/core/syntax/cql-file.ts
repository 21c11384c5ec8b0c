/** What a CQL file says, as far as availability and durability go: keyspace statements, tables' options, with places. */
import type { SourceFile } from '../text/source-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface ParsedCql {
  readonly kind: 'cql'
  readonly file: SourceFile
  readonly problems: readonly SyntaxProblem[]
}
