/**
 * A conversation with the language server over an in-memory stream: a folder of files, an editor that talks, and what the server said. Nothing
 * sleeps: a pass of the server ends with its status, and that is awaited.
 */
import { PassThrough } from 'node:stream'
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { kindByName } from '../../server/src/core/syntax/file-kind.ts'
import { listFilesRequest, readFileRequest, type Status, statusNotification } from '../../server/src/lsp/custom-requests.ts'
import type { Host } from '../../server/src/lsp/host.ts'
import { serve } from '../../server/src/lsp/serve.ts'

export interface Conversation {
  readonly client: ProtocolConnection
  readonly initialized: InitializeResult
  /** What was published last, by path; a path that was never spoken of is missing. */
  readonly published: ReadonlyMap<string, readonly Diagnostic[]>
  /** Every publication in order, as `path: rules`. */
  readonly log: string[]
  readonly errors: string[]
  /** Changes the disk without telling anybody. */
  readonly disk: Map<string, string>
  uri(path: string): string
  /** Runs `act`, then waits until the server has judged the result. */
  after(act: () => unknown): Promise<Status>
  open(path: string, text?: string, languageId?: string): Promise<Status>
  /** Replaces the whole text. */
  edit(path: string, text: string): Promise<Status>
  close(path: string): Promise<Status>
  /** Position of `$0` in a text given with it, or of a word in the open text. */
  request<A>(method: string, params: object): Promise<A>
  end(): Promise<void>
}

export interface ConversationOptions {
  readonly folders?: readonly string[]
  readonly capabilities?: ClientCapabilities
  readonly initializationOptions?: object
  readonly settings?: () => unknown
  readonly today?: string
}

const root = 'file:///workspace'

export async function converse(files: Readonly<Record<string, string>>, options: ConversationOptions = {}): Promise<Conversation> {
  const disk = new Map(Object.entries(files))
  const uri = (path: string) =>
    path.includes('://') || /^(?:untitled|git):/.test(path) ? path : `${root}/${path.split('/').map(encodeURIComponent).join('/')}`
  const pathOf = (address: string) => decodeURIComponent(address.replace(`${root}/`, ''))
  const host: Host = {
    mayMatter: path => kindByName(path) !== undefined,
    listFiles: async folder => [...disk.keys()].filter(path => uri(path).startsWith(`${folder}/`)).map(uri),
    readFile: async address => disk.get(pathOf(address)),
    after: (_, run) => {
      const soon = setImmediate(run)
      return () => clearImmediate(soon)
    },
    today: () => options.today ?? '2026-06-01',
  }
  const up = new PassThrough()
  const down = new PassThrough()
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), () => host, { debounce: 0 })
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up))
  const published = new Map<string, readonly Diagnostic[]>()
  const log: string[] = []
  const errors: string[] = []
  const waiting: ((status: Status) => void)[] = []
  const versions = new Map<string, number>()
  client.onNotification('textDocument/publishDiagnostics', ({ uri: address, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
    published.set(pathOf(address), diagnostics)
    log.push(`${pathOf(address)}: ${diagnostics.map(diagnostic => diagnostic.code).join(' ')}`)
  })
  client.onNotification(statusNotification, (status: Status) => {
    for (const resolve of waiting.splice(0)) resolve(status)
  })
  client.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
    if (type === 1) errors.push(message)
  })
  client.onRequest('client/registerCapability', () => null)
  client.onRequest('workspace/codeLens/refresh', () => null)
  client.onRequest('workspace/inlayHint/refresh', () => null)
  client.onRequest('workspace/configuration', () => [options.settings?.() ?? null])
  client.onRequest(listFilesRequest, () => [])
  client.onRequest(readFileRequest, () => null)
  client.listen()

  const after = (act: () => unknown) =>
    new Promise<Status>((resolve, reject) => {
      waiting.push(resolve)
      Promise.resolve(act()).catch(reject)
    })
  const folders = (options.folders ?? ['']).map(folder => ({
    uri: folder === '' ? root : `${root}/${folder}`,
    name: folder || 'workspace',
  }))
  const initialized = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: folders,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions ?? { clientCommands: true },
  })
  await after(() => client.sendNotification('initialized', {}))

  const notify = (method: string, params: object) => after(() => client.sendNotification(method, params))
  return {
    client,
    initialized,
    published,
    log,
    errors,
    disk,
    uri,
    after,
    open: (path, text, languageId = 'plaintext') => {
      versions.set(path, 1)
      return notify('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId, version: 1, text: text ?? disk.get(path) ?? '' },
      })
    },
    edit: (path, text) => {
      const version = (versions.get(path) ?? 1) + 1
      versions.set(path, version)
      return notify('textDocument/didChange', { textDocument: { uri: uri(path), version }, contentChanges: [{ text }] })
    },
    close: path => notify('textDocument/didClose', { textDocument: { uri: uri(path) } }),
    request: (method, params) => client.sendRequest(method, params),
    end: async () => {
      await client.sendRequest('shutdown')
      client.dispose()
    },
  }
}

/** Line and character of `$0`, and the text without it. */
export function cursor(text: string): { readonly text: string; readonly position: { readonly line: number; readonly character: number } } {
  const at = text.indexOf('$0')
  const before = text.slice(0, at).split('\n')
  return { text: text.replace('$0', ''), position: { line: before.length - 1, character: before.at(-1)!.length } }
}

/** The position of a word in a text: its first letter, or so many letters on. */
export function positionOf(text: string, word: string, further = 0): { readonly line: number; readonly character: number } {
  const at = text.indexOf(word)
  if (at < 0) throw new Error(`"${word}" is not in the text`)
  const before = text.slice(0, at + further).split('\n')
  return { line: before.length - 1, character: before.at(-1)!.length }
}
