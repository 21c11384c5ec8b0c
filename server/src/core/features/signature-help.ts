/** What is being written: which feature answers for which kind of file. */
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlSignatureHelpAt } from './cql-signature-help.ts'
import type { SignatureHelp } from './editor-types.ts'
import { settingsSignatureAt } from './settings-signature.ts'

export function signatureHelpAt(snapshot: Snapshot, path: string, offset: number): SignatureHelp | undefined {
  const parsed = snapshot.parsed.get(path)
  if (parsed?.kind === 'cassandra-yaml') return settingsSignatureAt(snapshot, parsed, offset)
  return parsed?.kind === 'cql' ? cqlSignatureHelpAt(snapshot, path, offset) : undefined
}
