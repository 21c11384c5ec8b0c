/** cassandra-rackdc.properties and cassandra-topology.properties as java.util.Properties reads them, with places. */
import type { SourceFile } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface PropertyEntry {
  /** After unescaping. */
  readonly key: string
  readonly value: string
  readonly keySpan: Span
  /** Empty span after the separator when there is no value. */
  readonly valueSpan: Span
  /** The whole logical line. */
  readonly span: Span
  readonly placeholder: boolean
}

export interface ParsedProperties {
  readonly kind: 'rackdc' | 'topology'
  readonly file: SourceFile
  readonly entries: readonly PropertyEntry[]
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}
