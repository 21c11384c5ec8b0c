/**
 * What the server remembers between messages: the files, the two workspaces made of them, and what it last published. Everything else is a
 * function of a snapshot. Files under the client's folders are one workspace; a file outside is judged alone.
 */
import type { Diagnostic } from 'vscode-languageserver'
import type { ParsedFile } from '../core/syntax/parsed-file.ts'
import type { SourceFile } from '../core/text/source-file.ts'
import { tokenFilePaths } from '../core/workspace/declared-file.ts'
import type { Finding } from '../core/workspace/finding.ts'
import type { Snapshot } from '../core/workspace/snapshot.ts'
import { createWorkspace } from '../core/workspace/workspace.ts'
import { type ClientSettings, defaultSettings } from './client-settings.ts'
import { createFileShelf } from './file-shelf.ts'
import type { Host } from './host.ts'
import { createPublished } from './published.ts'
import { toDiagnostic, type UriOf } from './to-lsp.ts'
import { keyOfUri, pathOutsideRoots, pathUnderRoots, type Root, rootsOf, uriUnderRoots } from './uri-paths.ts'

/** One file in the snapshot that a request is about. */
export interface Look {
  readonly snapshot: Snapshot
  readonly parsed: ParsedFile
  readonly file: SourceFile
  readonly findings: readonly Finding[]
  readonly uriOf: UriOf
}

export interface SessionOutput {
  publish(uri: string, diagnostics: readonly Diagnostic[]): void
  /** Called after every pass, published or not. */
  refreshed(snapshot: Snapshot): void
  /** Files whose names promise nothing, but foretell.yaml names them: paths under the folders. Called when they change. */
  watch(paths: readonly string[]): void
  /** A pass or a read failed: name and place of the error, never a text of a file. */
  failed(what: string, error: unknown): void
}

export interface SessionOptions {
  /** From an edit to its findings, in milliseconds. */
  readonly debounce: number
  readonly docsOf: (rule: string) => string
}

export interface Session {
  /** Reads everything below the folders, then publishes. */
  setFolders(folders: readonly { readonly uri: string; readonly name: string }[]): Promise<void>
  setSettings(settings: ClientSettings): void
  settings(): ClientSettings
  opened(uri: string, text: string, languageId: string): void
  closed(uri: string): void
  /** Files or folders came, went or changed on disk. */
  changedOnDisk(changes: readonly { readonly uri: string; readonly gone: boolean }[]): Promise<void>
  /** The workspace of the folders as it is now, edits of this moment included. */
  snapshot(): Snapshot
  uriOf: UriOf
  /** The date that suppressions expire by. */
  today(): string
  /** Undefined when the file is none that is judged. */
  look(uri: string): Look | undefined
  stop(): void
}

