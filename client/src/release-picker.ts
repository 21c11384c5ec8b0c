/** The command *Set Cassandra Release…*: writes the setting of the workspace. */
import * as vscode from 'vscode'

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
  if (!picked) return
  const target = vscode.workspace.workspaceFolders?.length ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global
  await settings.update('cassandraRelease', picked.release === '' ? undefined : picked.release, target)
}
