/** What both hosts share: starts nothing by itself; wires commands, the status bar and the tree to a language client that its host made. */
import * as vscode from 'vscode'
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient'
import { serveFiles } from './client-files.ts'
import { createClusterTree } from './cluster-tree.ts'
import { registerCommands } from './commands.ts'
import { createReportDocuments } from './report-documents.ts'
import { type Status, status } from './server-requests.ts'
import { createStatusItem } from './status-item.ts'
import { createWhatIfPanel } from './what-if-panel.ts'

/** Files that the server judges; which of them really are configuration it decides itself. */
const documentSelector = [
  { language: 'wireguard' },
  { language: 'cql' },
  {
    pattern:
      '**/{*cassandra*,jvm*.options*,*.conf,*.conf.*,*.cql,*.cql.*,*.cqlsh,*.ddl,foretell.yaml,foretell.yml,docker-compose*,compose*.yml,compose*.yaml}',
  },
]

export const clientOptions: LanguageClientOptions = {
  documentSelector,
  initializationOptions: { clientCommands: true, clientFiles: true },
  diagnosticCollectionName: 'foretell',
  // Trust is asked for nowhere: reports hold text and tables only.
  markdown: { isTrusted: false, supportHtml: false },
}

export async function start(context: vscode.ExtensionContext, client: BaseLanguageClient): Promise<void> {
  const reports = createReportDocuments()
  // One listener for each kind of notification: a second would take the first one's place.
  const refreshed = new vscode.EventEmitter<Status>()
  const listening = client.onNotification(status, (now: Status) => refreshed.fire(now))
  const item = createStatusItem(refreshed.event)
  const tree = createClusterTree(client, refreshed.event)
  const whatIf = createWhatIfPanel(client, context.extensionUri, reports, refreshed.event)
  context.subscriptions.push(
    reports,
    refreshed,
    listening,
    item,
    tree,
    serveFiles(client),
    whatIf,
    ...registerCommands(client, reports, whatIf),
    client,
  )
  await client.start()
  await vscode.commands.executeCommand('setContext', 'foretell.started', true)
}
