/** docker-compose files, as far as they matter: a Cassandra image rewrites addresses and seeds of the cassandra.yaml that it mounts. */
import type { SourceFile } from '../text/source-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface ComposeService {
  readonly name: string
  /** Its image is a Cassandra image (`cassandra`, `…/cassandra:5.0`), or it is built and mounts a cassandra.yaml or rackdc file. */
  readonly runsCassandra: boolean
  /** Host sides of its bind mounts, resolved against the compose file's folder: paths of the workspace. */
  readonly mounts: readonly string[]
  /** Literal values only; names that hold placeholders are left out. */
  readonly environment: ReadonlyMap<string, string>
}

export interface ParsedCompose {
  readonly kind: 'compose'
  readonly file: SourceFile
  /** Some service runs a Cassandra image. */
  readonly runsCassandra: boolean
  readonly services: readonly ComposeService[]
  readonly problems: readonly SyntaxProblem[]
}
