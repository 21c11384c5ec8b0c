/** What is being written: which feature answers for which kind of file. */
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlSignatureHelpAt } from './cql-signature-help.ts'
import type { SignatureHelp } from './editor-types.ts'

export function signatureHelpAt(snapshot: Snapshot, path: string, offset: number): SignatureHelp | undefined {
  return snapshot.parsed.get(path)?.kind === 'cql' ? cqlSignatureHelpAt(snapshot, path, offset) : undefined
}
