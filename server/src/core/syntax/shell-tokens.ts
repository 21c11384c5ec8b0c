/** Words and operators of a POSIX shell script, enough to follow assignments; linear in the text, any text has tokens. */

export interface ShellToken {
  readonly kind: 'word' | 'operator'
  /** Of a word: quotes removed, `$` and backquotes left as written; of an operator: as written, `\n` for a line's end. */
  readonly text: string
  /** Begins with a quote, so that it is no keyword. */
  readonly quoted: boolean
  /** Holds `$` or a backquote that the shell would expand. */
  readonly expands: boolean
  readonly start: number
  readonly end: number
}

export function* shellTokens(text: string): Generator<ShellToken> {
  let at = 0
  while (at < text.length) {
    const character = text[at]!
    if (character === ' ' || character === '\t' || character === '\r') at++
    else if (character === '\\' && (text[at + 1] === '\n' || (text[at + 1] === '\r' && text[at + 2] === '\n')))
      at += text[at + 1] === '\r' ? 3 : 2
    else if (character === '#') {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if ('\n;&|()'.includes(character)) {
      const doubled = character !== '\n' && text[at + 1] === character && character !== '(' && character !== ')'
      yield {
        kind: 'operator',
        text: doubled ? character + character : character,
        quoted: false,
        expands: false,
        start: at,
        end: at + (doubled ? 2 : 1),
      }
      at += doubled ? 2 : 1
    } else {
      const word = readWord(text, at)
      yield word
      at = word.end
    }
  }
}

function readWord(text: string, start: number): ShellToken {
  const parts: string[] = []
  let expands = false
  let at = start
  while (at < text.length) {
    const character = text[at]!
    if (' \t\r\n;&|()'.includes(character)) break
    if (character === "'") {
      const end = text.indexOf("'", at + 1)
      const to = end < 0 ? text.length : end
      parts.push(text.slice(at + 1, to))
      at = end < 0 ? text.length : end + 1
    } else if (character === '"') {
      const close = endOfDoubleQuotes(text, at + 1)
      const inner = text.slice(at + 1, close)
      if (/[$`]/.test(inner)) expands = true
      parts.push(inner.replace(/\\\r?\n/g, '').replace(/\\(["\\])/g, '$1'))
      at = Math.min(close + 1, text.length)
    } else if (character === '`' || (character === '$' && (text[at + 1] === '(' || text[at + 1] === '{'))) {
      expands = true
      const end = endOfExpansion(text, at)
      parts.push(text.slice(at, end))
      at = end
    } else if (character === '\\') {
      if (text[at + 1] !== '\n') parts.push(text[at + 1] ?? '')
      at = Math.min(at + 2, text.length)
    } else {
      if (character === '$') expands = true
      const from = at
      while (at < text.length && !' \t\r\n;&|()\'"`\\'.includes(text[at]!) && !(text[at] === '$' && at > from)) at++
      if (at === from) at++
      parts.push(text.slice(from, at))
    }
  }
  return { kind: 'word', text: parts.join(''), quoted: text[start] === '"' || text[start] === "'", expands, start, end: at }
}

function endOfDoubleQuotes(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}

function endOfExpansion(text: string, from: number): number {
  if (text[from] === '`') {
    const end = text.indexOf('`', from + 1)
    return end < 0 ? text.length : end + 1
  }
  const open = text[from + 1]!
  const close = open === '(' ? ')' : '}'
  let depth = 0
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === open) depth++
    else if (text[at] === close && --depth === 0) return at + 1
  }
  return text.length
}
