/**
 * Requests beyond the protocol: names and shapes, shared with the client as types. Everything is JSON. The client serves `listFiles` and
 * `readFile` where the server has no disk (the browser, virtual workspaces).
 */
import type { WorkspaceEdit } from 'vscode-languageserver'

/** Client → server. */
export const losableThingsRequest = 'foretell/losableThings'
export const simulateRequest = 'foretell/simulate'
export const explainRuleRequest = 'foretell/explainRule'
export const restartPlanRequest = 'foretell/restartPlan'
export const clusterTreeRequest = 'foretell/clusterTree'
export const migrateRequest = 'foretell/migrateToRelease'
/** Server → client. */
export const listFilesRequest = 'foretell/listFiles'
export const readFileRequest = 'foretell/readFile'
export const statusNotification = 'foretell/status'

export interface PlaceInFile {
  readonly uri: string
  readonly range: { readonly start: { line: number; character: number }; readonly end: { line: number; character: number } }
}

export interface LosableThingAnswer {
  /** What `lose` takes: `node:db1`, `rack:dc1/r1`, `dc:dc1`, `tunnel:db1/db2`. */
  readonly id: string
  readonly kind: 'node' | 'rack' | 'datacenter' | 'tunnel' | 'gateway'
  readonly name: string
  readonly detail: string
  readonly cluster: string
}

export interface SimulateParams {
  readonly lose: readonly string[]
  /** By name; without it every cluster in which something of `lose` exists. */
  readonly cluster?: string
  /** Shows this keyspace only. */
  readonly keyspace?: string
}

/** Either a report or, in `problem`, why there is none, in an operator's words. */
export interface SimulateAnswer {
  readonly problem?: string
  /** The document that people read. */
  readonly markdown: string
  /** The stable JSON of `foretell simulate --format json`. */
  readonly report?: unknown
}

/** The rolling restart of every cluster. */
export interface RestartPlanAnswer {
  readonly markdown: string
}

export interface MigrateParams {
  /** `4.1`, `5.0` … */
  readonly release: string
}
/** What it takes to move the workspace to a release. Nothing is changed by asking. */
export interface MigrateAnswer {
  /** Why there is none, in an operator's words. */
  readonly problem?: string
  /** The release line as it is to be set. */
  readonly release: string
  /** What this release finds about settings now; `settled` of them go with the edit, in so many `files`. */
  readonly findings: number
  readonly settled: number
  readonly files: number
  /** A WorkspaceEdit; missing when nothing can safely be changed. */
  readonly edit?: WorkspaceEdit
  /** How many findings stay, and the gravest of them as `path:line: message`. */
  readonly left: { readonly count: number; readonly first: readonly string[] }
  /** The page that people read. */
  readonly markdown: string
}

export interface ExplainRuleParams {
  readonly rule: string
}
export interface RuleTitle {
  readonly id: string
  readonly title: string
}
export interface ExplainRuleAnswer {
  /** The rule's page; empty when there is no such rule. */
  readonly markdown: string
  /** Every rule, for a pick list. */
  readonly rules: readonly RuleTitle[]
}

export interface ClusterTreeNode {
  readonly kind: 'cluster' | 'datacenter' | 'rack' | 'node' | 'keyspace' | 'file'
  readonly name: string
  readonly detail: string
  /** What losing it is called; missing for what cannot be lost. */
  readonly loseId?: string
  readonly cluster: string
  readonly at?: PlaceInFile
  readonly children: readonly ClusterTreeNode[]
}
export interface ClusterTreeAnswer {
  readonly clusters: readonly ClusterTreeNode[]
}

export interface Status {
  readonly clusters: number
  readonly datacenters: number
  readonly nodes: number
  readonly keyspaces: number
  readonly files: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  /** Release lines in use: `5.0`, `4.1 (stated)`. */
  readonly releases: readonly string[]
}

export interface ListFilesParams {
  readonly folder: string
  /** Globs. */
  readonly include: string
  readonly exclude: string
}
export interface ReadFileParams {
  readonly uri: string
}

/** What the client says of itself when it starts the server. */
export interface InitializationOptions {
  /** The client has commands `foretell.simulate`, `foretell.explainRule` … of its own; else the server offers them by executeCommand. */
  readonly clientCommands?: boolean
  /** The client answers `foretell/listFiles` and `foretell/readFile`. */
  readonly clientFiles?: boolean
}
