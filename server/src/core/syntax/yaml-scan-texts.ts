/** Texts of YAML as the scanner meets them: plain, quoted and block, unescaped and folded; and the cursor that reads them. */

/** Where the scanner stands. `keyAllowed`: a key may begin here. */
export interface Cursor {
  readonly text: string
  at: number
  lineStart: number
  keyAllowed: boolean
}

export interface ScannedText {
  readonly start: number
  readonly end: number
  readonly text: string
}

const lineEnd = /[\n\r\x85\u2028\u2029\0]/g
const plainBlockStop = /[ \t\n\r\0\x85\u2028\u2029]|:(?=[ \t\n\r\0\x85\u2028\u2029]|$)/g
const plainFlowStop = /[ \t\n\r\0\x85\u2028\u2029,?[\]{}]|:(?=[ \t\n\r\0\x85\u2028\u2029,[\]{}]|$)/g
const escapes: { readonly [letter: string]: string } = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const escapeLengths: { readonly [letter: string]: number } = { x: 2, u: 4, U: 8 }

/** Thrown where SnakeYAML would refuse; the scanner goes on behind it. */
export class Refused extends Error {
  readonly kind: string
  readonly start: number
  readonly end: number
  constructor(kind: string, detail: string, start: number, end: number) {
    super(detail)
    this.kind = kind
    this.start = start
    this.end = end
  }
}

export function refuse(c: Cursor, detail: string, start: number, end = start + 1): never {
  throw new Refused('yaml', detail, start, Math.max(start, Math.min(end, c.text.length)))
}

export function column(c: Cursor): number {
  return c.at - c.lineStart
}

/** A null character ends the text, as it does for SnakeYAML; that it stands there is refused elsewhere. */
export function atEnd(c: Cursor): boolean {
  return c.at >= c.text.length || c.text.charCodeAt(c.at) === 0
}

export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029
}

/** End of text, blank, tab or line break; NaN is the end of text. */
export function isBlankOrEnd(code: number): boolean {
  return code === 32 || code === 9 || code === 0 || Number.isNaN(code) || isBreak(code)
}

/** Takes one line break, if there is one; `\n` for all but the Unicode separators. */
export function takeBreak(c: Cursor): string {
  const code = c.text.charCodeAt(c.at)
  if (!isBreak(code)) return ''
  c.at += code === 13 && c.text.charCodeAt(c.at + 1) === 10 ? 2 : 1
  c.lineStart = c.at
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
}

export function skipToLineEnd(c: Cursor): void {
  lineEnd.lastIndex = c.at
  c.at = lineEnd.exec(c.text)?.index ?? c.text.length
}

/** A block text from its `|` or `>`; `indent` is that of the block around it. */
export function readBlockScalar(c: Cursor, style: 'literal' | 'folded', indent: number): ScannedText {
  const start = c.at
  c.at++
  const header = /([+-]?)(\d?)([+-]?)/y
  header.lastIndex = c.at
  const [whole = '', before = '', digit = '', after = ''] = header.exec(c.text) ?? []
  c.at += before === '' || after === '' ? whole.length : whole.length - 1
  if (digit === '0') refuse(c, 'a block text indented by 0', c.at - 1)
  if (!isBlankOrEnd(c.text.charCodeAt(c.at)) || c.text.charCodeAt(c.at) === 9) refuse(c, 'something after the sign of a block text', c.at)
  while (c.text.charCodeAt(c.at) === 32) c.at++
  if (c.text.charCodeAt(c.at) === 35) skipToLineEnd(c)
  if (takeBreak(c) === '' && !atEnd(c)) refuse(c, 'something after the sign of a block text', c.at)
  const least = Math.max(1, indent + 1)
  let breaks = ''
  let end = c.at
  let wanted: number
  const takeBreaks = (): void => {
    breaks = ''
    end = c.at
    for (;;) {
      while (column(c) < wanted && c.text.charCodeAt(c.at) === 32) c.at++
      const one = takeBreak(c)
      if (one === '') return
      breaks += one
      end = c.at
    }
  }
  if (digit === '') {
    let widest = 0
    for (;;) {
      if (c.text.charCodeAt(c.at) === 32) {
        c.at++
        widest = Math.max(widest, column(c))
      } else {
        const one = takeBreak(c)
        if (one === '') break
        breaks += one
        end = c.at
      }
    }
    wanted = Math.max(least, widest)
  } else {
    wanted = least + Number(digit) - 1
    takeBreaks()
  }
  const parts: string[] = []
  let lastBreak = ''
  while (column(c) === wanted && !atEnd(c)) {
    parts.push(breaks)
    const startsBlank = c.text.charCodeAt(c.at) === 32 || c.text.charCodeAt(c.at) === 9
    const from = c.at
    skipToLineEnd(c)
    parts.push(c.text.slice(from, c.at))
    end = c.at
    lastBreak = takeBreak(c)
    takeBreaks()
    if (breaks === '') end = Math.max(end, from)
    if (column(c) !== wanted || atEnd(c)) break
    const nextBlank = c.text.charCodeAt(c.at) === 32 || c.text.charCodeAt(c.at) === 9
    if (style === 'folded' && lastBreak === '\n' && !startsBlank && !nextBlank) {
      if (breaks === '') parts.push(' ')
    } else parts.push(lastBreak)
  }
  const chomp = before || after
  if (chomp !== '-') parts.push(lastBreak)
  if (chomp === '+') parts.push(breaks)
  return { start, end: Math.min(end, c.at), text: parts.join('') }
}

