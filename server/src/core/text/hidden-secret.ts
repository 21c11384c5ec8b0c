/**
 * Lines of files as they may be shown: the values of secrets are replaced by dots of the same length. It errs on the side of hiding: what looks like a
 * key or follows a word such as `password` is not shown, whichever format it stands in.
 */

/** Names of secrets, also misspelt ones: a mistyped password is a password. */
const secretWord = String.raw`(?:p+a*s+w[a-z]*|pwd|pas+phr\w*|secret|priv\w*[_-]?key|pre-?shared[_-]?key|credentials?|(?:api|access|auth)[_-]?(?:key|token))`
const secretName = new RegExp(secretWord, 'i')
const assignment = new RegExp(String.raw`((?:[\w.$"'-]*${secretWord}[\w."'-]*)\s*[=:]\s*)(.+)$`, 'i')
const passwordClause = /(\bPASSWORD\b\s*=?\s*)('[^']*'?|"[^"]*"?)/i
const keyLine = /^\s*PublicKey\s*=/i
const keyLike = /[A-Za-z0-9+/]{40,4000}={0,2}/g
const commandWord = /((?:--?|\b)(?:pw|pass(?:word)?|private-key|preshared-key)(?:\s+|=))(\S+)/gi

/** In a longer line only the coarse patterns are tried, which are linear. */
const longestLine = 2000

/** A line whose secrets are hidden, character for character as long as the line. */
export function withoutSecrets(line: string): string {
  if (line.length > longestLine) {
    // Where a name may be far from its value, everything after the first sign of assignment is hidden.
    const assigned = secretName.test(line) ? line.search(/[=:]/) + 1 : line.length
    return withoutKeys(line.slice(0, assigned) + dots(line.slice(assigned)))
  }
  let shown = line
  if (secretName.test(line)) {
    const assigned = assignment.exec(shown)
    if (assigned && !isPlainWord(assigned[2]!)) shown = shown.slice(0, assigned.index + assigned[1]!.length) + dots(assigned[2]!)
    shown = shown.replace(passwordClause, (_, before: string, value: string) => before + dots(value))
    shown = shown.replace(commandWord, (_, before: string, value: string) => before + dots(value))
  }
  return withoutKeys(shown)
}

/** A key of YAML whose value stands on the lines below. */
const keyAlone = /^([ \t-]*)["']?[\w.-]+["']?[ \t]*:[ \t]*(?:[|>][-+0-9]*)?[ \t]*(?:#.*)?$/
/** Lines that are searched for the key of a value. */
const farthestKey = 200

/** A line of a file whose secrets are hidden, also those whose name stands on a line above. `lineAt` gives the text of a line, from 0. */
export function lineWithoutSecrets(lineAt: (line: number) => string, line: number): string {
  const text = lineAt(line)
  const indent = text.search(/\S/)
  if (indent > 0 && !keyAlone.test(text.slice(0, 1000)))
    for (let above = line - 1; above >= Math.max(0, line - farthestKey); above--) {
      const other = lineAt(above).slice(0, 1000)
      const depth = other.search(/\S/)
      if (depth < 0 || depth >= indent) continue
      if (keyAlone.test(other) && secretName.test(other)) return dots(text)
      break
    }
  return withoutSecrets(text)
}

/** Of a public key the first letters stay, to tell it from others; not more, for a private key may stand there by mistake. */
function withoutKeys(line: string): string {
  const shown = keyLine.test(line) ? 4 : 0
  return line.replace(keyLike, key => key.slice(0, shown) + dots(key.slice(shown)))
}

/** Values that no secret has: switches, class names. */
function isPlainWord(value: string): boolean {
  return /^\s*["']?(?:true|false|null|~|PasswordAuthenticator|org\.apache\.[\w.]+)["']?\s*$/.test(value)
}

const dots = (value: string) => value.replace(/[^\s'",{}]/g, '•')
