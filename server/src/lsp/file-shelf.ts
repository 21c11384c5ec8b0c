/**
 * What is on disk and what is open, as one set of files: an open document hides its file on disk, closing it shows the disk again.
 * Collects what changed until somebody takes it.
 */
import type { SourceFile } from '../core/text/source-file.ts'

export interface ShelfChange {
  readonly set: readonly SourceFile[]
  readonly remove: readonly string[]
}

export interface FileShelf {
  open(path: string, uri: string, text: string): void
  close(path: string): void
  /** `undefined`: the file is gone from disk. */
  onDisk(path: string, uri: string, text: string | undefined): void
  /** A folder is gone from disk, with everything in it. */
  folderGone(folder: string): void
  forgetDisk(): void
  /** What differs from the last time it was taken; undefined when nothing does. */
  take(): ShelfChange | undefined
  /** The address as the client or the host wrote it. */
  uriOf(path: string): string | undefined
  diskPaths(): Iterable<string>
}

export function createFileShelf(): FileShelf {
  const disk = new Map<string, string>()
  const opened = new Map<string, string>()
  const addresses = new Map<string, string>()
  const given = new Map<string, string>()
  const touched = new Set<string>()

  return {
    open(path, uri, text) {
      addresses.set(path, uri)
      opened.set(path, text)
      touched.add(path)
    },
    close(path) {
      opened.delete(path)
      touched.add(path)
    },
    onDisk(path, uri, text) {
      if (!opened.has(path)) addresses.set(path, uri)
      if (text === undefined) disk.delete(path)
      else disk.set(path, text)
      touched.add(path)
    },
    folderGone(folder) {
      for (const path of [...disk.keys()]) {
        if (!path.startsWith(`${folder}/`)) continue
        disk.delete(path)
        touched.add(path)
      }
    },
    forgetDisk() {
      for (const path of disk.keys()) touched.add(path)
      disk.clear()
    },
    take() {
      const set: SourceFile[] = []
      const remove: string[] = []
      for (const path of touched) {
        const text = opened.get(path) ?? disk.get(path)
        if (text === given.get(path)) continue
        if (text === undefined) {
          remove.push(path)
          given.delete(path)
        } else {
          set.push({ path, text })
          given.set(path, text)
        }
      }
      touched.clear()
      return set.length || remove.length ? { set, remove } : undefined
    },
    uriOf: path => addresses.get(path),
    diskPaths: () => disk.keys(),
  }
}
