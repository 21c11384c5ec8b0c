/** Keys in memory only: the public half of a private key (X25519), and whether two preshared keys are the same. No key is handed out but public ones. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { memo } from '../text/memo.ts'
import { textAt } from '../text/span.ts'
import type { ParsedWireGuard, WireGuardPeer } from './wireguard-file.ts'
import { withoutWhiteSpace } from './wireguard-lines.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The public half of a file's PrivateKey in base64; undefined when it has none that is known. Computed once per parsed file. */
export const publicKeyOf: (parsed: ParsedWireGuard) => string | undefined = memo(parsed => {
  const secret = parsed.interface.privateKey
  if (secret.kind !== 'known' || secret.value.zero) return undefined
  return publicHalf(withoutWhiteSpace(textAt(secret.value.span)))
})

/** The public half of a private key in base64, or undefined when it is none. */
export function publicHalf(privateKey: string): string | undefined {
  const bytes = decode(privateKey)
  if (!bytes) return undefined
  bytes[0]! &= 248
  bytes[31] = (bytes[31]! & 127) | 64
  let scalar = 0n
  for (let i = 31; i >= 0; i--) scalar = (scalar << 8n) | BigInt(bytes[i]!)
  const { Point } = ed25519
  const y = Point.BASE.multiply(scalar % Point.Fn.ORDER).toAffine().y
  // The same point on Curve25519: u = (1 + y) / (1 - y); faster than the ladder, as the base point's multiples are tabled.
  let u = Point.Fp.div(Point.Fp.add(1n, y), Point.Fp.sub(1n, y))
  const key = new Uint8Array(32)
  for (let i = 0; i < 32; i++, u >>= 8n) key[i] = Number(u & 255n)
  return encode(key)
}

/** Whether two peers have the same PresharedKey; undefined when that is not known. An all-zero key is none. */
export function samePresharedKey(a: WireGuardPeer, b: WireGuardPeer): boolean | undefined {
  const mine = presharedText(a)
  const theirs = presharedText(b)
  return mine === undefined || theirs === undefined ? undefined : mine === theirs
}

function presharedText(peer: WireGuardPeer): string | undefined {
  const { presharedKey } = peer
  if (presharedKey.kind === 'unknown') return undefined
  if (presharedKey.kind === 'absent' || presharedKey.value.zero) return ''
  return withoutWhiteSpace(textAt(presharedKey.value.span))
}

/** Answers whose PrivateKey a text is, for blocks into which the wrong half was pasted. The keys stay inside. */
export function ownersOfPrivateKeys(files: readonly ParsedWireGuard[]): (key: string) => ParsedWireGuard | undefined {
  const owners = new Map<string, ParsedWireGuard>()
  for (const file of files) {
    const secret = file.interface.privateKey
    if (secret.kind === 'known') owners.set(withoutWhiteSpace(textAt(secret.value.span)), file)
  }
  return key => owners.get(key)
}

/** A public key as messages show it: enough to find it, not enough to fill a line. */
export function shortKey(publicKey: string): string {
  return `${publicKey.slice(0, 8)}…`
}

function decode(text: string): Uint8Array | undefined {
  if (text.length !== 44) return undefined
  const bytes = new Uint8Array(33)
  for (let i = 0; i < 44; i += 4) {
    let word = 0
    for (let j = 0; j < 4; j++) {
      const digit = text[i + j] === '=' ? 0 : alphabet.indexOf(text[i + j]!)
      if (digit < 0) return undefined
      word = word * 64 + digit
    }
    for (let j = 0; j < 3; j++) bytes[(i / 4) * 3 + j] = (word >> (16 - 8 * j)) & 255
  }
  return bytes.slice(0, 32)
}

function encode(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < 33; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let j = 0; j < 4; j++) text += alphabet[(word >> (18 - 6 * j)) & 63]
  }
  return `${text.slice(0, 43)}=`
}
