/** The extension in the desktop's host: the server is a process of its own. */
import type * as vscode from 'vscode'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'
import { clientOptions, start } from './extension.ts'

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.cjs')
  const server = { module, transport: TransportKind.ipc }
  const client = new LanguageClient('foretell', 'Foretell', { run: server, debug: server }, clientOptions)
  await start(context, client)
}
