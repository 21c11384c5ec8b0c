/** Globs of foretell.yaml: `*` and `?` within a folder, `**` across folders, `{name}` for a named part of the path. */

/** A pattern's regular expression with named groups for `{node}` and `{datacenter}`. Linear: no nested quantifiers over the same characters. */
export function patternExpression(pattern: string): RegExp {
  let source = ''
  const seen = new Set<string>()
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i)
    const name = /^\{(\w+)\}/.exec(rest)
    if (rest.startsWith('**/')) {
      source += '(?:.*/)?'
      i += 2
    } else if (rest.startsWith('**')) {
      source += '.*'
      i += 1
    } else if (rest.startsWith('*')) source += '[^/]*'
    else if (rest.startsWith('?')) source += '[^/]'
    else if (name) {
      source += seen.has(name[1]!) ? `\\k<${name[1]}>` : `(?<${name[1]}>[^/]+)`
      seen.add(name[1]!)
      i += name[0].length - 1
    } else source += rest[0]!.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
  }
  return new RegExp(`^${source}$`)
}

/** Whether a path matches one of the patterns, each relative to `folder`. A pattern without wildcards also matches what lies below it. */
export function matchesPattern(path: string, patterns: readonly string[], folder: string): boolean {
  const relative = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined
  if (relative === undefined) return false
  return patterns.some(pattern => {
    const trimmed = pattern.replace(/^\.\//, '').replace(/\/$/, '')
    return patternExpression(trimmed).test(relative) || patternExpression(`${trimmed}/**`).test(relative)
  })
}
