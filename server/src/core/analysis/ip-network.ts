/** Addresses and prefixes as numbers: one spelling for each address, membership, overlap. IPv4 has 32 bits, IPv6 128. */

export interface IpAddress {
  readonly family: 4 | 6
  readonly bits: bigint
}

/** Four decimal octets, no leading zeros beyond the digit itself, as Java and inet_pton read it. */
function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let bits = 0n
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined
    bits = (bits << 8n) | BigInt(Number(part))
  }
  return bits
}

function readIpv6(text: string): bigint | undefined {
  if (text.length > 45 || !text.includes(':')) return undefined
  let source = text.replace(/%.*$/, '')
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(source)
  if (tail) {
    const v4 = readIpv4(tail[2]!)
    if (v4 === undefined) return undefined
    source = `${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`
  }
  const halves = source.split('::')
  if (halves.length > 2) return undefined
  const groups = (half: string) => (half === '' ? [] : half.split(':'))
  const head = groups(halves[0]!)
  const rest = halves.length === 2 ? groups(halves[1]!) : []
  const missing = 8 - head.length - rest.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const all = [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill('0'), ...rest]
  if (!all.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return all.reduce((bits, group) => (bits << 16n) | BigInt(Number.parseInt(group, 16)), 0n)
}

/** A literal address; undefined for a host name or anything else. */
export function readAddress(text: string): IpAddress | undefined {
  const v4 = readIpv4(text)
  if (v4 !== undefined) return { family: 4, bits: v4 }
  const v6 = readIpv6(text)
  return v6 === undefined ? undefined : { family: 6, bits: v6 }
}

/** One spelling: dotted decimal, or IPv6 in lower case with the longest run of zeros as `::` (RFC 5952). */
export function showAddress({ family, bits }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => ((bits >> shift) & 255n).toString()).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  let best = { start: -1, length: 1 }
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (groups[i + length] === '0') length++
    if (length > best.length) best = { start: i, length }
  }
  if (best.start < 0) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}

/** The one spelling of a literal address; undefined for a host name. */
export function normaliseAddress(text: string): string | undefined {
  const address = readAddress(text.trim())
  return address && showAddress(address)
}

/** 127.0.0.0/8 or ::1, in the one spelling. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}
