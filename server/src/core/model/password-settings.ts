/** Where passwords stand in configuration files. Their values are never handed out. */
import type { ParsedFile } from '../syntax/parsed-file.ts'
import { entryOf, type YamlMapping, type YamlNode, type YamlScalar } from '../syntax/yaml-tree.ts'
import type { Span } from '../text/span.ts'

export interface WrittenPassword {
  /** The key, with the block it stands in: `server_encryption_options.keystore_password`. */
  readonly key: string
  /** Of the value. */
  readonly span: Span
  /** It is the word that the shipped file has. */
  readonly isStock: boolean
  /** The encryption that it belongs to is on; undefined when that cannot be told. */
  readonly inUse: boolean | undefined
}

/** Literal passwords of a cassandra.yaml, an option file or a start script, in order. */
export function writtenPasswords(parsed: ParsedFile): readonly WrittenPassword[] {
  switch (parsed.kind) {
    case 'cassandra-yaml':
      return parsed.root ? [...inMapping(parsed.root, [], undefined)] : []
    case 'jvm-options':
      return parsed.lines.flatMap(line => (line.taken && !line.placeholder ? inFlag(line.text, line.span) : []))
    case 'cassandra-env':
      return parsed.flags.flatMap(flag => (flag.placeholder ? [] : inFlag(flag.text, flag.span)))
    default:
      return []
  }
}

function inFlag(text: string, span: Span): WrittenPassword[] {
  const cut = /^-D([\w.]*[pP]assword)=(.+)$/.exec(text)
  if (!cut || /[pP]assword\.file/.test(cut[1]!)) return []
  const at = { file: span.file, start: Math.min(span.end, span.start + text.length - cut[2]!.length), end: span.end }
  return [{ key: cut[1]!, span: at, isStock: cut[2] === 'cassandra', inUse: undefined }]
}

function* inMapping(mapping: YamlMapping, path: readonly string[], inUse: boolean | undefined): Generator<WrittenPassword> {
  const own = path.length === 0 ? undefined : (switchedOn(mapping) ?? inUse)
  for (const entry of mapping.entries) {
    const key = entry.key.text
    if (/password$/i.test(key) && entry.value?.kind === 'scalar' && isLiteral(entry.value))
      yield { key: [...path, key].join('.'), span: entry.value.span, isStock: entry.value.text === 'cassandra', inUse: own }
    else if (entry.value) yield* inNode(entry.value, [...path, key], own)
  }
}

function* inNode(node: YamlNode, path: readonly string[], inUse: boolean | undefined): Generator<WrittenPassword> {
  if (path.length > 8) return
  if (node.kind === 'mapping') yield* inMapping(node, path, inUse)
  else if (node.kind === 'sequence') for (const item of node.items) if (item) yield* inNode(item, path, inUse)
}

function isLiteral(scalar: YamlScalar): boolean {
  return !scalar.placeholder && scalar.text.trim() !== '' && !(scalar.style === 'plain' && /^(?:~|null)$/i.test(scalar.text))
}

/** Whether an encryption block is on: `internode_encryption` other than none, or `enabled`. */
function switchedOn(mapping: YamlMapping): boolean | undefined {
  const internode = entryOf(mapping, 'internode_encryption')?.value
  if (internode?.kind === 'scalar') return internode.placeholder ? undefined : internode.text.toLowerCase() !== 'none'
  const enabled = entryOf(mapping, 'enabled')?.value
  if (enabled?.kind === 'scalar') return enabled.placeholder ? undefined : /^(?:true|yes|on)$/i.test(enabled.text)
  return undefined
}
