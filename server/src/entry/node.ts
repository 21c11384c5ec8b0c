/** The language server on Node, over standard input and output (`--stdio`) or the pipe of the process that started it. */
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { kindByName } from '../core/syntax/file-kind.ts'
import type { Host } from '../lsp/host.ts'
import { serve } from '../lsp/serve.ts'
import { clientFiles } from './client-files.ts'
import { listFiles } from './disk-files.ts'

/** Bytes; a bigger file is no configuration. */
const biggest = 128 * 2 ** 20

const onDisk: Pick<Host, 'listFiles' | 'readFile'> = {
  async listFiles(folder) {
    try {
      return listFiles(fileURLToPath(folder)).map(path => pathToFileURL(path).href)
    } catch {
      return []
    }
  },
  async readFile(uri) {
    try {
      const path = fileURLToPath(uri)
      const found = await stat(path)
      return found.isFile() && found.size <= biggest ? await readFile(path, 'utf8') : undefined
    } catch {
      return undefined
    }
  },
}

function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

// Without a word about the transport: what editors expect of a server that is started plainly.
const transports = ['--stdio', '--node-ipc', '--socket', '--pipe']
if (!process.argv.some(argument => transports.some(transport => argument.startsWith(transport)))) process.argv.push('--stdio')

serve(createConnection(ProposedFeatures.all), (connection, client) => {
  const throughClient = client.clientFiles ? clientFiles(connection) : undefined
  const filesOf = (uri: string) => (uri.startsWith('file:') || !throughClient ? onDisk : throughClient)
  return {
    mayMatter: path => kindByName(path) !== undefined,
    listFiles: folder => filesOf(folder).listFiles(folder),
    readFile: uri => filesOf(uri).readFile(uri),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    today,
  }
})
