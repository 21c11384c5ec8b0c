/** Code actions: fixes of the findings at a place, ways to suppress them, their rule's page, and all safe fixes of a file at once. */
import { type CodeAction, type CodeActionContext, CodeActionKind, type Diagnostic } from 'vscode-languageserver'
import { docsOf } from '../core/features/documentation-address.ts'
import { quickFixesOf, safeFixesOf, suppressionsOf } from '../core/features/quick-fix.ts'
import type { Span } from '../core/text/span.ts'
import type { Look } from './session.ts'
import { toCodeAction, toDiagnostic, toWorkspaceEdit } from './to-lsp.ts'

/** `explain`: the client has the command `foretell.explainRule`. */
export function codeActionsAt(look: Look, range: Span, context: CodeActionContext, explain: boolean): CodeAction[] {
  const { findings, snapshot, uriOf } = look
  const wanted = (kind: string) => !context.only || context.only.some(only => only === '' || kind === only || kind.startsWith(`${only}.`))
  const here = findings.filter(({ span }) => span.start <= range.end && span.end >= range.start)
  const actions: CodeAction[] = []
  const offer = (action: CodeAction | undefined) => {
    if (action) actions.push(action)
  }
  if (wanted(CodeActionKind.QuickFix)) {
    const diagnosticOf = new Map<string, Diagnostic>()
    for (const finding of here) diagnosticOf.set(finding.rule, toDiagnostic(finding, uriOf, docsOf))
    const of = (rule: string | undefined) => {
      const diagnostic = rule === undefined ? undefined : diagnosticOf.get(rule)
      return diagnostic ? [diagnostic] : []
    }
    for (const fix of quickFixesOf(here)) offer(toCodeAction(fix, of(fix.rule), uriOf))
    for (const fix of suppressionsOf(snapshot, look.file.path, here)) offer(toCodeAction(fix, of(fix.rule), uriOf))
    if (explain) {
      for (const rule of new Set(here.map(finding => finding.rule))) {
        actions.push({
          title: `Explain ${rule}`,
          kind: CodeActionKind.QuickFix,
          diagnostics: of(rule),
          command: { title: `Explain ${rule}`, command: 'foretell.explainRule', arguments: [rule] },
        })
      }
    }
  }
  if (wanted(`${CodeActionKind.SourceFixAll}.foretell`) && context.only) {
    const edits = safeFixesOf(findings)
    const edit = edits.length ? toWorkspaceEdit(edits, uriOf) : undefined
    if (edit) actions.push({ title: 'Fix all that is safe to fix (Foretell)', kind: `${CodeActionKind.SourceFixAll}.foretell`, edit })
  }
  return actions
}
