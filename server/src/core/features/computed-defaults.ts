/** Settings that the start works out from the machine when the file leaves them out: how, in words, and the number where the facts are known. */
import { sayBytes } from '../model/jvm-facts.ts'

interface ComputedDefault {
  readonly words: string
  /** From the heap in bytes, or the number of data folders and cores. */
  readonly value?: (facts: MachineFacts) => string | undefined
}

export interface MachineFacts {
  readonly heapBytes?: number
  readonly dataDirectories?: number
  readonly cores?: number
  /** Of one commit log segment. */
  readonly segmentBytes?: number
}

const MiB = 1048576
const ofHeap =
  (share: number, most = Number.POSITIVE_INFINITY, least = 0) =>
  (facts: MachineFacts): string | undefined =>
    facts.heapBytes === undefined ? undefined : sayBytes(Math.max(least, Math.min(most, Math.floor(facts.heapBytes / MiB / share))) * MiB)

const computed: { readonly [newestName: string]: ComputedDefault } = {
  memtable_heap_space: { words: 'a quarter of the heap', value: ofHeap(4) },
  memtable_offheap_space: { words: 'as much as a quarter of the heap', value: ofHeap(4) },
  file_cache_size: { words: 'the smaller of a quarter of the heap and 512 MiB', value: ofHeap(4, 512) },
  networking_cache_size: { words: 'the smaller of a sixteenth of the heap and 128 MiB', value: ofHeap(16, 128) },
  repair_session_space: { words: 'a sixteenth of the heap', value: ofHeap(16, undefined, 1) },
  prepared_statements_cache_size: { words: '1/256 of the heap, at least 10 MiB', value: ofHeap(256, undefined, 10) },
  key_cache_size: { words: 'the smaller of 5 % of the heap and 100 MiB', value: ofHeap(20, 100, 1) },
  counter_cache_size: { words: 'the smaller of 2.5 % of the heap and 50 MiB', value: ofHeap(40, 50, 1) },
  index_summary_capacity: { words: '5 % of the heap', value: ofHeap(20, undefined, 1) },
  native_transport_max_request_data_in_flight: { words: 'a tenth of the heap', value: ofHeap(10) },
  native_transport_max_request_data_in_flight_per_ip: { words: 'a fortieth of the heap', value: ofHeap(40) },
  concurrent_compactors: {
    words: 'as many as data folders or cores, at least 2 and at most 8',
    value: ({ dataDirectories, cores }) =>
      dataDirectories === undefined || (cores === undefined && dataDirectories > 2)
        ? undefined
        : String(Math.min(8, Math.max(2, Math.min(cores ?? dataDirectories, dataDirectories)))),
  },
  concurrent_validations: { words: 'as many as concurrent_compactors' },
  memtable_flush_writers: {
    words: '2 with one data folder, else 1 for each folder',
    value: ({ dataDirectories }) => (dataDirectories === undefined ? undefined : dataDirectories === 1 ? '2' : '1 for each data folder'),
  },
  max_mutation_size: {
    words: 'half of commitlog_segment_size',
    value: ({ segmentBytes }) => (segmentBytes === undefined ? undefined : sayBytes(segmentBytes / 2)),
  },
  internode_max_message_size: { words: 'the smaller of the two reserves for one node' },
  authenticator: { words: 'AllowAllAuthenticator', value: () => 'AllowAllAuthenticator' },
  authorizer: { words: 'AllowAllAuthorizer', value: () => 'AllowAllAuthorizer' },
  role_manager: { words: 'CassandraRoleManager', value: () => 'CassandraRoleManager' },
  network_authorizer: { words: 'AllowAllNetworkAuthorizer', value: () => 'AllowAllNetworkAuthorizer' },
  internode_authenticator: { words: 'AllowAllInternodeAuthenticator', value: () => 'AllowAllInternodeAuthenticator' },
  num_tokens: { words: '1', value: () => '1' },
  commitlog_total_space: { words: 'the smaller of 8192 MiB and a quarter of the volume' },
  cdc_total_space: { words: 'the smaller of 4096 MiB and an eighth of the volume' },
  listen_address: { words: "the host's own address" },
  rpc_address: { words: "the host's own address" },
  broadcast_address: { words: 'the listen address' },
  broadcast_rpc_address: { words: 'the rpc address' },
  memtable_cleanup_threshold: { words: '1 / (memtable_flush_writers + 1)' },
}

export function startDefaultWords(newestName: string): string | undefined {
  return Object.hasOwn(computed, newestName) ? computed[newestName]!.words : undefined
}

/** The value that the start will work out; undefined when it is not computed or the facts are missing. */
export function startDefaultValue(newestName: string, facts: MachineFacts): string | undefined {
  return Object.hasOwn(computed, newestName) ? computed[newestName]!.value?.(facts) : undefined
}
