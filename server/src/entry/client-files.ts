/** Files through the client: for the browser and for virtual workspaces, where only the editor can read. */
import type { Connection } from 'vscode-languageserver'
import { type ListFilesParams, listFilesRequest, type ReadFileParams, readFileRequest } from '../lsp/custom-requests.ts'
import type { Host } from '../lsp/host.ts'
import { interestingFiles, uninterestingFolders } from '../lsp/interesting-files.ts'

export function clientFiles(connection: Connection): Pick<Host, 'listFiles' | 'readFile'> {
  return {
    async listFiles(folder) {
      const params: ListFilesParams = { folder, include: interestingFiles, exclude: uninterestingFolders }
      try {
        const uris: unknown = await connection.sendRequest(listFilesRequest, params)
        return Array.isArray(uris) ? uris.filter(uri => typeof uri === 'string') : []
      } catch {
        return []
      }
    },
    async readFile(uri) {
      const params: ReadFileParams = { uri }
      try {
        const text: unknown = await connection.sendRequest(readFileRequest, params)
        return typeof text === 'string' ? text : undefined
      } catch {
        return undefined
      }
    },
  }
}
