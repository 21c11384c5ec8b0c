/** Murmur3Partitioner's arithmetic on tokens, to the bit: the width of a range as a double, its midpoint, and a split at a ratio in decimal. */

const minimum = -(1n << 63n)
const maximum = (1n << 63n) - 1n

/** Share of the ring of the range from one token to another, as the server computes it; a token to itself is the whole ring. */
export function rangeSize(from: bigint, to: bigint): number {
  const share = Number(BigInt.asIntN(64, to - from)) / 2 ** 64
  return share > 0 ? share : share + 1
}

export function midpoint(left: bigint, right: bigint): bigint {
  if (left < right) return (left + right) >> 1n
  const middle = (maximum - minimum + left + right) >> 1n
  return middle > maximum ? minimum + (middle - maximum) : middle
}

/** The token at a ratio of the way from left to right. The ratio counts as its shortest decimal text, as BigDecimal.valueOf(double) takes it. */
export function splitRange(left: bigint, right: bigint, ratio: number): bigint {
  const { digits, scale } = decimalOf(ratio)
  const width = left < right ? right - left : maximum - minimum + right - left
  const token = (width * digits + left * scale) / scale
  if (left < right || token <= maximum) return BigInt.asIntN(64, token)
  return BigInt.asIntN(64, minimum + (token - maximum))
}

function decimalOf(value: number): { readonly digits: bigint; readonly scale: bigint } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const places = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return places >= 0 ? { digits, scale: 10n ** BigInt(places) } : { digits: digits * 10n ** BigInt(-places), scale: 1n }
}

/** The ranges of a ring are (previous, token]: tokens ascending. */
export function sortTokens(tokens: bigint[]): bigint[] {
  return tokens.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
