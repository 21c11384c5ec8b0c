/** The verdicts of the real wg-quick and wg on two thousand inputs: the parser gives the same, and for the same reason. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseWireGuard } from '../../server/src/core/syntax/wireguard-parser.ts'
import { judgeWireGuard } from '../../server/src/core/syntax/wireguard-verdict.ts'
import { holdsPlaceholder } from '../../server/src/core/text/placeholder.ts'

interface Golden {
  readonly id: number
  readonly why: string
  readonly text: string
  readonly verdict: 'accepted' | 'refused'
  readonly message: string
}

const goldens = readFileSync(join(import.meta.dirname, '../conformance/wireguard/inputs.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Golden)
  .filter(({ text }) => !holdsPlaceholder(text))

/** The beginning of wg's message for each kind of refusal. */
const words: Readonly<Record<string, RegExp>> = {
  'key-format': /^Key is not the correct length/,
  'listen-port': /^(?:Servname not supported|Name or service)/,
  fwmark: /^Fwmark is neither/,
  keepalive: /^Persistent keepalive interval/,
  'endpoint-without-port': /^Unable to find port/,
  'endpoint-without-bracket': /^Unable to find matching brace/,
  'endpoint-host': /^(?:Name or service not known|Temporary failure)/,
  'endpoint-port': /^(?:Servname not supported|Name or service)/,
  'allowed-address': /^Unable to parse IP address/,
  'allowed-sign': /^Unable to parse IP address/,
  'allowed-length': /^AllowedIP is not in the correct format/,
  'save-config': /is neither true nor false/,
  'peer-without-public-key': /^A peer is missing a public key/,
}

describe('verdicts of wg', () => {
  test('every input gets the verdict of the real tools', () => {
    const wrong = goldens.flatMap(golden => {
      const { accepted } = judgeWireGuard(parseWireGuard({ path: 'wgt0.conf', text: golden.text }), '1.0.20210914')
      return accepted === (golden.verdict === 'accepted') ? [] : [`${golden.id} ${golden.why}: ${golden.verdict} ${golden.message}`]
    })
    expect(goldens.length).toBeGreaterThan(1900)
    expect(wrong).toEqual([])
  })

  test('the first refusal is the one that wg names', () => {
    const wrong = goldens.flatMap(golden => {
      const { refusals } = judgeWireGuard(parseWireGuard({ path: 'wgt0.conf', text: golden.text }), '1.0.20210914')
      const message = golden.message.replace(/^(?:Warning: [^|]*\| )+/, '')
      const expected = refusals[0] && (words[refusals[0].kind] ?? /^Line unrecognized/)
      return !expected || expected.test(message) ? [] : [`${golden.id} ${golden.why}: ${refusals[0]!.kind}, but ${golden.message}`]
    })
    expect(wrong).toEqual([])
  })

  test('host bits are warned of where wg warns', () => {
    const wrong = goldens.filter(golden => {
      const { accepted, warnings } = judgeWireGuard(parseWireGuard({ path: 'wgt0.conf', text: golden.text }), '1.0.20210914')
      return accepted && warnings.length > 0 !== golden.message.includes('Warning: AllowedIP has nonzero host part')
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })
})
