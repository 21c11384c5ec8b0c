/** Commands of the palette, the lenses and the tree. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import { explainRule, showKeyspace } from './pages.ts'
import { migrateToRelease, setCassandraRelease } from './release-picker.ts'
import type { ReportDocuments } from './report-documents.ts'
import { askLosableThings, askRestartPlan, type ClusterTreeNode, type SimulateParams } from './server-requests.ts'
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
    command('foretell.migrateToRelease', async () => migrateToRelease(client, reports)),
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

async function showMenu(): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(warning) Show problems', command: 'workbench.actions.view.problems' },
      { label: '$(flame) Simulate failure…', command: 'foretell.simulate' },
      { label: '$(type-hierarchy) Show cluster map', command: 'foretell.showClusterMap' },
      { label: '$(debug-restart) Plan rolling restart', command: 'foretell.planRollingRestart' },
      { label: '$(versions) Set Cassandra release…', command: 'foretell.setCassandraRelease' },
      { label: '$(arrow-up) Migrate to release…', command: 'foretell.migrateToRelease' },
      { label: '$(book) Explain a rule…', command: 'foretell.explainRule' },
      { label: '$(list-tree) Show clusters', command: 'foretell.clusters.focus' },
    ],
    { title: 'Foretell' },
  )
  if (picked) await vscode.commands.executeCommand(picked.command)
}
