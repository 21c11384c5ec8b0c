/** Keys beyond the goldens: what is refused, other spellings, and RandomPartitioner's tokens. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KeyType, keyTypes, partitionKey, serializeColumn, tokenOfKey, utf8 } from '../../server/src/core/analysis/partition-key.ts'
import { md5, randomPartitionerToken } from '../../server/src/core/analysis/random-partitioner-token.ts'

const hexOf = (type: KeyType, value: string) => {
  const column = serializeColumn({ type, value })
  return column.kind === 'bytes' ? Buffer.from(column.bytes).toString('hex') : column.why
}

describe('partition keys', () => {
  it.each([
    ['timestamp', '2023-11-14T22:13:20Z', '0000018bcfe56800'],
    ['timestamp', '2023-11-14 23:13:20.123+0100', '0000018bcfe5687b'],
    ['date', '1970-01-02', '80000001'],
    ['inet', '192.168.0.1', 'c0a80001'],
    ['inet', '::ffff:10.0.0.1', '0a000001'],
    ['blob', '0xCAFE', 'cafe'],
    ['varint', '-128', '80'],
    ['varint', '32768', '008000'],
    ['decimal', '-0.5', '00000001fb'],
    ['boolean', 'FALSE', '00'],
    ['float', '1.5', '3fc00000'],
  ] as const)('%s %s', (type, value, expected) => {
    expect(hexOf(type, value)).toBe(expected)
  })
  it.each([
    ['int', '2147483648'],
    ['tinyint', '128'],
    ['uuid', 'nonsense'],
    ['timeuuid', '00000000-0000-4000-8000-000000000000'],
    ['blob', '0xabc'],
    ['inet', '1.2.3'],
    ['date', '2023-02-29'],
    ['time', '24:00:00'],
    ['boolean', '1'],
    ['ascii', 'é'],
    ['varint', '1.5'],
    ['decimal', '.'],
  ] as const)('refuses %s %s', (type, value) => {
    expect(tokenOfKey([{ type, value }])).toEqual({ kind: 'refused', why: `${JSON.stringify(value)} is no ${type}` })
  })
  it('answers on any text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keyTypes), fc.string(), (type, value) =>
        ['bytes', 'refused'].includes(
          partitionKey([
            { type, value },
            { type: 'int', value: '1' },
          ]).kind,
        ),
      ),
    )
  })
  it('encodes text as Buffer does', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => Buffer.from(utf8(text)).equals(Buffer.from(text, 'utf8'))))
  })
})

describe('RandomPartitioner', () => {
  it('digests as MD5 does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => Buffer.from(md5(bytes)).equals(createHash('md5').update(bytes).digest())),
    )
  })
  it('takes the absolute value', () => {
    expect(randomPartitionerToken(new Uint8Array())).toBe(-1n)
    expect(tokenOfKey([{ type: 'text', value: 'key' }], 'random')).toEqual({ kind: 'token', token: 0x3c6e0b8a9c15224a8228b9a98ca1531dn })
    expect(randomPartitionerToken(utf8('a'))).toBe(0x0cc175b9c0f1b6a831c399e269772661n)
    expect(randomPartitionerToken(utf8('b'))).toBe((1n << 128n) - 0x92eb5ffee6ae2fec3ad71c777531578fn)
  })
})
