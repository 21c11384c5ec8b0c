/** The lines of a WireGuard file: which tool takes each one, which key it sets, and why nobody does. */
import { holdsPlaceholder } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { WgKey, WgQuickKey, WireGuardKey, WireGuardRefusalKind, WireGuardSection, WireGuardSetting } from './wireguard-file.ts'

const interfaceKeys: readonly WgKey[] = ['PrivateKey', 'ListenPort', 'FwMark']
const peerKeys: readonly WgKey[] = ['PublicKey', 'PresharedKey', 'AllowedIPs', 'Endpoint', 'PersistentKeepalive']
const quickKeys: readonly WgQuickKey[] = ['Address', 'DNS', 'MTU', 'Table', 'PreUp', 'PostUp', 'PreDown', 'PostDown', 'SaveConfig']

const knownKeys = new Map<string, { readonly key: WireGuardKey; readonly home: 'interface' | 'peer'; readonly quick: boolean }>([
  ...interfaceKeys.map(key => [key.toLowerCase(), { key, home: 'interface', quick: false }] as const),
  ...peerKeys.map(key => [key.toLowerCase(), { key, home: 'peer', quick: false }] as const),
  ...quickKeys.map(key => [key.toLowerCase(), { key, home: 'interface', quick: true }] as const),
])

/** Almost every line is spelled like this. */
const usualSpellings = new Map([...knownKeys.values()].map(known => [known.key as string, known]))

export interface HeaderLine {
  readonly kind: 'header'
  /** As wg sees it, white space removed. */
  readonly section: 'interface' | 'peer'
  readonly span: Span
}
export interface SettingLine {
  readonly kind: 'setting'
  readonly setting: WireGuardSetting
  readonly readBy: 'wg-quick' | 'wg'
}
export interface RefusedLine {
  readonly kind: 'refused'
  readonly why: WireGuardRefusalKind
  readonly span: Span
  readonly word: string
  /** The setting that it would be, in its place and with its spelling. */
  readonly setting: WireGuardSetting | undefined
}
export type WireGuardLine = HeaderLine | SettingLine | RefusedLine

export interface LineState {
  /** The section as wg sees it. */
  section: WireGuardSection
  /** wg-quick looks for its own keys: it saw `[Interface]` spelled without inner blanks. */
  readonly quick: boolean
}

const whiteSpace = /[\t-\r \0]/
const whiteSpaces = /[\t-\r \0]+/g
/** What getline, bash's `read` and wg's isspace pass over; bash drops NUL bytes altogether. */
export function withoutWhiteSpace(text: string): string {
  return whiteSpace.test(text) ? text.replace(whiteSpaces, '') : text
}
export function isWhiteSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0
}

/** Lower case of ASCII letters alone, as the C locale does it. */
const lower = (text: string) => (/^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : text)

