/** The server's own requests, typed: names and shapes are the server's (types only; none of its code is here). */
import type { BaseLanguageClient } from 'vscode-languageclient'
import type * as requests from '../../server/src/lsp/custom-requests.ts'

export type { ClusterTreeNode, LosableThingAnswer, SimulateAnswer, SimulateParams, Status } from '../../server/src/lsp/custom-requests.ts'

const losableThings: typeof requests.losableThingsRequest = 'foretell/losableThings'
const simulate: typeof requests.simulateRequest = 'foretell/simulate'
const explainRule: typeof requests.explainRuleRequest = 'foretell/explainRule'
const restartPlan: typeof requests.restartPlanRequest = 'foretell/restartPlan'
const migrate: typeof requests.migrateRequest = 'foretell/migrateToRelease'
const clusterTree: typeof requests.clusterTreeRequest = 'foretell/clusterTree'
export const listFiles: typeof requests.listFilesRequest = 'foretell/listFiles'
export const readFile: typeof requests.readFileRequest = 'foretell/readFile'
export const status: typeof requests.statusNotification = 'foretell/status'

export function askLosableThings(client: BaseLanguageClient): Promise<readonly requests.LosableThingAnswer[]> {
  return client.sendRequest(losableThings)
}

export function askSimulation(client: BaseLanguageClient, params: requests.SimulateParams): Promise<requests.SimulateAnswer> {
  return client.sendRequest(simulate, params)
}

export function askRulePage(client: BaseLanguageClient, rule: string): Promise<requests.ExplainRuleAnswer> {
  return client.sendRequest(explainRule, { rule } satisfies requests.ExplainRuleParams)
}

export function askClusterTree(client: BaseLanguageClient): Promise<requests.ClusterTreeAnswer> {
  return client.sendRequest(clusterTree)
}

export function askRestartPlan(client: BaseLanguageClient): Promise<requests.RestartPlanAnswer> {
  return client.sendRequest(restartPlan)
}

export function askMigration(client: BaseLanguageClient, release: string): Promise<requests.MigrateAnswer> {
  return client.sendRequest(migrate, { release } satisfies requests.MigrateParams)
}
