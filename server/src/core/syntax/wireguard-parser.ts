/**
 * Reads a WireGuard file as `wg-quick strip FILE | wg setconf` does: wg-quick takes its own keys out of `[Interface]`, wg removes every white space
 * from what is left, matches keys without case, and stops at the first line it does not know. This parser goes on and lists them all.
 */
import { hasTemplateSuffix, holdsControlStructure } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import { findMergeConflict } from './merge-conflict.ts'
import { finishInterface, finishPeer, type InterfaceDraft, newInterface, newPeer, type PeerDraft, takeSetting } from './wireguard-drafts.ts'
import type {
  ParsedWireGuard,
  WireGuardPeer,
  WireGuardRefusal,
  WireGuardSection,
  WireGuardSetting,
  WireGuardWarning,
} from './wireguard-file.ts'
import { isOpenValue, isWhiteSpace, type LineState, readLine } from './wireguard-lines.ts'
import { nameInComment } from './wireguard-peer-name.ts'

/** A secret that was only commented out. */
const keyInComment = /(?:private|pre-?shared) ?key\s*[:=]\s*[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=/i

/** From here on wg-quick's own parsing is felt. */
const longLine = 4096

interface Reading {
  readonly file: SourceFile
  readonly state: { section: WireGuardSection; quick: boolean }
  readonly interface: InterfaceDraft
  readonly peers: PeerDraft[]
  readonly settings: WireGuardSetting[]
  readonly headers: { section: WireGuardSection; span: Span; readByWgQuick: boolean }[]
  readonly refusals: WireGuardRefusal[]
  readonly warnings: WireGuardWarning[]
  readonly longLines: ParsedWireGuard['longLines'][number][]
  readonly commentedKeys: Span[]
  /** The last comment of those that stand directly above. */
  comment: string | undefined
}

/** Total: any text gives a result; what the tools refuse stands in `refusals`. */
export function parseWireGuard(file: SourceFile): ParsedWireGuard {
  const reading: Reading = {
    file,
    state: { section: 'none', quick: false },
    interface: newInterface(file),
    peers: [],
    settings: [],
    headers: [],
    refusals: [],
    warnings: [],
    longLines: [],
    commentedKeys: [],
    comment: undefined,
  }
  const conflict = findMergeConflict(file)
  const steered = hasTemplateSuffix(file.path) || isSteered(file.text)
  if (conflict) reading.refusals.push({ kind: 'merge-conflict', span: conflict.span, by: 'wg', word: '' })
  else readLines(reading, steered)
  const elsewhere = conflict !== undefined || isSteered(file.text)
  const peers = reading.peers.map(finishPeer)
  const parsed = finishInterface(reading.interface)
  if (!elsewhere)
    for (const peer of peers)
      if (lacksPublicKey(peer)) reading.refusals.push({ kind: 'peer-without-public-key', span: peer.header, by: 'wg', word: '[Peer]' })
  return {
    kind: 'wireguard',
    file,
    template: steered || parsed.settings.some(setting => setting.key === 'Address' && setting.placeholder),
    linesMayBeElsewhere: elsewhere,
    interface: parsed,
    peers,
    settings: reading.settings,
    headers: reading.headers,
    refusals: reading.refusals,
    warnings: reading.warnings,
    longLines: reading.longLines,
    commentedKeys: reading.commentedKeys,
    problems: conflict ? [conflict] : [],
  }
}

/** Control structures of a template language, also lines that begin with `%% `. */
function isSteered(text: string): boolean {
  return holdsControlStructure(text) || /^%%[ \t]+[a-z]/m.test(text)
}

/** wg asks at the end; a refused PublicKey has stopped it before. */
function lacksPublicKey(peer: WireGuardPeer): boolean {
  return peer.publicKey.kind === 'absent' && !peer.settings.some(setting => setting.key === 'PublicKey')
}

function readLines(reading: Reading, steered: boolean): void {
  const { text } = reading.file
  let openBlock: string | undefined
  for (let lineStart = 0; lineStart < text.length; ) {
    let lineEnd = text.indexOf('\n', lineStart)
    if (lineEnd < 0) lineEnd = text.length
    let start = lineStart
    while (start < lineEnd && isWhiteSpace(text.charCodeAt(start))) start++
    let hash = start
    while (hash < lineEnd && text.charCodeAt(hash) !== 35) hash++
    let end = hash
    while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--
    if (openBlock !== undefined) {
      if (text.slice(start, lineEnd).includes(openBlock)) openBlock = undefined
    } else if (steered && isTemplateLine(text.slice(start, lineEnd))) {
      openBlock = unclosed(text.slice(start, lineEnd))
    } else if (end > start) {
      takeLine(reading, start, end, hash, lineEnd)
    } else if (hash < lineEnd) {
      takeComment(reading, hash, lineEnd)
    }
    if (lineEnd - lineStart > longLine) noteLongLine(reading, start, lineEnd, end)
    lineStart = lineEnd + 1
  }
}

/** A line that a template language takes away or replaces as a whole. */
function isTemplateLine(line: string): boolean {
  return /^(?:\{[%#{]|<%|%%?(?:\s|[a-z]))/.test(line) && !/^\{\{.*\}\}\s*=/.test(line)
}

function unclosed(line: string): string | undefined {
  for (const [open, close] of [
    ['{%', '%}'],
    ['{#', '#}'],
    ['<%', '%>'],
  ] as const)
    if (line.startsWith(open) && !line.includes(close)) return close
  return undefined
}

function takeComment(reading: Reading, hash: number, lineEnd: number): void {
  const comment = reading.file.text.slice(hash, Math.min(lineEnd, hash + 200))
  const key = keyInComment.exec(comment)
  if (key) reading.commentedKeys.push(spanOf(reading.file, hash + key.index, hash + key.index + key[0].length))
  const peer = reading.peers[reading.peers.length - 1]
  if (peer && reading.state.section === 'peer' && peer.settings.length === 0) peer.name ??= nameInComment(comment)
  else reading.comment = nameInComment(comment) ?? reading.comment
}

function takeLine(reading: Reading, start: number, end: number, hash: number, lineEnd: number): void {
  const { file, state } = reading
  const line = readLine(file, start, end, state as LineState)
  if (line.kind === 'header') {
    state.quick = line.section === 'interface' && /^\[interface\]$/i.test(file.text.slice(start, end).replaceAll('\0', ''))
    state.section = line.section
    reading.headers.push({ section: line.section, span: line.span, readByWgQuick: state.quick })
    if (line.section === 'peer') {
      const inline = hash < lineEnd ? nameInComment(file.text.slice(hash, Math.min(lineEnd, hash + 200))) : undefined
      reading.peers.push(newPeer(line.span, inline ?? reading.comment))
    } else reading.interface.headers.push(line.span)
    reading.comment = undefined
    return
  }
  if (line.kind === 'refused') {
    takeRefused(reading, line, file.text.slice(start, end))
    return
  }
  reading.comment = undefined
  reading.settings.push(line.setting)
  const peer = state.section === 'peer' ? reading.peers[reading.peers.length - 1] : undefined
  takeSetting(line.setting, peer ?? reading.interface, reading)
}

function takeRefused(reading: Reading, line: Extract<ReturnType<typeof readLine>, { kind: 'refused' }>, text: string): void {
  const { state } = reading
  if (text.startsWith('[')) {
    state.quick = false
    state.section = 'other'
  } else if (state.section === 'other') return
  if (line.setting) {
    reading.settings.push(line.setting)
    if (line.why === 'empty-value') {
      const peer = state.section === 'peer' ? reading.peers[reading.peers.length - 1] : undefined
      ;(peer ?? reading.interface).settings.push(line.setting)
    }
  }
  if (/^\.{2,}$/.test(text) || (line.setting ? line.setting.placeholder : isOpenValue(text) && !text.startsWith('['))) return
  reading.refusals.push({ kind: line.why, span: line.span, by: 'wg', word: line.word })
}

function noteLongLine(reading: Reading, start: number, lineEnd: number, end: number): void {
  const last = reading.settings[reading.settings.length - 1]
  const key = last && last.lineSpan.start >= start && last.lineSpan.end <= lineEnd ? last.key : undefined
  reading.longLines.push({ span: spanOf(reading.file, start, Math.max(start, key ? end : lineEnd)), key })
}
