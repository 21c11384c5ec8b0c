/** Settings that came within a line: the first patch release that has each. Read off the release tags of Apache Cassandra up to February 2025; the jars of one release cannot tell. */
import type { ReleaseLine } from './release.ts'

const firstPatch: { readonly [setting: string]: { readonly [L in ReleaseLine]?: number } } = {
  allow_extra_insecure_udfs: { '3.11': 12, '4.0': 2 },
  allow_insecure_udfs: { '3.11': 12, '4.0': 2 },
  batchlog_endpoint_strategy: { '4.0': 15, '4.1': 8, '5.0': 2 },
  cache_load_timeout_seconds: { '3.11': 12, '4.0': 2 },
  check_for_duplicate_rows_during_compaction: { '3.11': 7 },
  check_for_duplicate_rows_during_reads: { '3.11': 7 },
  concurrent_merkle_tree_requests: { '4.0': 13, '4.1': 5 },
  cql_start_time: { '4.1': 6 },
  enable_drop_compact_storage: { '3.11': 11 },
  enable_materialized_views: { '3.11': 2 },
  enable_sasi_indexes: { '3.11': 5 },
  enforce_native_deadline_for_hints: { '4.1': 6 },
  file_cache_round_up: { '3.11': 2 },
  force_new_prepared_statement_behaviour: { '3.11': 12, '4.0': 2 },
  key_cache_invalidate_after_sstable_deletion: { '5.0': 3 },
  log_out_of_token_range_requests: { '4.0': 14, '4.1': 7, '5.0': 1 },
  native_transport_flush_in_batches_legacy: { '3.11': 4 },
  native_transport_max_auth_threads: { '4.0': 15, '4.1': 8 },
  native_transport_max_backoff_on_queue_overload: { '4.1': 6 },
  native_transport_max_concurrent_requests_in_bytes: { '3.11': 5 },
  native_transport_max_concurrent_requests_in_bytes_per_ip: { '3.11': 5 },
  native_transport_max_message_size: { '4.1': 8, '5.0': 3 },
  native_transport_max_negotiable_protocol_version: { '3.11': 5 },
  native_transport_min_backoff_on_queue_overload: { '4.1': 6 },
  native_transport_queue_max_item_age_threshold: { '4.1': 6 },
  native_transport_throw_on_overload: { '4.1': 6 },
  native_transport_timeout: { '4.1': 6 },
  otc_backlog_expiration_interval_ms: { '4.0': 3 },
  reject_out_of_token_range_requests: { '4.0': 14, '4.1': 7, '5.0': 1 },
  repair_request_timeout_in_ms: { '4.0': 7 },
  repair_session_max_tree_depth: { '3.11': 5 },
  replica_filtering_protection: { '3.11': 8 },
  snapshot_on_duplicate_row_detection: { '3.11': 7 },
  streaming_slow_events_log_timeout: { '4.1': 1 },
  streaming_stats_enabled: { '4.1': 1 },
  transfer_hints_on_decommission: { '4.0': 13, '4.1': 5 },
  use_creation_time_for_hint_ttl: { '4.0': 16, '4.1': 8, '5.0': 3 },
  vector_type_enabled: { '5.0': 1 },
}

/** The patch level from which a line has the setting; undefined when it always had it. */
export function firstPatchOf(line: ReleaseLine, setting: string): number | undefined {
  return Object.hasOwn(firstPatch, setting) ? firstPatch[setting]![line] : undefined
}
