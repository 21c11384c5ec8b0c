/** The language server in a web worker: messages instead of pipes, files through the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser'
import { kindByName } from '../core/syntax/file-kind.ts'
import { serve } from '../lsp/serve.ts'
import { clientFiles } from './client-files.ts'

const worker = self as unknown as DedicatedWorkerGlobalScope
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker))

serve(connection, () => ({
  ...clientFiles(connection),
  mayMatter: path => kindByName(path) !== undefined,
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  today: () => {
    const now = new Date()
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  },
}))
