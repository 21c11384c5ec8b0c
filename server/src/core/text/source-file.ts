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

/** A path below a folder, without `.` and `..` where they can be resolved; one that begins with `/` stands for itself. */
export function joinPath(folder: string, path: string): string {
  const whole = folder === '' || path.startsWith('/') ? path : `${folder}/${path}`
  const parts: string[] = []
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return (whole.startsWith('/') ? '/' : '') + parts.join('/')
}
