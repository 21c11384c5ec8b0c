/** .gitignore as git reads it: the last pattern that matches decides. Linear in pattern times path. */

export interface IgnoreFile {
  /** The folder it lies in, with `/`, absolute or relative like the paths it is asked about. */
  readonly folder: string
  readonly patterns: readonly IgnorePattern[]
}

interface IgnorePattern {
  readonly negated: boolean
  readonly foldersOnly: boolean
  /** Segments; `**` stands for any number of them. */
  readonly segments: readonly string[]
}

export function parseIgnoreFile(folder: string, text: string): IgnoreFile {
  const patterns: IgnorePattern[] = []
  for (const line of text.split(/\r?\n/)) {
    let pattern = /\\\s$/.test(line) ? line : line.replace(/[ \t]+$/, '')
    if (pattern === '' || pattern.startsWith('#')) continue
    const negated = pattern.startsWith('!')
    if (negated) pattern = pattern.slice(1)
    const foldersOnly = pattern.endsWith('/')
    if (foldersOnly) pattern = pattern.slice(0, -1)
    const anchored = pattern.includes('/')
    if (pattern.startsWith('/')) pattern = pattern.slice(1)
    if (pattern === '') continue
    patterns.push({ negated, foldersOnly, segments: anchored ? pattern.split('/') : ['**', pattern] })
  }
  return { folder, patterns }
}

/** Whether a path is ignored by the files that lie above it, outermost first. */
export function isIgnored(path: string, isFolder: boolean, ignoreFiles: readonly IgnoreFile[]): boolean {
  for (let i = ignoreFiles.length - 1; i >= 0; i--) {
    const { folder, patterns } = ignoreFiles[i]!
    const prefix = folder === '' ? '' : folder.endsWith('/') ? folder : `${folder}/`
    if (!path.startsWith(prefix)) continue
    const segments = path.slice(prefix.length).split('/')
    for (let p = patterns.length - 1; p >= 0; p--) {
      const pattern = patterns[p]!
      if (pattern.foldersOnly && !isFolder) continue
      if (segmentsMatch(pattern.segments, segments)) return !pattern.negated
    }
  }
  return false
}

function segmentsMatch(pattern: readonly string[], path: readonly string[]): boolean {
  let p = 0
  let s = 0
  let star = -1
  let retry = 0
  while (s < path.length) {
    if (pattern[p] === '**') {
      if (p === pattern.length - 1) return true
      star = p++
      retry = s
    } else if (p < pattern.length && wordMatches(pattern[p]!, path[s]!)) {
      p++
      s++
    } else if (star >= 0) {
      p = star + 1
      s = ++retry
    } else return false
  }
  while (pattern[p] === '**' && p < pattern.length - 1) p++
  return p === pattern.length
}

/** `*`, `?`, `[…]` and `\` within one segment. */
function wordMatches(pattern: string, word: string): boolean {
  let p = 0
  let w = 0
  let star = -1
  let retry = 0
  while (w < word.length) {
    const step = p < pattern.length && pattern[p] !== '*' ? matchOne(pattern, p, word[w]!) : 0
    if (pattern[p] === '*') {
      star = p++
      retry = w
    } else if (step > 0) {
      p += step
      w++
    } else if (star >= 0) {
      p = star + 1
      w = ++retry
    } else return false
  }
  while (pattern[p] === '*') p++
  return p >= pattern.length
}

/** How many characters of the pattern match this one; 0 when they do not. */
function matchOne(pattern: string, at: number, character: string): number {
  const sign = pattern[at]!
  if (sign === '?') return 1
  if (sign === '\\') return pattern[at + 1] === character ? 2 : 0
  if (sign !== '[') return sign === character ? 1 : 0
  const close = pattern.indexOf(']', at + 2)
  if (close < 0) return sign === character ? 1 : 0
  let members = pattern.slice(at + 1, close)
  const negated = members.startsWith('!') || members.startsWith('^')
  if (negated) members = members.slice(1)
  let within = false
  for (let i = 0; i < members.length; i++) {
    if (members[i + 1] === '-' && i + 2 < members.length) {
      within ||= members[i]! <= character && character <= members[i + 2]!
      i += 2
    } else within ||= members[i] === character
  }
  return within !== negated ? close - at + 1 : 0
}
