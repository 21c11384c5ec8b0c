/** What the what-if page and its host say to each other; all of it JSON. The page knows no editor: `foretell report` shows the same page with the same data. */
import type { FailureReport } from '../../server/src/core/features/failure-report.ts'
import type { ClusterTreeNode, LosableThingAnswer } from '../../server/src/lsp/custom-requests.ts'

/** Host → page: everything that is shown. */
export interface WhatIf {
  readonly clusters: readonly ClusterTreeNode[]
  readonly things: readonly LosableThingAnswer[]
  /** The cluster that is looked at. */
  readonly cluster: string
  readonly lose: readonly string[]
  readonly report?: FailureReport
  /** Why there is no report. */
  readonly problem?: string
}

/** Page → host. */
export type PageMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'lose'; readonly cluster: string; readonly lose: readonly string[] }
  | { readonly kind: 'text' }
