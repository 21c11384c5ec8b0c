/** Files for a server that has no disk: the browser and virtual workspaces. Reads what the editor can read, and nothing else. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import type { ListFilesParams, ReadFileParams } from '../../server/src/lsp/custom-requests.ts'
import { listFiles, readFile } from './server-requests.ts'

/** Bytes; a bigger file is no configuration. */
const biggest = 32 * 2 ** 20
/** More files than that are no configuration either. */
const mostFiles = 20_000

export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(listFiles, async ({ folder, include, exclude }: ListFilesParams) => {
      const base = vscode.Uri.parse(folder)
      const found = await vscode.workspace.findFiles(
        new vscode.RelativePattern(base, include),
        new vscode.RelativePattern(base, exclude),
        mostFiles,
      )
      return found.map(uri => uri.toString())
    }),
    client.onRequest(readFile, async ({ uri }: ReadFileParams) => {
      try {
        const parsed = vscode.Uri.parse(uri)
        const found = await vscode.workspace.fs.stat(parsed)
        if (found.size > biggest) return null
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(parsed))
      } catch {
        return null
      }
    }),
  )
}
