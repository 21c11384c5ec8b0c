/** Keys that people write into cassandra.yaml and that were never there, and where what they mean belongs. From questions, blogs and other products. */

export interface Impostor {
  /** Ends the message: what to do instead. */
  readonly advice: string
  /** The setting that is meant, when one is; the value stays. */
  readonly setting?: string
  /** Nothing takes its place: delete the line. */
  readonly remove?: true
}

const table: { readonly [key: string]: Impostor } = {
  gossip_interval_ms: { advice: 'Nodes gossip every second and no setting changes that; remove the line.', remove: true },
  gossip_interval_in_ms: { advice: 'Nodes gossip every second and no setting changes that; remove the line.', remove: true },
  gossip_interval: { advice: 'Nodes gossip every second and no setting changes that; remove the line.', remove: true },
  failure_detector_timeout_in_ms: { advice: 'How soon a node counts as down follows from `phi_convict_threshold`.', remove: true },
  fd_initial_value_ms: {
    advice: 'This is a JVM flag: `-Dcassandra.fd_initial_value_ms=…`; what usually wants changing is `phi_convict_threshold`.',
    remove: true,
  },
  shadow_round_ms: { advice: 'The shadow round has no setting here; remove the line.', remove: true },
  replace_address: { advice: 'Start the new node once with the JVM flag `-Dcassandra.replace_address_first_boot=ADDRESS`.', remove: true },
  'cassandra.replace_address': {
    advice: 'Start the new node once with the JVM flag `-Dcassandra.replace_address_first_boot=ADDRESS`.',
    remove: true,
  },
  replace_node: { advice: 'Start the new node once with the JVM flag `-Dcassandra.replace_address_first_boot=ADDRESS`.', remove: true },
  replace_token: { advice: 'Start the new node once with the JVM flag `-Dcassandra.replace_address_first_boot=ADDRESS`.', remove: true },
  seeds: { advice: 'Seeds stand in `seed_provider`, under `parameters`, as one text.' },
  seed: { advice: 'Seeds stand in `seed_provider`, under `parameters`, as one text.' },
  seed_list: { advice: 'Seeds stand in `seed_provider`, under `parameters`, as one text.' },
  seed_nodes: { advice: 'Seeds stand in `seed_provider`, under `parameters`, as one text.' },
  seed_addresses: { advice: 'Seeds stand in `seed_provider`, under `parameters`, as one text.' },
  dc: { advice: 'It belongs in cassandra-rackdc.properties.', remove: true },
  rack: { advice: 'It belongs in cassandra-rackdc.properties.', remove: true },
  datacenter: { advice: 'It belongs in cassandra-rackdc.properties, as `dc=…`.', remove: true },
  data_center: { advice: 'It belongs in cassandra-rackdc.properties, as `dc=…`.', remove: true },
  prefer_local: { advice: 'It belongs in cassandra-rackdc.properties.', remove: true },
  snitch: { advice: 'The setting is `endpoint_snitch`.', setting: 'endpoint_snitch' },
  internode_encryption: { advice: 'It belongs inside of `server_encryption_options`.' },
  replication: { advice: 'Replication is set for each keyspace, in CQL: CREATE KEYSPACE … WITH replication = ….', remove: true },
  replication_factor: {
    advice: 'Replication is set for each keyspace, in CQL; from 4.1 `default_keyspace_rf` fills in where a keyspace does not say.',
    remove: true,
  },
  read_repair_chance: { advice: 'It was an option of tables, in CQL, until 4.0 dropped it.', remove: true },
  dclocal_read_repair_chance: { advice: 'It was an option of tables, in CQL, until 4.0 dropped it.', remove: true },
  gc_grace_seconds: { advice: 'It is an option of tables, in CQL.', remove: true },
  max_hints_size_per_host_in_mb: { advice: 'From 4.1 the setting is `max_hints_size_per_host`, with a unit.' },
  max_hint_file_size_in_mb: {
    advice: 'The setting is `max_hints_file_size_in_mb` (`max_hints_file_size` from 4.1).',
    setting: 'max_hints_file_size_in_mb',
  },
  heap_size: { advice: 'The heap is set in the JVM options: -Xms and -Xmx.', remove: true },
  max_heap_size: { advice: 'The heap is set in the JVM options: -Xms and -Xmx.', remove: true },
  heap_newsize: { advice: 'The heap is set in the JVM options and cassandra-env.sh.', remove: true },
  native_transport_address: { advice: "This is DataStax Enterprise's name; here it is `rpc_address`.", setting: 'rpc_address' },
  native_transport_interface: { advice: "This is DataStax Enterprise's name; here it is `rpc_interface`.", setting: 'rpc_interface' },
  native_transport_broadcast_address: {
    advice: "This is DataStax Enterprise's name; here it is `broadcast_rpc_address`.",
    setting: 'broadcast_rpc_address',
  },
  address_config: { advice: 'From 6.0 the setting is `addresses_config` (the release notes have it wrong).', setting: 'addresses_config' },
  guardrails: { advice: 'From 4.1 each guardrail is a setting of its own at the top, such as `tables_warn_threshold`.', remove: true },
}

export function impostorOf(key: string): Impostor | undefined {
  const name = key.toLowerCase()
  return Object.hasOwn(table, name) ? table[name] : undefined
}
