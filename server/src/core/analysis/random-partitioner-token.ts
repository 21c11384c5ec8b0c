/** RandomPartitioner's token of a serialized partition key: the absolute value of its MD5 digest read as a signed 128-bit number. */

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const
const sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0)

/** 0 to 2^127; the empty key has the minimum token, -1. */
export function randomPartitionerToken(key: Uint8Array): bigint {
  if (key.length === 0) return -1n
  let value = 0n
  for (const byte of md5(key)) value = (value << 8n) | BigInt(byte)
  const signed = BigInt.asIntN(128, value)
  return signed < 0n ? -signed : signed
}

/** RFC 1321. */
export function md5(message: Uint8Array): Uint8Array {
  const blocks = (message.length + 8) >>> 6
  const padded = new Uint8Array((blocks + 1) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, (message.length << 3) >>> 0, true)
  view.setUint32(padded.length - 4, Math.floor(message.length / 2 ** 29), true)
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476)
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const round = i >>> 4
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
      const word = round === 0 ? i : round === 1 ? (5 * i + 1) & 15 : round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15
      const sum = (a + mixed + sines[i]! + view.getInt32(block + 4 * word, true)) | 0
      const shift = shifts[round * 4 + (i & 3)]!
      a = d
      d = c
      c = b
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
    }
    state[0]! += a
    state[1]! += b
    state[2]! += c
    state[3]! += d
  }
  const digest = new Uint8Array(16)
  const out = new DataView(digest.buffer)
  state.forEach((word, i) => {
    out.setInt32(4 * i, word, true)
  })
  return digest
}
