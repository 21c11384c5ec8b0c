/** The what-if page in the editor: one panel, kept current with the files, asked again at every press. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import type { FailureReport } from '../../server/src/core/features/failure-report.ts'
import type { PageMessage, WhatIf } from '../panel/messages.ts'
import type { ReportDocuments } from './report-documents.ts'
import { askClusterTree, askLosableThings, askSimulation, type Status } from './server-requests.ts'

const viewType = 'foretell.whatIf'

export interface WhatIfPanel extends vscode.Disposable {
  /** Opens the page, or shows another loss in it. */
  show(cluster: string | undefined, lose: readonly string[]): void
}

export function createWhatIfPanel(
  client: BaseLanguageClient,
  extensionUri: vscode.Uri,
  reports: ReportDocuments,
  refreshed: vscode.Event<Status>,
): WhatIfPanel {
  let panel: vscode.WebviewPanel | undefined
  let wanted: { cluster: string | undefined; lose: readonly string[] } = { cluster: undefined, lose: [] }
  let text = ''
  let asked = 0

  async function refresh(): Promise<void> {
    if (!panel) return
    const mine = ++asked
    const [{ clusters }, things] = await Promise.all([askClusterTree(client), askLosableThings(client)])
    const cluster = clusters.find(each => each.name === wanted.cluster)?.name ?? clusters[0]?.name ?? ''
    const lose = wanted.lose.filter(id => things.some(thing => thing.id === id && thing.cluster === cluster))
    const answer = await askSimulation(client, { lose, ...(cluster ? { cluster } : {}) })
    // A later press has asked meanwhile: its answer counts.
    if (mine !== asked || !panel) return
    text = answer.markdown
    const state: WhatIf = {
      clusters,
      things,
      cluster,
      lose,
      ...(answer.report ? { report: answer.report as FailureReport } : {}),
      ...(answer.problem === undefined ? {} : { problem: answer.problem }),
    }
    void panel.webview.postMessage(state)
  }
  const quietly = () => void refresh().catch(error => client.error('The what-if page could not be refreshed', error, false))

  function adopt(opened: vscode.WebviewPanel): void {
    panel = opened
    const { webview } = opened
    webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist/panel')] }
    webview.onDidReceiveMessage((message: PageMessage) => {
      if (message.kind === 'lose') wanted = { cluster: message.cluster, lose: message.lose }
      if (message.kind === 'text') void reports.show(`Without ${wanted.lose.join(' ').replace(/\w+:/g, '') || 'any loss'}`, text)
      else quietly()
    })
    opened.onDidDispose(() => {
      panel = undefined
    })
    webview.html = pageOf(webview, extensionUri)
  }

  const listening = refreshed(() => {
    if (panel?.visible) quietly()
  })
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(opened, saved: { cluster?: string; lose?: readonly string[] } | undefined) {
      wanted = { cluster: saved?.cluster, lose: saved?.lose ?? [] }
      adopt(opened)
    },
  })
  return {
    show(cluster, lose) {
      wanted = { cluster, lose }
      if (panel) {
        panel.reveal()
        quietly()
        return
      }
      const opened = vscode.window.createWebviewPanel(viewType, 'What if…', vscode.ViewColumn.Active, { enableFindWidget: true })
      opened.iconPath = vscode.Uri.joinPath(extensionUri, 'docs/images/icon.png')
      adopt(opened)
    },
    dispose() {
      listening.dispose()
      serializer.dispose()
      panel?.dispose()
    },
  }
}

function pageOf(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist/panel', name)).toString()
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('what-if.css')}">
<title>What if…</title>
</head>
<body><main aria-label="What if"></main><script src="${file('what-if.js')}"></script></body>
</html>`
}
