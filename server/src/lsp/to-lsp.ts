/** From the core's words to the protocol's: every conversion in this direction, and nothing else. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Hover,
  type InlayHint,
  InsertTextFormat,
  type Location,
  MarkupKind,
  type Range,
  type SemanticTokens,
  type SignatureHelp,
  SymbolKind,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver'
import type * as editor from '../core/features/editor-types.ts'
import { semanticTokenKinds } from '../core/features/semantic-tokens.ts'
import type { Severity } from '../core/rules/rule.ts'
import { positionAt } from '../core/text/line-index.ts'
import type { SourceFile } from '../core/text/source-file.ts'
import type { Span } from '../core/text/span.ts'
import type { TextEdit } from '../core/text/text-edit.ts'
import type { Finding } from '../core/workspace/finding.ts'

/** The address of a file of the workspace; undefined when the client cannot open it. */
export type UriOf = (path: string) => string | undefined

export function toRange(span: Span): Range {
  return { start: toPosition(span.file, span.start), end: toPosition(span.file, Math.max(span.start, span.end)) }
}

function toPosition(file: SourceFile, offset: number): Range['start'] {
  const { line, column } = positionAt(file, offset)
  return { line, character: column }
}

export function toLocation(span: Span, uriOf: UriOf): Location | undefined {
  const uri = uriOf(span.file.path)
  return uri === undefined ? undefined : { uri, range: toRange(span) }
}

export function toLocations(spans: readonly Span[], uriOf: UriOf): Location[] {
  return spans.flatMap(span => toLocation(span, uriOf) ?? [])
}

const severities: { readonly [S in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

export function toDiagnostic(finding: Finding, uriOf: UriOf, docsOf: (rule: string) => string): Diagnostic {
  const related = finding.related.flatMap(({ at, message }) => {
    const location = toLocation(at, uriOf)
    return location ? [{ location, message }] : []
  })
  const tags = tagsOf(finding)
  return {
    range: toRange(finding.span),
    severity: severities[finding.severity],
    source: 'foretell',
    code: finding.rule,
    codeDescription: { href: docsOf(finding.rule) },
    message: finding.message,
    ...(related.length ? { relatedInformation: related } : {}),
    ...(tags.length ? { tags } : {}),
  }
}

/** A tag only changes how a place is drawn: struck through what a release drops, faded what does nothing. */
function tagsOf({ rule, effect }: Finding): DiagnosticTag[] {
  if (/(?:deprecated|renamed)-/.test(rule)) return [DiagnosticTag.Deprecated]
  if (effect === 'tidies') return [DiagnosticTag.Unnecessary]
  return []
}

export function toHover(hover: editor.Hover): Hover {
  return { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: toRange(hover.span) }
}

const completionKinds: { readonly [K in editor.CompletionKind]: CompletionItemKind } = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  unit: CompletionItemKind.Unit,
  keyword: CompletionItemKind.Keyword,
  name: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
}

export function toCompletionItem(item: editor.CompletionItem, snippets: boolean): CompletionItem {
  const snippet = item.snippet === true && snippets
  const newText = item.snippet === true && !snippets ? withoutTabStops(item.insertText) : item.insertText
  return {
    label: item.label,
    kind: completionKinds[item.kind],
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: toRange(item.replace), newText },
    filterText: item.label,
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
    ...(item.rank === undefined ? {} : { sortText: `${String(Math.max(0, Math.round(item.rank))).padStart(6, '0')} ${item.label}` }),
    ...(item.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
  }
}

/** A snippet's text for clients without snippets: `${1:word}` → `word`, `$1` → nothing. */
export function withoutTabStops(snippet: string): string {
  return snippet.replace(
    /\\([$}\\])|\$\{\d+:([^}]*)\}|\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{?\d+\}?/g,
    (_, escaped, word, choice) => escaped ?? word ?? choice ?? '',
  )
}

export function toCodeLens(lens: editor.CodeLens): CodeLens {
  return {
    range: toRange(lens.span),
    command: lens.command
      ? { title: lens.title, command: lens.command.name, arguments: [...lens.command.arguments] }
      : { title: lens.title, command: '' },
  }
}

