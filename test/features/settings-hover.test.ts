/** Hovers of cassandra.yaml: every key of every stock file is documented; values, differences and numbers of this cluster; no secret. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hoverAt } from '../../server/src/core/features/hover.ts'
import type { YamlEntry, YamlNode } from '../../server/src/core/syntax/yaml-tree.ts'
import { textAt } from '../../server/src/core/text/span.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const stock = join(import.meta.dirname, '../corpus/stock')
const stockFiles = readdirSync(stock).flatMap(version =>
  readdirSync(join(stock, version))
    .filter(name => /^cassandra(?:_latest)?\.yaml$/.test(name))
    .map(name => [version, name] as const),
)

function* entriesOf(node: YamlNode | undefined): Iterable<YamlEntry> {
  if (node?.kind === 'mapping')
    for (const entry of node.entries) {
      yield entry
      yield* entriesOf(entry.value)
    }
  if (node?.kind === 'sequence') for (const item of node.items) yield* entriesOf(item)
}

test.each(stockFiles)('every key of the stock file of %s, %s, is documented', (version, name) => {
  const line = version.startsWith('trunk') ? '6.0' : version.split('.').slice(0, 2).join('.')
  const text = readFileSync(join(stock, version, name), 'utf8')
  const snapshot = snapshotOf(parseFixture(`#- cassandra: ${line}\n#- cassandra.yaml\n${text}`))
  const yaml = snapshot.parsed.get('cassandra.yaml')
  const entries = yaml?.kind === 'cassandra-yaml' ? [...entriesOf(yaml.root)] : []
  expect(entries.length).toBeGreaterThan(60)
  const bare = entries.filter(({ key }) => {
    const markdown = hoverAt(snapshot, 'cassandra.yaml', key.span.start + 1)?.markdown
    // A name and a type alone document nothing.
    return markdown === undefined || !/\n\n[A-Z`][^\n]+\./.test(markdown)
  })
  expect(bare.map(({ key }) => key.text)).toEqual([])
})

function hovered(text: string): string | undefined {
  const fixture = parseFixture(text)
  const { file, offset } = fixture.cursor!
  return hoverAt(snapshotOf(fixture), file.path, offset)?.markdown
}

const head = 'cluster_name: prod\npartitioner: org.apache.cassandra.dht.Murmur3Partitioner\n'

describe('a hover', () => {
  test('says meaning, type, default, bounds, releases and other names', () => {
    const markdown = hovered(`#- cassandra: 4.1\n#- cassandra.yaml\n${head}max_hint_w$0indow: 6h\n`)!
    expect(markdown).toContain('**max_hint_window** · duration (ms, s, m, h, d)')
    expect(markdown).toContain('Here **6 h**')
    expect(markdown).toContain('Default in 4.1: `3h`')
    expect(markdown).toContain('In 4.1 and later')
    expect(markdown).toContain('Called `max_hint_window_in_ms` in 3.11 and 4.0')
    expect(markdown).toContain('Source: ')
  })
  test('names the class of a setting that is one, and both forms of a save period', () => {
    expect(hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}authentica$0tor:\n  class_name: PasswordAuthenticator\n`)).toContain(
      'Here **PasswordAuthenticator**',
    )
    const period = hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}key_cache_save_pe$0riod: 0\n`)
    expect(period).toContain('duration (s, m, h, d), or a number of seconds')
    expect(period).toContain('Here **0**')
  })
  test('follows old names inside of blocks', () => {
    const markdown = hovered(
      `#- cassandra: 4.1\n#- cassandra.yaml\n${head}server_encryption_options:\n  enable_legacy_ssl_stor$0age_port: false\n`,
    )
    expect(markdown).toContain('Old name of `legacy_ssl_storage_port_enabled`, which stands in its place from 4.1')
    expect(markdown).toContain('ssl_storage_port besides storage_port')
  })
  test('says what 0 stands for, and that there is no default', () => {
    const markdown = hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}memtable_flush_wri$0ters:\n`)
    expect(markdown).toContain('Default in 5.0: 2 with one data folder, else 1 for each folder')
    expect(hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}initial_to$0ken: 1\n`)).toContain('Default in 5.0: none')
  })
  test('says that a setting is marked for removal', () => {
    expect(hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}otc_coalescing_stra$0tegy: DISABLED\n`)).toContain('Marked for removal')
  })
  test('on the value is that of its key', () => {
    expect(hovered(`#- cassandra: 4.1\n#- cassandra.yaml\n${head}max_hint_window: 6$0h\n`)).toContain('**max_hint_window**')
  })
  test('names the unit of an old name, and what it became', () => {
    const markdown = hovered(`#- cassandra: 4.1\n#- cassandra.yaml\n${head}max_hint_wind$0ow_in_ms: 10800000\n`)!
    expect(markdown).toContain('whole number, in milliseconds')
    expect(markdown).toContain('Old name of `max_hint_window`')
    expect(markdown).toContain('Here **3 h**')
  })
  test('says which releases have a key that this one refuses, and its name here', () => {
    const markdown = hovered(`#- cassandra: 3.11\n#- cassandra.yaml\n${head}max_hint_wi$0ndow: 3h\n`)!
    expect(markdown).toContain('Cassandra 3.11 refuses this key')
    expect(markdown).toContain('it calls it `max_hint_window_in_ms`')
    expect(markdown).toContain('It is of 4.1 and later')
  })
  test('accuses no key that one of the possible releases has, nor one of another product', () => {
    const on = (rest: string) => hovered(`#- cassandra.yaml\n${head}start_r$0pc: false\n${rest}`)
    const newer = 'max_hint_window: 3h\nread_request_timeout: 5s\n'
    expect(on('max_hint_window: 3h\n')).not.toContain('refuses')
    expect(on(newer)).toContain('Cassandra 5.0 refuses this key')
    const scylla = 'alternator_port: 8000\ndeveloper_mode: true\napi_port: 10000\nmurmur3_partitioner_ignore_msb_bits: 12\n'
    expect(on(newer + scylla)).toContain('Of 3.11 only')
    expect(on(newer + scylla)).not.toContain('refuses')
  })
  test('is silent about keys that no release has', () => {
    expect(hovered(`#- cassandra.yaml\n${head}gossip_inter$0val: 1s\n`)).toBeUndefined()
  })
  test('speaks of nested options, dotted keys and parameters', () => {
    expect(hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}server_encryption_options:\n  internode_enc$0ryption: dc\n`)).toContain(
      'leave the datacenter',
    )
    expect(hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}server_encryption_options.internode_enc$0ryption: dc\n`)).toContain(
      'Here **dc**',
    )
    expect(
      hovered(
        `#- cassandra.yaml\n${head}seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - see$0ds: 10.0.0.1\n`,
      ),
    ).toContain('separated by commas')
    expect(
      hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}memtable:\n  configurations:\n    mine:\n      class_n$0ame: TrieMemtable\n`),
    ).toContain('The class')
  })
  test('never shows a secret', () => {
    for (const place of [
      'keystore_pass$0word: hunter2hunter2',
      'keystore_password: hunter2hun$0ter2',
      'truststore_pas$0sword: hunter2hunter2',
    ])
      expect(hovered(`#- cassandra: 5.0\n#- cassandra.yaml\n${head}client_encryption_options:\n  ${place}\n`)).not.toContain('hunter')
  })
  test('tells the seconds of a phi threshold', () => {
    const markdown = hovered(
      '#- cluster: 1x3\n#- dc1/db1/cassandra.yaml\ncluster_name: prod\npartitioner: Murmur3Partitioner\nphi_convict_thres$0hold: 12\n',
    )!
    expect(markdown).toContain('**27.6 s**')
    expect(markdown).toContain('8: 18.4 s')
    expect(markdown).toContain('Must be between 5 and 16')
  })
  test('tells what the other nodes have', () => {
    const own =
      'cluster_name: prod\nlisten_address: 10.20.1.11\nnum_tokens: 16\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.20.1.11,10.20.1.12"\n'
    const other = own.replace('listen_address: 10.20.1.11', 'listen_address: 10.20.1.13').replace('{', '')
    expect(hovered(`#- cassandra: 5.0\n#- cluster: 1x3\n#- dc1/db1/cassandra.yaml\n${own}phi_convict_thre$0shold: 8\n`)).toContain(
      'The 2 other nodes of prod agree',
    )
    expect(hovered(`#- cassandra: 5.0\n#- cluster: 1x3\n#- dc1/db1/cassandra.yaml\n${own}phi_convict_thre$0shold: 12\n`)).toContain(
      'The 2 other nodes of prod have **8**',
    )
    expect(
      hovered(
        `#- cassandra: 5.0\n#- cluster: 1x3\n#- dc1/db3/cassandra.yaml\n${other}phi_convict_threshold: 9\n#- dc1/db1/cassandra.yaml\n${own}phi_convict_thre$0shold: 12\n`,
      ),
    ).toMatch(/On 2 other nodes of prod: \*\*(?:8|9)\*\* \(db\d\), \*\*(?:8|9)\*\* \(db\d\)/)
  })
  test('tells neighbours and outages of the datacenter for num_tokens', () => {
    const files = Array.from({ length: 96 }, (_, i) => {
      const address = `10.20.1.${i + 1}`
      const text = `cluster_name: prod\nnum_to${i === 0 ? '$0' : ''}kens: 256\nlisten_address: ${address}\nendpoint_snitch: GossipingPropertyFileSnitch\npartitioner: Murmur3Partitioner\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.20.1.1,10.20.1.2"\n`
      return `#- db${i + 1}/cassandra.yaml\n${text}#- db${i + 1}/cassandra-rackdc.properties\ndc=dc1\nrack=r${(i % 3) + 1}\n`
    })
    const markdown = hovered(`#- cassandra: 5.0\n${files.join('')}`)!
    expect(markdown).toContain('| 1 | 3.9 |')
    expect(markdown).toContain('| 16 | 40.6 |')
    // The published digits: 11.952217 outages at 256 tokens and 50 failures of a node in a century.
    expect(markdown).toContain('| **256** | 64 | 12 |')
  })
  test('tells what a number means with what foretell.yaml says of links and outages', () => {
    const declared =
      '#- foretell.yaml\ncassandra: "5.0"\nnetwork:\n  links: [{ between: [dc1, dc2], roundTrip: 80ms, rate: 1Gbit/s }]\nlongestOutage: 6h\n'
    const own =
      'cluster_name: prod\nlisten_address: 10.20.1.11\nnum_tokens: 16\nendpoint_snitch: GossipingPropertyFileSnitch\nseed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "10.20.1.11,10.20.2.11"\n'
    const on = (line: string) => hovered(`#- cluster: 2x3\n${declared}#- dc1/db1/cassandra.yaml\n${own}${line}\n`)
    expect(on('write_request_tim$0eout: 2s')).toContain('The round trip to dc2 takes 80 ms: 25 trips fit into it.')
    expect(on('max_hint_win$0dow: 3h')).toContain(
      'foretell.yaml expects outages of up to 6 h: what is written later than that needs a repair.',
    )
    expect(on('max_hint_win$0dow: 8h')).toContain('hints cover them')
    expect(on('hinted_handoff_thrott$0le: 1024KiB')).toContain('Shared by the 5 other nodes')
    expect(on('inter_dc_stream_throughput_out$0bound: 24MiB/s')).toContain('20 % of the declared 1000 Mbit/s between dc1 and dc2')
  })
  test('tells what the start works out, where the heap is known', () => {
    const text = `#- cassandra: 4.0\n#- db1/jvm-server.options\n-Xmx8G\n-Xms8G\n#- db1/cassandra.yaml\n${head}memtable_heap_spa$0ce_in_mb:\n`
    expect(hovered(text)).toContain('Here **2 GiB**, as it is not set')
  })
})

test('no hover shows a secret anywhere, and every hover lies on its word', () => {
  const text = `${head}server_encryption_options:\n  keystore_password: hunter2hunter2\n  truststore_password: "hunter2hunter2"\nauthenticator: PasswordAuthenticator\nseed_provider:\n  - class_name: X\n    parameters:\n      - password: hunter2hunter2\n        seeds: a\n`
  const snapshot = snapshotOf(parseFixture(`#- cassandra: 5.0\n#- cassandra.yaml\n${text}`))
  for (let offset = 0; offset <= text.length; offset++) {
    const hover = hoverAt(snapshot, 'cassandra.yaml', offset)
    expect(hover?.markdown ?? '').not.toContain('hunter')
    if (hover) expect(textAt(hover.span)).not.toContain('\n')
  }
})
