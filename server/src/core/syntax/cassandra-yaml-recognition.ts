/** Whether a YAML text is a cassandra.yaml. Other programs have files of that name, too: Kubernetes, Ansible, compose, CloudFormation. */
import { linesAccepting } from '../catalog/settings-catalogue.ts'
import { baseName, type SourceFile } from '../text/source-file.ts'

/** Families of settings, by how their names begin, and single names that only Cassandra has. Two of them, or one and a class of Cassandra's, make a cassandra.yaml. */
const tellingKeys =
  /^(?:(?:commitlog|native_transport|memtable|key_cache|row_cache|counter_cache|column_index|index_summary|dynamic_snitch|credentials|permissions|roles|hints|batchlog|batch_size|tombstone|sstable_preemptive|concurrent|compaction|streaming|stream_throughput|internode|user_defined_function|cdc|repair_session|transparent_data_encryption|prepared_statements|slow_query_log|back_pressure)_[a-z_]+|cluster_name|num_tokens|initial_token|partitioner|endpoint_snitch|initial_location_provider|seed_provider|commit_failure_policy|data_file_directories|saved_caches_directory|disk_failure_policy|hinted_handoff_enabled|max_hint_window(?:_in_ms)?|listen_address|listen_interface|broadcast_address|rpc_address|broadcast_rpc_address|rpc_interface|storage_port|ssl_storage_port|start_native_transport|phi_convict_threshold|authenticator|authorizer|role_manager|auto_bootstrap|auto_snapshot|incremental_backups|snapshot_before_compaction|read_request_timeout(?:_in_ms)?|write_request_timeout(?:_in_ms)?|range_request_timeout(?:_in_ms)?|request_timeout(?:_in_ms)?|server_encryption_options|client_encryption_options|trickle_fsync)[ \t]*:|\bclass_name:[ \t]*["']?org\.apache\.cassandra\./gm

/** At least two signs that only Cassandra has; of a file of exactly that name also what can be no other program's. Linear in the text. */
export function looksLikeCassandraYaml(file: SourceFile): boolean {
  const signs = countSigns(file.text)
  return signs > 1 || (/^cassandra\.ya?ml$/.test(baseName(file.path)) && isNobodyElses(file.text, signs))
}

/** Different signs, counted to two. */
function countSigns(text: string): number {
  const seen = new Set<string>()
  tellingKeys.lastIndex = 0
  for (let found = tellingKeys.exec(text); found && seen.size < 2; found = tellingKeys.exec(text)) seen.add(found[0])
  return seen.size
}

/** What an encrypted file begins with. */
const encrypted = /^(?:\0GITCRYPT\0|\$ANSIBLE_VAULT;|age-encryption\.org\/|-----BEGIN )/
/** What no YAML may hold: bytes that are no text. */
const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f]/
/** A manifest of another program that is commented out. */
const othersInComments = /^[ \t]*#[# \t-]*(?:apiVersion|kind|services|hosts|Resources|AWSTemplateFormatVersion|openapi|swagger)[ \t]*:/m
/** Begins a list, a flow, a text, a tag, a placeholder: whose it is, the line does not say. */
const opensSomething = /^[-[\]{}$%!&*?|>@`<"'_]/

/**
 * Cassandra would be handed this although it shows no two of its settings: comments only, bytes, words without `key:`, or a torso whose keys are all its own.
 * What other programs call so is a readable mapping or list, a template, or encrypted.
 */
function isNobodyElses(text: string, signs: number): boolean {
  if (encrypted.test(text)) return false
  if (controlCharacter.test(text)) return true
  if (/\{\{|\{%|<%/.test(text)) return false
  const roots: string[] = []
  let lines = 0
  for (const line of contentLines(text)) {
    lines++
    if (opensSomething.test(line)) return false
    const colon = line.search(/:(?:\s|$)/)
    if (!/^[ \t]/.test(line)) roots.push(colon < 0 ? '' : line.slice(0, colon))
    if (roots.length > 50) return false
  }
  if (lines === 0) return !othersInComments.test(text)
  if (roots.every(key => key === '')) return roots.length > 0
  return signs > 0 && roots.every((key, i) => (key === '' ? i === roots.length - 1 : linesAccepting(key).length > 0))
}

/** Lines that are neither blank nor a comment nor a document's mark. */
function* contentLines(text: string): Generator<string> {
  let start = text.startsWith('\ufeff') ? 1 : 0
  while (start < text.length) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    const line = text.slice(start, end)
    if (!/^[ \t\r]*(?:#|$)|^(?:---|\.\.\.)[ \t\r]*$/.test(line)) yield line
    start = end + 1
  }
}