export function toInlayHint(hint: editor.InlayHint): InlayHint {
  const after = hint.side === 'after'
  return {
    position: toPosition(hint.at.file, after ? hint.at.end : hint.at.start),
    label: hint.text,
    paddingLeft: after,
    paddingRight: !after,
    ...(hint.tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: hint.tooltip } }),
  }
}

const symbolKinds: { readonly [K in editor.SymbolKind]: SymbolKind } = {
  cluster: SymbolKind.Namespace,
  datacenter: SymbolKind.Module,
  rack: SymbolKind.Package,
  node: SymbolKind.Object,
  section: SymbolKind.Struct,
  setting: SymbolKind.Property,
  keyspace: SymbolKind.Module,
  table: SymbolKind.Class,
  peer: SymbolKind.Interface,
  interface: SymbolKind.Class,
}

export function toDocumentSymbol(symbol: editor.DocumentSymbol): DocumentSymbol {
  return {
    // VS Code drops the whole answer when a name is empty.
    name: symbol.name.trim() || '(no name)',
    kind: symbolKinds[symbol.kind],
    range: toRange(symbol.span),
    selectionRange: toRange(symbol.nameSpan),
    children: symbol.children.map(toDocumentSymbol),
    ...(symbol.detail === undefined ? {} : { detail: symbol.detail }),
  }
}

/** Undefined when a file of the edit has no address. */
export function toWorkspaceEdit(edits: readonly TextEdit[], uriOf: UriOf): WorkspaceEdit | undefined {
  const changes: Record<string, { range: Range; newText: string }[]> = {}
  for (const { at, newText } of edits) {
    const uri = uriOf(at.file.path)
    if (uri === undefined) return undefined
    let list = changes[uri]
    if (!list) changes[uri] = list = []
    list.push({ range: toRange(at), newText })
  }
  return { changes }
}

export function toCodeAction(fix: editor.QuickFix, diagnostics: readonly Diagnostic[], uriOf: UriOf): CodeAction | undefined {
  const edit = toWorkspaceEdit(fix.edits, uriOf)
  if (!edit) return undefined
  return {
    title: fix.title,
    kind: fix.purpose === 'refactor' ? CodeActionKind.RefactorRewrite : CodeActionKind.QuickFix,
    edit,
    ...(diagnostics.length ? { diagnostics: [...diagnostics] } : {}),
    ...(fix.preferred ? { isPreferred: true } : {}),
  }
}

/** Lines only: editors fold whole lines. */
export function toFoldingRange({ span, kind }: editor.FoldingRange): FoldingRange {
  const { start, end } = toRange(span)
  return { startLine: start.line, endLine: end.line, kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }
}

export function toSignatureHelp({ label, parameters, activeParameter }: editor.SignatureHelp): SignatureHelp {
  return {
    activeSignature: 0,
    activeParameter,
    signatures: [
      {
        label,
        parameters: parameters.map(({ start, end, documentation }) => ({
          label: [start, end],
          documentation: { kind: MarkupKind.Markdown, value: documentation },
        })),
      },
    ],
  }
}

/** The protocol's five numbers a token: lines and columns relative to the token before. A token over several lines is left out. */
export function toSemanticTokens(tokens: readonly editor.SemanticToken[]): SemanticTokens {
  const data: number[] = []
  let line = 0
  let column = 0
  for (const { span, kind } of tokens) {
    const { start, end } = toRange(span)
    if (start.line !== end.line || start.line < line || (start.line === line && start.character < column)) continue
    data.push(
      start.line - line,
      start.line === line ? start.character - column : start.character,
      end.character - start.character,
      semanticTokenKinds.indexOf(kind),
      0,
    )
    line = start.line
    column = start.character
  }
  return { data }
}

/** Undefined when the client cannot open its place. */
export function toWorkspaceSymbol({ name, kind, container, span }: editor.WorkspaceSymbol, uriOf: UriOf): WorkspaceSymbol | undefined {
  const location = toLocation(span, uriOf)
  return location ? { name, kind: symbolKinds[kind], location, containerName: container } : undefined
}
