/** Files from the disk: what may matter by name, without what git ignores. Symbolic links met on the way are not followed. */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { FilesRead, Unopened } from '../cli/host.ts'
import { kindByName } from '../core/syntax/file-kind.ts'
import type { SourceFile } from '../core/text/source-file.ts'
import { type IgnoreFile, isIgnored, parseIgnoreFile } from './ignore-file.ts'

/** Bytes; a bigger file is no configuration. */
const biggest = 128 * 2 ** 20
const neverEntered = new Set(['.git', 'node_modules'])

const slashes = (path: string) => (sep === '/' ? path : path.replaceAll(sep, '/'))

/** Path relative to `base`, with `/`. */
export function relativePath(base: string, path: string): string {
  return slashes(relative(base, resolve(base, path)))
}

/** The files of `paths` (relative to `workingFolder`), each named relative to `base`. Never throws. */
export function readPaths(workingFolder: string, base: string, paths: readonly string[], exclude: (path: string) => boolean): FilesRead {
  const files = new Map<string, SourceFile>()
  const unopened: Unopened[] = []
  const tooBig: Unopened[] = []
  const named = new Set<string>()

  const take = (absolute: string, path: string, size: number) => {
    if (files.has(path)) return
    if (size > biggest) {
      tooBig.push({ path, why: `${Math.round(size / 2 ** 20)} MiB are no configuration` })
      return
    }
    const read = readText(absolute, path)
    if ('why' in read) unopened.push(read)
    else files.set(path, read)
  }

  for (const wanted of paths) {
    const absolute = resolve(workingFolder, wanted)
    const path = relativePath(base, absolute)
    try {
      const found = statSync(absolute)
      if (found.isDirectory()) {
        const excluded = (inside: string) => exclude(relativePath(base, inside))
        const failed = (folder: string, why: string) => unopened.push({ path: relativePath(base, folder) || '.', why })
        for (const inside of filesBelow(absolute, ignoreFilesAbove(absolute), excluded, failed)) {
          const size = sizeOf(inside)
          if (typeof size === 'number') take(inside, relativePath(base, inside), size)
          else failed(inside, size.why)
        }
      } else if (found.isFile()) {
        named.add(path)
        take(absolute, path, found.size)
      } else unopened.push({ path: wanted, why: 'is neither a file nor a folder' })
    } catch (error) {
      unopened.push({ path: wanted, why: reasonOf(error) })
    }
  }
  return { files: [...files.values()], unopened, tooBig, named }
}

/** Every file below a folder that may matter by name, as absolute paths: what a language server watches. Unreadable folders have none. */
export function listFiles(folder: string): string[] {
  const absolute = resolve(folder)
  return [
    ...filesBelow(
      absolute,
      ignoreFilesAbove(absolute),
      () => false,
      () => undefined,
    ),
  ]
}

/** Absolute paths in order, without what git ignores, what is excluded, and symbolic links. */
function* filesBelow(
  folder: string,
  ignoreFiles: readonly IgnoreFile[],
  excluded: (path: string) => boolean,
  failed: (path: string, why: string) => void,
): Generator<string> {
  let entries: ReturnType<typeof entriesOf>
  try {
    entries = entriesOf(folder)
  } catch (error) {
    failed(folder, reasonOf(error))
    return
  }
  const own = entries.some(entry => entry.name === '.gitignore' && entry.isFile()) ? ignoreFileOf(folder) : undefined
  const ignoring = own ? [...ignoreFiles, own] : ignoreFiles
  for (const entry of entries) {
    const inside = join(folder, entry.name)
    const isFolder = entry.isDirectory()
    if (isFolder ? neverEntered.has(entry.name) : !entry.isFile() || kindByName(entry.name) === undefined) continue
    if (excluded(inside) || isIgnored(slashes(inside), isFolder, ignoring)) continue
    if (isFolder) yield* filesBelow(inside, ignoring, excluded, failed)
    else yield inside
  }
}

/** A file's text as UTF-8; what is no UTF-8 becomes U+FFFD, a byte order mark stays. */
export function readText(absolute: string, path: string): SourceFile | Unopened {
  try {
    return { path, text: readFileSync(absolute).toString('utf8') }
  } catch (error) {
    return { path, why: reasonOf(error) }
  }
}

/** The nearest foretell.yaml (absolute) in the folders above a path, up to the root of its repository; without one only up to `base`. */
export function findForetellFileAbove(base: string, path: string): string | undefined {
  let folder = resolve(base, path)
  try {
    if (!statSync(folder).isDirectory()) folder = dirname(folder)
  } catch {
    return undefined
  }
  const limit = repositoryRoot(folder) ?? (isBelow(folder, base) ? base : folder)
  for (;;) {
    const candidate = join(folder, 'foretell.yaml')
    if (isFile(candidate)) return candidate
    if (folder === limit || dirname(folder) === folder) return undefined
    folder = dirname(folder)
  }
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function ignoreFileOf(folder: string): IgnoreFile | undefined {
  const read = readText(join(folder, '.gitignore'), '')
  return 'why' in read ? undefined : parseIgnoreFile(slashes(folder), read.text)
}

/** The .gitignore files between the root of the repository and a folder in it, outermost first. */
function ignoreFilesAbove(folder: string): IgnoreFile[] {
  const root = repositoryRoot(folder)
  const found: IgnoreFile[] = []
  if (root === undefined) return found
  for (let at = folder; at !== root; ) {
    at = dirname(at)
    const ignoreFile = isFile(join(at, '.gitignore')) ? ignoreFileOf(at) : undefined
    if (ignoreFile) found.unshift(ignoreFile)
  }
  return found
}

function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    try {
      lstatSync(join(at, '.git'))
      return at
    } catch {
      if (dirname(at) === at) return undefined
    }
  }
}

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function sizeOf(path: string): number | { readonly why: string } {
  try {
    return statSync(path).size
  } catch (error) {
    return { why: reasonOf(error) }
  }
}

/** What the system said, in words and without a machine's paths. */
export function reasonOf(error: unknown): string {
  switch ((error as { code?: string } | null)?.code) {
    case 'ENOENT':
      return 'no such file or folder'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    case 'ENOTDIR':
      return 'a part of the path is no folder'
    case 'EISDIR':
      return 'is a folder'
    case 'ELOOP':
      return 'symbolic links go round in a circle'
    case 'ENAMETOOLONG':
      return 'the name is too long'
    default:
      return (error as { code?: string } | null)?.code ?? 'cannot be read'
  }
}
