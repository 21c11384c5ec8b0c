/** stub */
import type { ReleaseLine } from '../catalog/release.ts'
import type { CqlStatement } from './cql-file.ts'
export function judgeSyntax(_statement: CqlStatement, _line: ReleaseLine): { accepted: boolean | undefined } {
  return { accepted: undefined }
}
