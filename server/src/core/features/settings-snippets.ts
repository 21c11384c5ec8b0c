/** Whole blocks of cassandra.yaml as snippets, for the settings that are blocks. `$1`, `${2:word}` and `${3|a,b|}` are tab stops. */
import type { ReleaseLine } from '../catalog/release.ts'

type Snippet = readonly string[] | ((line: ReleaseLine, seeds: string) => readonly string[])

const stores = (first: number): readonly string[] => [
  `  keystore: \${${first}:conf/.keystore}`,
  `  keystore_password: \${${first + 1}:changeit}`,
  `  truststore: \${${first + 2}:conf/.truststore}`,
  `  truststore_password: \${${first + 3}:changeit}`,
]

const snippets: { readonly [key: string]: Snippet } = {
  seed_provider: (_line, seeds) => [
    'seed_provider:',
    '  - class_name: org.apache.cassandra.locator.SimpleSeedProvider',
    '    parameters:',
    `      - seeds: "\${1:${seeds}}"`,
  ],
  server_encryption_options: [
    'server_encryption_options:',
    '  internode_encryption: ${1|all,dc,rack,none|}',
    ...stores(2),
    '  require_client_auth: ${6|true,false|}',
  ],
  client_encryption_options: [
    'client_encryption_options:',
    '  enabled: ${1|true,false|}',
    '  optional: ${2|false,true|}',
    ...stores(3),
    '  require_client_auth: ${7|false,true|}',
  ],
  commitlog_compression: ['commitlog_compression:', '  - class_name: ${1|LZ4Compressor,SnappyCompressor,DeflateCompressor|}'],
  hints_compression: ['hints_compression:', '  - class_name: ${1|LZ4Compressor,SnappyCompressor,DeflateCompressor|}'],
  audit_logging_options: [
    'audit_logging_options:',
    '  enabled: ${1|true,false|}',
    '  logger:',
    '    - class_name: ${2|BinAuditLogger,FileAuditLogger|}',
    '  included_categories: "${3:DCL,DDL,AUTH}"',
  ],
  full_query_logging_options: [
    'full_query_logging_options:',
    '  log_dir: ${1:/var/log/cassandra/fql}',
    '  roll_cycle: ${2|HOURLY,DAILY,MINUTELY|}',
    '  block: ${3|true,false|}',
  ],
  transparent_data_encryption_options: [
    'transparent_data_encryption_options:',
    '  enabled: ${1|true,false|}',
    '  chunk_length_kb: 64',
    '  cipher: AES/CBC/PKCS5Padding',
    '  key_alias: ${2:name:1}',
    '  key_provider:',
    '    - class_name: org.apache.cassandra.security.JKSKeyProvider',
    '      parameters:',
    '        - keystore: ${3:conf/.keystore}',
    '          keystore_password: ${4:changeit}',
    '          store_type: JCEKS',
  ],
  data_file_directories: ['data_file_directories:', '  - ${1:/var/lib/cassandra/data}'],
  hinted_handoff_disabled_datacenters: ['hinted_handoff_disabled_datacenters:', '  - ${1:dc}'],
  replica_filtering_protection: [
    'replica_filtering_protection:',
    '  cached_rows_warn_threshold: ${1:2000}',
    '  cached_rows_fail_threshold: ${2:32000}',
  ],
  memtable: (line: ReleaseLine) => [
    'memtable:',
    '  configurations:',
    '    skiplist:',
    '      class_name: SkipListMemtable',
    ...(line === '4.1' ? [] : ['    trie:', '      class_name: TrieMemtable']),
    '    default:',
    `      inherits: ${line === '4.1' ? '${1|skiplist|}' : '${1|skiplist,trie|}'}`,
  ],
  sstable: ['sstable:', '  selected_format: ${1|big,bti|}'],
  default_compaction: [
    'default_compaction:',
    '  class_name: UnifiedCompactionStrategy',
    '  parameters:',
    '    scaling_parameters: ${1:T4}',
    '    target_sstable_size: ${2:1GiB}',
  ],
  startup_checks: ['startup_checks:', '  check_data_resurrection:', '    enabled: ${1|true,false|}'],
  sai_options: ['sai_options:', '  segment_write_buffer_size: ${1:1024MiB}'],
  repair: ['repair:', '  retries:', '    enabled: ${1|true,false|}', '    max_attempts: ${2:3}'],
  auto_repair: [
    'auto_repair:',
    '  enabled: ${1|true,false|}',
    '  repair_type_overrides:',
    '    full:',
    '      enabled: ${2|true,false|}',
    '      min_repair_interval: ${3:7d}',
  ],
  jmx_server_options: ['jmx_server_options:', '  enabled: ${1|true,false|}', '  remote: ${2|false,true|}', '  jmx_port: ${3:7199}'],
  read_consistency_levels_disallowed: ['read_consistency_levels_disallowed:', '  - ${1|QUORUM,EACH_QUORUM,ALL,ANY|}'],
  write_consistency_levels_disallowed: ['write_consistency_levels_disallowed:', '  - ${1|ANY,QUORUM,EACH_QUORUM,ALL|}'],
  /** Inside of classes with parameters. */
  parameters: ['parameters:', '  - ${1:name}: ${2:value}'],
  seeds: (_line, seeds) => [`seeds: "\${1:${seeds}}"`],
}

/** A block under its key, with the cursor left behind it; undefined for settings that are no blocks. `seeds` is a list with commas. */
export function snippetOf(key: string, line: ReleaseLine, seeds: string): string | undefined {
  const snippet = Object.hasOwn(snippets, key) ? snippets[key]! : undefined
  if (!snippet) return undefined
  const lines = typeof snippet === 'function' ? snippet(line, seeds) : snippet
  return `${lines.join('\n')}$0`
}

/** Settings that have a snippet at the top of the file. */
export const blocksWithSnippet: readonly string[] = Object.keys(snippets).filter(key => key !== 'parameters' && key !== 'seeds')
