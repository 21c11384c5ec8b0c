/** A WireGuard .conf as wg-quick and wg read it, with places. Key material never leaves the parser: only a place and a fingerprint stay. */
import type { SourceFile } from '../text/source-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface ParsedWireGuard {
  readonly kind: 'wireguard'
  readonly file: SourceFile
  readonly template: boolean
  readonly problems: readonly SyntaxProblem[]
}
