/**
 * Addresses of files (URIs) and paths of the workspace, both ways. Clients write one address in several ways (`%3A`, upper-case drives), so
 * addresses are compared by a key and sent back as they came.
 */

export interface Root {
  readonly uri: string
  /** Put before its paths; empty when there is one root only, so that paths are those of the command line. */
  readonly prefix: string
}

/** One address, one key: percent signs decoded, drive letter in lower case, no slash at the end. */
export function keyOfUri(uri: string): string {
  let decoded = uri
  try {
    decoded = decodeURIComponent(uri)
  } catch {
    // A stray percent sign: the address stands for itself.
  }
  return decoded
    .replace(/^(file:\/\/\/)([A-Z]):/, (_, start: string, drive: string) => `${start}${drive.toLowerCase()}:`)
    .replace(/\/+$/, '')
}

/** Names roots apart when there are several: by folder name, numbered where it repeats. */
export function rootsOf(folders: readonly { readonly uri: string; readonly name: string }[]): readonly Root[] {
  if (folders.length === 1) return [{ uri: folders[0]!.uri, prefix: '' }]
  const taken = new Set<string>()
  return folders.map(({ uri, name }) => {
    const plain = (name || lastSegment(uri)).replaceAll('/', '-')
    let prefix = plain
    for (let i = 2; taken.has(prefix); i++) prefix = `${plain}-${i}`
    taken.add(prefix)
    return { uri, prefix: `${prefix}/` }
  })
}

/** The path in the workspace of an address under one of the roots (the deepest, when they nest); undefined outside all of them. */
export function pathUnderRoots(roots: readonly Root[], uri: string): string | undefined {
  const key = keyOfUri(uri)
  let best: { length: number; path: string } | undefined
  for (const root of roots) {
    const rootKey = keyOfUri(root.uri)
    if (!key.startsWith(`${rootKey}/`)) continue
    if (!best || rootKey.length > best.length) best = { length: rootKey.length, path: root.prefix + key.slice(rootKey.length + 1) }
  }
  return best?.path
}

/** The address of a path of the workspace; undefined when it lies under none of the roots. */
export function uriUnderRoots(roots: readonly Root[], path: string): string | undefined {
  const root = roots.find(({ prefix }) => path.startsWith(prefix))
  if (!root) return undefined
  const inside = path.slice(root.prefix.length).split('/').map(encodeURIComponent).join('/')
  return `${root.uri.replace(/\/+$/, '')}/${inside}`
}

/** A path for a file outside every root; a document that was never saved gets the suffix of its language. */
export function pathOutsideRoots(uri: string, languageId?: string): string {
  const path = keyOfUri(uri)
    .replace(/^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?/i, '')
    .replace(/^\/+/, '')
  return uri.startsWith('untitled:') ? path + (suffixOfLanguage[languageId ?? ''] ?? '') : path
}

const suffixOfLanguage: Readonly<Record<string, string>> = { cql: '.cql', wireguard: '.conf', yaml: '.yaml' }

function lastSegment(uri: string): string {
  const key = keyOfUri(uri)
  return key.slice(key.lastIndexOf('/') + 1)
}
