/** Addresses and prefixes as numbers: reading, one spelling for each, containment, longest match, exact summaries. */

export interface IpAddress {
  readonly family: 4 | 6
  /** 32 or 128 bits. */
  readonly bits: bigint
}

/** A network: the bits below `length` are zero. */
export interface IpPrefix extends IpAddress {
  readonly length: number
}

/** Bits of an address of a family. */
export const widthOf = (family: 4 | 6) => (family === 4 ? 32 : 128)

/** A literal address; `::ffff:a.b.c.d` counts as IPv4, as Java reads it. A zone after `%` is dropped. Undefined for anything else. */
export function readAddress(text: string): IpAddress | undefined {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1')
  if (bare.length > 80) return undefined
  if (!bare.includes(':')) {
    const bits = ipv4Bits(bare)
    return bits === undefined ? undefined : { family: 4, bits }
  }
  const bits = ipv6Bits(bare.replace(/%[\w.-]+$/, ''))
  if (bits === undefined) return undefined
  return bits >> 32n === 0xffffn ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits }
}

function ipv4Bits(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!match) return undefined
  let value = 0
  for (const octet of match.slice(1)) {
    if (Number(octet) > 255) return undefined
    value = value * 256 + Number(octet)
  }
  return BigInt(value)
}

function ipv6Bits(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const before = groups(halves[0]!)
  const after = halves.length === 2 ? groups(halves[1]!) : []
  if (!before || !after) return undefined
  const missing = 8 - before.length - after.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const all = [...before, ...new Array<number>(missing).fill(0), ...after]
  return all.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n)
}

function groups(text: string): number[] | undefined {
  if (text === '') return []
  const found: number[] = []
  const words = text.split(':')
  for (const [index, word] of words.entries()) {
    const v4 = index === words.length - 1 ? ipv4Bits(word) : undefined
    if (/^[0-9a-f]{1,4}$/i.test(word)) found.push(Number.parseInt(word, 16))
    else if (v4 !== undefined) found.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
    else return undefined
  }
  return found
}

/** The one spelling of an address: dotted for IPv4, RFC 5952 for IPv6. */
export function showAddress(address: IpAddress): string {
  if (address.family === 4) return [24n, 16n, 8n, 0n].map(shift => (address.bits >> shift) & 0xffn).join('.')
  const words = Array.from({ length: 8 }, (_, index) => Number((address.bits >> BigInt(112 - 16 * index)) & 0xffffn))
  let best = { start: 0, length: 1 }
  for (let start = 0; start < 8; start++) {
    let end = start
    while (end < 8 && words[end] === 0) end++
    if (end - start > best.length) best = { start, length: end - start }
  }
  const hex = (part: readonly number[]) => part.map(word => word.toString(16)).join(':')
  if (best.length === 1) return hex(words)
  return `${hex(words.slice(0, best.start))}::${hex(words.slice(best.start + best.length))}`
}

/** A literal address in its one spelling; undefined for names, placeholders and rubbish. */
export function normaliseAddress(text: string): string | undefined {
  const address = readAddress(text)
  return address && showAddress(address)
}

/** `address/length`; without a length the whole address. Host bits are cut off. */
export function readPrefix(text: string): IpPrefix | undefined {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim())
  const address = match ? readAddress(match[1]!) : undefined
  if (!address) return undefined
  const length = match![2] === undefined ? widthOf(address.family) : Number(match![2])
  return length > widthOf(address.family) ? undefined : prefixOf(address, length)
}

/** The network of `length` that holds an address. */
export function prefixOf(address: IpAddress, length: number): IpPrefix {
  const host = BigInt(widthOf(address.family) - length)
  return { family: address.family, bits: (address.bits >> host) << host, length }
}

export function showPrefix(prefix: IpPrefix): string {
  return `${showAddress(prefix)}/${prefix.length}`
}

/** Equal for equal networks alone; a key for maps. */
export function prefixKey(prefix: IpPrefix): string | number {
  return prefix.family === 4 ? Number(prefix.bits) * 64 + prefix.length : `${prefix.bits.toString(36)}/${prefix.length}`
}

