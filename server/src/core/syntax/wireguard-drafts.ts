/** What a WireGuard file's sections gather while its lines are read: last one wins for single values, lists grow. */
import { absent, type Fact, known, unknown } from '../text/fact.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf, textAt } from '../text/span.ts'
import type {
  SecretPlace,
  WireGuardEndpoint,
  WireGuardHook,
  WireGuardInterface,
  WireGuardPeer,
  WireGuardRefusal,
  WireGuardRefusalKind,
  WireGuardSetting,
  WireGuardWarning,
  WrittenPrefix,
} from './wireguard-file.ts'
import { isWhiteSpace, withoutWhiteSpace } from './wireguard-lines.ts'
import {
  type HostAndPort,
  isKey,
  readAllowedIp,
  readEndpoint,
  readFwMark,
  readInterfaceAddress,
  readKeepalive,
  readService,
} from './wireguard-values.ts'

const toBeFilledIn = 'the value is still to be filled in'
const refusedByWg = 'wg refuses the value'

export interface InterfaceDraft {
  readonly kind: 'interface'
  readonly file: SourceFile
  readonly headers: Span[]
  end: number
  privateKey: Fact<SecretPlace>
  listenPort: Fact<number>
  fwMark: Fact<number>
  readonly addresses: WrittenPrefix[]
  readonly refusedAddresses: { text: string; span: Span }[]
  addressesUnknown: boolean
  readonly dns: { value: string; isAddress: boolean; span: Span }[]
  mtu: Fact<number>
  table: Fact<string>
  saveConfig: Fact<boolean>
  readonly hooks: WireGuardHook[]
  readonly settings: WireGuardSetting[]
}

export interface PeerDraft {
  readonly kind: 'peer'
  readonly header: Span
  block: Span
  end: number
  publicKey: Fact<string>
  publicKeySpan: Span | undefined
  presharedKey: Fact<SecretPlace>
  readonly allowedIps: WrittenPrefix[]
  allowedIpsUnknown: boolean
  endpoint: Fact<WireGuardEndpoint>
  keepalive: Fact<number>
  name: string | undefined
  readonly settings: WireGuardSetting[]
}

/** Where a setting's refusals and warnings go. */
export interface Notes {
  readonly refusals: WireGuardRefusal[]
  readonly warnings: WireGuardWarning[]
}

export function newInterface(file: SourceFile): InterfaceDraft {
  return {
    kind: 'interface',
    file,
    headers: [],
    end: 0,
    privateKey: absent,
    listenPort: absent,
    fwMark: absent,
    addresses: [],
    refusedAddresses: [],
    addressesUnknown: false,
    dns: [],
    mtu: absent,
    table: absent,
    saveConfig: absent,
    hooks: [],
    settings: [],
  }
}

export function newPeer(header: Span, name: string | undefined): PeerDraft {
  return {
    kind: 'peer',
    header,
    block: header,
    end: header.end,
    publicKey: absent,
    publicKeySpan: undefined,
    presharedKey: absent,
    allowedIps: [],
    allowedIpsUnknown: false,
    endpoint: absent,
    keepalive: absent,
    name,
    settings: [],
  }
}

export function finishInterface(draft: InterfaceDraft): WireGuardInterface {
  const first = draft.headers[0]
  const second = draft.headers[1]
  const mine = draft.settings.filter(setting => !second || setting.lineSpan.start < second.start)
  const end = mine[mine.length - 1]?.lineSpan.end ?? first?.end ?? 0
  const { kind: _, file, end: __, ...rest } = draft
  return { ...rest, insertAt: spanOf(file, end, end) }
}

/** The draft itself, with its block closed. */
export function finishPeer(draft: PeerDraft): WireGuardPeer {
  draft.block = spanOf(draft.header.file, draft.header.start, draft.end)
  return draft
}

/** Puts a setting that its tool takes into its section, and notes what the tool says of the value. */
export function takeSetting(setting: WireGuardSetting, draft: InterfaceDraft | PeerDraft, notes: Notes): void {
  draft.settings.push(setting)
  draft.end = setting.lineSpan.end
  if (draft.kind === 'peer') takeForPeer(setting, draft, notes)
  else takeForInterface(setting, draft, notes)
}

function takeForPeer(setting: WireGuardSetting, peer: PeerDraft, notes: Notes): void {
  switch (setting.key) {
    case 'PublicKey':
      peer.publicKey = fact(setting, notes, 'key-format', text => (isKey(text) ? text : undefined))
      peer.publicKeySpan = setting.valueSpan
      break
    case 'PresharedKey':
      peer.presharedKey = secret(setting, notes)
      break
    case 'Endpoint':
      peer.endpoint = endpointOf(setting, notes)
      break
    case 'PersistentKeepalive':
      peer.keepalive = fact(setting, notes, 'keepalive', readKeepalive)
      break
    case 'AllowedIPs':
      takeAllowedIps(setting, peer, notes)
      break
  }
}

