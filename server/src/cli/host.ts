/** What the command line asks of the machine it runs on: text in, text out, files. The entry brings Node's; tests bring their own. */
import type { SourceFile } from '../core/text/source-file.ts'

/** A path that could not be opened, and why, in words. */
export interface Unopened {
  readonly path: string
  readonly why: string
}

export interface FilesRead {
  /** Paths are relative to the root that was asked for, with `/`. */
  readonly files: readonly SourceFile[]
  readonly unopened: readonly Unopened[]
  /** Left out because they are too big to be configuration. */
  readonly tooBig: readonly Unopened[]
  /** Files that were named one by one: they count even when they are excluded. */
  readonly named: ReadonlySet<string>
}

export interface Host {
  readonly version: string
  write(text: string): void
  complain(text: string): void
  /** What standard output is. */
  readonly terminal: { readonly colours: boolean; readonly columns: number }
  /** `YYYY-MM-DD` where the operator is. */
  today(): string
  standardInput(): Promise<string>
  /**
   * Files that may matter by name, in folders and below; files named themselves, always. `exclude` is asked about files and folders met on the way.
   * `root` is the folder, relative to the working directory, that the answered paths (and those asked about) are relative to.
   */
  readPaths(root: string, paths: readonly string[], exclude: (path: string) => boolean): FilesRead
  /** One file, whatever its name; `path` is relative to `root`. */
  readFile(root: string, path: string): SourceFile | Unopened
  writeFile(root: string, path: string, text: string): Unopened | undefined
  /** The folder of the nearest foretell.yaml in or above `path`, as far as its repository reaches, relative to the working directory. */
  findForetellFileAbove(path: string): { readonly root: string; readonly name: string } | undefined
  /** What is written relative to the working directory, relative to `root`; with `/`. */
  pathFrom(root: string, path: string): string
  /** What is relative to `root`, relative to the working directory; with `/`. */
  shownPath(root: string, path: string): string
  /** Serves over standard input and output; resolves when the client is gone. */
  startLanguageServer(): Promise<void>
}

export function isUnopened(read: SourceFile | Unopened): read is Unopened {
  return 'why' in read
}
