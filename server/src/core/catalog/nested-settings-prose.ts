/**
 * What the options inside of blocks are for, in our own words: by class of options, by the class that reads parameters, and by path. Written by hand;
 * source: the class itself, as named in the key, in Apache Cassandra's code.
 */

type Prose = { readonly [key: string]: string }

/** By class of options; a nested class takes its outer class's words too. */
const ofClass: { readonly [className: string]: Prose } = {
  ParameterizedClass: {
    class_name: 'The class, by its name; bundled ones mostly without their package.',
    parameters: 'What the class reads: a block of `name: value`, in the list form a list with one such block.',
  },
  InheritingClass: {
    class_name: 'The class, by its name.',
    inherits: 'Another configuration of this block, whose values count where this one says nothing.',
    parameters: 'What the class reads.',
  },
  EncryptionOptions: {
    internode_encryption:
      'Which connections between nodes are encrypted: all; dc, those that leave the datacenter; rack, those that leave the rack; none. `all` is the choice where tunnels or links are shared.',
    enabled: 'Whether clients may use TLS. Between nodes it has no effect: `internode_encryption` decides.',
    optional: 'Takes unencrypted connections too, on the same port. For the time of a change-over; then switch it off.',
    legacy_ssl_storage_port_enabled:
      'Listens on ssl_storage_port besides storage_port, for nodes of 3.x during the upgrade. Off once every node runs 4.0 or later.',
    keystore: "The file with this node's certificate and private key.",
    keystore_password: 'Opens the keystore. Kept in this file: its rights should be those of a secret.',
    keystore_password_file: 'A file that holds the password of the keystore.',
    outbound_keystore: "The certificate that this node shows when it dials others, where that is not the keystore's.",
    outbound_keystore_password: 'Opens the outbound keystore.',
    outbound_keystore_password_file: 'A file that holds the password of the outbound keystore.',
    truststore: 'The file with the certificates of those who may sign for the other side.',
    truststore_password: 'Opens the truststore.',
    truststore_password_file: 'A file that holds the password of the truststore.',
    require_client_auth:
      'The side that dials must show a certificate, too. Between nodes it keeps strangers out; with `dc` or `rack` above it does not go together.',
    require_endpoint_verification:
      'The certificate must name the address that was dialled. Every node then needs a certificate of its own.',
    protocol: 'The protocol family handed to Java; `TLS` leaves the version to accepted_protocols.',
    accepted_protocols: 'Versions of TLS that are taken, such as TLSv1.2 and TLSv1.3.',
    cipher_suites: "Ciphers that are taken. Missing: Java's own choice.",
    algorithm: 'The algorithm of key managers in Java.',
    store_type: 'The format of the stores: JKS or PKCS12.',
    ssl_context_factory:
      'The class that makes TLS contexts: files in Java formats unless said otherwise, PEM with PEMBasedSslContextFactory.',
    max_certificate_validity_period: 'Refuses certificates that are valid for longer.',
    certificate_validity_warn_threshold: 'Warns when a certificate runs out within this time.',
  },
  AuditLogOptions: {
    enabled: 'Whether requests are logged from the start. nodetool enableauditlog does it while running.',
    logger: 'Where the log goes: BinAuditLogger into binary files, FileAuditLogger through logback.',
    audit_logs_dir: 'The folder of the binary log.',
    included_keyspaces: 'Only these keyspaces, separated by commas; empty: all.',
    excluded_keyspaces: 'Not these keyspaces.',
    included_categories: 'Only these kinds of requests: QUERY, DML, DDL, DCL, OTHER, AUTH, ERROR, PREPARE.',
    excluded_categories: 'Not these kinds of requests.',
    included_users: 'Only these users.',
    excluded_users: 'Not these users.',
  },
  FullQueryLoggerOptions: { log_dir: 'The folder of the log; it is emptied when logging starts.' },
  /** Both logs write through the same code. */
  BinLogOptions: {
    roll_cycle: 'How often a new file begins.',
    block: 'When the disk is too slow: requests wait (true), or entries are dropped.',
    max_queue_weight: 'Bytes of entries that may wait for the disk.',
    max_log_size: 'Bytes of files that are kept; the oldest go first.',
    archive_command: 'A program that is run with each finished file (`%path`).',
    max_archive_retries: 'How often a failed archive command is tried again.',
    allow_nodetool_archive_command: 'Whether nodetool may set the archive command: it lets whoever reaches JMX run programs.',
  },
  TransparentDataEncryptionOptions: {
    enabled: 'Whether commit log and hints are encrypted on disk. Data files are not.',
    chunk_length_kb: 'KiB that are encrypted at a time.',
    cipher: 'The cipher, as Java names it.',
    key_alias: 'Which key of the store.',
    iv_length: 'Bytes of the initialisation vector.',
    key_provider: 'Where keys come from: JKSKeyProvider reads a keystore.',
  },
  ReplicaFilteringProtectionOptions: {
    cached_rows_warn_threshold: 'Warns when a coordinator holds more rows of one filtered read, to ask replicas about them again.',
    cached_rows_fail_threshold: 'Ends the read beyond so many rows. Many such rows mean that replicas are out of step: repair.',
  },
  MemtableOptions: { configurations: 'Kinds of memtables by names of your choice; tables ask for one with `WITH memtable = …`.' },
  SSTableConfig: {
    selected_format: 'The format of new files: big, which every release reads, or bti (5.0 and later).',
    format: 'Options of each format.',
  },
  StorageAttachedIndexOptions: {
    segment_write_buffer_size: 'Room for building index segments, shared by all builds of the node.',
    prioritize_over_legacy_index: 'Whether a query that both could serve takes the storage-attached index.',
  },
  RepairConfig: { retries: 'Whether and how messages of a repair are sent again.' },
  RetrySpec: {
    max_attempts: 'How often at most.',
    base_sleep_time: 'The first wait; it grows with each attempt.',
    max_sleep_time: 'The longest wait.',
    enabled: 'Whether it is tried again at all.',
    merkle_tree_response: 'The same for answers with Merkle trees, which are large.',
  },
  RequestSchedulerOptions: {
    throttle_limit: 'Requests of one client in flight.',
    default_weight: 'Weight of a keyspace that weights does not name.',
    weights: 'Requests for each keyspace in a round.',
  },
  JMXServerOptions: {
    enabled: 'Whether JMX is served.',
    remote: 'Whether JMX is reached from other hosts; false: from this one only.',
    jmx_port: 'The port of JMX.',
    rmi_port: 'The port on which the objects are; 0: any free one, which firewalls do not pass.',
    authenticate: 'Whether JMX asks for a login. It can stop the node and read its configuration: switch it on with remote.',
    password_file: 'The file of users and passwords.',
    access_file: 'The file of rights.',
    authorizer: 'The class that checks rights: AuthorizationProxy goes by the roles of Cassandra.',
    login_config_file: 'The JAAS configuration.',
    login_config_name: 'Its entry.',
    jmx_encryption_options: 'TLS for JMX.',
  },
  AutoRepairConfig: {
    enabled: 'Whether nodes repair themselves, in turn.',
    repair_type_overrides: 'Options of each kind of repair: full, incremental, preview_repaired.',
    global_settings: 'Options that hold for every kind.',
    repair_check_interval: 'How often a node looks whether it is its turn.',
    repair_task_min_duration: 'Least time of one task, so that small tables do not hurry through.',
    history_clear_delete_hosts_buffer_interval: 'After how long nodes that left are forgotten.',
    mixed_major_version_repair_enabled: 'Whether it goes on while nodes run different major releases.',
  },
  AutoRepairOptions: {
    enabled: 'Whether this kind of repair runs.',
    min_repair_interval: 'Least time between two rounds. All of it must fit into gc_grace_seconds.',
    ignore_dcs: 'Datacenters that do not take part.',
    parallel_repair_count: 'Nodes that repair at once.',
    parallel_repair_percentage: 'Share of nodes that repair at once; the larger of both counts.',
    repair_primary_token_range_only: 'Each node repairs only the ranges that it holds first: each range once.',
    repair_by_keyspace: 'Tables of a keyspace in one session.',
    number_of_repair_threads: 'Threads of each repair.',
    sstable_upper_threshold: 'Leaves out tables with more files.',
    table_max_repair_time: 'Leaves a table after this time.',
    repair_session_timeout: 'Gives a session up after this time.',
    initial_scheduler_delay: 'Waits this long after the start.',
    force_repair_new_node: 'A new node repairs as soon as it has joined.',
    materialized_view_repair_enabled: 'Whether views are repaired, too.',
    repair_max_retries: 'How often a failed repair is tried again.',
    repair_retry_backoff: 'How long it waits before that.',
    token_range_splitter: 'Cuts the ranges into pieces of bounded size.',
  },
  SubnetGroups: { subnets: 'Networks, as 10.0.0.0/8.' },
}

