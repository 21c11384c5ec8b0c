/** The protocol's language features: which request is answered by which feature of the core. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver'
import { codeLensesOf } from '../core/features/code-lens.ts'
import { completionsAt } from '../core/features/completion.ts'
import { definitionAt, referencesAt, renameAt } from '../core/features/definition.ts'
import { documentSymbolsOf } from '../core/features/document-symbols.ts'
import { foldingRangesOf } from '../core/features/folding.ts'
import { formattingOf } from '../core/features/formatting.ts'
import { hoverAt } from '../core/features/hover.ts'
import { inlayHintsOf } from '../core/features/inlay-hints.ts'
import { semanticTokensOf } from '../core/features/semantic-tokens.ts'
import { signatureHelpAt } from '../core/features/signature-help.ts'
import { workspaceSymbolsOf } from '../core/features/workspace-symbols.ts'
import type { ClientSettings } from './client-settings.ts'
import { codeActionsAt } from './code-actions.ts'
import { fromPosition, fromRange } from './from-lsp.ts'
import type { Look, Session } from './session.ts'
import {
  toCodeLens,
  toCompletionItem,
  toDocumentSymbol,
  toFoldingRange,
  toHover,
  toInlayHint,
  toLocations,
  toRange,
  toSemanticTokens,
  toSignatureHelp,
  toWorkspaceEdit,
  toWorkspaceSymbol,
} from './to-lsp.ts'

export interface Answering {
  /** Answers with `nothing` when the file is not judged, the server is not ready, or the feature fails. */
  about<A>(what: string, uri: string, nothing: A, answer: (look: Look) => A): A
  overall<A>(what: string, nothing: A, answer: (session: Session) => A): A
  can(): ClientCapabilities | undefined
  clientCommands(): boolean
  settings(): ClientSettings | undefined
}

export function answerLanguageFeatures(connection: Connection, { about, overall, can, clientCommands, settings }: Answering): void {
  connection.onHover(({ textDocument, position }) =>
    about('hover', textDocument.uri, null, ({ snapshot, file }) => {
      const hover = hoverAt(snapshot, file.path, fromPosition(file, position))
      return hover ? toHover(hover) : null
    }),
  )
  connection.onCompletion(({ textDocument, position }) =>
    about('completion', textDocument.uri, [], ({ snapshot, file }) => {
      const snippets = can()?.textDocument?.completion?.completionItem?.snippetSupport === true
      return completionsAt(snapshot, file.path, fromPosition(file, position)).map(item => toCompletionItem(item, snippets))
    }),
  )
  connection.onCodeLens(({ textDocument }) =>
    about('code lens', textDocument.uri, [], ({ snapshot, file }) =>
      settings()?.codeLenses ? codeLensesOf(snapshot, file.path).map(toCodeLens) : [],
    ),
  )
  connection.languages.inlayHint.on(({ textDocument, range }) =>
    about('inlay hints', textDocument.uri, [], ({ snapshot, file }) =>
      settings()?.inlayHints ? inlayHintsOf(snapshot, file.path, fromRange(file, range)).map(toInlayHint) : [],
    ),
  )
  connection.onDocumentSymbol(({ textDocument }) =>
    about('document symbols', textDocument.uri, [], ({ snapshot, file }) => documentSymbolsOf(snapshot, file.path).map(toDocumentSymbol)),
  )
  connection.onDefinition(({ textDocument, position }) =>
    about('definition', textDocument.uri, [], ({ snapshot, file, uriOf }) =>
      toLocations(definitionAt(snapshot, file.path, fromPosition(file, position))?.targets ?? [], uriOf),
    ),
  )
  connection.onReferences(({ textDocument, position }) =>
    about('references', textDocument.uri, [], ({ snapshot, file, uriOf }) =>
      toLocations(referencesAt(snapshot, file.path, fromPosition(file, position)), uriOf),
    ),
  )
  connection.onPrepareRename(({ textDocument, position }) =>
    about('rename', textDocument.uri, null, ({ snapshot, file }) => {
      const target = renameAt(snapshot, file.path, fromPosition(file, position))
      return target ? { range: toRange(target.span), placeholder: target.name } : null
    }),
  )
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    about('rename', textDocument.uri, null, ({ snapshot, file, uriOf }) => {
      const target = renameAt(snapshot, file.path, fromPosition(file, position))
      if (!target || !/^[^\s'"=:#]+$/.test(newName)) return null
      const edits = target.places.map(at => ({ at, newText: newName }))
      return toWorkspaceEdit(edits, uriOf) ?? null
    }),
  )
  connection.onCodeAction(({ textDocument, range, context }) =>
    about('code actions', textDocument.uri, [], look => codeActionsAt(look, fromRange(look.file, range), context, clientCommands())),
  )
  connection.onFoldingRanges(({ textDocument }) =>
    about('folding', textDocument.uri, null, ({ snapshot, file }) => foldingRangesOf(snapshot, file.path)?.map(toFoldingRange) ?? null),
  )
  connection.onDocumentFormatting(({ textDocument }) =>
    about('formatting', textDocument.uri, [], ({ snapshot, file }) =>
      formattingOf(snapshot, file.path).map(({ at, newText }) => ({ range: toRange(at), newText })),
    ),
  )
  connection.onSignatureHelp(({ textDocument, position }) =>
    about('signature help', textDocument.uri, null, ({ snapshot, file }) => {
      const help = signatureHelpAt(snapshot, file.path, fromPosition(file, position))
      return help ? toSignatureHelp(help) : null
    }),
  )
  connection.languages.semanticTokens.on(({ textDocument }) =>
    about('semantic tokens', textDocument.uri, { data: [] }, ({ snapshot, file }) =>
      toSemanticTokens(semanticTokensOf(snapshot, file.path)),
    ),
  )
  connection.onWorkspaceSymbol(({ query }) =>
    overall('workspace symbols', [], session =>
      workspaceSymbolsOf(session.snapshot(), query).flatMap(symbol => toWorkspaceSymbol(symbol, session.uriOf) ?? []),
    ),
  )
}