export function samePrefix(a: IpPrefix, b: IpPrefix): boolean {
  return a.family === b.family && a.length === b.length && a.bits === b.bits
}

/** Whether `inner`, an address or a network, lies in `outer` as a whole. */
export function holds(outer: IpPrefix, inner: IpAddress | IpPrefix): boolean {
  const length = 'length' in inner ? inner.length : widthOf(inner.family)
  if (outer.family !== inner.family || length < outer.length) return false
  const host = BigInt(widthOf(outer.family) - outer.length)
  return outer.bits >> host === inner.bits >> host
}

export function overlap(a: IpPrefix, b: IpPrefix): boolean {
  return holds(a, b) || holds(b, a)
}

export type AddressKind = 'unspecified' | 'loopback' | 'multicast' | 'broadcast' | 'link-local' | 'private' | 'public'

const kinds: readonly (readonly [string, AddressKind])[] = [
  ['0.0.0.0/32', 'unspecified'],
  ['255.255.255.255/32', 'broadcast'],
  ['127.0.0.0/8', 'loopback'],
  ['224.0.0.0/4', 'multicast'],
  ['169.254.0.0/16', 'link-local'],
  ['10.0.0.0/8', 'private'],
  ['172.16.0.0/12', 'private'],
  ['192.168.0.0/16', 'private'],
  ['100.64.0.0/10', 'private'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['ff00::/8', 'multicast'],
  ['fe80::/10', 'link-local'],
  ['fc00::/7', 'private'],
]
const kindPrefixes = kinds.map(([text, kind]) => ({ prefix: readPrefix(text)!, kind }))

/** What an address is for, by the registries of special-purpose addresses; `private` includes carrier-grade NAT and unique local. */
export function kindOfAddress(address: IpAddress): AddressKind {
  return kindPrefixes.find(({ prefix }) => holds(prefix, address))?.kind ?? 'public'
}

/** Whether a text is a loopback address or `localhost`. */
export function isLoopback(text: string): boolean {
  if (/^(?!127)\d{1,3}\./.test(text)) return false
  const address = readAddress(text)
  return address ? kindOfAddress(address) === 'loopback' : text === 'localhost'
}

/** Prefixes with what belongs to them, asked by longest match. The last one added wins among equal prefixes, as in WireGuard. */
export class PrefixTable<T> {
  readonly #tables = new Map<number, Map<bigint, T>>()
  #lengths: number[] = []

  add(prefix: IpPrefix, value: T): void {
    const key = prefix.family * 1000 + prefix.length
    let table = this.#tables.get(key)
    if (!table) {
      table = new Map()
      this.#tables.set(key, table)
      this.#lengths = [...this.#tables.keys()].sort((a, b) => b - a)
    }
    table.set(prefix.bits, value)
  }

  /** What the longest prefix that holds the address belongs to. */
  find(address: IpAddress): T | undefined {
    const width = widthOf(address.family)
    for (const key of this.#lengths) {
      if (key - (key % 1000) !== address.family * 1000) continue
      const host = BigInt(width - (key % 1000))
      const value = this.#tables.get(key)!.get((address.bits >> host) << host)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** The fewest prefixes that hold exactly the same addresses. */
export function summarise(prefixes: readonly IpPrefix[]): IpPrefix[] {
  const sorted = [...prefixes].sort((a, b) => a.family - b.family || (a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : a.length - b.length))
  const stack: IpPrefix[] = []
  for (const prefix of sorted) {
    const top = stack[stack.length - 1]
    if (top && holds(top, prefix)) continue
    stack.push(prefix)
    for (let b = stack[stack.length - 1]!, a = stack[stack.length - 2]; a && b; b = stack[stack.length - 1]!, a = stack[stack.length - 2]) {
      if (a.family !== b.family || a.length !== b.length || a.length === 0) break
      const joined = prefixOf(a, a.length - 1)
      if (!holds(joined, b) || !samePrefix(joined, { ...a, length: a.length - 1 })) break
      stack.splice(-2, 2, joined)
    }
  }
  return stack
}
