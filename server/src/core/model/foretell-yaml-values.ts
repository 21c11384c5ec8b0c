/** How foretell.yaml writes durations, sizes and rates. Each reader answers undefined for what it does not accept. */

const durationMillis: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, min: 6e4, h: 36e5, d: 864e5, w: 6048e5 }
const sizeBytes: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}
const rateBits: Readonly<Record<string, number>> = {
  'bit/s': 1,
  'kbit/s': 1e3,
  'Kbit/s': 1e3,
  'Mbit/s': 1e6,
  'Gbit/s': 1e9,
  'B/s': 8,
  'kB/s': 8e3,
  'KB/s': 8e3,
  'MB/s': 8e6,
  'GB/s': 8e9,
  'KiB/s': 8 * 2 ** 10,
  'MiB/s': 8 * 2 ** 20,
  'GiB/s': 8 * 2 ** 30,
}

export const durationPattern = /^\d+(?:\.\d+)? ?(?:ms|s|m|min|h|d|w)$/
export const sizePattern = /^\d+(?:\.\d+)? ?(?:B|[kK]B|MB|GB|TB|KiB|MiB|GiB|TiB)$/
export const ratePattern = /^\d+(?:\.\d+)? ?(?:[kKMG]?bit\/s|[kKMG]?B\/s|[KMG]iB\/s)$/
export const datePattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

function quantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?(\S+)$/.exec(text)
  const unit = match ? units[match[2]!] : undefined
  return match && unit !== undefined ? Number(match[1]) * unit : undefined
}

/** `80ms`, `6h`, `7d` → milliseconds. */
export function readDurationMillis(text: string): number | undefined {
  return quantity(text, durationMillis)
}

/** `64GiB`, `512 MB` → bytes. */
export function readSizeBytes(text: string): number | undefined {
  return quantity(text, sizeBytes)
}

/** `1Gbit/s`, `125MB/s` → bits per second. */
export function readRateBits(text: string): number | undefined {
  return quantity(text, rateBits)
}
