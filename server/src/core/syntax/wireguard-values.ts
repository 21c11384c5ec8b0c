/**
 * Values as wg reads them: ports and hosts through glibc's getaddrinfo, addresses through inet_pton and inet_aton, keys, marks and intervals
 * through its own checks. Every reader is total: a value or the reason for refusing it.
 */

import type { IpBits, WireGuardRefusalKind } from './wireguard-file.ts'
import { udpServices } from './wireguard-services-table.ts'

const digits = /^[0-9]+$/

/** inet_pton(AF_INET): four decimal octets without leading zeros. */
export function readIpv4(text: string): bigint | undefined {
  let value = 0
  let octet = -1
  let octets = 0
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 46
    if (code >= 48 && code <= 57) {
      if (octet === 0) return undefined
      octet = (octet < 0 ? 0 : octet * 10) + code - 48
      if (octet > 255) return undefined
    } else if (code === 46 && octet >= 0 && octets < 4) {
      value = value * 256 + octet
      octets++
      octet = -1
    } else return undefined
  }
  return octets === 4 ? BigInt(value) : undefined
}

/** inet_aton: one to four parts, decimal, octal (`010`) or hexadecimal (`0x0a`); the last part fills what is left. */
export function readShortIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length > 4) return undefined
  const values: number[] = []
  for (const part of parts) {
    let value: number
    if (/^0[xX][0-9a-fA-F]{1,16}$/.test(part)) value = Number.parseInt(part.slice(2), 16)
    else if (/^0[0-7]{0,24}$/.test(part)) value = Number.parseInt(part, 8)
    else if (/^[1-9][0-9]{0,11}$/.test(part)) value = Number(part)
    else return undefined
    values.push(value)
  }
  const last = values.pop()!
  if (values.some(value => value > 255) || last >= 2 ** (32 - 8 * values.length)) return undefined
  let bits = 0n
  for (const value of values) bits = bits * 256n + BigInt(value)
  return (bits << BigInt(32 - 8 * values.length)) + BigInt(last)
}

/** inet_pton(AF_INET6): no zone, no brackets. */
export function readIpv6(text: string): bigint | undefined {
  if (text.length > 45 || !/^[0-9a-fA-F:.]+$/.test(text)) return undefined
  const gap = text.indexOf('::')
  if (gap !== text.lastIndexOf('::')) return undefined
  const before = ipv6Groups(gap < 0 ? text : text.slice(0, gap), gap < 0)
  const after = gap < 0 ? [] : ipv6Groups(text.slice(gap + 2), true)
  if (!before || !after) return undefined
  const missing = 8 - before.length - after.length
  if (gap < 0 ? missing !== 0 : missing < 1) return undefined
  let bits = 0n
  for (const group of before) bits = (bits << 16n) | BigInt(group)
  bits <<= BigInt(16 * missing)
  for (const group of after) bits = (bits << 16n) | BigInt(group)
  return bits
}

function ipv6Groups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const words = text.split(':')
  for (const [index, word] of words.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(word)) groups.push(Number.parseInt(word, 16))
    else if (mayEndInIpv4 && index === words.length - 1 && word.includes('.')) {
      const v4 = readIpv4(word)
      if (v4 === undefined) return undefined
      groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
    } else return undefined
  }
  return groups
}

/** An address of an AllowedIPs entry: a colon decides the family. */
export function readIpLiteral(text: string): IpBits | undefined {
  const family = text.includes(':') ? 6 : 4
  const bits = family === 6 ? readIpv6(text) : readIpv4(text)
  return bits === undefined ? undefined : { family, bits }
}

