/** What is drawn into a cassandra.yaml: the outline, computed values and readable numbers, and the options of a block. */
import { describe, expect, test } from 'vitest'
import { completionsAt } from '../../server/src/core/features/completion.ts'
import { documentSymbolsOf } from '../../server/src/core/features/document-symbols.ts'
import type { DocumentSymbol } from '../../server/src/core/features/editor-types.ts'
import { hoverAt } from '../../server/src/core/features/hover.ts'
import { inlayHintsOf } from '../../server/src/core/features/inlay-hints.ts'
import { signatureHelpAt } from '../../server/src/core/features/signature-help.ts'
import { positionAt } from '../../server/src/core/text/line-index.ts'
import { snapshotOf } from '../check.ts'
import { parseFixture } from '../fixture.ts'

const head = 'cluster_name: prod\npartitioner: org.apache.cassandra.dht.Murmur3Partitioner\n'

/** `line text` of each hint of db1's cassandra.yaml. */
function hints(text: string): readonly string[] {
  const snapshot = snapshotOf(parseFixture(text))
  const { file } = snapshot.parsed.get('db1/cassandra.yaml')!
  return inlayHintsOf(snapshot, file.path, { file, start: 0, end: file.text.length }).map(
    hint => `${positionAt(file, hint.at.start).line + 1}:${positionAt(file, hint.at.start).column + 1} ${hint.text}`,
  )
}

describe('hints', () => {
  test('say what an empty or left-out setting comes to, where heap and folders are known', () => {
    const yaml = `${head}memtable_heap_space:\nconcurrent_compactors:\n# file_cache_size: 512MiB\n# max_mutation_size: 1MiB\n`
    expect(hints(`#- cassandra: 5.0\n#- db1/jvm-server.options\n-Xmx8G\n#- db1/cassandra.yaml\n${yaml}`)).toEqual([
      '3:21 = 2 GiB',
      '4:23 = 2',
      '5:26 not set: 512 MiB',
      '6:26 not set: 16 MiB',
    ])
  })
  test('say how, where the machine is not known', () => {
    expect(hints(`#- cassandra: 5.0\n#- db1/cassandra.yaml\n${head}memtable_heap_space:\n# file_cache_size: 512MiB\n`)).toEqual([
      '3:21 a quarter of the heap',
    ])
  })
  test('take cores and memory from foretell.yaml', () => {
    const yaml = `${head}concurrent_compactors:\ndata_file_directories: [/a, /b, /c, /d]\n`
    expect(hints(`#- foretell.yaml\ncassandra: "5.0"\nnodes:\n  db1:\n    cores: 3\n#- db1/cassandra.yaml\n${yaml}`)).toEqual(['3:23 = 3'])
  })
  test('read large old numbers, and leave small ones alone', () => {
    const yaml = `${head}max_hint_window_in_ms: 10800000\nread_request_timeout_in_ms: 5000\ncommitlog_total_space_in_mb: 8192\nstream_throughput_outbound_megabits_per_sec: 200 # old\nphi_convict_threshold: 10\ncommitlog_segment_size_in_mb: 32\n`
    expect(hints(`#- cassandra: 3.11\n#- db1/cassandra.yaml\n${yaml}`)).toEqual([
      '3:32 = 3 h',
      '5:34 = 8 GiB',
      '6:49 = 25 MB/s',
      '7:26 23.0 s until a silent node counts as down',
    ])
  })
  test('read large quantities, too', () => {
    expect(hints(`#- cassandra: 5.0\n#- db1/cassandra.yaml\n${head}max_hint_window: 10800000ms\nmax_hints_file_size: 128MiB\n`)).toEqual([
      '3:28 = 3 h',
    ])
  })
})

function outline(symbols: readonly DocumentSymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${'  '.repeat(depth)}${name}${detail === undefined ? '' : ` ${detail}`}`,
    ...outline(children, depth + 1),
  ])
}

test('the outline has keys and blocks with their values, and no secret', () => {
  const text = `${head}data_file_directories:\n  - /a\n  - /b\nclient_encryption_options:\n  enabled: true\n  keystore_password: hunter2hunter2\nseed_provider:\n  - class_name: SimpleSeedProvider\n    parameters:\n      - seeds: 10.0.0.1\n`
  const snapshot = snapshotOf(parseFixture(`#- cassandra: 5.0\n#- db1/cassandra.yaml\n${text}`))
  expect(outline(documentSymbolsOf(snapshot, 'db1/cassandra.yaml'))).toEqual([
    'cluster_name prod',
    'partitioner org.apache.cassandra.dht.Murmur3Partitioner',
    'data_file_directories /a, /b',
    'client_encryption_options',
    '  enabled true',
    '  keystore_password',
    'seed_provider',
    '  class_name SimpleSeedProvider',
    '  parameters',
    '    seeds 10.0.0.1',
  ])
})

function signature(body: string): string | undefined {
  const fixture = parseFixture(`#- cassandra: 5.0\n#- db1/cassandra.yaml\n${head}${body}`)
  const help = signatureHelpAt(snapshotOf(fixture), fixture.cursor!.file.path, fixture.cursor!.offset)
  const active = help?.parameters[help.activeParameter]
  return help && active && `${help.label.slice(0, 20)} | ${help.label.slice(active.start, active.end)} | ${active.documentation}`
}

test('the signature of a block names its options and explains the one at the cursor', () => {
  expect(signature('client_encryption_options:\n  optional: $0\n')).toMatch(
    /^client_encryption_op \| optional \| true or false\. Takes unencrypted connections/,
  )
  expect(signature('client_encryption_options:\n  optio$0\n')).toContain('| optional |')
  expect(
    signature('seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: $0\n'),
  ).toMatch(/^parameters: seeds.* \| seeds \| Addresses/)
  expect(signature('num_tokens: $0\n')).toBeUndefined()
  expect(signature('$0\n')).toBeUndefined()
})

test('nothing that is drawn, said or offered shows a secret', () => {
  const text = `${head}client_encryption_options:
  keystore_password: hunter2hunter2
  truststore_pasword: hunter2hunter2
  ssl_context_factory:
    class_name: org.apache.cassandra.security.PEMBasedSslContextFactory
    parameters:
      private_key: |
        hunter2hunter2
      private_key_password: hunter2hunter2
transparent_data_encryption_options:
  key_provider:
    - class_name: org.apache.cassandra.security.JKSKeyProvider
      parameters:
        - keystore_password: hunter2hunter2
          key_password: hunter2hunter2
`
  const snapshot = snapshotOf(parseFixture(`#- cassandra: 5.0\n#- db1/cassandra.yaml\n${text}#- db2/cassandra.yaml\n${text}`))
  const path = 'db1/cassandra.yaml'
  const { file } = snapshot.parsed.get(path)!
  const said = (answer: unknown) =>
    JSON.stringify(answer, (key, value: unknown) => (/span|^at$|replace/i.test(key) ? undefined : value)) ?? ''
  expect(said(documentSymbolsOf(snapshot, path))).not.toContain('hunter')
  expect(said(inlayHintsOf(snapshot, path, { file, start: 0, end: file.text.length }))).not.toContain('hunter')
  for (let offset = 0; offset <= file.text.length; offset += 3)
    for (const answer of [hoverAt, completionsAt, signatureHelpAt])
      expect(said(answer(snapshot, path, offset)), file.text.slice(offset, offset + 20)).not.toContain('hunter')
})
