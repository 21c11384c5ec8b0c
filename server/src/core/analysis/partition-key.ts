/** Partition keys as Cassandra serializes them: one column's bytes as they are; of several each with two bytes of length before and a zero after. */
import { murmur3Token } from './murmur3.ts'
import { randomPartitionerToken } from './random-partitioner-token.ts'

export const keyTypes = [
  'ascii', 'bigint', 'blob', 'boolean', 'date', 'decimal', 'double', 'float', 'inet', 'int', 'smallint', 'text', 'time', 'timestamp', 'timeuuid', 'tinyint', 'uuid', 'varchar', 'varint',
] as const // biome-ignore format: one list
export type KeyType = (typeof keyTypes)[number]

export interface KeyColumn {
  readonly type: KeyType
  /** As cqlsh takes it, without quotes: `42`, `2024-02-29`, `0x00ff`, a timestamp in milliseconds or as an ISO date (UTC unless it names a zone). */
  readonly value: string
}

export type Serialized = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly why: string }

export function isKeyType(text: string): text is KeyType {
  return (keyTypes as readonly string[]).includes(text)
}

/** The token of a partition key, or why a value is none of its type. */
export function tokenOfKey(
  columns: readonly KeyColumn[],
  partitioner: 'murmur3' | 'random' = 'murmur3',
): { readonly kind: 'token'; readonly token: bigint } | { readonly kind: 'refused'; readonly why: string } {
  const key = partitionKey(columns)
  if (key.kind === 'refused') return key
  return { kind: 'token', token: partitioner === 'murmur3' ? murmur3Token(key.bytes) : randomPartitionerToken(key.bytes) }
}

export function partitionKey(columns: readonly KeyColumn[]): Serialized {
  const parts: Uint8Array[] = []
  for (const column of columns) {
    const part = serializeColumn(column)
    if (part.kind === 'refused') return part
    parts.push(part.bytes)
  }
  if (parts.length === 1) return { kind: 'bytes', bytes: parts[0]! }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 3, 0))
  let at = 0
  for (const part of parts) {
    if (part.length > 0xffff) return refused(`a column of ${part.length} bytes is too long for a composite partition key (65535 at most)`)
    bytes[at++] = part.length >> 8
    bytes[at++] = part.length & 255
    bytes.set(part, at)
    at += part.length + 1
  }
  return { kind: 'bytes', bytes }
}

function refused(why: string): { readonly kind: 'refused'; readonly why: string } {
  return { kind: 'refused', why }
}

/** One column's bytes. */
export function serializeColumn({ type, value }: KeyColumn): Serialized {
  const bytes = serializers[type](value)
  return bytes ? { kind: 'bytes', bytes } : refused(`${JSON.stringify(value)} is no ${type}`)
}

const serializers: { readonly [T in KeyType]: (value: string) => Uint8Array | undefined } = {
  ascii: value => ([...value].every(c => c.codePointAt(0)! < 128) ? utf8(value) : undefined),
  text: utf8,
  varchar: utf8,
  blob: value => hex(/^0x/i.test(value) ? value.slice(2) : value),
  boolean: value => (/^true$/i.test(value) ? Uint8Array.of(1) : /^false$/i.test(value) ? Uint8Array.of(0) : undefined),
  tinyint: value => integer(value, 1),
  smallint: value => integer(value, 2),
  int: value => integer(value, 4),
  bigint: value => integer(value, 8),
  varint: value => (/^[+-]?\d+$/.test(value) ? twosComplement(BigInt(value.replace('+', ''))) : undefined),
  decimal,
  float: value => floating(value, 4),
  double: value => floating(value, 8),
  uuid: value => (uuidPattern.test(value) ? hex(value.replaceAll('-', '')) : undefined),
  timeuuid: value => (uuidPattern.test(value) && value[14] === '1' ? hex(value.replaceAll('-', '')) : undefined),
  timestamp,
  date,
  time,
  inet,
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** UTF-8; a lone surrogate becomes a question mark, as Java encodes it. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code >= 0xd800 && code < 0xe000) bytes.push(63)
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(bytes)
}

