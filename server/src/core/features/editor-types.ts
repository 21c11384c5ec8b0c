/**
 * What features answer with: plain data in an editor's words, designed for an imaginary ideal client. Places are spans; nothing here knows a
 * protocol. Every feature is a function `(snapshot or parsed file, path, offset) → one of these`, total: no answer is `undefined` or `[]`.
 */
import type { Span } from '../text/span.ts'
import type { TextEdit } from '../text/text-edit.ts'

/** Markdown over a place. Never holds the value of a secret. */
export interface Hover {
  readonly span: Span
  readonly markdown: string
}

export type CompletionKind = 'key' | 'value' | 'unit' | 'keyword' | 'name' | 'snippet'

export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** One short line beside the label: type, unit, default. */
  readonly detail?: string
  /** Markdown. */
  readonly documentation?: string
  /** What is written; with `snippet`, `$1`, `${2:word}` and `$0` are tab stops and `$`, `}` and `\` are escaped. */
  readonly insertText: string
  readonly snippet?: boolean
  /** What it replaces; an empty span inserts. It must lie on one line and hold the cursor. */
  readonly replace: Span
  readonly deprecated?: boolean
  /** Lower comes first; equal or missing: by label. */
  readonly rank?: number
}

/** What a lens or a fix asks the editor to run. Commands are those of the extension (`foretell.simulate` …); arguments are JSON. */
export interface EditorCommand {
  readonly name: 'foretell.simulate' | 'foretell.explainRule' | 'foretell.showKeyspace'
  readonly arguments: readonly unknown[]
}

export interface CodeLens {
  readonly span: Span
  readonly title: string
  /** Missing: the title only informs. */
  readonly command?: EditorCommand
}

export interface InlayHint {
  /** The hint stands before or after this place. */
  readonly at: Span
  readonly side: 'before' | 'after'
  readonly text: string
  /** Markdown. */
  readonly tooltip?: string
}

export type SymbolKind = 'cluster' | 'datacenter' | 'rack' | 'node' | 'section' | 'setting' | 'keyspace' | 'table' | 'peer' | 'interface'

export interface DocumentSymbol {
  readonly name: string
  readonly detail?: string
  readonly kind: SymbolKind
  /** The whole thing; children lie inside. */
  readonly span: Span
  /** Its name, inside `span`. */
  readonly nameSpan: Span
  readonly children: readonly DocumentSymbol[]
}

/** Where a thing stands that is named at the cursor. */
export interface Definition {
  /** The word at the cursor. */
  readonly from: Span
  readonly targets: readonly Span[]
}

/** Places that a rename would change, and the name as it stands now. */
export interface RenameTarget {
  readonly span: Span
  readonly name: string
  readonly places: readonly Span[]
}

/** An edit that the editor offers at a place. */
export interface QuickFix {
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** The rule of the finding that it fixes, when it fixes one. */
  readonly rule?: string
  /** The one that most operators want: applied by the editor's "fix" key. */
  readonly preferred: boolean
  /** The place of the finding. */
  readonly span: Span
  readonly purpose: 'fix' | 'suppress' | 'refactor'
}

/** A thing that may be lost, as a pick list shows it. `id` is what `simulate --lose` takes: `node:db1`, `rack:dc1/r1`, `dc:dc1`, `tunnel:db1/db2`. */
export interface LosableThing {
  readonly id: string
  readonly kind: 'node' | 'rack' | 'datacenter' | 'tunnel' | 'gateway'
  readonly name: string
  readonly detail: string
  readonly cluster: string
  readonly span: Span
}

/** Several lines that can be folded. */
export interface FoldingRange {
  readonly span: Span
  readonly kind: 'region' | 'comment'
}

/** What is being written: one form, its parts, and the part at the cursor. */
export interface SignatureHelp {
  readonly label: string
  /** Offsets in `label`. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly documentation: string }[]
  readonly activeParameter: number
}

/** Names of the language server protocol. */
export type SemanticTokenKind = 'keyword' | 'namespace' | 'class' | 'property' | 'variable' | 'enumMember' | 'type' | 'string' | 'number'

export interface SemanticToken {
  readonly span: Span
  readonly kind: SemanticTokenKind
}

/** A thing of the workspace that is looked for by name. */
export interface WorkspaceSymbol {
  readonly name: string
  readonly kind: SymbolKind
  /** What it is in: its cluster, its datacenter. */
  readonly container: string
  readonly span: Span
}
