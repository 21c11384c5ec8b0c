/**
 * The language server: which message is answered by which feature. No handler throws: what goes wrong is logged by name and place (never
 * with the text of a file) and answered with nothing.
 */
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { docsOf } from '../core/features/documentation-address.ts'
import { restartPlanMarkdown } from '../core/features/resilience-markdown.ts'
import { ruleNamed, rulePage, ruleTitles } from '../core/features/rule-page.ts'
import { semanticTokenKinds } from '../core/features/semantic-tokens.ts'
import { baseName } from '../core/text/source-file.ts'
import { readSettings } from './client-settings.ts'
import { clusterTree } from './cluster-tree-answer.ts'
import {
  type ClusterTreeAnswer,
  clusterTreeRequest,
  type ExplainRuleAnswer,
  explainRuleRequest,
  type InitializationOptions,
  type LosableThingAnswer,
  losableThingsRequest,
  type MigrateAnswer,
  migrateRequest,
  type RestartPlanAnswer,
  restartPlanRequest,
  type SimulateAnswer,
  simulateRequest,
  statusNotification,
} from './custom-requests.ts'
import { fromInitializationOptions, fromSimulateParams, textMember } from './from-lsp.ts'
import type { Host } from './host.ts'
import { interestingFiles } from './interesting-files.ts'
import { answerLanguageFeatures } from './language-features.ts'
import { migrate, noMigration } from './migrate-answer.ts'
import { createSession, type Look } from './session.ts'
import { losableThings, simulate, statusOf } from './simulate-answer.ts'

export interface ServeOptions {
  /** Milliseconds from an edit to its findings; 150 when not given. */
  readonly debounce?: number
  readonly version?: string
}

/** Makes the host once it is known what the client can do. */
export type MakeHost = (connection: Connection, client: InitializationOptions) => Host