/** Line breaks and blanks inside a quoted text, folded. */
function quotedBlank(c: Cursor, start: number): string {
  const from = c.at
  while (c.text.charCodeAt(c.at) === 32 || c.text.charCodeAt(c.at) === 9) c.at++
  const blanks = c.text.slice(from, c.at)
  if (atEnd(c)) refuse(c, 'a quote that is never closed', start, c.text.length)
  const first = takeBreak(c)
  if (first === '') return blanks
  const more = quotedBreaks(c, start)
  if (first !== '\n') return first + more
  return more === '' ? ' ' : more
}

function quotedBreaks(c: Cursor, start: number): string {
  let breaks = ''
  for (;;) {
    if ((c.text.startsWith('---', c.at) || c.text.startsWith('...', c.at)) && isBlankOrEnd(c.text.charCodeAt(c.at + 3)))
      refuse(c, 'a quote that is not closed before the document ends', start)
    while (c.text.charCodeAt(c.at) === 32 || c.text.charCodeAt(c.at) === 9) c.at++
    const one = takeBreak(c)
    if (one === '') return breaks
    breaks += one
  }
}

/** A quoted text from its opening quote. */
export function readQuoted(c: Cursor, double: boolean): ScannedText {
  const start = c.at
  const stop = double ? /["\\ \t\n\r\0\x85\u2028\u2029]/g : /[' \t\n\r\0\x85\u2028\u2029]/g
  c.at++
  const parts: string[] = []
  for (;;) {
    stop.lastIndex = c.at
    const next = stop.exec(c.text)?.index ?? c.text.length
    if (next > c.at) parts.push(c.text.slice(c.at, next))
    c.at = next
    const code = c.text.charCodeAt(c.at)
    if (!double && code === 39) {
      if (c.text.charCodeAt(c.at + 1) !== 39) break
      parts.push("'")
      c.at += 2
    } else if (double && code === 34) break
    else if (double && code === 92) {
      const letter = c.text[c.at + 1] ?? ''
      const plain = escapes[letter]
      const length = escapeLengths[letter]
      if (plain !== undefined) {
        parts.push(plain)
        c.at += 2
      } else if (length !== undefined) {
        const hex = c.text.slice(c.at + 2, c.at + 2 + length)
        const value = hex.length === length && /^[0-9A-Fa-f]+$/.test(hex) ? Number.parseInt(hex, 16) : Number.POSITIVE_INFINITY
        if (value > 0x10ffff) refuse(c, `\`\\${letter}\` needs ${length} hexadecimal digits`, c.at, c.at + 2)
        parts.push(String.fromCodePoint(value))
        c.at += 2 + length
      } else {
        c.at++
        if (takeBreak(c) === '') refuse(c, `\`\\${letter}\` means nothing between double quotes; use single quotes`, c.at - 1, c.at + 1)
        parts.push(quotedBreaks(c, start))
      }
    } else if (code !== 32 && code !== 9 && c.at < c.text.length && !isBreak(code) && code !== 0) {
      parts.push(c.text[c.at]!)
      c.at++
    } else parts.push(quotedBlank(c, start))
  }
  c.at++
  return { start, end: c.at, text: parts.join('') }
}

/** Blanks after a piece of plain text: folded breaks, the blanks, or nothing when the document ends there. */
function plainBlank(c: Cursor): string {
  const from = c.at
  while (c.text.charCodeAt(c.at) === 32 || c.text.charCodeAt(c.at) === 9) c.at++
  const blanks = c.text.slice(from, c.at)
  const first = takeBreak(c)
  if (first === '') return blanks
  c.keyAllowed = true
  const documentEnds = (): boolean =>
    c.text.startsWith('---', c.at) || (c.text.startsWith('...', c.at) && isBlankOrEnd(c.text.charCodeAt(c.at + 3)))
  if (documentEnds()) return ''
  let breaks = ''
  for (;;) {
    while (c.text.charCodeAt(c.at) === 32) c.at++
    const one = takeBreak(c)
    if (one === '') break
    breaks += one
    if (documentEnds()) return ''
  }
  if (first !== '\n') return first + breaks
  return breaks === '' ? ' ' : breaks
}

/** A plain text; inside of brackets (`flow`) it ends at their signs too. It may go on over lines that are indented more than `indent`. */
export function readPlain(c: Cursor, flow: boolean, indent: number): ScannedText {
  const start = c.at
  let end = c.at
  const least = indent + 1
  const stop = flow ? plainFlowStop : plainBlockStop
  let value = ''
  let blank = ''
  for (;;) {
    if (c.text.charCodeAt(c.at) === 35) break
    stop.lastIndex = c.at
    const next = stop.exec(c.text)?.index ?? c.text.length
    if (next === c.at) break
    c.keyAllowed = false
    value += blank + c.text.slice(c.at, next)
    c.at = next
    end = next
    blank = plainBlank(c)
    if (blank === '' || c.text.charCodeAt(c.at) === 35 || (!flow && column(c) < least)) break
  }
  return { start, end, text: value }
}