const families: { readonly [className: string]: readonly string[] } = {
  AuditLogOptions: ['BinLogOptions'],
  FullQueryLoggerOptions: ['BinLogOptions'],
  RepairRetrySpec: ['RetrySpec'],
}

/** By the class that reads the parameters. */
const ofParameters: { readonly [className: string]: Prose } = {
  SimpleSeedProvider: {
    seeds:
      'Addresses of the seeds, separated by commas, in one text. The same on every node: two of each datacenter, in different racks, by the addresses at which all others reach them.',
    resolve_multiple_ip_addresses_per_dns_record: 'Takes every address of a name, not only the first (5.0 and later).',
  },
  LZ4Compressor: {
    lz4_compressor_type: '`fast`, or `high` for better compression at the price of the writer.',
    lz4_high_compressor_level: 'Level of `high`, 1 to 17.',
  },
  ZstdCompressor: { compression_level: 'Higher is smaller and slower to write.' },
  JKSKeyProvider: {
    keystore: 'The file of keys.',
    keystore_password: 'Opens the file.',
    store_type: 'JCEKS or PKCS12.',
    key_password: 'Opens the key.',
  },
  RateBasedBackPressure: {
    high_ratio: 'Share of answered writes at which the rate may rise.',
    factor: 'How fast the rate falls and rises.',
    flow: 'Waits for the SLOW or the FAST replica.',
  },
  MutualTlsAuthenticator: { validator_class_name: 'Reads the identity out of a certificate, such as SpiffeCertificateValidator.' },
  MutualTlsWithPasswordFallbackAuthenticator: { validator_class_name: 'Reads the identity out of a certificate.' },
  MutualTlsInternodeAuthenticator: {
    validator_class_name: 'Reads the identity out of a certificate.',
    trusted_peer_identities: 'Identities that may join.',
    node_identity: 'The identity of this node.',
  },
  PEMBasedSslContextFactory: {
    private_key: 'The private key, or nothing where the keystore is a PEM file.',
    private_key_password: 'Opens the private key.',
    trusted_certificates: 'Certificates that sign for the other side.',
  },
  CassandraCIDRAuthorizer: {
    cidr_checks_for_superusers: 'Whether superusers are checked, too.',
    cidr_authorizer_mode: 'MONITOR only logs, ENFORCE refuses.',
    cidr_groups_cache_refresh_interval: 'Minutes between two readings of the groups.',
    ip_cache_max_size: 'Addresses that are remembered.',
  },
  DefaultCryptoProvider: { fail_on_missing_provider: 'Whether the start fails where the native library does not load.' },
  UnifiedCompactionStrategy: {
    scaling_parameters: 'How eagerly levels are merged: T4 as size tiers, L10 as levels, N between them.',
    target_sstable_size: 'The size that files are cut to.',
    base_shard_count: 'Into how many pieces the ring is cut at the least.',
    max_sstables_to_compact: 'Files of one compaction.',
    sstable_growth: 'How far files grow with the data instead of in number.',
    min_sstable_size: 'Files are not cut smaller.',
  },
  TrieMemtable: { shards: 'Pieces of a memtable that are written at once; by default as many as cores.' },
  ShardedSkipListMemtable: {
    shards: 'Pieces of a memtable that are written at once.',
    serialize_writes: 'One writer for each piece, instead of many that try again.',
  },
}