/** Wires a connection and listens on it. */
export function serve(connection: Connection, makeHost: MakeHost, options: ServeOptions = {}): void {
  const documents = new TextDocuments(TextDocument)
  let client: InitializationOptions = {}
  let parameters: InitializeParams | undefined
  let session: ReturnType<typeof createSession> | undefined
  const can = () => parameters?.capabilities

  const failed = (what: string, error: unknown) => connection.console.error(`${what}: ${whereOf(error)}`)

  /** Answers with `nothing` when the file is not judged, the server is not ready, or the feature fails. */
  const about = <A>(what: string, uri: string, nothing: A, answer: (look: Look) => A): A => {
    try {
      const look = session?.look(uri)
      return look ? answer(look) : nothing
    } catch (error) {
      failed(what, error)
      return nothing
    }
  }
  const overall = <A>(what: string, nothing: A, answer: (now: NonNullable<typeof session>) => A): A => {
    try {
      return session ? answer(session) : nothing
    } catch (error) {
      failed(what, error)
      return nothing
    }
  }

  connection.onInitialize((params): InitializeResult => {
    parameters = params
    client = fromInitializationOptions(params.initializationOptions)
    session = createSession(
      makeHost(connection, client),
      {
        publish: (uri, diagnostics) => {
          void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] })
        },
        refreshed: snapshot => {
          void connection.sendNotification(statusNotification, statusOf(snapshot))
          if (can()?.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined)
          if (can()?.workspace?.inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh().catch(() => undefined)
        },
        watch: paths => quietly('watching files', () => watchNamed(paths)),
        failed,
      },
      { debounce: options.debounce ?? 150, docsOf },
    )
    return {
      serverInfo: { name: 'foretell', ...(options.version ? { version: options.version } : {}) },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [':', ' ', '=', "'", ',', '/'] },
        codeLensProvider: { resolveProvider: false },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll] },
        documentSymbolProvider: { label: 'Foretell' },
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        inlayHintProvider: { resolveProvider: false },
        foldingRangeProvider: true,
        documentFormattingProvider: true,
        signatureHelpProvider: { triggerCharacters: ['{', ',', ':'], retriggerCharacters: [' '] },
        semanticTokensProvider: { legend: { tokenTypes: [...semanticTokenKinds], tokenModifiers: [] }, full: true },
        workspaceSymbolProvider: true,
        ...(client.clientCommands
          ? {}
          : { executeCommandProvider: { commands: ['foretell.simulate', 'foretell.explainRule', 'foretell.migrateToRelease'] } }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    }
  })

  const readFolders = async () => {
    const workspaceFolders = can()?.workspace?.workspaceFolders ? await connection.workspace.getWorkspaceFolders() : undefined
    // Clients before workspace folders say where they are by rootUri.
    const rootUri = parameters?.rootUri
    await session?.setFolders(workspaceFolders ?? parameters?.workspaceFolders ?? (rootUri ? [{ uri: rootUri, name: '' }] : []))
  }
  const readConfiguration = async () => {
    if (can()?.workspace?.configuration) session?.setSettings(readSettings(await connection.workspace.getConfiguration('foretell')))
  }
  const quietly = (what: string, work: () => Promise<void>) => void work().catch(error => failed(what, error))

  let watchingNamed: Disposable | undefined
  const watchNamed = async (paths: readonly string[]) => {
    watchingNamed?.dispose()
    watchingNamed = undefined
    if (paths.length === 0 || !can()?.workspace?.didChangeWatchedFiles?.dynamicRegistration) return
    // What means something in a glob is any one character.
    const names = new Set(paths.map(path => baseName(path).replace(/[^\w. -]/g, '?')))
    const watchers = [...names].map(name => ({ globPattern: `**/${name}`, kind: WatchKind.Create | WatchKind.Change }))
    watchingNamed = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
  }

  connection.onInitialized(() => {
    quietly('starting', async () => {
      if (can()?.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [
            { globPattern: interestingFiles, kind: WatchKind.Create | WatchKind.Change },
            // A folder that goes is told of by its own name only.
            { globPattern: '**/*', kind: WatchKind.Delete },
          ],
        })
      }
      if (can()?.workspace?.workspaceFolders)
        connection.workspace.onDidChangeWorkspaceFolders(() => quietly('reading folders', readFolders))
      await readConfiguration()
      await readFolders()
    })
  })
  connection.onDidChangeConfiguration(({ settings }) => {
    if (can()?.workspace?.configuration) quietly('reading settings', readConfiguration)
    else session?.setSettings(readSettings((settings as { foretell?: unknown } | undefined)?.foretell))
  })
  connection.onDidChangeWatchedFiles(({ changes }) => {
    quietly('reading files', async () => session?.changedOnDisk(changes.map(({ uri, type }) => ({ uri, gone: type === 3 }))))
  })
  documents.onDidChangeContent(({ document }) => session?.opened(document.uri, document.getText(), document.languageId))
  documents.onDidClose(({ document }) => session?.closed(document.uri))
  connection.onShutdown(() => session?.stop())

  answerLanguageFeatures(connection, {
    about,
    overall,
    can,
    clientCommands: () => client.clientCommands === true,
    settings: () => session?.settings(),
  })

  const migration = (release: string): MigrateAnswer =>
    overall<MigrateAnswer>('migration', noMigration, now => migrate(now.snapshot(), release, now.today(), now.uriOf))
  /** For editors without our commands: what the client's command does, without asking and without the setting. */
  const applyMigration = async (release: string): Promise<MigrateAnswer> => {
    const answer = migration(release)
    if (!answer.edit) return answer
    const { applied } = await connection.workspace.applyEdit({ label: `Migrate to Cassandra ${answer.release}`, edit: answer.edit })
    return applied ? answer : { ...answer, problem: 'The editor did not apply the changes.' }
  }

  connection.onRequest(losableThingsRequest, (): LosableThingAnswer[] =>
    overall('things to lose', [], now => losableThings(now.snapshot())),
  )
  connection.onRequest(
    simulateRequest,
    (params: unknown): SimulateAnswer =>
      overall<SimulateAnswer>('simulate', { problem: 'The simulation failed; see the log of Foretell.', markdown: '' }, now =>
        simulate(now.snapshot(), fromSimulateParams(params)),
      ),
  )
  connection.onRequest(
    clusterTreeRequest,
    (): ClusterTreeAnswer => overall<ClusterTreeAnswer>('cluster tree', { clusters: [] }, now => clusterTree(now.snapshot(), now.uriOf)),
  )
  connection.onRequest(
    restartPlanRequest,
    (): RestartPlanAnswer =>
      overall<RestartPlanAnswer>('restart plan', { markdown: '' }, now => ({ markdown: restartPlanMarkdown(now.snapshot()) })),
  )
  connection.onRequest(explainRuleRequest, (params: unknown): ExplainRuleAnswer => {
    const rule = ruleNamed(textMember(params, 'rule') ?? '')
    return { markdown: rule ? rulePage(rule) : '', rules: ruleTitles() }
  })
  connection.onRequest(migrateRequest, (params: unknown): MigrateAnswer => migration(textMember(params, 'release') ?? ''))
  connection.onExecuteCommand(({ command, arguments: given }) => {
    if (command === 'foretell.simulate') {
      const params = fromSimulateParams(given?.[0])
      return overall<SimulateAnswer | null>('simulate', null, now => simulate(now.snapshot(), params))
    }
    if (command === 'foretell.migrateToRelease') return applyMigration(typeof given?.[0] === 'string' ? given[0] : '')
    const rule = command === 'foretell.explainRule' && typeof given?.[0] === 'string' ? ruleNamed(given[0]) : undefined
    return rule ? { markdown: rulePage(rule) } : null
  })

  documents.listen(connection)
  connection.listen()
}

/** Class and place of an error. Not its message: that may quote a file. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return [error.name, ...frames.slice(0, 4).map(line => line.trim())].join(' ')
}
