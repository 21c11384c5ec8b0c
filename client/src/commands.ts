/** Commands of the palette, the lenses and the tree. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import type { ReportDocuments } from './report-documents.ts'
import {
  askClusterTree,
  askLosableThings,
  askRestartPlan,
  askRulePage,
  askSimulation,
  type ClusterTreeNode,
  type SimulateParams,
} from './server-requests.ts'
import { pickThingsToLose } from './thing-picker.ts'
import type { WhatIfPanel } from './what-if-panel.ts'

export function registerCommands(client: BaseLanguageClient, reports: ReportDocuments, whatIf: WhatIfPanel): readonly vscode.Disposable[] {
  const command = (name: string, run: (...given: never[]) => Promise<void>) =>
    vscode.commands.registerCommand(name, async (...given: never[]) => {
      try {
        await run(...given)
      } catch (error) {
        client.error(`The command ${name} failed`, error, false)
        void vscode.window.showErrorMessage('Foretell could not do that; its log says where it failed.')
      }
    })

  return [
    command('foretell.simulate', async (given?: Partial<SimulateParams> | ClusterTreeNode) =>
      simulateFailure(client, whatIf, paramsOf(given)),
    ),
    command('foretell.showKeyspace', async (given?: Partial<SimulateParams>) => showKeyspace(client, reports, given)),
    command('foretell.showClusterMap', async () => whatIf.show(undefined, [])),
    command('foretell.planRollingRestart', async () => reports.show('Rolling restart', (await askRestartPlan(client)).markdown)),
    command('foretell.explainRule', async (rule?: string) => explainRule(client, reports, rule)),
    command('foretell.setCassandraRelease', setCassandraRelease),
    command('foretell.menu', showMenu),
  ]
}

/** A lens or a tree node gives what it knows; the rest is asked for. */
function paramsOf(given: Partial<SimulateParams> | ClusterTreeNode | undefined): Partial<SimulateParams> {
  if (!given) return {}
  if (!('kind' in given)) return given
  return {
    cluster: given.cluster,
    ...(given.loseId ? { lose: [given.loseId] } : {}),
    ...(given.kind === 'keyspace' ? { keyspace: given.name } : {}),
  }
}

async function simulateFailure(client: BaseLanguageClient, whatIf: WhatIfPanel, given: Partial<SimulateParams>): Promise<void> {
  const things = (await askLosableThings(client)).filter(thing => given.cluster === undefined || thing.cluster === given.cluster)
  if (things.length === 0) {
    void vscode.window.showInformationMessage('Foretell found no nodes here: open a folder with cassandra.yaml files or a foretell.yaml.')
    return
  }
  const lose = given.lose?.length ? given.lose : await pickThingsToLose(things)
  if (!lose) return
  whatIf.show(given.cluster ?? things.find(thing => lose.includes(thing.id))?.cluster, lose)
}

async function showKeyspace(
  client: BaseLanguageClient,
  reports: ReportDocuments,
  given: Partial<SimulateParams> | undefined,
): Promise<void> {
  let wanted: Partial<SimulateParams> | undefined = given
  if (!wanted?.keyspace) {
    const { clusters } = await askClusterTree(client)
    const keyspaces = clusters.flatMap(cluster => cluster.children.filter(child => child.kind === 'keyspace'))
    const picked = await vscode.window.showQuickPick(
      keyspaces.map(({ name, detail, cluster }) => ({
        label: `$(database) ${name}`,
        description: cluster,
        detail,
        keyspace: name,
        cluster,
      })),
      { title: 'What does a keyspace survive?', placeHolder: keyspaces.length ? 'Pick a keyspace' : 'No file here makes a keyspace' },
    )
    wanted = picked
  }
  if (!wanted?.keyspace) return
  const { keyspace, cluster } = wanted
  await showAnswer(
    reports,
    `What ${keyspace} survives`,
    await askSimulation(client, { lose: [], keyspace, ...(cluster ? { cluster } : {}) }),
  )
}

async function showAnswer(
  reports: ReportDocuments,
  title: string,
  answer: { readonly problem?: string; readonly markdown: string },
): Promise<void> {
  if (answer.problem !== undefined) void vscode.window.showWarningMessage(answer.problem)
  else await reports.show(title, answer.markdown)
}

async function explainRule(client: BaseLanguageClient, reports: ReportDocuments, given: string | undefined): Promise<void> {
  let wanted = given
  if (wanted === undefined) {
    const { rules } = await askRulePage(client, '')
    const picked = await vscode.window.showQuickPick(
      rules.map(({ id, title }) => ({ label: id, description: title })),
      { title: 'Explain a rule of Foretell', placeHolder: 'Type a part of its name', matchOnDescription: true },
    )
    wanted = picked?.label
  }
  if (wanted === undefined) return
  const { markdown } = await askRulePage(client, wanted)
  if (markdown === '') void vscode.window.showWarningMessage(`Foretell has no rule ${wanted}.`)
  else await reports.show(wanted.replaceAll('/', ' '), markdown)
}

const releases = [
  { label: 'From the files', release: '', description: 'foretell.yaml, a comment, or the keys that are present' },
  { label: '3.11', release: '3.11' },
  { label: '4.0', release: '4.0' },
  { label: '4.1', release: '4.1' },
  { label: '5.0', release: '5.0' },
  { label: '6.0', release: '6.0', description: 'in development' },
]

async function setCassandraRelease(): Promise<void> {
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

async function showMenu(): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(warning) Show problems', command: 'workbench.actions.view.problems' },
      { label: '$(flame) Simulate failure…', command: 'foretell.simulate' },
      { label: '$(type-hierarchy) Show cluster map', command: 'foretell.showClusterMap' },
      { label: '$(debug-restart) Plan rolling restart', command: 'foretell.planRollingRestart' },
      { label: '$(versions) Set Cassandra release…', command: 'foretell.setCassandraRelease' },
      { label: '$(book) Explain a rule…', command: 'foretell.explainRule' },
      { label: '$(list-tree) Show clusters', command: 'foretell.clusters.focus' },
    ],
    { title: 'Foretell' },
  )
  if (picked) await vscode.commands.executeCommand(picked.command)
}
