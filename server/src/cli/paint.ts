/** Colours for a terminal, and text that fits it: nothing here knows what it prints. */

export interface Paint {
  bold(text: string): string
  faint(text: string): string
  red(text: string): string
  yellow(text: string): string
  blue(text: string): string
  cyan(text: string): string
  green(text: string): string
}

const code = (on: number, off: number) => (text: string) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`)
const plain = (text: string) => text

export function paintFor(colours: boolean): Paint {
  return colours
    ? {
        bold: code(1, 22),
        faint: code(2, 22),
        red: code(31, 39),
        yellow: code(33, 39),
        blue: code(34, 39),
        cyan: code(36, 39),
        green: code(32, 39),
      }
    : { bold: plain, faint: plain, red: plain, yellow: plain, blue: plain, cyan: plain, green: plain }
}

/** Text that moves no cursor: control characters, which a file may hold to deceive a reader, become visible signs. */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '\ufffd')
}

/** Columns that a character takes: two for East Asian wide ones and emoji, none for combining marks. */
export function widthOf(character: string): number {
  const point = character.codePointAt(0)!
  if (point < 0x300) return 1
  if ((point >= 0x300 && point <= 0x36f) || point === 0x200d || (point >= 0xfe00 && point <= 0xfe0f)) return 0
  const wide =
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2e80 && point <= 0xa4cf) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x1f300 && point <= 0x1faff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  return wide ? 2 : 1
}

export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** Lines of at most `width` columns, broken at blanks; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (let word of paragraph.split(/\s+/)) {
      if (word === '') continue
      while (word.length > width && textWidth(word) > width) {
        if (line !== '') lines.push(line)
        line = ''
        lines.push(word.slice(0, width))
        word = word.slice(width)
      }
      if (line === '') line = word
      else if (textWidth(line) + 1 + textWidth(word) <= width) line += ` ${word}`
      else {
        lines.push(line)
        line = word
      }
    }
    lines.push(line)
  }
  return lines
}

/** A label in a column of its own, the text wrapped beside it. */
export function labelled(
  label: string,
  text: string,
  width: number,
  indent: number,
  column: number,
  paintLabel: (label: string) => string,
): string[] {
  const space = Math.max(20, width - indent - column)
  return wrap(text, space).map((line, i) =>
    `${' '.repeat(indent)}${i === 0 ? paintLabel(label) + ' '.repeat(Math.max(1, column - textWidth(label))) : ' '.repeat(column)}${line}`.trimEnd(),
  )
}