/** The canonical spelling of a key is 43 characters of base64 and `=`, its last two bits zero. */
export function isKey(text: string): boolean {
  return text.length === 44 && keyPattern.test(text)
}
const keyPattern = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/** A service as getaddrinfo reads it: strtoul into an int, which is cut to 16 bits; else a name of /etc/services for UDP. */
export function readService(text: string): { readonly port: number; readonly kind: 'number' | 'service' } | undefined {
  const number = /^([+-]?)([0-9]+)$/.exec(text)
  if (number) {
    const size = BigInt(number[2]!.slice(0, 25))
    const wrapped = size > 0xffffffffffffffffn ? 0xffffffffffffffffn : BigInt.asUintN(64, number[1] === '-' ? -size : size)
    const int = BigInt.asIntN(32, wrapped)
    if (int >= 0n) return { port: Number(int & 0xffffn), kind: 'number' }
  }
  const port = udpServices.get(text)
  return port === undefined ? undefined : { port, kind: 'service' }
}

export function readFwMark(text: string): number | undefined {
  if (/^off$/i.test(text)) return 0
  const hexadecimal = /^0x0*([0-9a-fA-F]{1,8})$/.exec(text)
  if (hexadecimal) return Number.parseInt(hexadecimal[1]!, 16)
  const decimal = /^0*([0-9]{1,10})$/.exec(text)
  const value = decimal ? Number(decimal[1]) : -1
  return value >= 0 && value <= 0xffffffff ? value : undefined
}

export function readKeepalive(text: string): number | undefined {
  if (/^off$/i.test(text)) return 0
  if (!digits.test(text)) return undefined
  const value = Number(text)
  return value <= 65535 ? value : undefined
}

export interface HostAndPort {
  readonly host: string
  readonly hostStart: number
  readonly portText: string
  readonly portStart: number
  readonly address: IpBits | undefined
  readonly form: 'ipv4' | 'short-ipv4' | 'ipv6' | 'bare-ipv6' | 'name' | 'any'
  readonly port: number
  readonly portKind: 'number' | 'service' | 'any'
}

/** An Endpoint without white space, or why wg refuses it. A name that may exist is accepted: whether it resolves is known only on the machine. */
export function readEndpoint(text: string): HostAndPort | { readonly refused: WireGuardRefusalKind } {
  let host: string
  let portStart: number
  const bracketed = text.startsWith('[')
  if (bracketed) {
    const close = text.indexOf(']')
    if (close < 0) return { refused: 'endpoint-without-bracket' }
    if (text[close + 1] !== ':' || close + 2 >= text.length) return { refused: 'endpoint-without-port' }
    host = text.slice(1, close)
    portStart = close + 2
  } else {
    const colon = text.lastIndexOf(':')
    if (colon < 0 || colon + 1 >= text.length) return { refused: 'endpoint-without-port' }
    host = text.slice(0, colon)
    portStart = colon + 1
  }
  const portText = text.slice(portStart)
  const service = portText === '*' ? { port: 0, kind: 'any' as const } : readService(portText)
  if (!service) return { refused: 'endpoint-port' }
  const found = readHost(host, bracketed)
  if (!found) return { refused: 'endpoint-host' }
  const { address, form } = found
  return { host, hostStart: bracketed ? 1 : 0, portText, portStart, address, form, port: service.port, portKind: service.kind }
}

function readHost(host: string, bracketed: boolean): Pick<HostAndPort, 'address' | 'form'> | undefined {
  if (host === '*') return { address: { family: 6, bits: 1n }, form: 'any' }
  const plain = readIpv4(host)
  if (plain !== undefined) return { address: { family: 4, bits: plain }, form: 'ipv4' }
  const short = readShortIpv4(host)
  if (short !== undefined) return { address: { family: 4, bits: short }, form: 'short-ipv4' }
  if (host.includes(':')) {
    const percent = host.indexOf('%')
    const bits = readIpv6(percent < 0 ? host : host.slice(0, percent))
    if (bits === undefined) return undefined
    if (percent >= 0 && !zoneMayExist(host.slice(percent + 1), bits)) return undefined
    return { address: { family: 6, bits }, form: bracketed ? 'ipv6' : 'bare-ipv6' }
  }
  return nameMayExist(host) ? { address: undefined, form: 'name' } : undefined
}

