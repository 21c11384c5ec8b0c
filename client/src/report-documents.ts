/** Reports as read-only documents, shown by the editor's own Markdown preview: selectable, searchable, in every theme, read by screen readers. */
import * as vscode from 'vscode'

const scheme = 'foretell-report'

export interface ReportDocuments extends vscode.Disposable {
  /** Shows a page under a title; a page with the same title is replaced. */
  show(title: string, markdown: string): Promise<void>
}

export function createReportDocuments(): ReportDocuments {
  const pages = new Map<string, string>()
  const changed = new vscode.EventEmitter<vscode.Uri>()
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: uri => pages.get(uri.path) ?? 'This page is gone: run the command again.',
  })
  return {
    async show(title, markdown) {
      const uri = vscode.Uri.from({ scheme, path: `/${title.replaceAll('/', '-')}.md` })
      pages.set(uri.path, markdown)
      changed.fire(uri)
      await vscode.workspace.openTextDocument(uri)
      try {
        await vscode.commands.executeCommand('markdown.showPreview', uri)
      } catch {
        // An editor without the Markdown preview: the text itself reads well enough.
        await vscode.window.showTextDocument(uri, { preview: true })
      }
    },
    dispose() {
      registration.dispose()
      changed.dispose()
    },
  }
}
