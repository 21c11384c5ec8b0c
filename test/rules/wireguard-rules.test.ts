/** Cases of the WireGuard and mesh rules beyond their examples: what is unknown stays silent, what is declared counts. */
import { describe, expect, test } from 'vitest'
import { exampleEnd, exampleInterface, exampleKeys, exampleMesh, examplePeer } from '../../server/src/core/rules/example-mesh.ts'
import { findingsOf } from '../check.ts'

const rulesOf = (group: string, text: string) => findingsOf(group, text).map(({ rule, severity }) => `${severity} ${rule}`)

describe('one file', () => {
  test.each([
    ['{{ key }}', []],
    ['<PUBLIC_KEY>', []],
    ['YOUR_PUBLIC_KEY', []],
    ['notakey', ['error wireguard/refused-value']],
  ])('PublicKey = %s', (value, expected) => {
    expect(rulesOf('wireguard', `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { PublicKey: value })}`)).toEqual(expected)
  })

  test('pieces of a file are not judged as a whole one', () => {
    expect(rulesOf('wireguard', `#- peers.conf\n${examplePeer(2)}`)).toEqual([])
    expect(rulesOf('wireguard', `#- wg0.conf\n${examplePeer(2)}`)).toEqual(['error wireguard/missing-private-key'])
  })

  test('a key by hook or script is a key', () => {
    for (const hook of ['wg set %i private-key <(pass wg/db1)', '/etc/wireguard/keys.sh %i', 'wg setconf %i /run/secret.conf'])
      expect(
        rulesOf('wireguard/missing-private-key', `#- wg0.conf\n${exampleInterface(1, { PrivateKey: undefined, PostUp: hook })}`),
      ).toEqual([])
  })

  test('a sign before a prefix is refused by old tools and declared new ones take it', () => {
    const text = `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { AllowedIPs: '+10.20.1.12/32' })}`
    expect(rulesOf('wireguard', text)).toEqual(['error wireguard/needs-newer-tools'])
    expect(rulesOf('wireguard', `#- foretell.yaml\nwireguardTools: 1.0.20260223\n${text}`)).toEqual([])
  })

  test('declared networks take IPv6 away', () => {
    const text = `#- wg0.conf\n${exampleInterface(1, { MTU: undefined, Address: 'fd00::1/64' })}`
    expect(rulesOf('mtu', text)).toEqual([])
    expect(rulesOf('mtu', `#- foretell.yaml\nnetwork:\n  underlayMtu: 1340\n${text}`)).toEqual(['error mtu/loses-ipv6'])
  })

  test('the name of the file counts where wg-quick loads it', () => {
    expect(rulesOf('wireguard', `#- host/etc/wireguard/a-very-long-interface.conf\n${exampleInterface(1)}`)).toEqual([
      'error wireguard/refused-value',
    ])
    expect(rulesOf('wireguard', `#- mesh/a-very-long-interface.conf\n${exampleInterface(1)}`)).toEqual([])
  })

  test('a conflict or an unknown section is one finding', () => {
    expect(rulesOf('wireguard', `#- wg0.conf\n[Interfaces]\nPrivateKey = x\nAddress = y\n`)).toEqual(['error wireguard/refused-line'])
  })
})

