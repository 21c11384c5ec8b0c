/**
 * Lines of files as they may be shown: the values of secrets are replaced by dots of the same length. It errs on the side of hiding: what looks like a
 * key or follows a word such as `password` is not shown, whichever format it stands in.
 */

const secretName =
  /(?:pass(?:word|wd|phrase)?|secret|private[_-]?key|preshared[_-]?key|credential|token_?secret|api[_-]?key|access[_-]?key)/i
const assignment =
  /((?:[\w.$"'-]*(?:pass(?:word|wd|phrase)|secret|private[_-]?key|preshared[_-]?key|credentials?|api[_-]?key|access[_-]?key)[\w."'-]*)\s*[=:]\s*)(.+)$/i
const passwordClause = /(\bPASSWORD\b\s*=?\s*)('[^']*'?|"[^"]*"?)/i
const keyLine = /^\s*PublicKey\s*=/i
const keyLike = /[A-Za-z0-9+/]{40,}={0,2}/g
const commandWord = /((?:--?|\b)(?:pw|pass(?:word)?|private-key|preshared-key)(?:\s+|=))(\S+)/gi

/** A line whose secrets are hidden, character for character as long as the line. */
export function withoutSecrets(line: string): string {
  if (line.length > 20_000) return withoutKeys(line)
  let shown = line
  if (secretName.test(line)) {
    const assigned = assignment.exec(shown)
    if (assigned && !isPlainWord(assigned[2]!)) shown = shown.slice(0, assigned.index + assigned[1]!.length) + dots(assigned[2]!)
    shown = shown.replace(passwordClause, (_, before: string, value: string) => before + dots(value))
    shown = shown.replace(commandWord, (_, before: string, value: string) => before + dots(value))
  }
  return withoutKeys(shown)
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
