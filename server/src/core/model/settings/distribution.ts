/** Configurations that look like Cassandra's and belong to something else: DataStax Enterprise, Scylla, Cassandra before 3.0. */
import { releaseLines } from '../../catalog/release.ts'
import { acceptsKey } from '../../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import { memo } from '../../text/memo.ts'
import { baseName } from '../../text/source-file.ts'
import type { Span } from '../../text/span.ts'

export interface ForeignDistribution {
  readonly name: 'DataStax Enterprise' | 'ScyllaDB' | 'Cassandra 2 or older'
  /** A key that shows it. */
  readonly at: Span
  readonly keys: readonly string[]
}

const enterpriseKeys = new Set([
  'native_transport_address',
  'native_transport_interface',
  'native_transport_interface_prefer_ipv6',
  'native_transport_broadcast_address',
  'native_transport_keepalive',
  'tpc_cores',
  'tpc_io_cores',
  'tpc_pending_requests_limit',
  'io_global_queue_depth',
  'server_id',
  'system_key_directory',
  'continuous_paging',
  'nodesync',
  'pick_level_on_streaming',
  'aggregated_request_timeout_in_ms',
  'cross_dc_rtt_in_ms',
  'enable_shadow_request_timeout_time_in_ms',
  'emulate_dbaas_defaults',
  'memtable_space_in_mb',
  'max_memory_to_lock_mb',
  'max_memory_to_lock_fraction',
  'file_cache_size_fraction',
  'direct_reads_size_in_mb',
  'user_defined_function_fail_micros',
  'user_defined_function_warn_micros',
  'user_defined_function_fail_heap_mb',
  'user_defined_function_warn_heap_mb',
  'metrics_histogram_update_interval_millis',
  'streaming_connections_per_host',
  'zerocopy_streaming_enabled',
])
const scyllaKeys = new Set([
  'api_port',
  'api_address',
  'api_ui_dir',
  'api_doc_dir',
  'murmur3_partitioner_ignore_msb_bits',
  'experimental',
  'experimental_features',
  'developer_mode',
  'alternator_port',
  'alternator_https_port',
  'alternator_address',
  'alternator_write_isolation',
  'alternator_enforce_authorization',
  'consistent_cluster_management',
  'force_schema_commit_log',
  'schema_commitlog_directory',
  'schema_commitlog_segment_size_in_mb',
  'enable_repair_based_node_ops',
  'maintenance_socket',
  'auto_adjust_flush_quota',
  'defragment_memory_on_idle',
  'commitlog_use_o_dsync',
  'native_shard_aware_transport_port',
  'prometheus_port',
  'prometheus_address',
  'force_gossip_topology_changes',
  'rf_rack_valid_keyspaces',
  'view_hints_directory',
  'skip_wait_for_gossip_to_settle',
  'compaction_static_shares',
])
const oldKeys = new Set([
  'multithreaded_compaction',
  'in_memory_compaction_limit_in_mb',
  'preheat_kernel_page_cache',
  'populate_io_cache_on_flush',
  'compaction_preheat_key_cache',
  'flush_largest_memtables_at',
  'reduce_cache_sizes_at',
  'reduce_cache_capacity_to',
  'memtable_total_space_in_mb',
  'memtable_flush_queue_size',
  'row_cache_provider',
  'rpc_timeout_in_ms',
  'hinted_handoff_throttle_delay_in_ms',
  'sliced_buffer_size_in_kb',
  'authority',
  'commitlog_rotation_threshold_in_mb',
  'binary_memtable_throughput_in_mb',
  'memtable_operations_in_millions',
])

/** Another product's file, when at least two keys say so and no judged release knows them. */
export const foreignDistribution: (yaml: ParsedCassandraYaml) => ForeignDistribution | undefined = memo(yaml => {
  const strange = (yaml.root?.entries ?? []).filter(
    entry => !entry.key.placeholder && !releaseLines.some(line => acceptsKey(line, entry.key.text)),
  )
  if (/^scylla[\w.-]*\.ya?ml/i.test(baseName(yaml.file.path)))
    return { name: 'ScyllaDB', at: yaml.root?.entries[0]?.key.span ?? { file: yaml.file, start: 0, end: 0 }, keys: [] }
  const kinds = [
    ['DataStax Enterprise', enterpriseKeys],
    ['ScyllaDB', scyllaKeys],
    ['Cassandra 2 or older', oldKeys],
  ] as const
  for (const [name, keys] of kinds) {
    const telling = strange.filter(entry => keys.has(entry.key.text))
    if (telling.length >= 2) return { name, at: telling[0]!.key.span, keys: telling.map(entry => entry.key.text) }
  }
  return undefined
})
