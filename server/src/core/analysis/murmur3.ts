/** Murmur3Partitioner's token of a serialized partition key: the first half of MurmurHash3 x64_128, seed 0, whose last bytes Cassandra reads as signed. */

const mask = (1n << 64n) - 1n
const c1 = 0x87c37b91114253d5n
const c2 = 0x4cf5ad432745937fn
const minimum = -(1n << 63n)

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & mask
}

function finalMix(value: bigint): bigint {
  let k = value
  k ^= k >> 33n
  k = (k * 0xff51afd7ed558ccdn) & mask
  k ^= k >> 33n
  k = (k * 0xc4ceb9fe1a85ec53n) & mask
  return k ^ (k >> 33n)
}

/** The token, -2^63 .. 2^63 - 1. The empty key has -2^63; a hash of -2^63 becomes 2^63 - 1. */
export function murmur3Token(key: Uint8Array): bigint {
  if (key.length === 0) return minimum
  const hash = BigInt.asIntN(64, murmur3Hash(key))
  return hash === minimum ? -minimum - 1n : hash
}

function murmur3Hash(key: Uint8Array): bigint {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength)
  const blocks = key.length >>> 4
  let h1 = 0n
  let h2 = 0n
  for (let block = 0; block < blocks; block++) {
    let k1 = view.getBigUint64(block * 16, true)
    let k2 = view.getBigUint64(block * 16 + 8, true)
    k1 = (rotate((k1 * c1) & mask, 31n) * c2) & mask
    h1 ^= k1
    h1 = (((rotate(h1, 27n) + h2) & mask) * 5n + 0x52dce729n) & mask
    k2 = (rotate((k2 * c2) & mask, 33n) * c1) & mask
    h2 ^= k2
    h2 = (((rotate(h2, 31n) + h1) & mask) * 5n + 0x38495ab5n) & mask
  }
  const tail = blocks * 16
  let k1 = 0n
  let k2 = 0n
  for (let i = key.length - 1; i >= tail; i--) {
    const signed = BigInt(view.getInt8(i))
    const place = i - tail
    if (place >= 8) k2 ^= BigInt.asUintN(64, signed << BigInt((place - 8) * 8))
    else k1 ^= BigInt.asUintN(64, signed << BigInt(place * 8))
  }
  h2 ^= (rotate((k2 * c2) & mask, 33n) * c1) & mask
  h1 ^= (rotate((k1 * c1) & mask, 31n) * c2) & mask
  const length = BigInt(key.length)
  h1 ^= length
  h2 ^= length
  h1 = (h1 + h2) & mask
  h2 = (h2 + h1) & mask
  h1 = finalMix(h1)
  h2 = finalMix(h2)
  return (h1 + h2) & mask
}
