/** Values that wg, wg-quick or ip(8) refuse. */

import { showAddress } from '../../analysis/ip-network.ts'
import type { ParsedWireGuard, WireGuardRefusal, WireGuardRefusalKind } from '../../syntax/wireguard-file.ts'
import { knownValue } from '../../text/fact.ts'
import { baseName, folderOf } from '../../text/source-file.ts'
import { spanOf } from '../../text/span.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { type Fix, type Report, rule } from '../rule.ts'

const accepted: Partial<Record<WireGuardRefusalKind, string>> = {
  'key-format': 'a key is 43 characters of base64 and `=`, as `wg genkey` or `wg pubkey` prints it',
  'listen-port': 'a port is a decimal number from 0 to 65535',
  fwmark: 'a mark is `off`, a decimal number or `0x…` up to 0xffffffff',
  keepalive: 'an interval is `off` or whole seconds from 0 to 65535, without a unit',
  'endpoint-without-port': 'an endpoint is `address:port`',
  'endpoint-without-bracket': 'an IPv6 endpoint is `[address]:port`',
  'endpoint-host': 'an endpoint is one address or host name, a colon and a port; IPv6 stands in brackets',
  'endpoint-port': 'the port of an endpoint is a decimal number from 1 to 65535',
  'allowed-address': 'AllowedIPs are full addresses, separated by commas, each with its own mask; no names, no empty items',
  'allowed-length': 'a mask is a number of bits, at most 32 (IPv4) or 128 (IPv6); items are separated by commas',
  'save-config': 'SaveConfig is `true` or `false`',
}

export default rule({
  id: 'wireguard/refused-value',
  scope: 'file',
  effects: ['refuses', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard value that is refused',
  why: 'wg checks its own values when the file is loaded and gives up on the whole interface; Address, MTU and Table are checked by ip(8) when the interface comes up, and wg-quick then removes it again.',
  remedy: 'Write the value as the message says.',
  sources: [
    'wireguard-tools: src/config.c and src/encoding.c',
    'wireguard-tools: src/wg-quick/linux.bash, parse_options',
    'Measured with wireguard-tools 1.0.20210914 on 353 inputs',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { PersistentKeepalive: '25s\n#                     ^^^ 💡 error[wireguard/refused-value]: seconds' })}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    for (const refusal of parsed.refusals) {
      const what = accepted[refusal.kind]
      if (!what) continue
      yield {
        at: refusal.span.end > refusal.span.start ? refusal.span : lineOf(refusal),
        message: `${shown(refusal)} is refused: ${what}. ${refusal.by === 'wg-quick' ? 'wg-quick does not start.' : 'The interface is not configured.'}`,
        about: [`setting:${refusal.word}`],
        fixes: () => fixesOf(refusal),
      }
    }
    yield* refusedByIp(parsed)
    yield* refusedName(parsed)
  },
})

function lineOf({ span }: WireGuardRefusal) {
  const start = span.file.text.lastIndexOf('\n', span.start - 1) + 1
  return spanOf(span.file, start, Math.max(span.end, span.start))
}

function shown({ word, value }: WireGuardRefusal): string {
  return value === undefined ? `The value of ${word}` : `\`${word} = ${value.length > 60 ? `${value.slice(0, 60)}…` : value}\``
}

function fixesOf(refusal: WireGuardRefusal): readonly Fix[] {
  const { kind, value, span } = refusal
  const write = (text: string | undefined, safe = true): readonly Fix[] =>
    text === undefined ? [] : [{ title: `Write ${text}`, safe, edits: [replace(span, text)] }]
  switch (kind) {
    case 'keepalive':
      return write(/^(\d+)(?:s|sec|secs|seconds?)$/i.exec(value ?? '')?.[1])
    case 'fwmark':
      return write(/^0X[0-9a-fA-F]{1,8}$/.test(value ?? '') ? value!.replace('X', 'x') : undefined)
    case 'save-config':
      return /^(?:yes|on|1)$/i.test(value ?? '') ? write('true', false) : /^(?:no|off|0)$/i.test(value ?? '') ? write('false', false) : []
    case 'endpoint-host':
    case 'endpoint-port':
    case 'endpoint-without-port': {
      const plain = /^(?:udp:\/\/)?["']?([A-Za-z0-9.-]+:\d+)["']?(?:\/(?:udp)?)?$/.exec(value ?? '')?.[1]
      return write(plain === value ? undefined : plain)
    }
    default:
      return []
  }
}

const noTable = new Set(['off', 'auto', 'main', 'default', 'local', 'none', 'no', 'false', 'true', 'yes', 'on'])

/** What wg-quick hands to ip(8) when the interface comes up. */
function* refusedByIp(parsed: ParsedWireGuard): Generator<Report> {
  const { addresses, refusedAddresses, settings } = parsed.interface
  for (const { text, span } of refusedAddresses)
    yield {
      at: span,
      effect: 'never-works',
      message: `\`${text}\` is no address that ip(8) takes: the interface comes up and wg-quick removes it again. Write address/bits.`,
      about: ['setting:Address'],
    }
  const seen = new Set<string>()
  for (const address of addresses) {
    const key = `${showAddress(address)}/${address.length}`
    if (seen.has(key))
      yield {
        at: address.span,
        effect: 'never-works',
        message: `${key} stands twice: ip(8) refuses the second one and wg-quick removes the interface. Delete one.`,
        about: ['setting:Address'],
      }
    seen.add(key)
  }
  for (const setting of settings) {
    if (setting.empty || setting.placeholder) continue
    const { value, valueSpan: at } = setting
    if (setting.key === 'MTU') {
      const size = /^(?:0x[0-9a-f]+|\d+)$/i.test(value) ? Number(value) : Number.NaN
      if (!(size >= 68 && size <= 65535))
        yield {
          at,
          effect: 'never-works',
          message: `\`MTU = ${value}\` is refused when the interface comes up: a whole number from 68 to 65535 is accepted.`,
          about: ['setting:MTU'],
        }
    } else if (setting.key === 'Table') {
      const lower = value.toLowerCase()
      const wrongCase = value !== lower && ['off', 'auto', 'main', 'default', 'local'].includes(lower)
      if (!wrongCase && !/^-\d+$/.test(value) && !(noTable.has(lower) && !['off', 'auto', 'main', 'default', 'local'].includes(value)))
        continue
      const meant = wrongCase ? lower : 'off'
      yield {
        at,
        effect: 'never-works',
        message: `\`Table = ${value}\` names no routing table: the first route fails and wg-quick removes the interface. ${wrongCase ? `Case counts: write \`${lower}\`.` : 'Write `off`, `auto`, a number or the name of a table.'}`,
        about: ['setting:Table'],
        fixes: () => [{ title: `Write ${meant}`, safe: wrongCase, edits: [replace(at, meant)] }],
      }
    }
  }
}

/** Only where wg-quick would load it from. */
function* refusedName(parsed: ParsedWireGuard): Generator<Report> {
  const { path } = parsed.file
  if (parsed.template || !/(?:^|\/)etc\/wireguard$/.test(folderOf(path)) || /^[a-zA-Z0-9_=+.-]{1,15}\.conf$/.test(baseName(path))) return
  if (knownValue(parsed.interface.privateKey) === undefined && parsed.interface.headers.length === 0) return
  const header = parsed.headers[0]
  yield {
    at: header?.span ?? spanOf(parsed.file, 0, 0),
    message: `wg-quick does not take \`${baseName(path)}\`: the name of the interface is the name of the file, at most 15 of the characters A-Z a-z 0-9 _ = + . - before \`.conf\`. Rename the file.`,
    about: [`file:${path}`],
  }
}
