/** cassandra.yaml and foretell.yaml, parsed. Both are YAML; cassandra.yaml may also be a template. */
import type { SourceFile } from '../text/source-file.ts'
import { findMergeConflict } from './merge-conflict.ts'
import type { ParsedCassandraYaml, ParsedForetellYaml } from './parsed-file.ts'
import type { SyntaxProblem } from './syntax-problem.ts'
import { depthAfter } from './template-depth.ts'
import { parseYamlDocument } from './yaml-document.ts'
import { maskTemplate } from './yaml-template.ts'
import { entryOf, type YamlMapping, type YamlNode } from './yaml-tree.ts'

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