export function createSession(host: Host, output: SessionOutput, options: SessionOptions): Session {
  const insideShelf = createFileShelf()
  const outsideShelf = createFileShelf()
  const inside = createWorkspace()
  const outside = createWorkspace({ isolated: true })
  const published = createPublished((uri, diagnostics) => output.publish(uri, diagnostics))
  const languages = new Map<string, { readonly uri: string; readonly text: string; readonly languageId: string }>()
  let roots: readonly Root[] = []
  /** Paths that foretell.yaml names, whatever their names promise. */
  let named: ReadonlySet<string> = new Set()
  let settings = defaultSettings
  let settingsChanged = true
  let judgedOn = ''
  let reading = 0
  let generation = 0
  let stopped = false
  let cancelTimer: (() => void) | undefined

  const uriOfInside: UriOf = path => insideShelf.uriOf(path)
  const uriOfOutside: UriOf = path => outsideShelf.uriOf(path)

  function flush(): void {
    const today = host.today()
    // Suppressions expire at midnight, with or without an edit.
    if (today !== judgedOn) settingsChanged = true
    judgedOn = today
    const workspaceOptions = { today, ...(settings.statedRelease ? { statedRelease: settings.statedRelease } : {}) }
    const insideChange = insideShelf.take()
    const outsideChange = outsideShelf.take()
    if (insideChange || settingsChanged) inside.apply({ ...insideChange, ...(settingsChanged ? { options: workspaceOptions } : {}) })
    if (outsideChange || settingsChanged) {
      outside.apply({ ...outsideChange, ...(settingsChanged ? { options: { ...workspaceOptions, isolated: true } } : {}) })
    }
    settingsChanged = false
  }

  function publish(): void {
    if (stopped || reading > 0) return
    // What was waiting is judged now.
    cancelTimer?.()
    cancelTimer = undefined
    try {
      flush()
      const diagnostics = new Map<string, readonly Diagnostic[]>()
      const snapshot = inside.snapshot()
      if (readNamed(snapshot)) return
      collect(snapshot.findings, uriOfInside, options.docsOf, diagnostics)
      collect(outside.snapshot().findings, uriOfOutside, options.docsOf, diagnostics)
      published.update(diagnostics)
      output.refreshed(snapshot)
    } catch (error) {
      output.failed('judging the workspace', error)
    }
  }

  /** Whether foretell.yaml names files that have to be read first; then they are, and the pass begins again. */
  function readNamed(snapshot: Snapshot): boolean {
    const paths = tokenFilePaths(snapshot.declared)
    const fresh = paths.filter(path => !named.has(path) && !host.mayMatter(path))
    if (fresh.length > 0 || paths.length !== named.size) {
      named = new Set(paths)
      output.watch(paths.filter(path => !host.mayMatter(path)))
    }
    if (fresh.length === 0) return false
    const mine = generation
    const uris = fresh.flatMap(path => uriUnderRoots(roots, path) ?? [])
    void whileReading(() => readAll(uris, mine)).then(publish)
    return true
  }

  const isWanted = (path: string) => host.mayMatter(path) || named.has(path)

  function schedule(): void {
    cancelTimer?.()
    cancelTimer = host.after(options.debounce, () => {
      cancelTimer = undefined
      publish()
    })
  }

  async function whileReading(work: () => Promise<void>): Promise<void> {
    reading++
    try {
      await work()
    } catch (error) {
      output.failed('reading files', error)
    } finally {
      reading--
    }
  }

  async function readAll(uris: readonly string[], mine: number): Promise<void> {
    const queue = uris.filter(uri => {
      const path = pathUnderRoots(roots, uri)
      return path !== undefined && isWanted(path)
    })
    let next = 0
    const worker = async () => {
      while (next < queue.length && mine === generation) {
        const uri = queue[next++]!
        const text = await host.readFile(uri)
        const path = pathUnderRoots(roots, uri)
        if (path !== undefined && mine === generation) insideShelf.onDisk(path, uri, text)
      }
    }
    await Promise.all(Array.from({ length: Math.min(16, queue.length) }, worker))
  }

  function place(uri: string, text: string | undefined, languageId: string): void {
    const path = pathUnderRoots(roots, uri)
    // Old revisions and other views of a file are no files.
    if (path === undefined && !/^(?:file|untitled):/.test(uri)) return
    const shelf = path === undefined ? outsideShelf : insideShelf
    const name = path ?? pathOutsideRoots(uri, languageId)
    if (text === undefined) shelf.close(name)
    else if (isWanted(name)) shelf.open(name, uri, text)
  }

  return {
    async setFolders(folders) {
      const mine = ++generation
      await whileReading(async () => {
        for (const { uri, languageId } of languages.values()) place(uri, undefined, languageId)
        insideShelf.forgetDisk()
        named = new Set()
        roots = rootsOf(folders)
        for (const { uri, text, languageId } of languages.values()) place(uri, text, languageId)
        for (const root of roots) await readAll(await host.listFiles(root.uri), mine)
      })
      if (mine === generation) publish()
    },
    setSettings(changed) {
      settings = changed
      settingsChanged = true
      schedule()
    },
    settings: () => settings,
    opened(uri, text, languageId) {
      languages.set(keyOfUri(uri), { uri, text, languageId })
      place(uri, text, languageId)
      schedule()
    },
    closed(uri) {
      const known = languages.get(keyOfUri(uri))
      languages.delete(keyOfUri(uri))
      place(uri, undefined, known?.languageId ?? '')
      schedule()
    },
    async changedOnDisk(changes) {
      const mine = generation
      await whileReading(async () => {
        for (const { uri, gone } of changes) {
          const path = pathUnderRoots(roots, uri)
          if (path === undefined || !gone) continue
          insideShelf.onDisk(path, uri, undefined)
          insideShelf.folderGone(path)
        }
        await readAll(
          changes.filter(change => !change.gone).map(change => change.uri),
          mine,
        )
      })
      schedule()
    },
    snapshot() {
      flush()
      return inside.snapshot()
    },
    uriOf: uriOfInside,
    today: () => host.today(),
    look(uri) {
      flush()
      const path = pathUnderRoots(roots, uri)
      const workspace = path === undefined ? outside : inside
      const name = path ?? pathOutsideRoots(uri, languages.get(keyOfUri(uri))?.languageId)
      const snapshot = workspace.snapshot()
      const parsed = snapshot.parsed.get(name)
      if (!parsed) return undefined
      const uriOf = path === undefined ? uriOfOutside : uriOfInside
      return { snapshot, parsed, file: parsed.file, findings: snapshot.findingsOf(name), uriOf }
    },
    stop() {
      stopped = true
      cancelTimer?.()
    },
  }
}

function collect(
  findings: readonly Finding[],
  uriOf: UriOf,
  docsOf: (rule: string) => string,
  into: Map<string, readonly Diagnostic[]>,
): void {
  const byUri = new Map<string, Diagnostic[]>()
  for (const finding of findings) {
    const uri = uriOf(finding.span.file.path)
    if (uri === undefined) continue
    const list = byUri.get(uri)
    if (list) list.push(toDiagnostic(finding, uriOf, docsOf))
    else byUri.set(uri, [toDiagnostic(finding, uriOf, docsOf)])
  }
  for (const [uri, list] of byUri) into.set(uri, list)
}
