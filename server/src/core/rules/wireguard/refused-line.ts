/** Lines that wg does not know: it stops there, and the interface is not configured. */
import type { ParsedWireGuard, WireGuardRefusal } from '../../syntax/wireguard-file.ts'
import { spanOf, textAt } from '../../text/span.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { deleteLines, replace } from '../line-edits.ts'
import { type Fix, rule } from '../rule.ts'
import { homeOfKey, nearestKey } from './refused-line-words.ts'

const kinds = new Set([
  'unknown-section',
  'no-section',
  'unknown-key',
  'other-section',
  'spaced-section',
  'spaced-key',
  'no-equals',
  'empty-value',
  'wrong-comment',
  'invisible-character',
  'peer-without-public-key',
])

export default rule({
  id: 'wireguard/refused-line',
  scope: 'file',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard line that wg does not know',
  why: 'wg-quick hands every line that it does not know to wg, and wg stops at the first one that it does not know either: the interface stays without keys and peers, and with it the node without the mesh.',
  remedy:
    'Use the keys of wg(8) and wg-quick(8) in their own sections, `#` for comments, and give every key a value or take the line away.',
  sources: ['wireguard-tools: src/config.c, process_line', 'Measured with wireguard-tools 1.0.20210914 and 1.0.20260223 on 353 inputs'],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { AllowedIPs: undefined })}AllowedIP = 10.20.1.12/32\n#^^^^^^^^ 💡 error[wireguard/refused-line]: AllowedIPs\n`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    for (const refusal of parsed.refusals)
      if (kinds.has(refusal.kind))
        yield {
          at: placeOf(refusal),
          message: `${whatIsWrong(refusal, parsed)}: wg stops here and the interface is not configured. ${whatToDo(refusal, parsed)}`,
          about: [`file:${parsed.file.path}`],
          fixes: () => fixesOf(refusal, parsed),
        }
  },
})

function placeOf(refusal: WireGuardRefusal) {
  const { file, start, end } = refusal.span
  if (refusal.kind !== 'unknown-key' && refusal.kind !== 'other-section' && refusal.kind !== 'spaced-key') return refusal.span
  const equals = file.text.indexOf('=', start)
  return equals < 0 || equals > end ? refusal.span : spanOf(file, start, start + file.text.slice(start, equals).trimEnd().length)
}

function whatIsWrong({ kind, word }: WireGuardRefusal, parsed: ParsedWireGuard): string {
  const named = word === '' ? 'this line' : `\`${word}\``
  switch (kind) {
    case 'unknown-section':
      return `There is no section ${named}`
    case 'no-section':
      return `${named} stands before any section`
    case 'unknown-key':
      return `There is no key ${named}`
    case 'other-section':
      return `\`${word}\` does not belong in ${homeOfKey(word) === '[Peer]' ? '[Interface]' : '[Peer]'}`
    case 'spaced-section':
      return `wg-quick does not know the header with blanks inside the brackets and passes \`${word}\` on to wg`
    case 'spaced-key':
      return `wg-quick does not know \`${word}\` with blanks inside its name and passes the line on to wg`
    case 'no-equals':
      return `${word === '' ? 'This line' : `The line that begins with ${named}`} has no \`=\``
    case 'empty-value':
      return `\`${word}\` has no value`
    case 'wrong-comment':
      return 'Only `#` starts a comment'
    case 'invisible-character':
      return parsed.file.text.charCodeAt(0) === 0xfeff
        ? 'A byte order mark or another invisible character stands in this line'
        : 'A no-break space or another invisible character stands in this line'
    default:
      return 'This [Peer] has no PublicKey'
  }
}

function whatToDo({ kind, word }: WireGuardRefusal, parsed: ParsedWireGuard): string {
  const nearest = nearestKey(word)
  switch (kind) {
    case 'unknown-section':
      return 'wg knows [Interface] and [Peer].'
    case 'no-section':
      return `Move it below ${word === '' ? '[Interface] or [Peer]' : homeOfKey(word)}.`
    case 'unknown-key':
      return nearest ? `Did you mean \`${nearest}\`?` : 'Take the line away or turn it into a comment with `#`.'
    case 'other-section':
      return `Move it to ${homeOfKey(word)}.`
    case 'spaced-section':
      return 'Write `[Interface]`.'
    case 'spaced-key':
      return `Write \`${word}\`.`
    case 'no-equals':
      return nearest ? `Write \`${nearest} = …\`.` : 'Write `key = value`, or turn it into a comment with `#`.'
    case 'empty-value':
      return word === 'PrivateKey' && !parsed.template
        ? 'If it was left out on purpose, take the line away and let a hook set it: `PostUp = wg set %i private-key FILE`.'
        : 'Give it one, or take the line away.'
    case 'wrong-comment':
      return 'Write `#`.'
    case 'invisible-character':
      return 'Delete it.'
    default:
      return 'Add the key of the peer, or take the block away.'
  }
}

function fixesOf(refusal: WireGuardRefusal, parsed: ParsedWireGuard): readonly Fix[] {
  const { kind, span, word } = refusal
  const text = textAt(span)
  const nearest = nearestKey(word)
  const once = (title: string, newText: string, safe: boolean, at = span): readonly Fix[] => [
    { title, safe, edits: [replace(at, newText)] },
  ]
  switch (kind) {
    case 'unknown-key':
    case 'spaced-key': {
      const isSet = parsed.settings.some(setting => setting.key === nearest && setting.lineSpan.start !== span.start)
      return nearest ? once(`Write ${nearest}`, nearest, kind === 'spaced-key' || !isSet, placeOf(refusal)) : []
    }
    case 'spaced-section': {
      const header = [...parsed.headers].reverse().find(each => each.span.start < span.start)
      return header ? once('Write [Interface]', '[Interface]', true, header.span) : []
    }
    case 'wrong-comment':
      return once('Start the comment with #', text.replace(/^(?:;+|\/\/|--|!|')/, '#'), true)
    case 'invisible-character':
      return once(
        'Delete invisible characters',
        text.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '),
        true,
      )
    case 'unknown-section':
      return /^\[\s*peers?\b/i.test(text)
        ? once('Write [Peer]', '[Peer]', false)
        : /^\[\s*interface?s?\b/i.test(text)
          ? once('Write [Interface]', '[Interface]', false)
          : []
    case 'no-equals':
      return nearest && /^\S+\s*:\s*\S/.test(text) ? once('Write = for :', text.replace(/^(\S+?)\s*:\s*/, '$1 = '), true) : []
    case 'empty-value':
      return [{ title: 'Delete the line', safe: false, edits: [deleteLines(span)] }]
    default:
      return []
  }
}
