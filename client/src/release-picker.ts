/** The commands *Set Cassandra Release…*, which writes the setting of the workspace, and *Migrate to Release…*, which changes the files for it first. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import type { ReportDocuments } from './report-documents.ts'
import { askMigration } from './server-requests.ts'

const releases = [
  { label: 'From the files', release: '', description: 'foretell.yaml, a comment, or the keys that are present' },
  { label: '3.11', release: '3.11' },
  { label: '4.0', release: '4.0' },
  { label: '4.1', release: '4.1' },
  { label: '5.0', release: '5.0' },
  { label: '6.0', release: '6.0', description: 'in development' },
]

export async function setCassandraRelease(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('foretell')
  const now = settings.get<string>('cassandraRelease') ?? ''
  const picked = await vscode.window.showQuickPick(
    releases.map(entry => ({ ...entry, ...(entry.release === now ? { detail: 'in use now' } : {}) })),
    {
      title: 'Judge this workspace as which release of Cassandra?',
      placeHolder: 'Every key that this release refuses or renames is marked at once',
    },
  )
  if (picked) await writeRelease(picked.release)
}

async function writeRelease(release: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('foretell')
  const target = vscode.workspace.workspaceFolders?.length ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global
  await settings.update('cassandraRelease', release === '' ? undefined : release, target)
}

/** Shows what would change, and changes it when the operator says so: one edit, one step to undo. */
export async function migrateToRelease(client: BaseLanguageClient, reports: ReportDocuments): Promise<void> {
  const lines = releases.filter(({ release }) => release !== '')
  const picked = await vscode.window.showQuickPick(lines, {
    title: 'Migrate the files of this workspace to which release of Cassandra?',
    placeHolder: 'You see what would change before anything does',
  })
  if (!picked) return
  const preview = await askMigration(client, picked.release)
  if (preview.problem !== undefined) {
    void vscode.window.showWarningMessage(preview.problem)
    return
  }
  const { findings, settled, files, left, release } = preview
  const found = findings === 0 ? 'finds nothing to change' : `has ${counted(findings, 'finding')} about these settings`
  const what = preview.edit ? `${settled} of them can be settled by changing ${counted(files, 'file')}. ` : ''
  const rest = left.count > 0 ? `${left.count} ${left.count === 1 ? 'is' : 'are'} left for a person:\n${left.first.join('\n')}` : ''
  const apply = preview.edit ? 'Apply' : 'Judge as This Release'
  const details = 'Show Details'
  const chosen = await vscode.window.showInformationMessage(
    `Cassandra ${release} ${found}.`,
    { modal: true, detail: `${what}${rest}` },
    apply,
    details,
  )
  if (chosen === details) await reports.show(`Migrate to ${release}`, preview.markdown)
  if (chosen !== apply) return
  // Asked again: a file may have changed while the question stood.
  const { edit, problem, markdown } = preview.edit ? await askMigration(client, release) : preview
  const applied =
    problem === undefined && (!edit || (await vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit))))
  if (!applied) {
    void vscode.window.showWarningMessage(problem ?? 'The changes could not be applied; nothing was set.')
    return
  }
  await writeRelease(release)
  if (left.count > 0) await reports.show(`Migrate to ${release}`, markdown)
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