function takeForInterface(setting: WireGuardSetting, draft: InterfaceDraft, notes: Notes): void {
  switch (setting.key) {
    case 'PrivateKey':
      draft.privateKey = secret(setting, notes)
      break
    case 'ListenPort':
      draft.listenPort = fact(setting, notes, 'listen-port', text => readService(text)?.port)
      break
    case 'FwMark':
      draft.fwMark = fact(setting, notes, 'fwmark', readFwMark)
      break
    case 'Address':
      takeAddresses(setting, draft)
      break
    case 'DNS':
      for (const { text, span } of listItems(setting, /[^\s,]+/g))
        draft.dns.push({ value: text, isAddress: /^[0-9.]+$/.test(text) || text.includes(':'), span })
      break
    case 'MTU':
      draft.mtu = setting.empty ? absent : factOf(setting, readInteger(setting.value))
      break
    case 'Table':
      draft.table = setting.empty ? absent : factOf(setting, setting.value)
      break
    case 'SaveConfig': {
      const value = /^true$/i.test(setting.value) ? true : /^false$/i.test(setting.value) ? false : undefined
      draft.saveConfig = factOf(setting, value)
      if (value === undefined && !setting.placeholder) {
        const at = notes.refusals.findIndex(refusal => refusal.by === 'wg')
        const refusal: WireGuardRefusal = {
          kind: 'save-config',
          span: spanOrLine(setting),
          by: 'wg-quick',
          word: setting.key,
          value: setting.value,
        }
        notes.refusals.splice(at < 0 ? notes.refusals.length : at, 0, refusal)
      }
      break
    }
    case 'PreUp':
    case 'PostUp':
    case 'PreDown':
    case 'PostDown':
      if (!setting.empty) draft.hooks.push({ key: setting.key, command: setting.value, wholeCommand: restOfLine(setting), setting })
      break
  }
}

const spanOrLine = (setting: WireGuardSetting) => (setting.empty ? setting.lineSpan : setting.valueSpan)

function factOf<T>(setting: WireGuardSetting, value: T | undefined): Fact<T> {
  if (setting.placeholder) return unknown(toBeFilledIn, setting.valueSpan)
  return value === undefined ? unknown(refusedByWg, setting.valueSpan) : known(value, setting.valueSpan)
}

function fact<T>(setting: WireGuardSetting, notes: Notes, kind: WireGuardRefusalKind, read: (text: string) => T | undefined): Fact<T> {
  const value = setting.placeholder ? undefined : read(setting.value)
  if (value === undefined && !setting.placeholder) notes.refusals.push(refusalOf(setting, kind))
  return factOf(setting, value)
}

function refusalOf(
  setting: WireGuardSetting,
  kind: WireGuardRefusalKind,
  part?: { readonly text: string; readonly span: Span },
): WireGuardRefusal {
  const value = part ? part.text : setting.value
  const refusal = { kind, span: part ? part.span : setting.valueSpan, by: 'wg', word: setting.key } as const
  return kind === 'key-format' || /[A-Za-z0-9+/]{40}/.test(value) ? refusal : { ...refusal, value }
}

function secret(setting: WireGuardSetting, notes: Notes): Fact<SecretPlace> {
  const text = withoutWhiteSpace(textAt(setting.valueSpan))
  if (setting.placeholder) return unknown(toBeFilledIn, setting.valueSpan)
  if (!isKey(text)) {
    notes.refusals.push(refusalOf(setting, 'key-format'))
    return unknown(refusedByWg, setting.valueSpan)
  }
  return known({ span: setting.valueSpan, zero: /^A{43}=$/.test(text) }, setting.valueSpan)
}

function endpointOf(setting: WireGuardSetting, notes: Notes): Fact<WireGuardEndpoint> {
  if (setting.placeholder) return unknown(toBeFilledIn, setting.valueSpan)
  const read = readEndpoint(setting.value)
  if ('refused' in read) {
    notes.refusals.push(refusalOf(setting, read.refused))
    return unknown(refusedByWg, setting.valueSpan)
  }
  return known(new PlacedEndpoint(setting, read), setting.valueSpan)
}

/** An endpoint whose places are made when somebody asks. */
class PlacedEndpoint implements WireGuardEndpoint {
  readonly host: string
  readonly address: WireGuardEndpoint['address']
  readonly form: WireGuardEndpoint['form']
  readonly port: number
  readonly portText: string
  readonly portKind: WireGuardEndpoint['portKind']
  readonly #setting: WireGuardSetting
  readonly #hostStart: number
  readonly #portStart: number