describe('pairs', () => {
  test('a pair that works says nothing', () => {
    for (const group of ['mesh', 'mtu', 'reach']) expect(rulesOf(group, exampleMesh(4, {}, true))).toEqual([])
  })

  test('a file with open keys hides who it lists', () => {
    const other = exampleEnd(2, 2).replace(/PublicKey = .*/, 'PublicKey = {{ db1_key }}')
    expect(rulesOf('mesh', `#- db1/wg0.conf\n${exampleEnd(1, 2)}#- db2/wg0.conf\n${other}`)).toEqual([])
  })

  test('copies of one file are one host', () => {
    expect(
      rulesOf('mesh', `#- db1/wg0.conf\n${exampleEnd(1, 2)}#- backup/wg0.conf\n${exampleEnd(1, 2)}#- db2/wg0.conf\n${exampleEnd(2, 2)}`),
    ).toEqual([])
  })

  test('two VPNs with the same addresses do not know each other', () => {
    const strangers = exampleEnd(3, 3, {
      peers: { 1: undefined, 2: { PublicKey: exampleKeys[3].public } },
      interface: { Address: '10.20.1.11/24' },
    })
    expect(rulesOf('mesh', `#- a/wg0.conf\n${exampleEnd(1, 2)}#- a/wg2.conf\n${exampleEnd(2, 2)}#- b/wg0.conf\n${strangers}`)).toEqual([])
  })

  test('a local forwarder may stand at an endpoint', () => {
    const forwarded = { 1: { peers: { 2: { Endpoint: '127.0.0.1:4000' } } } }
    expect(rulesOf('mesh/unusable-endpoint', exampleMesh(2, forwarded))).toEqual(['error mesh/unusable-endpoint'])
    expect(rulesOf('mesh/unusable-endpoint', exampleMesh(2, forwarded).replace('Endpoint = 127', '# udp2raw\nEndpoint = 127'))).toEqual([])
  })

  test('a forwarded port is nobody’s mistake', () => {
    expect(rulesOf('mesh', exampleMesh(2, { 1: { peers: { 2: { Endpoint: '203.0.113.9:40000' } } } }))).toEqual([])
  })

  test('MTU of a declared link', () => {
    const links = '#- foretell.yaml\nnetwork:\n  underlayMtu: 1400\n'
    expect(rulesOf('mtu', `${exampleMesh(2)}${links}`)).toEqual(['warning mtu/above-underlay', 'warning mtu/above-underlay'])
    expect(rulesOf('mtu', `${exampleMesh(2, { 1: { interface: { MTU: '1340' } }, 2: { interface: { MTU: '1320' } } })}${links}`)).toEqual(
      [],
    )
  })

  test('an address that is not allowed hides the missing path', () => {
    const text = exampleMesh(2, { 1: { peers: { 2: { AllowedIPs: '10.20.1.22/32' } } } }, true)
    expect([...rulesOf('mesh', text), ...rulesOf('reach', text)]).toEqual(['error mesh/address-not-allowed'])
  })

  test('a wrong key hides what follows from it', () => {
    const text = exampleMesh(2, { 1: { peers: { 2: { PublicKey: exampleKeys[3].public } } } }, true)
    expect([...rulesOf('mesh', text), ...rulesOf('reach', text)]).toEqual(['error mesh/wrong-public-key'])
  })

  test('the private half in the place of the public one is said without showing it', () => {
    const [finding] = findingsOf('mesh/wrong-public-key', exampleMesh(2, { 1: { peers: { 2: { PublicKey: exampleKeys[1].private } } } }))
    expect(finding!.message).toContain('private key')
    expect(finding!.message).not.toContain('foretell')
  })

  describe('whose private keys are not in the files', () => {
    const byHook = { PrivateKey: undefined, PostUp: 'wg set %i private-key /etc/wireguard/%i.key' }
    const hidden = (changes: Record<number, { peers?: Record<number, Record<string, string | undefined> | undefined> }> = {}) =>
      exampleMesh(
        3,
        Object.fromEntries([1, 2, 3].map(n => [n, { interface: byHook, ...(changes[n]?.peers ? { peers: changes[n].peers } : {}) }])),
        true,
      )

    test('a mesh that works says nothing', () => {
      for (const group of ['mesh', 'reach', 'wireguard']) expect(rulesOf(group, hidden())).toEqual([])
    })

    test('addresses make it likely: a warning, not an error', () => {
      expect(rulesOf('mesh', hidden({ 2: { peers: { 1: undefined } } }))).toEqual(['warning mesh/one-sided-peer'])
      expect(
        rulesOf('mesh', hidden({ 1: { peers: { 2: { Endpoint: undefined } } }, 2: { peers: { 1: { Endpoint: undefined } } } })),
      ).toEqual(['warning mesh/endpoint-on-neither-side'])
    })

    test('a summary may stand for the host', () => {
      expect(rulesOf('mesh/one-sided-peer', hidden({ 2: { peers: { 1: { AllowedIPs: '10.20.1.8/30' } } } }))).toEqual([])
    })
  })
})
