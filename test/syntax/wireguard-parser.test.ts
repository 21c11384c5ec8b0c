/** The WireGuard parser: places, merged sections, placeholders, names, and an answer to anything. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWireGuard } from '../../server/src/core/syntax/wireguard-parser.ts'
import { looksLikeWireGuard } from '../../server/src/core/syntax/wireguard-recognition.ts'
import { judgeWireGuard, toolsAtLeast } from '../../server/src/core/syntax/wireguard-verdict.ts'
import { knownValue } from '../../server/src/core/text/fact.ts'
import { type Span, textAt } from '../../server/src/core/text/span.ts'

const privateKey = 'foretellExampleKeyOfDb1///////////////////A='
const publicKey = 'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8='
const parse = (text: string, path = 'wg0.conf') => parseWireGuard({ path, text })

describe('reading', () => {
  test('sections merge, the last single value counts, lists grow', () => {
    const parsed = parse(
      `[Interface]\r\nListenPort = 1\r\nAddress = 10.0.0.1/24\r\n[Peer]\nPublicKey = ${publicKey}\nAllowedIPs = 10.0.0.2\nAllowedIPs=10.0.0.3/32, fd00::3\n[interface] # again\nlistenport = 2\nADDRESS = fd00::1/64\n`,
    )
    expect(knownValue(parsed.interface.listenPort)).toBe(2)
    expect(parsed.interface.addresses.map(({ text }) => text)).toEqual(['10.0.0.1/24', 'fd00::1/64'])
    expect(parsed.interface.headers).toHaveLength(2)
    expect(parsed.peers[0]!.allowedIps.map(({ text, length }) => `${text} ${length}`)).toEqual([
      '10.0.0.2 32',
      '10.0.0.3/32 32',
      'fd00::3 128',
    ])
    expect(parsed.refusals).toEqual([])
  })

  test('secrets leave only their place', () => {
    const parsed = parse(`[Interface]\nPrivateKey = ${privateKey}\n[Peer]\nPublicKey = ${publicKey}\nPresharedKey = ${privateKey}\n`)
    const secret = knownValue(parsed.interface.privateKey)!
    expect(textAt(secret.span)).toBe(privateKey)
    const seen = JSON.stringify(parsed, (key, value: unknown) => (key === 'file' ? undefined : value))
    expect(seen).not.toContain(privateKey.slice(0, 12))
  })

  test('a spoiled secret is not quoted either', () => {
    const parsed = parse(
      `[Interface]\nPrivateKey = ${privateKey.slice(1)}\nPrivateKeys = ${privateKey}\n${privateKey}\nPrivateKey: ${privateKey}\n`,
    )
    expect(parsed.refusals.length).toBe(4)
    expect(JSON.stringify(parsed.refusals, (key, value: unknown) => (key === 'file' ? undefined : value))).not.toContain(
      privateKey.slice(1, 20),
    )
  })

  test('parts of an endpoint have their places, blanks or not', () => {
    for (const text of ['192.0.2.7:51820', '192.0.2.7 : 51820', '[2001:db8::7]:51820']) {
      const endpoint = knownValue(parse(`[Peer]\nPublicKey = ${publicKey}\nEndpoint = ${text}\n`).peers[0]!.endpoint)!
      expect(textAt(endpoint.portSpan)).toBe('51820')
      expect(textAt(endpoint.hostSpan)).toBe(endpoint.host)
    }
  })

  test('inet_aton forms, services and cut ports are read as glibc reads them', () => {
    const endpoint = (text: string) => knownValue(parse(`[Peer]\nPublicKey = ${publicKey}\nEndpoint = ${text}\n`).peers[0]!.endpoint)
    expect(endpoint('192.0.2:51820')).toMatchObject({ form: 'short-ipv4', address: { bits: 0xc0000002n } })
    expect(endpoint('192.000.002.010:ntp')).toMatchObject({ address: { bits: 0xc0000208n }, port: 123, portKind: 'service' })
    expect(endpoint('0x7f.1:70000')).toMatchObject({ address: { bits: 0x7f000001n }, port: 4464 })
    expect(endpoint('*:*')).toMatchObject({ form: 'any', port: 0 })
    expect(endpoint('2001:db8::2:51820')).toMatchObject({ form: 'bare-ipv6', port: 51820 })
    expect(endpoint('db2.example.net:51820')).toMatchObject({ form: 'name' })
    for (const refused of ['192.0.2.256:1', '192.0.2.x:1', ':1', '192.0.2.2:2147483648', 'a..b:1', '[fe80::1%]:1'])
      expect(endpoint(refused), refused).toBe(undefined)
  })

  test('wg-quick does not know a header with blanks, wg does', () => {
    const parsed = parse('[ Interface ]\nListenPort = 1\nAddress = 10.0.0.1/24\n')
    expect(parsed.refusals.map(({ kind, word }) => `${kind} ${word}`)).toEqual(['spaced-section Address'])
    expect(knownValue(parsed.interface.listenPort)).toBe(1)
  })

  test('a hook is cut at # by old tools alone', () => {
    const [hook] = parse('[Interface]\nPostUp = echo "a#b" # c\n').interface.hooks
    expect(hook).toMatchObject({ command: 'echo "a', wholeCommand: 'echo "a#b" # c' })
  })

  test.each([
    '{{ wg_key }}',
    '$WG_KEY',
    '${KEY}',
    '<server public key>',
    '<--snip-->',
    'YOUR_PUBLIC_KEY',
    '[Insert client public key]',
    '...',
    'xxxx',
  ])('%s is a value to be filled in', value => {
    const parsed = parse(`[Interface]\nPrivateKey = ${value}\n[Peer]\nPublicKey = ${value}\nAllowedIPs = 10.0.0.2/32\n`)
    expect(parsed.refusals).toEqual([])
    expect(parsed.peers[0]!.publicKey.kind).toBe('unknown')
  })

  test('templates may leave lines out or repeat them', () => {
    const parsed = parse(
      '{% for p in peers %}\n[Peer]\n# {{ p.name }}\nPublicKey = {{ p.key }}\n{% if p.host %}\nEndpoint = {{ p.host }}:51820\n{% endif %}\n{% endfor %}\n',
      'wg0.conf.j2',
    )
    expect(parsed).toMatchObject({ template: true, linesMayBeElsewhere: true, refusals: [] })
  })

  test('peers are named by comments, never by keys', () => {
    const names = (comment: string) => parse(`[Interface]\n${comment}\n[Peer]\nPublicKey = ${publicKey}\n`).peers[0]!.name
    expect(names('# db2')).toBe('db2')
    expect(names('# Client: test1 (991ba03d-0052)')).toBe('test1')
    expect(names('# Name = node.dc1')).toBe('node.dc1')
    expect(names('# second peer of the office in Rome')).toBe(undefined)
    expect(names(`# ${privateKey}`)).toBe(undefined)
    expect(names(`# PrivateKey = ${privateKey}`)).toBe(undefined)
  })

  test('a conflict hides everything else', () => {
    const parsed = parse('[Interface]\n<<<<<<< HEAD\nMTU = 1\n=======\nMTU = 2\n>>>>>>> x\n')
    expect(parsed.problems.map(({ kind }) => kind)).toEqual(['merge-conflict'])
    expect(judgeWireGuard(parsed, undefined).accepted).toBe(false)
  })
})

test('tools are compared by their numbers', () => {
  expect(toolsAtLeast(undefined, '1.0.20250521')).toBe(false)
  expect(toolsAtLeast('v1.0.20260223', '1.0.20250521')).toBe(true)
  expect(toolsAtLeast('1.1', '1.0.20260223')).toBe(true)
})

describe('recognition', () => {
  test.each([
    ['hosts/db1/wg0.conf', '', true],
    ['wg12.conf.j2', '', true],
    ['office.conf', '[Interface]\nAddress = 10.0.0.1/24\n', true],
    ['office.conf', '# x\n[peer]\nAllowedIPs=10.0.0.2/32\n', true],
    ['wgserver.conf', 'server { listen 80; }', false],
    ['app.conf', '[Interface]\ncolour = blue\n', false],
    ['10-wg.netdev', '[WireGuard]\nPrivateKey = x\n', false],
    ['readme.md', '[Interface]\nAddress = 10.0.0.1/24\n', false],
  ])('%s %j', (path, text, expected) => {
    expect(looksLikeWireGuard(path, text)).toBe(expected)
  })
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    '[Interface]',
    '[Peer]',
    '[ Peer ]',
    '\n',
    '\r\n',
    ' = ',
    '=',
    '#',
    ',',
    '\0',
    '\ufeff',
    'PublicKey',
    'AllowedIPs',
    'Endpoint',
    'Address',
    '10.0.0.1/24',
    '::1',
    '[',
    ']',
    ':',
    '51820',
    privateKey,
    '{{',
    '}}',
    '{%',
    '%}',
    '<<<<<<< ',
    '%',
    'é',
    '\ud800',
  )
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 60 }).map(parts => parts.join('')),
  )

  test('is answered, with places inside it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const parsed = parse(text)
        const inside = ({ start, end }: Span) => 0 <= start && start <= end && end <= text.length
        const spans = [
          ...parsed.refusals.map(({ span }) => span),
          ...parsed.settings.flatMap(({ keySpan, valueSpan, lineSpan }) => [keySpan, valueSpan, lineSpan]),
          ...parsed.peers.flatMap(peer => [peer.header, peer.block, ...peer.allowedIps.map(({ span }) => span)]),
          ...parsed.interface.addresses.map(({ span }) => span),
          parsed.interface.insertAt,
        ]
        expect(spans.filter(span => !inside(span))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('of one enormous line is answered, too', () => {
    const parsed = parse(`[Peer]\nAllowedIPs = ${'10.0.0.1/32,'.repeat(100_000)}\n${'x'.repeat(2_000_000)}\n`)
    expect(parsed.longLines).toHaveLength(2)
  })
})