  constructor(setting: WireGuardSetting, read: HostAndPort) {
    this.host = read.host
    this.address = read.address
    this.form = read.form
    this.port = read.port
    this.portText = read.portText
    this.portKind = read.portKind
    this.#setting = setting
    this.#hostStart = read.hostStart
    this.#portStart = read.portStart
  }

  get span(): Span {
    return this.#setting.valueSpan
  }
  get hostSpan(): Span {
    return placeOf(this.#setting, this.#hostStart, this.host.length)
  }
  get portSpan(): Span {
    return placeOf(this.#setting, this.#portStart, this.portText.length)
  }
}

/** The place of a part of the value, counted without white space. */
function placeOf(setting: WireGuardSetting, from: number, length: number): Span {
  const { file, start, end } = setting.valueSpan
  if (end - start === setting.value.length) return spanOf(file, start + from, start + from + length)
  let at = start
  const skip = () => {
    while (at < end && isWhiteSpace(file.text.charCodeAt(at))) at++
  }
  for (let i = 0; i < from; i++, at++) skip()
  skip()
  const begin = at
  for (let i = 0; i < length; i++, at++) skip()
  return spanOf(file, begin, Math.min(at, end))
}

function takeAllowedIps(setting: WireGuardSetting, peer: PeerDraft, notes: Notes): void {
  const { file, start, end } = setting.valueSpan
  // Searched in the value alone: to search the whole file for a comma that does not come would cost lines × length.
  const value = file.text.slice(start, end)
  for (let from = start; from <= end; ) {
    const comma = value.indexOf(',', from - start)
    const to = comma < 0 ? end : start + comma
    let first = from
    let last = to
    while (first < last && isWhiteSpace(file.text.charCodeAt(first))) first++
    while (last > first && isWhiteSpace(file.text.charCodeAt(last - 1))) last--
    const span = spanOf(file, first, last)
    const text = withoutWhiteSpace(file.text.slice(first, last))
    const read = readAllowedIp(text)
    if ('refused' in read) {
      peer.allowedIpsUnknown = true
      if (!setting.placeholder)
        notes.refusals.push(refusalOf(setting, read.refused, { text, span: text === '' ? setting.valueSpan : span }))
    } else {
      const prefix: WrittenPrefix = {
        family: read.family,
        bits: read.bits,
        length: read.length,
        hasLength: read.hasLength,
        sign: read.sign,
        text,
        span,
      }
      if (read.sign) notes.refusals.push({ ...refusalOf(setting, 'allowed-sign', { text, span }), acceptedFrom: '1.0.20250521' })
      else peer.allowedIps.push(prefix)
      if (hasHostBits(prefix)) notes.warnings.push({ kind: 'host-bits', prefix })
    }
    from = to + 1
  }
}

function hasHostBits(prefix: WrittenPrefix): boolean {
  const size = prefix.family === 4 ? 32 : 128
  return prefix.length < size && BigInt.asUintN(size - prefix.length, prefix.bits) !== 0n
}

function takeAddresses(setting: WireGuardSetting, draft: InterfaceDraft): void {
  if (setting.placeholder) draft.addressesUnknown = true
  for (const { text, span } of listItems(setting, /[^\s,]+/g)) {
    const read = readInterfaceAddress(text)
    if (read) draft.addresses.push({ ...read, text, span })
    else {
      draft.addressesUnknown = true
      if (!setting.placeholder) draft.refusedAddresses.push({ text, span })
    }
  }
}

function listItems(setting: WireGuardSetting, pattern: RegExp): { readonly text: string; readonly span: Span }[] {
  const { file, start } = setting.valueSpan
  const items: { text: string; span: Span }[] = []
  for (const match of textAt(setting.valueSpan).matchAll(pattern))
    items.push({ text: match[0].replaceAll('\0', ''), span: spanOf(file, start + match.index, start + match.index + match[0].length) })
  return items
}

/** As ip(8) reads a number: decimal, octal or hexadecimal. */
function readInteger(text: string): number | undefined {
  return /^(?:0x[0-9a-f]{1,12}|0[0-7]{0,14}|-?[1-9][0-9]{0,14})$/i.test(text)
    ? /^0[0-7]/.test(text)
      ? Number.parseInt(text, 8)
      : Number(text)
    : undefined
}

function restOfLine(setting: WireGuardSetting): string {
  const { file, start } = setting.valueSpan
  const end = file.text.indexOf('\n', start)
  return file.text.slice(start, end < 0 ? file.text.length : end).trim()
}