const mayBePlaceholder = /[{$<@%[]|__|\.\.|xxx|x\.x|your|change|replace|insert|example_/i
const words =
  /<[^<>\n]*>|^\[[A-Za-z]\w*(?: [\w.-]+){1,8}\]|^\.{2,}$|(?:^|[:.,\s])x{3,}(?:[:.,/\s]|$)|(?:^|\b)x\.x\.x\.x\b|^\(?(?:YOUR|REPLACE|CHANGE|INSERT)[_ -]?[A-Z_ -]*\)?(?:$|[:/])/i

/** Whether a value waits for a person or a template to fill it in. Addresses, ports and keys are told apart first, as they are many. */
export function isOpenValue(value: string): boolean {
  if (value.length === 44 && value.endsWith('=')) return false
  if (!value.includes('..') && /^[0-9a-fA-F.:,/ \t]*$/.test(value)) return false
  return mayBePlaceholder.test(value) && (holdsPlaceholder(value) || words.test(value))
}

/**
 * Reads one line that is neither empty nor a comment.
 * @param start first character that is no white space
 * @param end behind the last one before the comment
 */
export function readLine(file: SourceFile, start: number, end: number, state: LineState): WireGuardLine {
  const { text } = file
  const equals = text.indexOf('=', start)
  const hasEquals = equals >= 0 && equals < end
  let keyEnd = hasEquals ? equals : end
  while (keyEnd > start && isWhiteSpace(text.charCodeAt(keyEnd - 1))) keyEnd--
  const written = text.slice(start, keyEnd)
  const span = spanOf(file, start, end)

  if (!hasEquals && text.charCodeAt(start) === 91) {
    const header = lower(withoutWhiteSpace(written))
    if (header === '[interface]' || header === '[peer]')
      return { kind: 'header', section: header === '[peer]' ? 'peer' : 'interface', span }
  }

  const usual = usualSpellings.get(written)
  const exact = usual ?? knownKeys.get(lower(written.includes('\0') ? written.replaceAll('\0', '') : written))
  if (state.quick && exact?.quick)
    return {
      kind: 'setting',
      readBy: 'wg-quick',
      setting: new PlacedSetting(file, exact.key, state.section, start, keyEnd, hasEquals ? equals + 1 : start, end, hasEquals),
    }

  const known = hasEquals ? (usual ?? knownKeys.get(lower(withoutWhiteSpace(written)))) : undefined
  if (!known)
    return { kind: 'refused', why: whyUnknown(text.slice(start, end), hasEquals), span, word: wordOf(written), setting: undefined }
  const setting = new PlacedSetting(file, known.key, state.section, start, keyEnd, equals + 1, end, true)
  const refused = (why: WireGuardRefusalKind): RefusedLine => ({ kind: 'refused', why, span, word: known.key, setting })
  if (state.section === 'none' || state.section === 'other') return refused('no-section')
  if (known.home !== state.section) return refused('other-section')
  if (known.quick) return refused(state.quick ? 'spaced-key' : 'spaced-section')
  if (setting.empty) return refused('empty-value')
  return { kind: 'setting', readBy: 'wg', setting }
}

/** A setting whose places are made when somebody asks: a mesh of 200 hosts has 200,000 of them. */
class PlacedSetting implements WireGuardSetting {
  readonly key: WireGuardKey
  readonly section: WireGuardSection
  readonly value: string
  readonly empty: boolean
  readonly placeholder: boolean
  readonly #file: SourceFile
  readonly #start: number
  readonly #keyEnd: number
  readonly #valueStart: number
  readonly #end: number

  constructor(
    file: SourceFile,
    key: WireGuardKey,
    section: WireGuardSection,
    start: number,
    keyEnd: number,
    from: number,
    end: number,
    hasEquals: boolean,
  ) {
    let valueStart = from
    while (valueStart < end && isWhiteSpace(file.text.charCodeAt(valueStart))) valueStart++
    const raw = file.text.slice(valueStart, end)
    this.key = key
    this.section = section
    this.value =
      key === 'PrivateKey' || key === 'PresharedKey'
        ? ''
        : quickKeys.includes(key as WgQuickKey)
          ? raw.replaceAll('\0', '')
          : withoutWhiteSpace(raw)
    this.empty = valueStart === end && hasEquals
    this.placeholder = isOpenValue(raw)
    this.#file = file
    this.#start = start
    this.#keyEnd = keyEnd
    this.#valueStart = valueStart
    this.#end = end
  }

  get keySpan(): Span {
    return spanOf(this.#file, this.#start, this.#keyEnd)
  }
  get valueSpan(): Span {
    return spanOf(this.#file, this.#valueStart, this.#end)
  }
  get lineSpan(): Span {
    return spanOf(this.#file, this.#start, this.#end)
  }
}

function whyUnknown(line: string, hasEquals: boolean): WireGuardRefusalKind {
  if (/^(?:;|\/\/|--|!|')/.test(line)) return 'wrong-comment'
  if (/[\ufeff\u00a0\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000]/.test(line)) return 'invisible-character'
  if (line.startsWith('[')) return 'unknown-section'
  return hasEquals ? 'unknown-key' : 'no-equals'
}

/** What an operator would call the line: its first word or its header; nothing that might be a key. */
function wordOf(written: string): string {
  const word = /^\[[^\]=]{0,30}\]|^\S+/.exec(written)?.[0] ?? ''
  return word.length > 32 || /[A-Za-z0-9+/]{22}/.test(word) ? '' : word
}
