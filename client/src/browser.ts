/** The extension in the browser's host: the server is a web worker. */
import * as vscode from 'vscode'
import { LanguageClient } from 'vscode-languageclient/browser'
import { clientOptions, start } from './extension.ts'

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const worker = new Worker(await workerAddress(vscode.Uri.joinPath(context.extensionUri, 'dist/web/server.js')))
  await start(context, new LanguageClient('foretell', 'Foretell', worker, clientOptions))
}

/** A worker is started from an address of the web. An extension that lies on a remote machine has none: its text is handed over. */
async function workerAddress(script: vscode.Uri): Promise<string> {
  if (script.scheme === 'http' || script.scheme === 'https') return script.toString(true)
  const text = await vscode.workspace.fs.readFile(script)
  return URL.createObjectURL(new Blob([new Uint8Array(text)], { type: 'text/javascript' }))
}
