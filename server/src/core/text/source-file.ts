/** A file's identity and text. An edit makes a new object; what was remembered of the old one (by identity) is garbage. */

export interface SourceFile {
  /** Path relative to the workspace root, with `/`; unique in a workspace. */
  readonly path: string
  readonly text: string
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The folder of a path without the final slash; empty for a file at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** Whether `path` lies in `folder` or below it; the empty folder holds everything. */
export function isInFolder(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}