/** A zone is a number, or, for link-local addresses, an interface of the machine. */
function zoneMayExist(zone: string, bits: bigint): boolean {
  if (digits.test(zone)) return Number(zone) <= 0xffffffff
  const linkLocal = bits >> 118n === 0x3fan || (bits >> 120n === 0xffn && [1n, 2n].includes((bits >> 112n) & 0xfn))
  return linkLocal && zone !== ''
}

/**
 * Whether the resolver would ask for this name at all, and whether anybody can own it: no name ends in a label of digits, and what has two labels
 * of digits and no alphabetic end was meant as an IPv4 address.
 */
function nameMayExist(name: string): boolean {
  if (name.length > 253 || !/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(name)) return false
  const labels = (name.endsWith('.') ? name.slice(0, -1) : name).split('.')
  if (labels.some(label => label === '' || label.length > 63)) return false
  const last = labels[labels.length - 1]!
  if (/^(?:[0-9]+|0[xX][0-9a-fA-F]*)$/.test(last)) return false
  return labels.filter(label => digits.test(label)).length < 2 || /^(?:[A-Za-z]{2,}|xn--.*)$/i.test(last)
}

export interface ReadPrefix extends IpBits {
  readonly length: number
  readonly hasLength: boolean
  readonly sign: '+' | '-' | undefined
}

/** One entry of AllowedIPs, or why wg refuses it. The address keeps its host bits. */
export function readAllowedIp(text: string): ReadPrefix | { readonly refused: WireGuardRefusalKind } {
  const sign = text[0] === '+' || text[0] === '-' ? text[0] : undefined
  const entry = sign ? text.slice(1) : text
  const slash = entry.indexOf('/')
  const address = readIpLiteral(slash < 0 ? entry : entry.slice(0, slash))
  if (!address) return { refused: 'allowed-address' }
  const longest = address.family === 4 ? 32 : 128
  const { bits } = address
  if (slash < 0) return { family: address.family, bits, length: longest, hasLength: false, sign }
  const mask = entry.slice(slash + 1)
  if (!digits.test(mask) || Number(mask) > longest) return { refused: 'allowed-length' }
  return { family: address.family, bits, length: Number(mask), hasLength: true, sign }
}

/** One Address as ip(8) reads it: fewer than four octets are filled with zeros, a mask may be dotted; undefined when it refuses. */
export function readInterfaceAddress(text: string): ReadPrefix | undefined {
  const slash = text.indexOf('/')
  const written = slash < 0 ? text : text.slice(0, slash)
  const mask = slash < 0 ? undefined : text.slice(slash + 1)
  const family = text.includes(':') ? 6 : 4
  const bits = family === 6 ? readIpv6(written) : readLeftAlignedIpv4(written)
  if (bits === undefined) return undefined
  const longest = family === 4 ? 32 : 128
  if (mask === undefined) return { family, bits, length: longest, hasLength: false, sign: undefined }
  const length = digits.test(mask) ? Number(mask) : family === 4 ? dottedMaskLength(mask) : undefined
  return length === undefined || length > longest ? undefined : { family, bits, length, hasLength: true, sign: undefined }
}

function readLeftAlignedIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length > 4) return undefined
  let value = 0
  for (const part of parts) {
    const octet = readShortIpv4(part)
    if (octet === undefined || octet > 255n) return undefined
    value = value * 256 + Number(octet)
  }
  return BigInt(value * 256 ** (4 - parts.length))
}

function dottedMaskLength(text: string): number | undefined {
  const bits = readIpv4(text)
  if (bits === undefined) return undefined
  const host = 0xffffffffn - bits
  return (host & (host + 1n)) === 0n ? 32 - host.toString(2).replace(/^0$/, '').length : undefined
}
