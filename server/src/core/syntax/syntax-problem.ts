/** What a parser could not read, at its place. Words and severities are the rules' matter; the reader's own text is kept for them. */
import type { Span } from '../text/span.ts'

export interface SyntaxProblem {
  /** A stable word for the kind of problem: `merge-conflict`, `yaml`, `unknown-section` … */
  readonly kind: string
  /** What the parser says, without values of secrets. */
  readonly detail: string
  readonly span: Span
}
