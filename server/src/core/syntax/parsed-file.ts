/** Everything a file can turn out to be. Parsers always answer; problems stand beside the result. */
import type { SourceFile } from '../text/source-file.ts'
import type { ParsedCompose } from './compose.ts'
import type { ParsedCql } from './cql-file.ts'
import type { ParsedEnvironmentScript, ParsedJvmOptions } from './jvm-options.ts'
import type { ParsedProperties } from './properties.ts'
import type { SyntaxProblem } from './syntax-problem.ts'
import type { ParsedWireGuard } from './wireguard-file.ts'
import type { YamlMapping } from './yaml-tree.ts'

export interface ParsedCassandraYaml {
  readonly kind: 'cassandra-yaml'
  readonly file: SourceFile
  /** Missing when the top level is no mapping (then a problem says so) or the file is empty. */
  readonly root: YamlMapping | undefined
  /** By suffix, control structures or a placeholder in an identifying value: stands for an unknown number of nodes. */
  readonly template: boolean
  /** Loops, includes or whole-line expressions: "key is absent" is unknown. */
  readonly keysMayBeElsewhere: boolean
  readonly problems: readonly SyntaxProblem[]
}

export interface ParsedForetellYaml {
  readonly kind: 'foretell-yaml'
  readonly file: SourceFile
  readonly root: YamlMapping | undefined
  readonly problems: readonly SyntaxProblem[]
}

export interface Unrecognised {
  readonly kind: 'unrecognised'
  readonly file: SourceFile
  readonly problems: readonly SyntaxProblem[]
}

export type ParsedFile =
  | ParsedCassandraYaml
  | ParsedProperties
  | ParsedWireGuard
  | ParsedCql
  | ParsedJvmOptions
  | ParsedEnvironmentScript
  | ParsedForetellYaml
  | ParsedCompose
  | Unrecognised
