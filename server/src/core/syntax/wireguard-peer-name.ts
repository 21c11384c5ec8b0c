/** The name of a peer as generators and people write it: in a comment above or below `[Peer]`. */

const label = /^(?:friendly_name|(?:client|peer|node|host|server|machine)(?:[ _-]?name)?|name|hostname)\s*[:=]\s*(\S+)/i
const hostLike = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/
const neverNames =
  /^(?:privatekey|publickey|presharedkey|allowedips?|endpoint|address|listenport|dns|mtu|table|persistentkeepalive|saveconfig|pre-?up|post-?up|pre-?down|post-?down|peers?|interface|begin|end|todo|note|the|this|for|from|to|see|clients?|servers?|nodes?|default|end-of-file|foretell:?)$/i

/** A host name in a comment (with its `#`), or undefined. Never anything that might be a key. */
export function nameInComment(comment: string): string | undefined {
  const words = comment.replace(/^[#\s>*=-]+/, '').replace(/[\s#*=<-]+$/, '')
  const labelled = label.exec(words)?.[1]
  if (labelled !== undefined) return asName(labelled)
  const [first = '', ...rest] = words.split(/\s+/, 4)
  if (words.length > 60 || rest.length > 2 || (rest.length > 0 && !/^[([-]/.test(rest[0]!))) return undefined
  return asName(first)
}

function asName(word: string): string | undefined {
  const name = word.replace(/[:,;]+$/, '')
  if (!hostLike.test(name) || neverNames.test(name) || !/[A-Za-z]/.test(name) || /[A-Za-z0-9+/]{26}/.test(name)) return undefined
  return name
}
