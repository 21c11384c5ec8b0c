/** cassandra.yaml and foretell.yaml: recognition and parsing. Both are YAML; cassandra.yaml may also be a template. */

import { withoutTemplateSuffix } from '../text/placeholder.ts'
import { baseName, type SourceFile } from '../text/source-file.ts'
import { findMergeConflict } from './merge-conflict.ts'
import type { ParsedCassandraYaml, ParsedForetellYaml } from './parsed-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'
import { depthAfter } from './template-depth.ts'
import { parseYamlDocument } from './yaml-document.ts'
import { maskTemplate } from './yaml-template.ts'
import { entryOf, type YamlMapping, type YamlNode } from './yaml-tree.ts'

/** Families of settings, by how their names begin, and single names that only Cassandra has. Two of them, or one and a class of Cassandra's, make a cassandra.yaml. */
const tellingKeys =
  /^(?:(?:commitlog|native_transport|memtable|key_cache|row_cache|counter_cache|column_index|index_summary|dynamic_snitch|credentials|permissions|roles|hints|batchlog|batch_size|tombstone|sstable_preemptive|concurrent|compaction|streaming|stream_throughput|internode|user_defined_function|cdc|repair_session|transparent_data_encryption|prepared_statements|slow_query_log|back_pressure)_[a-z_]+|cluster_name|num_tokens|initial_token|partitioner|endpoint_snitch|initial_location_provider|seed_provider|commit_failure_policy|data_file_directories|saved_caches_directory|disk_failure_policy|hinted_handoff_enabled|max_hint_window(?:_in_ms)?|listen_address|listen_interface|broadcast_address|rpc_address|broadcast_rpc_address|rpc_interface|storage_port|ssl_storage_port|start_native_transport|phi_convict_threshold|authenticator|authorizer|role_manager|auto_bootstrap|auto_snapshot|incremental_backups|snapshot_before_compaction|read_request_timeout(?:_in_ms)?|write_request_timeout(?:_in_ms)?|range_request_timeout(?:_in_ms)?|request_timeout(?:_in_ms)?|server_encryption_options|client_encryption_options|trickle_fsync)[ \t]*:|\bclass_name:[ \t]*["']?org\.apache\.cassandra\./gm

/** Whether a text is a cassandra.yaml: at least two signs that only Cassandra has. */
export function looksLikeCassandraYaml(file: SourceFile): boolean {
  const seen = new Set<string>()
  tellingKeys.lastIndex = 0
  for (let found = tellingKeys.exec(file.text); found; found = tellingKeys.exec(file.text)) {
    seen.add(found[0])
    if (seen.size > 1) {
      tellingKeys.lastIndex = 0
      return true
    }
  }
  return false
}

/** Settings whose placeholder makes the file stand for any number of nodes. */
const identifying = ['cluster_name', 'listen_address', 'listen_interface', 'broadcast_address']

/** Reads a cassandra.yaml as SnakeYAML does, its template's placeholders as unknown values. Always answers. */
export function parseCassandraYaml(file: SourceFile): ParsedCassandraYaml {
  const conflict = findMergeConflict(file)
  const masked = maskTemplate(file)
  const { root, problems } = parseYamlDocument(file, masked)
  const mapping = root?.kind === 'mapping' ? root : undefined
  const template = masked.steered || identifying.some(key => isPlaceholder(entryOf(mapping, key)?.value))
  const isSuspect = masked.text !== file.text || masked.steered
  const counted = isSuspect ? problems.filter(problem => !onTemplateLine(problem, masked.holdsPlaceholder)) : problems
  const shape = wrongTop(file, root, problems)
  return {
    kind: 'cassandra-yaml',
    file,
    root: mapping,
    template,
    keysMayBeElsewhere: masked.keysMayBeElsewhere || counted.length < problems.length || (template && !mapping) || hasUnknownKey(mapping),
    problems: conflict ? [conflict] : [...counted, ...shape],
  }
}

/** foretell.yaml as a tree; what its keys mean is read by the model. */
export function parseForetellYaml(file: SourceFile): ParsedForetellYaml {
  const { root, problems } = parseYamlDocument(file)
  const conflict = findMergeConflict(file)
  return {
    kind: 'foretell-yaml',
    file,
    root: root?.kind === 'mapping' ? root : undefined,
    problems: conflict ? [conflict] : [...problems, ...wrongTop(file, root, problems)],
  }
}

function isPlaceholder(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && node.placeholder
}
function hasUnknownKey(mapping: YamlMapping | undefined): boolean {
  return mapping?.entries.some(entry => entry.key.placeholder) ?? false
}

/** The line of the problem, or the one before it, holds a placeholder or a control structure. */
function onTemplateLine(problem: SyntaxProblem, holdsPlaceholder: (start: number, end: number) => boolean): boolean {
  const { text } = problem.span.file
  const lineStart = text.lastIndexOf('\n', problem.span.start - 1) + 1
  const before = text.lastIndexOf('\n', lineStart - 2) + 1
  const end = text.indexOf('\n', problem.span.end)
  const stop = end < 0 ? text.length : end
  return (
    holdsPlaceholder(before, stop) || depthAfter(text.slice(before, stop), 0) > 0 || /\{%|<%|\{\{|^\s*%/m.test(text.slice(before, stop))
  )
}

function wrongTop(file: SourceFile, root: YamlNode | undefined, problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  if (!root || root.kind === 'mapping' || problems.length > 0) return []
  if (root.kind === 'scalar' && (root.placeholder || (root.style === 'plain' && /^(?:~|null|Null|NULL|)$/.test(root.text)))) return []
  const { start } = root.span
  const lineEnd = file.text.indexOf('\n', start)
  return [
    {
      kind: 'not-a-mapping',
      detail: 'no `key: value` at the top',
      span: { file, start, end: lineEnd < 0 ? file.text.length : Math.max(start, lineEnd) },
    },
  ]
}

/** The file's name without folder and template suffix. */
export function yamlName(file: SourceFile): string {
  return baseName(withoutTemplateSuffix(file.path))
}
