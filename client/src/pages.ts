/** Commands that answer with a page: a keyspace, a rule, the rolling restart. */
import * as vscode from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import type { ReportDocuments } from './report-documents.ts'
import { askClusterTree, askRulePage, askSimulation, type SimulateParams } from './server-requests.ts'

export async function showKeyspace(
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

export async function explainRule(client: BaseLanguageClient, reports: ReportDocuments, given: string | undefined): Promise<void> {
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
