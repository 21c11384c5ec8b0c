/** docker-compose files, as far as they matter: a Cassandra image rewrites addresses and seeds of the cassandra.yaml that it mounts. */
import type { SourceFile } from '../text/source-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface ParsedCompose {
  readonly kind: 'compose'
  readonly file: SourceFile
  /** Some service runs a Cassandra image. */
  readonly runsCassandra: boolean
  readonly problems: readonly SyntaxProblem[]
}