function hex(text: string): Uint8Array | undefined {
  if (text.length % 2 === 1 || !/^[0-9a-f]*$/i.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

function bigEndian(value: bigint, width: number): Uint8Array {
  const bytes = new Uint8Array(width)
  for (let i = width - 1, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n)
  return bytes
}

function integer(text: string, width: number): Uint8Array | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined
  const value = BigInt(text.replace('+', ''))
  return BigInt.asIntN(width * 8, value) === value ? bigEndian(value, width) : undefined
}

/** The shortest two's complement, as java.math.BigInteger.toByteArray. */
function twosComplement(value: bigint): Uint8Array {
  const size = (value < 0n ? -value - 1n : value).toString(16).length
  let width = Math.max(1, Math.ceil(size / 2))
  if (BigInt.asIntN(width * 8, value) !== value) width++
  return bigEndian(value, width)
}

function decimal(text: string): Uint8Array | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text)
  if (!match) return undefined
  const whole = match[2] ?? ''
  const fraction = match[3] ?? ''
  if (whole + fraction === '') return undefined
  const unscaled = BigInt(whole + fraction) * (match[1] === '-' ? -1n : 1n)
  const scale = fraction.length - Number(match[4] ?? 0)
  if (BigInt.asIntN(32, BigInt(scale)) !== BigInt(scale)) return undefined
  const digits = twosComplement(unscaled)
  const bytes = new Uint8Array(4 + digits.length)
  bytes.set(bigEndian(BigInt(scale), 4))
  bytes.set(digits, 4)
  return bytes
}

function floating(text: string, width: 4 | 8): Uint8Array | undefined {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?$/.test(text) ? Number(text.replace(/[fFdD]$/, '')) : special[text]
  if (number === undefined) return undefined
  const view = new DataView(new ArrayBuffer(width))
  if (Number.isNaN(number)) view.setUint16(0, width === 4 ? 0x7fc0 : 0x7ff8)
  else if (width === 4) view.setFloat32(0, number)
  else view.setFloat64(0, number)
  return new Uint8Array(view.buffer)
}

const special: { readonly [text: string]: number } = { NaN: Number.NaN, Infinity: Infinity, '+Infinity': Infinity, '-Infinity': -Infinity }

const millisecondsOfDay = 86_400_000n

function timestamp(text: string): Uint8Array | undefined {
  if (/^[+-]?\d{5,}$/.test(text) || /^[+-]?\d{1,3}$/.test(text)) return integer(text, 8)
  const match = /^([+-]?\d{4,})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?:\s*(Z|[+-]\d\d(?::?\d\d)?))?$/.exec(text)
  if (!match) return integer(text, 8)
  const days = daysOf(match[1]!, match[2]!, match[3]!)
  if (days === undefined) return undefined
  const [hours, minutes, seconds] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)]
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  const zone = match[8] && match[8] !== 'Z' ? match[8].replace(':', '') : '+0000'
  const offset = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5) || 0)) * (zone[0] === '-' ? -1 : 1)
  const milliseconds = ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return bigEndian(BigInt(days) * millisecondsOfDay + BigInt(milliseconds), 8)
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function daysOf(year: string, month: string, day: string): number | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (m < 1 || m > 12 || d < 1 || d > lengths[m - 1]!) return undefined
  const shifted = m <= 2 ? y - 1 : y
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function date(text: string): Uint8Array | undefined {
  const match = /^([+-]?\d{4,7})-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return /^\d+$/.test(text) && BigInt(text) < 1n << 32n ? bigEndian(BigInt(text), 4) : undefined
  const days = daysOf(match[1]!, match[2]!, match[3]!)
  return days === undefined ? undefined : bigEndian(BigInt(days) + (1n << 31n), 4)
}

function time(text: string): Uint8Array | undefined {
  const match = /^(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/.exec(text)
  if (!match) return /^\d+$/.test(text) && BigInt(text) < millisecondsOfDay * 1_000_000n ? bigEndian(BigInt(text), 8) : undefined
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  return bigEndian(BigInt((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000n + BigInt((match[4] ?? '').padEnd(9, '0')), 8)
}

function inet(text: string): Uint8Array | undefined {
  if (!text.includes(':')) return dotted(text)
  const last = text.slice(text.lastIndexOf(':') + 1)
  const tail = last.includes('.') ? dotted(last) : undefined
  if (last.includes('.') && !tail) return undefined
  const groupsText = tail
    ? `${text.slice(0, text.length - last.length)}${(tail[0]! * 256 + tail[1]!).toString(16)}:${(tail[2]! * 256 + tail[3]!).toString(16)}`
    : text
  const halves = groupsText.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map(half => (half === '' ? [] : half.split(':')))
  const given = groups.reduce((sum, half) => sum + half.length, 0)
  if (halves.length === 1 ? given !== 8 : given > 7) return undefined
  const all = halves.length === 1 ? groups[0]! : [...groups[0]!, ...new Array<string>(8 - given).fill('0'), ...groups[1]!]
  if (!all.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  const bytes = Uint8Array.from(all.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
  // java.net.InetAddress turns an IPv4-mapped address into an IPv4 one.
  return bytes.subarray(0, 10).every(b => b === 0) && bytes[10] === 255 && bytes[11] === 255 ? bytes.slice(12) : bytes
}

function dotted(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256)
    ? Uint8Array.from(parts.map(Number))
    : undefined
}
