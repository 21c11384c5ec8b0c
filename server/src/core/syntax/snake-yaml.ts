/**
 * What plain scalars mean to SnakeYAML: its implicit types (YAML 1.1, not 1.2) and how its constructors read them. 1.26 serves Cassandra 3.11
 * to 4.1, 2.x serves 5.0 and later; the one difference that matters is which texts count as numbers.
 */

export type ScalarType = 'bool' | 'int' | 'float' | 'merge' | 'null' | 'timestamp' | 'str'
export type SnakeYaml = 'snake-1' | 'snake-2'

const bool = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
const int1 = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const int2 =
  /^(?:[-+]?0b_*[0-1][0-1_]*|[-+]?0_*[0-7][0-7_]*|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const float1 =
  /^(?:[-+]?(?:\.[0-9]+|[0-9_]+(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const float2 =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const timestamp =
  /^(?:[0-9]{4}-[0-9][0-9]-[0-9][0-9]|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9][0-9]:[0-9][0-9](?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?)$/

/** The implicit type of a plain scalar. Texts beyond 1024 characters are text (2.x), which keeps this linear. */
export function implicitType(text: string, snake: SnakeYaml): ScalarType {
  if (text === '') return 'null'
  if (text.length > 1024) return 'str'
  const first = text[0]!
  if ('yYnNtTfFoO'.includes(first) && bool.test(text)) return 'bool'
  if ('-+0123456789'.includes(first) && (snake === 'snake-1' ? int1 : int2).test(text)) return 'int'
  if ('-+0123456789.'.includes(first) && (snake === 'snake-1' ? float1 : float2).test(text)) return 'float'
  if (text === '<<') return 'merge'
  if ('~nN '.includes(first) && /^(?:~|null|Null|NULL| )$/.test(text)) return 'null'
  if (first >= '0' && first <= '9' && timestamp.test(text)) return 'timestamp'
  return 'str'
}

/** `yes`, `no`, `true`, `false`, `on`, `off` in any case; null for anything else, as SnakeYAML's map answers. */
export function readBoolean(text: string): boolean | null {
  switch (text.toLowerCase()) {
    case 'yes':
    case 'true':
    case 'on':
      return true
    case 'no':
    case 'false':
    case 'off':
      return false
  }
  return null
}

/** A whole number as SnakeYAML's constructor reads it: `_` dropped, `0b`, `0x`, leading 0 octal, `:` base 60. Undefined when Java refuses it. */
export function readInteger(text: string): bigint | undefined {
  let value = text.replaceAll('_', '')
  if (value === '') return undefined
  let negative = false
  if (value[0] === '-' || value[0] === '+') {
    negative = value[0] === '-'
    value = value.slice(1)
  }
  const signed = (digits: string, radix: 2 | 8 | 10 | 16): bigint | undefined => {
    const number = javaInteger(negative ? `-${digits}` : digits, radix)
    return number
  }
  if (value === '0') return 0n
  if (value.startsWith('0b')) return signed(value.slice(2), 2)
  if (value.startsWith('0x')) return signed(value.slice(2), 16)
  if (value.startsWith('0')) return signed(value.slice(1), 8)
  if (!value.includes(':')) return signed(value, 10)
  let total = 0n
  let base = 1n
  for (const digits of dropEmptyTail(value.split(':')).reverse()) {
    const digit = javaInteger(digits, 10)
    if (digit === undefined || BigInt.asIntN(64, digit) !== digit) return undefined
    total = BigInt.asIntN(32, total + digit * base)
    base = BigInt.asIntN(32, base * 60n)
  }
  return negative ? -total : total
}

function dropEmptyTail(parts: string[]): string[] {
  while (parts.length > 0 && parts.at(-1) === '') parts.pop()
  return parts
}

/** `Long.parseLong(text, radix)` without its bound: one sign, digits of the radix. */
function javaInteger(text: string, radix: 2 | 8 | 10 | 16): bigint | undefined {
  const match = /^([-+]?)([0-9a-zA-Z]+)$/.exec(text)
  if (!match) return undefined
  const digits = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ }[radix]
  if (!digits.test(match[2]!)) return undefined
  const prefix = { 2: '0b', 8: '0o', 10: '', 16: '0x' }[radix]
  const value = BigInt(prefix + match[2]!)
  return match[1] === '-' ? -value : value
}

/** `Double.valueOf`: decimal or hexadecimal with an optional type letter, surrounding blanks dropped. Undefined when Java refuses it. */
function javaDouble(text: string): number | undefined {
  // Java trims characters up to U+0020.
  const trimmed = text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '')
  const match =
    /^([-+]?)(?:(NaN)|(Infinity)|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)[fFdD]?|0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([-+]?[0-9]+)[fFdD]?)$/.exec(
      trimmed,
    )
  if (!match) return undefined
  const sign = match[1] === '-' ? -1 : 1
  if (match[2]) return Number.NaN
  if (match[3]) return sign * Number.POSITIVE_INFINITY
  if (match[4] !== undefined) return sign * Number(match[4])
  const digits = (match[5] ?? '') + (match[6] ?? '')
  if (digits === '') return undefined
  return sign * Number(BigInt(`0x${digits}`)) * 2 ** (Number(match[7]) - 4 * (match[6] ?? '').length)
}

/** A number with a fraction as SnakeYAML's constructor reads it. Undefined when Java refuses it. */
export function readFloat(text: string): number | undefined {
  let value = text.replaceAll('_', '')
  if (value === '') return undefined
  let sign = 1
  if (value[0] === '-' || value[0] === '+') {
    sign = value[0] === '-' ? -1 : 1
    value = value.slice(1)
  }
  const lower = value.toLowerCase()
  if (lower === '.inf') return sign * Number.POSITIVE_INFINITY
  if (lower === '.nan') return Number.NaN
  if (!value.includes(':')) {
    const number = javaDouble(value)
    return number === undefined ? undefined : sign * number
  }
  let total = 0
  let base = 1
  for (const digits of dropEmptyTail(value.split(':')).reverse()) {
    const number = javaDouble(digits)
    if (number === undefined) return undefined
    total += number * base
    base *= 60
  }
  return sign * total
}