/** Free keys, by path from the top; `*` is any key. */
const ofPath: Prose = {
  'startup_checks.check_filesystem_ownership': 'A file with a token in each data folder must show that the volume is the right one.',
  'startup_checks.check_dc': 'The datacenter must be the one that the node had.',
  'startup_checks.check_rack': 'The rack must be the one that the node had.',
  'startup_checks.check_data_resurrection':
    'Refuses the start of a node that was down for longer than gc_grace_seconds: deleted rows would come back.',
  'startup_checks.*.enabled': 'Whether the check is made.',
  'startup_checks.*.ownership_token': 'What the ownership file must hold.',
  'startup_checks.*.ownership_filename': 'The name of the ownership file.',
  'startup_checks.*.heartbeat_file': 'Where the node notes that it is alive.',
  'startup_checks.*.excluded_keyspaces': 'Keyspaces that do not count.',
  'startup_checks.*.excluded_tables': 'Tables that do not count.',
  'memtable.configurations.*': 'A kind of memtable under a name of your choice; tables that name none take `default`.',
  'sstable.format.*': 'Options of one format.',
  'sstable.format.*.row_index_granularity': 'From which size a partition of the bti format gets an index of its rows.',
  'auto_repair.repair_type_overrides.*': 'Options of one kind of repair.',
  'minimum_client_driver_versions_warned.*': 'The oldest version of this driver without a warning.',
  'minimum_client_driver_versions_disallowed.*': 'The oldest version of this driver that may connect.',
}

function own<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** What is written of an option of a class of options. */
export function proseOfOption(className: string, key: string): string | undefined {
  const outer = className.split('.')[0]!
  for (const name of [className, outer, ...(own(families, className) ?? [])]) {
    const prose = own(own(ofClass, name) ?? {}, key)
    if (prose !== undefined) return prose
  }
  return undefined
}

/** What is written of a parameter that a class reads, by the class's simple name. */
export function proseOfParameter(className: string, key: string): string | undefined {
  return own(own(ofParameters, className) ?? {}, key)
}

/** Parameters that a class reads, as far as they are written of. */
export function parametersOf(className: string): readonly string[] {
  return Object.keys(own(ofParameters, className) ?? {})
}

/** What is written of a free key. */
export function proseOfPath(path: readonly string[]): string | undefined {
  const any = (from: number) => path.map((key, i) => (i === from ? '*' : key)).join('.')
  for (const tried of [path.join('.'), ...path.map((_, i) => any(i)).slice(1)]) {
    const prose = own(ofPath, tried)
    if (prose !== undefined) return prose
  }
  return undefined
}

/** Keys that may stand below a path of free keys, as far as they are written of. */
export function freeKeysBelow(path: readonly string[]): readonly string[] {
  return Object.keys(ofPath).flatMap(tried => {
    const parts = tried.split('.')
    const fits = parts.length === path.length + 1 && path.every((key, i) => parts[i] === key || parts[i] === '*')
    return fits && parts.at(-1) !== '*' ? [parts.at(-1)!] : []
  })
}
