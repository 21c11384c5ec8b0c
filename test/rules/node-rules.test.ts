/** Cases of the rules about the JVM, security, disks and detection beyond their examples. */
import { describe, expect, test } from 'vitest'
import { exampleCluster } from '../../server/src/core/rules/example-cluster.ts'
import { findingsOf } from '../check.ts'

const said = (ruleOrGroup: string, fixture: string) => findingsOf(ruleOrGroup, fixture).map(({ severity, rule }) => `${severity}[${rule}]`)
const jvm = (files: Readonly<Record<string, string>>, release = '5.0') =>
  said(
    'jvm',
    `#- cassandra: ${release}\n${exampleCluster(
      '1x1',
      {},
      Object.entries(files)
        .map(([name, text]) => `#- ${name === 'foretell.yaml' ? name : `dc1/db1/${name}`}\n${text}\n`)
        .join(''),
    )}`,
  )

describe('jvm', () => {
  test.each<[string, Readonly<Record<string, string>>, string, string[]]>([
    ['-Xmx without -Xms', { 'jvm-server.options': '-Xmx8G' }, '5.0', ['error[jvm/startup-refused]']],
    ['-Xms without -Xmx', { 'jvm-server.options': '-Xms8G' }, '5.0', ['error[jvm/startup-refused]']],
    ['both in another file', { 'jvm-server.options': '-Xmx8G', 'jvm11-server.options': '-Xms8G' }, '5.0', []],
    ['more at the start than at most', { 'jvm-server.options': '-Xms8G\n-Xmx4G' }, '5.0', ['error[jvm/startup-refused]']],
    ['-Xmn with G1 from 4.0', { 'jvm-server.options': '-Xms4G\n-Xmx4G\n-Xmn1G\n-XX:+UseG1GC' }, '4.1', ['error[jvm/startup-refused]']],
    ['-Xmn with G1 in 3.11', { 'jvm.options': '-Xms4G\n-Xmx4G\n-Xmn1G\n-XX:+UseG1GC' }, '3.11', []],
    ['CMS on 17', { 'jvm17-server.options': '-XX:+UseConcMarkSweepGC' }, '5.0', ['error[jvm/startup-refused]']],
    ['CMS on 11', { 'jvm11-server.options': '-XX:+UseConcMarkSweepGC' }, '5.0', []],
    [
      'CMS on 17, which foretell.yaml declares',
      { 'jvm-server.options': '-XX:+UseConcMarkSweepGC', 'foretell.yaml': 'java: 17' },
      '5.0',
      ['error[jvm/startup-refused]'],
    ],
    [
      'unknown flags that java is told to skip',
      { 'jvm17-server.options': '-XX:+IgnoreUnrecognizedVMOptions\n-XX:+UseConcMarkSweepGC' },
      '5.0',
      [],
    ],
    ['two collectors', { 'jvm17-server.options': '-XX:+UseG1GC\n-XX:+UseZGC' }, '5.0', ['error[jvm/startup-refused]']],
    ['a collector switched off for another', { 'jvm17-server.options': '-XX:-UseG1GC\n-XX:+UseZGC' }, '5.0', []],
    [
      'collectors of two Javas',
      { 'jvm8-server.options': '-XX:+UseParNewGC\n-XX:+UseConcMarkSweepGC', 'jvm11-server.options': '-XX:+UseG1GC' },
      '4.1',
      [],
    ],
    [
      'one heap variable without the other',
      { 'jvm-server.options': '-Xss1m', 'cassandra-env.sh': 'MAX_HEAP_SIZE="4G"' },
      '4.1',
      ['error[jvm/startup-refused]'],
    ],
    ['one heap variable with G1', { 'jvm-server.options': '-XX:+UseG1GC', 'cassandra-env.sh': 'MAX_HEAP_SIZE="4G"' }, '4.1', []],
    ['both heap variables', { 'jvm-server.options': '-Xss1m', 'cassandra-env.sh': 'MAX_HEAP_SIZE="4G"\nHEAP_NEWSIZE="800M"' }, '4.1', []],
    [
      'a Java that the release does not take',
      { 'jvm-server.options': '-Xss1m', 'foretell.yaml': 'java: 8' },
      '5.0',
      ['error[jvm/startup-refused]'],
    ],
    ['jvm.options from 4.0 on', { 'jvm.options': '-Xms4G\n-Xmx4G' }, '4.1', ['warning[jvm/ignored-option]']],
    ['a flag twice', { 'jvm-server.options': '-Xss1m\n-Xss2m' }, '5.0', ['warning[jvm/ignored-option]']],
    ['flags that add up', { 'jvm-server.options': '--add-opens a=b\n--add-opens c=d\n-Xlog:gc\n-Xlog:safepoint' }, '5.0', []],
    ['31 GiB', { 'jvm-server.options': '-Xms31G\n-Xmx31G\n-XX:+UseG1GC' }, '5.0', ['info[jvm/large-heap]']],
    ['32 GiB', { 'jvm-server.options': '-Xms32G\n-Xmx32G\n-XX:+UseG1GC' }, '5.0', ['warning[jvm/compressed-oops-lost]']],
    ['32 GiB under ZGC', { 'jvm-server.options': '-Xms32G\n-Xmx32G\n-XX:+UseZGC' }, '5.0', []],
    ['a heap from a template', { 'jvm-server.options': '-Xms{{ heap }}\n-Xmx{{ heap }}\n-XX:+UseG1GC' }, '5.0', []],
    [
      'a setting by system property without permission',
      { 'jvm-server.options': '-Dcassandra.settings.num_tokens=8' },
      '5.0',
      ['warning[jvm/ignored-option]'],
    ],
    [
      'and with it',
      { 'jvm-server.options': '-Dcassandra.settings.num_tokens=8\n-Dcassandra.config.allow_system_properties=true' },
      '5.0',
      [],
    ],
    ['join_ring=true', { 'jvm-server.options': '-Dcassandra.join_ring=true' }, '5.0', []],
    ['join_ring=false', { 'jvm-server.options': '-Dcassandra.join_ring=false' }, '5.0', ['warning[jvm/dangerous-property-left]']],
    ['replace_address for the first start', { 'jvm-server.options': '-Dcassandra.replace_address_first_boot=10.0.0.1' }, '5.0', []],
  ])('%s', (_, files, release, expected) => {
    expect(jvm(files, release)).toEqual(expected)
  })
})

describe('security', () => {
  const server = (lines: string) => exampleCluster('1x1', { 'dc1/db1': { server_encryption_options: `\n${lines}` } })

  test.each<[string, string, number]>([
    ['the shipped password, TLS off', '  internode_encryption: none\n  keystore_password: cassandra', 0],
    ['the shipped password, TLS on', '  internode_encryption: all\n  keystore_password: cassandra', 1],
    ['another password, TLS off', '  internode_encryption: none\n  keystore_password: hunter2', 1],
    ['a placeholder', '  internode_encryption: all\n  keystore_password: "{{ vault }}"', 0],
    ['nothing', '  internode_encryption: all\n  keystore_password:', 0],
    ['a file', '  internode_encryption: all\n  keystore_password_file: /etc/secret', 0],
    ['two passwords are one finding', '  internode_encryption: all\n  keystore_password: a1\n  truststore_password: b2', 1],
  ])('password: %s', (_, lines, count) => {
    expect(said('security/plain-password', server(lines))).toHaveLength(count)
  })

  test('no message holds a password', () => {
    const secret = 'sEcReT-pa55'
    const fixture = exampleCluster(
      '1x1',
      { 'dc1/db1': { server_encryption_options: `\n  internode_encryption: all\n  keystore_password: ${secret}` } },
      `#- dc1/db1/jvm-server.options\n-Djavax.net.ssl.keyStorePassword=${secret}\n-Djavax.net.ssl.keyStorePassword=other\n`,
    )
    const found = findingsOf('security', fixture)
    expect(found.filter(({ rule }) => rule === 'security/plain-password')).toHaveLength(2)
    const everything = ['security', 'jvm', 'drift', 'settings'].flatMap(group => findingsOf(group, fixture))
    expect(
      everything.flatMap(({ message, related }) => [message, ...related.map(one => one.message)]).filter(text => text.includes(secret)),
    ).toEqual([])
  })

  test('none beside all is refused, dc beside all only within the datacenter', () => {
    const mode = (word: string, more = '') => ({ server_encryption_options: `\n  internode_encryption: ${word}${more}` })
    const differs = (a: object, b: object) =>
      said('security/internode-encryption-differs', exampleCluster('2x1', { 'dc1/db1': a as never, 'dc2/db2': b as never }))
    expect(differs(mode('none'), mode('all'))).toHaveLength(1)
    expect(differs(mode('dc'), mode('all'))).toEqual([])
    expect(differs(mode('none'), mode('all', '\n  optional: true'))).toEqual([])
    expect(differs(mode('all'), mode('all'))).toEqual([])
  })

  test('a mesh makes plain traffic between datacenters an information', () => {
    const tunnel = (address: string) => `[Interface]\nAddress = ${address}/24\nPostUp = wg set %i private-key /etc/wireguard/key\n`
    const plain = exampleCluster('2x1', {})
    expect(said('security/internode-plaintext', plain)).toEqual(['warning[security/internode-plaintext]'])
    const inside = `#- dc1/db1/wg0.conf\n${tunnel('10.20.1.11')}#- dc2/db2/wg0.conf\n${tunnel('10.20.2.11')}`
    expect(said('security/internode-plaintext', exampleCluster('2x1', {}, inside))).toEqual(['info[security/internode-plaintext]'])
  })

  test('clients that dial the mesh are covered by it; those of another network are not', () => {
    const tunnel = (path: string, address: string) =>
      `#- ${path}/wg0.conf\n[Interface]\nAddress = ${address}/24\nPostUp = wg set %i private-key /etc/wireguard/key\n`
    const mesh = tunnel('dc1/db1', '10.20.1.11') + tunnel('dc2/db2', '10.20.2.11')
    const plain = (nodes: Parameters<typeof exampleCluster>[1], files = mesh) =>
      findingsOf('security/client-plaintext', exampleCluster('2x1', nodes, files)).map(({ severity, message }) => `${severity}: ${message}`)
    expect(plain({})).toEqual([])
    expect(plain({ 'dc1/db1': { rpc_address: '192.168.7.1' } })).toEqual([
      expect.stringMatching(/^info: Clients talk plain to db1 on 192\.168\.7\.1 port 9042, which is no address of the mesh\./),
    ])
    expect(plain({ 'dc1/db1': { rpc_address: '0.0.0.0', broadcast_rpc_address: '10.20.1.11' } })).toEqual([
      expect.stringMatching(/^warning: .* from every network/),
    ])
    // Without a mesh nothing is said of one.
    expect(plain({}, '')).toEqual([expect.not.stringContaining('mesh')])
  })

  test('one datacenter alone is not warned about plain traffic between datacenters', () => {
    expect(said('security/internode-plaintext', exampleCluster('1x3', {}))).toEqual([])
  })
})

describe('detection', () => {
  test('phi by its value, and only over several datacenters', () => {
    const phi = (value: string | undefined, shape = '2x1') =>
      said(
        'detection',
        exampleCluster(shape, {
          'dc1/db1': { phi_convict_threshold: value },
          [shape === '2x1' ? 'dc2/db2' : 'dc1/db2']: { phi_convict_threshold: value },
        }),
      )
    expect(phi(undefined)).toEqual(['info[detection/hasty-phi]'])
    expect(phi('8')).toEqual(['info[detection/hasty-phi]'])
    expect(phi('6.5')).toEqual(['warning[detection/hasty-phi]'])
    expect(phi('10')).toEqual([])
    expect(phi('{{ phi }}')).toEqual([])
    expect(phi('6', '1x2')).toEqual([])
  })
})
