/** The extension in the browser's host: the server is a web worker. */
import * as vscode from 'vscode'
import { LanguageClient } from 'vscode-languageclient/browser'
import { clientOptions, start } from './extension.ts'

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const worker = new Worker(vscode.Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true))
  await start(context, new LanguageClient('foretell', 'Foretell', worker, clientOptions))
}
