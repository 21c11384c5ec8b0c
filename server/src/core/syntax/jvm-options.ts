/** jvm*.options and cassandra-env.sh: the flags that decide heap and collector, with places. */
import type { SourceFile } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface JvmOptionLine {
  /** Trimmed text of the line, without comment lines. */
  readonly text: string
  readonly span: Span
  readonly placeholder: boolean
}

export interface ParsedJvmOptions {
  readonly kind: 'jvm-options'
  readonly file: SourceFile
  /** From the name: `jvm.options` → undefined; `jvm11-server.options` → 11; `jvm-server.options` → undefined. */
  readonly java: number | undefined
  /** `clients` files are for the tools, not the server. */
  readonly audience: 'server' | 'clients'
  readonly lines: readonly JvmOptionLine[]
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}

/** A variable that the script sets to a literal, uncommented: `MAX_HEAP_SIZE="4G"`. */
export interface ScriptAssignment {
  readonly name: string
  readonly value: string
  readonly span: Span
  readonly placeholder: boolean
}

export interface ParsedEnvironmentScript {
  readonly kind: 'cassandra-env'
  readonly file: SourceFile
  readonly assignments: readonly ScriptAssignment[]
  /** Flags added by `JVM_OPTS="$JVM_OPTS -X…"`, uncommented, outside conditions that cannot be read. */
  readonly flags: readonly JvmOptionLine[]
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}
