/** Characters that YAML does not allow anywhere; a byte order mark at the start is none of them. */

const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** The first one, said for messages. */
export function findControlCharacter(text: string): { readonly detail: string; readonly start: number; readonly end: number } | undefined {
  const found = unprintable.exec(text)
  if (!found || (found.index === 0 && found[0] === '\ufeff')) return undefined
  const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return { detail: `the character U+${code}, which YAML does not allow`, start: found.index, end: found.index + found[0].length }
}
