/**
 * What settings are for, in our own words: what it does; then when to change it, and what clusters over several datacenters and tunnels need. By newest
 * name. Written by hand; the generator of the catalogue never touches it. Where nothing else is named the source is Apache Cassandra's documentation of
 * cassandra.yaml and the release's own code.
 */

export interface SettingProse {
  readonly what: string
  readonly advice?: string
  readonly source?: string
}

const documentation = 'Apache Cassandra documentation: cassandra.yaml'

const prose: { readonly [name: string]: readonly [what: string, advice?: string, source?: string] } = {
  cluster_name: [
    'The name that keeps clusters apart: a node drops gossip of nodes with another name.',
    'Cannot be changed once the node has data. Give each cluster its own; two clusters with the stock name that meet would merge.',
  ],
  num_tokens: [
    'How many ranges of the ring the node takes: its share of the data, and in how many pieces it lies.',
    'Fixed for life when the node joins. 16 with allocation by the local factor is the release default from 4.0; fewer pieces mean that fewer pairs of lost nodes hurt.',
  ],
  initial_token: [
    'The very tokens that the node takes, separated by commas, instead of chosen ones.',
    'As many as num_tokens. Only for rings that are planned by hand.',
  ],
  allocate_tokens_for_local_replication_factor: [
    'Chooses tokens so that nodes of the datacenter own equal shares for this replication factor.',
    'Set it to the factor of most keyspaces in this datacenter. Needs at least as many racks as the factor, or exactly one.',
  ],
  allocate_tokens_for_keyspace: [
    'Chooses tokens so that nodes own equal shares of this keyspace.',
    'The keyspace must exist; the setting by local factor is easier.',
  ],
  partitioner: [
    'Turns a partition key into its place on the ring.',
    'Never change it on a node with data. All nodes of a cluster must have the same.',
  ],
  endpoint_snitch: [
    'Tells which datacenter and rack each node is in; replication and LOCAL levels go by it.',
    'Several datacenters want GossipingPropertyFileSnitch with cassandra-rackdc.properties on each node. Changing the place of a node with data loses reads.',
  ],
  initial_location_provider: [
    'From 6.0: where the node takes its own datacenter and rack from when it joins.',
    'Together with node_proximity it stands in for endpoint_snitch.',
  ],
  node_proximity: [
    'From 6.0: orders replicas by how near they are.',
    'Together with initial_location_provider it stands in for endpoint_snitch.',
  ],
  addresses_config: ['From 6.0: how the node learns its public and private address, for clouds.'],
  seed_provider: [
    'The nodes that a starting node asks for the cluster.',
    'The same list on all nodes, two of each datacenter, in different racks. A seed never streams data when it joins.',
  ],
  listen_address: [
    'The address at which other nodes reach this one, and which it tells them unless broadcast_address is set.',
    'On a mesh the address of the tunnel. Never 0.0.0.0.',
  ],
  listen_interface: [
    'The network interface whose address becomes the listen address.',
    'Instead of listen_address, never beside it; wg0 works where the tunnel is up first.',
  ],
  broadcast_address: [
    'The address that the node tells the others, where it differs from the one it listens on.',
    'Behind address translation, or where datacenters see each other under other addresses. Every node must be able to dial it.',
  ],
  listen_on_broadcast_address: ['Listen on the broadcast address too, besides the listen address.'],
  rpc_address: ['The address at which clients connect.', '0.0.0.0 is allowed, and then broadcast_rpc_address must say what drivers dial.'],
  rpc_interface: ['The network interface whose address clients connect to.', 'Instead of rpc_address, never beside it.'],
  broadcast_rpc_address: [
    'The address that drivers are told to dial.',
    'Needed with a wildcard rpc_address, and where clients come in through another network.',
  ],
  storage_port: [
    'The port of traffic between nodes; from 4.0 with and without TLS.',
    'Let firewalls and tunnels pass it between all nodes. In 3.x all nodes must use the same.',
  ],
  ssl_storage_port: ['The port of TLS between nodes in 3.x; from 4.0 only the legacy port during an upgrade.'],
  native_transport_port: ['The port of CQL clients; from 4.0 with and without TLS.'],
  native_transport_port_ssl: ['A second port for clients with TLS.', 'Gone in 6.0: one port takes both.'],
  start_native_transport: ['Whether CQL clients are served.'],
  native_transport_max_threads: ['The most requests that are worked on at once.'],
  native_transport_max_frame_size: [
    'The largest frame of the client protocol that is taken.',
    'A larger one is refused and its connection closed.',
  ],
  native_transport_max_concurrent_connections: ['The most client connections; −1 for no limit.'],
  native_transport_max_concurrent_connections_per_ip: ['The most client connections of one address; −1 for no limit.'],
  native_transport_allow_older_protocols: ['Whether clients may speak protocol versions older than the newest.'],
  native_transport_idle_timeout: ['Closes client connections that are silent this long; 0 never.'],
  native_transport_flush_in_batches_legacy: ['Gathers answers to a client before they are sent, as old releases did.'],
  authenticator: [
    'Who may log in: everybody (AllowAllAuthenticator), users with a password, or holders of a certificate.',
    'PasswordAuthenticator before a node can be reached from outside. Replicate system_auth to every datacenter first.',
  ],
  authorizer: [
    'What roles may do: everything (AllowAllAuthorizer) or what they were granted.',
    'Needs an authenticator that asks for a login.',
  ],
  role_manager: ['Where roles are kept.', 'CassandraRoleManager is the only one that goes with passwords.'],
  network_authorizer: [
    'Which datacenters a role may connect to.',
    'CassandraNetworkAuthorizer keeps analytics users out of the operational datacenter.',
  ],
  cidr_authorizer: ['From which addresses a role may connect.'],
  internode_authenticator: ['Which nodes may connect.'],
  roles_validity: [
    'How long a role and its grants are kept before they are read again.',
    'Longer spares reads of system_auth, which may lie in a far datacenter; then a revoked right lasts longer too.',
  ],
  roles_update_interval: ['How often a kept role is refreshed in the background.'],
  permissions_validity: ['How long permissions are kept before they are read again.', 'As roles_validity.'],
  permissions_update_interval: ['How often kept permissions are refreshed in the background.'],
  credentials_validity: ['How long a checked password is kept.', 'As roles_validity.'],
  credentials_update_interval: ['How often a kept password is refreshed in the background.'],
  hinted_handoff_enabled: [
    'Whether a coordinator keeps writes for replicas that are down.',
    'Leave it on: without hints every missed write waits for repair.',
  ],
  hinted_handoff_disabled_datacenters: [
    'Datacenters for which no hints are kept.',
    'Names must be spelled exactly as the snitch has them.',
  ],
  max_hint_window: [
    'How long a node may be down until no more hints are kept for it.',
    'At least the longest outage that is expected; what is missed beyond it needs repair.',
  ],
  hinted_handoff_throttle: [
    'The most that one thread delivers of hints, shared by the nodes of the cluster.',
    'Over thin links between datacenters a low rate lets hints live longer than the outage.',
  ],
  max_hints_delivery_threads: [
    'How many nodes get their hints at once.',
    'More threads help with several datacenters, whose round trips are long.',
  ],
  hints_directory: ['The folder of hints.', 'None of the other folders.'],
  hints_flush_period: ['How often hints go from memory to disk.', 'Hints of this long are lost when the coordinator stops hard.'],
  max_hints_file_size: ['The largest file of hints.'],
  max_hints_size_per_host: ['The most that is kept for one node; 0 or empty for no limit.'],
  auto_hints_cleanup_enabled: ['Drops hint files that are too old for any table.'],
  hints_compression: ['How hint files are compressed.'],
  transfer_hints_on_decommission: ['Whether a leaving node hands its hints to others.'],
  batchlog_replay_throttle: ['The most that is replayed of logged batches, shared by the nodes.'],
  commitlog_sync: [
    'When a write counts as safe on this node: every period (periodic), before it is acknowledged (batch), or in groups.',
    'periodic with replicas in several racks; batch where one power cut may hit all replicas.',
  ],
  commitlog_sync_period: [
    'In periodic mode, how often the commit log reaches the disk.',
    'Writes of this long are lost on this node at a power cut.',
  ],
  commitlog_sync_group_window: ['In group mode, how long writes are gathered before they are synced and acknowledged.'],
  commitlog_sync_batch_window_in_ms: ['In batch mode, how long writes are gathered; gone in 5.0.'],
  commitlog_segment_size: ['The size of one commit log file.', 'The largest mutation is half of it.'],
  commitlog_total_space: ['Room of all commit log files; beyond it tables are flushed.'],
  commitlog_directory: ['The folder of the commit log.', 'A disk of its own where disks spin; none of the other folders.'],
  commitlog_compression: ['How the commit log is compressed.'],
  commitlog_disk_access_mode: ['How the commit log is written: mapped, direct, or plain. auto chooses.'],
  commit_failure_policy: [
    'What happens when the commit log cannot be written.',
    'stop and die keep a broken node from serving; ignore loses acknowledged writes.',
  ],
  disk_failure_policy: [
    'What happens when a data disk fails.',
    'stop or die with replicas elsewhere; best_effort may serve old data at ONE; ignore hides the fault.',
  ],
  data_file_directories: ['The folders of data.', 'Each on a disk of its own; none may be another of the folders.'],
  local_system_data_file_directory: ['Where the system tables of this node lie, apart from the data folders.'],
  saved_caches_directory: ['The folder of saved caches.'],
  cdc_raw_directory: ['The folder of commit logs that wait for change data capture.'],
  cdc_enabled: ['Keeps commit log files for change data capture.', 'Writes to tables with CDC are refused when its folder is full.'],
  max_mutation_size: ['The largest write that is taken.', 'At most half of commitlog_segment_size.'],
  concurrent_reads: ['Reads at once.', "16 for each disk is the release's advice."],
  concurrent_writes: ['Writes at once.', "8 for each core is the release's advice."],
  concurrent_counter_writes: ['Counter writes at once; each reads first.'],
  concurrent_materialized_view_writes: ['View updates at once; each reads first.'],
  concurrent_materialized_view_builders: ['Builders of views at once.'],
  concurrent_compactors: ['Compactions at once.', 'Not set: between 2 and 8, by cores and data folders. The throttle is shared by all.'],
  concurrent_validations: ['Merkle trees built at once for repair; 0 as many as compactors.'],
  compaction_throughput: [
    'The most that all compactions write together; 0 for no limit.',
    'Too little, and reads look into ever more files.',
  ],
  partition_tombstones_warn_threshold: ['Warns in the log when a compacted partition holds more tombstones.'],
  stream_throughput_outbound: [
    'The most that streams send, all targets together; 0 for no limit.',
    'Old name in Mbit/s, new one in MiB/s: 200 Mbit/s are 25 MB/s.',
  ],
  inter_dc_stream_throughput_outbound: [
    'The most that streams send to other datacenters; 0 for no limit.',
    'Below the rate of the tunnel, so that requests keep a share of it.',
  ],
  entire_sstable_stream_throughput_outbound: ['The most that streams of whole files send.'],
  entire_sstable_inter_dc_stream_throughput_outbound: ['The most that streams of whole files send to other datacenters.'],
  streaming_keep_alive_period: [
    'How often a stream shows that it is alive; two silent periods end it.',
    'Above the longest pause of a tunnel that rekeys.',
  ],
  streaming_connections_per_host: ['Connections of a stream to each node.', 'More than one fills a link with a long round trip.'],
  stream_entire_sstables: ['Whether whole files are streamed without reading them, where that is possible.'],
  read_request_timeout: [
    'How long a coordinator waits for a read of one partition.',
    'Must be longer than the slowest round trip that the level waits for, with room for a pause.',
  ],
  range_request_timeout: ['How long a coordinator waits for a scan.'],
  write_request_timeout: [
    'How long a coordinator waits for a write; later answers become hints.',
    'Longer than the round trip to the farthest datacenter that the level waits for.',
  ],
  counter_write_request_timeout: ['How long a coordinator waits for a counter write.'],
  cas_contention_timeout: [
    'How long a conditional write tries again against others.',
    'A conditional write takes four round trips among the replicas it needs.',
  ],
  truncate_request_timeout: ['How long a coordinator waits for TRUNCATE; it needs every node.'],
  request_timeout: ['How long a coordinator waits for everything else.'],
  internode_timeout: [
    'Whether a replica drops a request that has already timed out, by the clock of its coordinator.',
    'Needs clocks in step; on from 4.0.',
  ],
  slow_query_log_timeout: ['Logs queries that take longer; 0 never.'],
  phi_convict_threshold: [
    'How sure the failure detector must be before it calls a node down.',
    'At gossip each second 8 means about 18 seconds of silence. 10 to 12 forgives pauses of tunnels and of collectors.',
  ],
  failure_detector: ['The class that decides when a node counts as down.'],
  internode_compression: [
    'Compresses traffic between nodes: all, dc (to other datacenters) or none.',
    'dc saves tunnels; inside a datacenter it costs more than it gives.',
  ],
  inter_dc_tcp_nodelay: ['Sends small packets to other datacenters at once.', 'Off saves packets over a thin link and adds delay.'],
  internode_tcp_connect_timeout: ['How long a connection to another node may take to open.', 'Longer than a few round trips.'],
  internode_tcp_user_timeout: ['How long sent data may stay unanswered before the connection is given up.'],
  internode_streaming_tcp_user_timeout: ['The same for streams; 0 leaves it to the system.'],
  internode_application_send_queue_capacity: ['Room of messages that wait for one node, before the shared reserve is used.'],
  internode_application_receive_queue_capacity: ['Room of received messages of one connection, before the shared reserve is used.'],
  internode_max_message_size: ['The largest message between nodes.'],
  internode_socket_send_buffer_size: [
    'Send buffer of sockets between nodes; 0 leaves it to the system.',
    'Round trip × rate, where the system does not tune it.',
  ],
  internode_socket_receive_buffer_size: ['Receive buffer of sockets between nodes; 0 leaves it to the system.'],
  server_encryption_options: [
    'TLS between nodes.',
    'internode_encryption: all, also inside of tunnels that others may share. From 4.0 one port takes both.',
  ],
  client_encryption_options: ['TLS for clients.', 'optional: true while clients change over.'],
  transparent_data_encryption_options: ['Encrypts commit log and hints on disk.'],
  crypto_provider: ['The provider of encryption in Java.'],
  auto_bootstrap: [
    'Whether a new node fetches its data before it serves.',
    'Leave it out. false only for the nodes of a new datacenter that is rebuilt afterwards.',
  ],
  auto_snapshot: ['Keeps a snapshot before a table is dropped or truncated.', 'Leave it on.'],
  snapshot_before_compaction: ['Keeps a snapshot before each compaction.', 'Fills disks; nobody deletes them.'],
  snapshot_links_per_second: ['How fast snapshots are made; 0 for no limit.'],
  incremental_backups: ['Links every flushed file into a backup folder.', 'Something must take the files away.'],
  trickle_fsync: ['Flushes files in small steps while they are written.', 'On for SSD: it avoids sudden waits. On by itself from 6.0.'],
  trickle_fsync_interval: ['How much is written between two flushes.'],
  disk_optimization_strategy: ['ssd or spinning: how much is read ahead.'],
  disk_access_mode: ['How data files are read: mapped, indexes mapped only, or plain.'],
  memtable_allocation_type: ['Where the data of memtables lies: heap, or outside of it.'],
  memtable_heap_space: ['Room of memtables in the heap.', 'Not set: a quarter of the heap.'],
  memtable_offheap_space: ['Room of memtables outside of the heap.', 'Not set: as much as a quarter of the heap.'],
  memtable_flush_writers: ['Threads that flush memtables.', 'Not set: two for one data folder, else one for each.'],
  memtable_cleanup_threshold: [
    'The share of memtable room at which the largest is flushed.',
    'Deprecated: follows from memtable_flush_writers.',
  ],
  memtable: ['Kinds of memtables that tables may name.'],
  key_cache_size: ['Room of the key cache; 0 switches it off.', 'Not set: the smaller of 5 % of the heap and 100 MiB.'],
  key_cache_save_period: ['How often the key cache is saved.'],
  row_cache_size: ['Room of the row cache; 0 switches it off.', 'Only for small tables that are read again and again.'],
  row_cache_save_period: ['How often the row cache is saved.'],
  counter_cache_size: ['Room of the counter cache.', 'Not set: the smaller of 2.5 % of the heap and 50 MiB.'],
  counter_cache_save_period: ['How often the counter cache is saved.'],
  file_cache_size: ['Room of the cache of file chunks.', 'Not set: the smaller of a quarter of the heap and 512 MiB.'],
  networking_cache_size: ['Room of buffers for the network.', 'Not set: the smaller of a sixteenth of the heap and 128 MiB.'],
  prepared_statements_cache_size: [
    'Room of prepared statements.',
    'Not set: the larger of 1/256 of the heap and 10 MiB. A warning about evicted statements means that values are written into texts.',
  ],
  index_summary_capacity: ['Room of index summaries.', 'Not set: 5 % of the heap.'],
  index_summary_resize_interval: ['How often summaries are resized; empty never.'],
  column_index_size: ['From which size a partition gets an index of its rows.'],
  column_index_cache_size: ['The largest row index that is kept in the key cache.'],
  sstable_preemptive_open_interval: ['How often a file that is being compacted is opened early; empty never.'],
  sstable: ['The format in which files are written.', 'bti only after storage_compatibility_mode allows it.'],
  storage_compatibility_mode: [
    'What 5.0 writes while an upgrade from 4.x may still be undone.',
    'CASSANDRA_4 until every node runs 5.0, then UPGRADING, then NONE.',
  ],
  tombstone_warn_threshold: ['Warns when one read meets more tombstones.'],
  tombstone_failure_threshold: ['Ends a read that meets more tombstones.'],
  batch_size_warn_threshold: ['Warns of larger batches.'],
  batch_size_fail_threshold: ['Refuses larger batches.', 'A batch over many partitions is slower than its parts.'],
  unlogged_batch_across_partitions_warn_threshold: ['Warns of unlogged batches over more partitions.'],
  gc_log_threshold: ['Logs pauses of the collector that are longer.'],
  gc_warn_threshold: [
    'Warns of pauses of the collector that are longer.',
    "Pauses near the failure detector's patience look like an outage.",
  ],
  dynamic_snitch: ['Prefers replicas that answer quickly.'],
  dynamic_snitch_update_interval: ['How often the order of replicas is worked out.'],
  dynamic_snitch_reset_interval: ['How often scores are forgotten, so that a bad replica gets another chance.'],
  dynamic_snitch_badness_threshold: ['How much worse the nearest replica must be before another is asked.'],
  user_defined_functions_enabled: ['Whether functions may be created in CQL.', 'Off unless they are needed.'],
  scripted_user_defined_functions_enabled: ['Functions in JavaScript; gone in 5.0.'],
  materialized_views_enabled: ['Whether views may be created.', 'Off from 4.0: views and their base may drift apart for good.'],
  sasi_indexes_enabled: ['Whether SASI indexes may be created.'],
  transient_replication_enabled: ['Whether replicas may hold only unrepaired data.', 'An experiment; not with vnodes.'],
  drop_compact_storage_enabled: ['Whether COMPACT STORAGE may be dropped.'],
  auto_optimise_full_repair_streams: ['Spares streams of full repairs that several replicas would send.'],
  repair_session_space: ['Room of Merkle trees of one repair.', 'Not set: a sixteenth of the heap.'],
  repair_session_max_tree_depth: ['The depth of Merkle trees.', 'Replaced by repair_session_space.'],
  audit_logging_options: ['Logs who did what.'],
  full_query_logging_options: ['Logs every query, to replay them.'],
  diagnostic_events_enabled: ['Publishes what happens inside of the node.'],
  ideal_consistency_level: [
    'Measures how often writes would have met this level.',
    'EACH_QUORUM tells how far behind other datacenters are.',
  ],
  default_keyspace_rf: ['The factor of a keyspace that does not say one.'],
  minimum_replication_factor_fail_threshold: ['Refuses keyspaces with a smaller factor; −1 off.'],
  minimum_replication_factor_warn_threshold: ['Warns of keyspaces with a smaller factor; −1 off.'],
  maximum_replication_factor_fail_threshold: ['Refuses keyspaces with a larger factor; −1 off.'],
  tables_warn_threshold: ['Warns when there are more tables; −1 off.'],
  keyspaces_warn_threshold: ['Warns when there are more keyspaces; −1 off.'],
  read_consistency_levels_disallowed: ['Levels that reads may not ask for.', 'Keeps QUORUM and ALL from crossing datacenters by mistake.'],
  write_consistency_levels_disallowed: ['Levels that writes may not ask for.'],
  startup_checks: ['What is checked before the node joins, such as data that was dead for longer than gc_grace.'],
  windows_timer_interval: ['The timer of Windows; without effect elsewhere.'],
  start_rpc: ['Whether Thrift clients are served; gone in 4.0.'],
  rpc_port: ['The port of Thrift clients; gone in 4.0.'],
  rpc_server_type: ['How Thrift clients are served; gone in 4.0.'],
  rpc_keepalive: ['Whether sockets of clients are kept alive.'],
  back_pressure_enabled: ['Slows writes down for replicas that fall behind.'],
  otc_coalescing_strategy: ['Gathers messages before they are sent, in 3.x.'],
  max_value_size: ['The largest value that is read from a file; a larger one counts as corrupt.'],
  request_scheduler: ['Shares requests among Thrift clients; gone in 4.0.'],
  thrift_framed_transport_size_in_mb: ['The largest Thrift frame; gone in 4.0.'],
  snapshot_on_duplicate_row_detection: ['Keeps a snapshot when duplicate rows are found.'],
  check_for_duplicate_rows_during_reads: ['Looks for duplicate rows while reading.'],
  check_for_duplicate_rows_during_compaction: ['Looks for duplicate rows while compacting.'],
  use_offheap_merkle_trees: ['Keeps Merkle trees outside of the heap.'],
  dump_heap_on_uncaught_exception: [
    'Writes the heap to disk at an error that nobody caught.',
    'Needs heap_dump_path, and room for a heap.',
  ],
  heap_dump_path: ['The folder of heap dumps.'],
  uuid_sstable_identifiers_enabled: [
    'Names data files by unique identifiers instead of numbers.',
    'Once on, the files cannot be read by releases before 4.1.',
  ],
  trace_type_query_ttl: ['How long traces of queries are kept.'],
  trace_type_repair_ttl: ['How long traces of repairs are kept.'],
  replica_filtering_protection: ['How many rows a coordinator may hold while it checks filtered reads against stale replicas.'],
  partition_size_warn_threshold: ['Warns of partitions that grow larger.'],
  repaired_data_tracking_for_range_reads_enabled: [
    'Compares what replicas hold as repaired, when scans disagree.',
    'Costs reads; for finding the cause of drift.',
  ],
  repaired_data_tracking_for_partition_reads_enabled: [
    'Compares what replicas hold as repaired, when reads disagree.',
    'Costs reads; for finding the cause of drift.',
  ],
  report_unconfirmed_repaired_data_mismatches: ['Counts differences of repaired data also where something may still be pending.'],
  thrift_prepared_statements_cache_size_mb: ['Room of prepared statements of Thrift clients; gone in 4.0.'],
  back_pressure_strategy: ['How writes are slowed down for replicas that fall behind; without effect from 4.0.'],
  triggers_policy: ['What happens with writes to tables that have triggers: run them, forbid them, or leave the triggers out.'],
  jmx_server_options: ['From 6.0: JMX without the flags of cassandra-env.sh.'],
}

/** What is written of a setting, by its newest name. */
export function proseOf(newestName: string): SettingProse | undefined {
  const entry = Object.hasOwn(prose, newestName) ? prose[newestName] : undefined
  if (!entry) return undefined
  const [what, advice, source] = entry
  return { what, ...(advice === undefined ? {} : { advice }), source: source ?? documentation }
}

export const settingsWithProse: readonly string[] = Object.keys(prose)
