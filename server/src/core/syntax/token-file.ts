/** A file with tokens: a plain list, or what `nodetool ring` or `nodetool info -T` printed. Total; linear in the text. */
import { memo } from '../text/memo.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Located, located, spanOf } from '../text/span.ts'

export interface RingRow {
  /** As printed: an address, with `-pp` its port too, with `-r` a host name. */
  readonly address: string
  readonly token: Located<bigint>
}

export type TokenFile =
  /** Tokens of one node, in the order of the file; never empty. */
  | { readonly kind: 'tokens'; readonly tokens: readonly Located<bigint>[] }
  /** The ring as one node sees it; never empty. */
  | { readonly kind: 'ring'; readonly rows: readonly RingRow[] }
  /** Why in an operator's words, without a text of the file. `at`: the first thing that is no token. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly at?: Located<number> }

const token = /^[+-]?\d{1,40}$/
const liveness = new Set(['Up', 'Down', '?'])
const states = new Set(['Normal', 'Joining', 'Leaving', 'Moving'])

interface Line {
  readonly text: string
  readonly start: number
}

/** Source: Cassandra's nodetool (Ring: address, rack, status, state, load, owns, token; Info: `Token : n`). */
export const readTokenFile: (file: SourceFile) => TokenFile = memo(file => {
  const lines = linesOf(file.text)
  const rows = lines.flatMap(line => ringRow(file, line) ?? [])
  if (rows.length > 0) return { kind: 'ring', rows }
  const told = lines.filter(({ text }) => /^\s{0,40}Token\s{0,80}:/.test(text))
  return told.length > 0 ? tokensOfInfo(file, told) : plainTokens(file, lines)
})

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length; ) {
    const end = text.indexOf('\n', start)
    const stop = end < 0 ? text.length : end
    lines.push({ text: text.slice(start, stop), start })
    start = stop + 1
  }
  return lines
}

function ringRow(file: SourceFile, { text, start }: Line): RingRow | undefined {
  const words = text.trim().split(/\s+/)
  // Racks and loads hold blanks; status and state stand between them.
  const status = words.findIndex((word, i) => i >= 1 && liveness.has(word) && states.has(words[i + 1] ?? ''))
  const last = words.at(-1)!
  if (status < 0 || words.length < status + 3 || !token.test(last)) return undefined
  const from = start + text.trimEnd().length - last.length
  return { address: words[0]!, token: located(bigintOf(last), spanOf(file, from, from + last.length)) }
}

function tokensOfInfo(file: SourceFile, lines: readonly Line[]): TokenFile {
  const tokens: Located<bigint>[] = []
  for (const { text, start } of lines) {
    const word = text.slice(text.indexOf(':') + 1).trim()
    if (!token.test(word)) return { kind: 'unreadable', why: 'is the output of nodetool info without -T, which prints no tokens' }
    const from = start + text.trimEnd().length - word.length
    tokens.push(located(bigintOf(word), spanOf(file, from, from + word.length)))
  }
  return { kind: 'tokens', tokens }
}

/** Between blanks, commas and lines; `#` begins a comment. The line may be that of a cassandra.yaml. */
function plainTokens(file: SourceFile, lines: readonly Line[]): TokenFile {
  const tokens: Located<bigint>[] = []
  for (const [index, { text, start }] of lines.entries()) {
    const comment = text.indexOf('#')
    const name = /^\s{0,40}initial_token\s{0,40}:/.exec(text)?.[0].length ?? 0
    const said = text.slice(name, comment < 0 ? text.length : Math.max(name, comment))
    for (const { 0: word, index: column } of said.matchAll(/[^\s,'"]+/g)) {
      const span = spanOf(file, start + name + column, start + name + column + word.length)
      if (!token.test(word)) {
        const what = `holds something on line ${index + 1} that is neither a token nor the output of nodetool ring`
        return { kind: 'unreadable', why: what, at: located(index + 1, span) }
      }
      tokens.push(located(bigintOf(word), span))
    }
  }
  return tokens.length > 0 ? { kind: 'tokens', tokens } : { kind: 'unreadable', why: 'holds no tokens' }
}

function bigintOf(text: string): bigint {
  return BigInt(text.replace(/^\+/, ''))
}
