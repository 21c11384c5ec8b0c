/** What may be written at the cursor of a cassandra.yaml: keys of the release and of its nested options, words of a list, units, whole blocks. */
import { quantityType, unitsOf } from '../catalog/quantity.ts'
import type { Release, ReleaseLine } from '../catalog/release.ts'
import { catalogueOf, classShape, enumOf, newestName, topClass } from '../catalog/settings-catalogue.ts'
import { proseOf } from '../catalog/settings-prose.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { entryOf, type YamlMapping } from '../syntax/yaml-tree.ts'
import { lineText, positionAt } from '../text/line-index.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { CompletionItem } from './editor-types.ts'
import { settingMarkdown, typeWords } from './settings-hover.ts'
import { classAt, propertyAt } from './settings-place.ts'

const blocks: { readonly [key: string]: string } = {
  seed_provider:
    'seed_provider:\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n      - seeds: "${1:10.0.0.1,10.0.0.2}"$0',
  server_encryption_options:
    'server_encryption_options:\n  internode_encryption: ${1|all,dc,rack,none|}\n  keystore: ${2:conf/.keystore}\n  keystore_password: ${3}\n  truststore: ${4:conf/.truststore}\n  truststore_password: ${5}\n  require_client_auth: true$0',
  client_encryption_options:
    'client_encryption_options:\n  enabled: ${1|true,false|}\n  optional: ${2|false,true|}\n  keystore: ${3:conf/.keystore}\n  keystore_password: ${4}\n  require_client_auth: false$0',
  data_file_directories: 'data_file_directories:\n  - ${1:/var/lib/cassandra/data}$0',
  hints_compression: 'hints_compression:\n  - class_name: ${1|LZ4Compressor,SnappyCompressor,DeflateCompressor|}$0',
  commitlog_compression: 'commitlog_compression:\n  - class_name: ${1|LZ4Compressor,SnappyCompressor,DeflateCompressor|}$0',
  audit_logging_options:
    'audit_logging_options:\n  enabled: ${1|true,false|}\n  logger:\n    - class_name: ${2|BinAuditLogger,FileAuditLogger|}$0',
}

/** Total: nothing fits, nothing is offered. */
export function settingsCompletion(yaml: ParsedCassandraYaml, release: Release, offset: number): readonly CompletionItem[] {
  const { file } = yaml
  const position = positionAt(file, offset)
  const text = lineText(file, position.line)
  const before = text.slice(0, position.column)
  if (/^\s*#/.test(before)) return []
  const lineStart = offset - position.column
  const keyMatch = /^(\s*(?:- )?\s*)([\w.-]*)$/.exec(before)
  const valueMatch = /^\s*(?:- )?\s*([\w.-]+):[ \t]+(.*)$/.exec(before)
  if (valueMatch) {
    const path = [...pathAbove(yaml, position.line, indentOf(before)), valueMatch[1]!]
    const typed = valueMatch[2]!.replace(/^["']/, '')
    return values(release.line, path, typed, spanOf(file, offset - typed.length, offset))
  }
  if (!keyMatch) return []
  const word = keyMatch[2]!
  const indent = keyMatch[1]!.length
  const path = indent === 0 ? [] : pathAbove(yaml, position.line, indent)
  const rest = /^[\w.-]*/.exec(text.slice(position.column))![0]
  const replace = spanOf(file, lineStart + indent, offset + rest.length)
  const hasColon = /^\s*:/.test(text.slice(position.column + rest.length))
  return keys(yaml, release, path, word, replace, hasColon)
}

function indentOf(text: string): number {
  return /^\s*(?:- )?\s*/.exec(text)![0].length
}

/** Keys of the lines above that are indented less, outermost first. */
function pathAbove(yaml: ParsedCassandraYaml, line: number, indent: number): readonly string[] {
  const path: string[] = []
  let limit = indent
  for (let i = line - 1; i >= 0 && limit > 0; i--) {
    const text = lineText(yaml.file, i)
    const match = /^(\s*(?:- )?\s*)([\w.-]+):/.exec(text)
    if (!match || match[1]!.length >= limit || /^\s*#/.test(text)) continue
    path.unshift(match[2]!)
    limit = match[1]!.length
  }
  return path
}

function keys(
  yaml: ParsedCassandraYaml,
  release: Release,
  path: readonly string[],
  word: string,
  replace: Span,
  hasColon: boolean,
): readonly CompletionItem[] {
  const { line } = release
  const className = classAt(line, path)
  const shape = className === undefined ? undefined : classShape(line, className)
  if (!shape || className === undefined) return []
  const present = new Set(mappingAt(yaml, path)?.entries.map(entry => entry.key.text) ?? [])
  const items: CompletionItem[] = []
  for (const [name, property] of Object.entries(shape.properties)) {
    if (property.readOnly || (present.has(name) && name !== word)) continue
    const found = propertyAt(line, [...path, name])
    if (!found) continue
    const isTop = className === topClass
    const markdown = settingMarkdown([...path, name], release)
    const block = isTop && !hasColon ? blocks[name] : undefined
    items.push({
      label: name,
      kind: block ? 'snippet' : 'key',
      detail: typeWords(line, found),
      ...(markdown === undefined ? {} : { documentation: markdown }),
      insertText: block ?? (hasColon ? name : `${name}: `),
      ...(block ? { snippet: true } : {}),
      replace,
      ...(property.deprecated === undefined ? {} : { deprecated: true }),
      rank: isTop && proseOf(newestName(name)) ? 0 : 1,
    })
  }
  return items
}

function mappingAt(yaml: ParsedCassandraYaml, path: readonly string[]): YamlMapping | undefined {
  let mapping = yaml.root
  for (const key of path) {
    const value = entryOf(mapping, key)?.value
    const inner = value?.kind === 'sequence' ? value.items[0] : value
    if (inner?.kind !== 'mapping') return undefined
    mapping = inner
  }
  return mapping
}

/** Roles of settings that name a class. */
const roles: { readonly [setting: string]: string } = {
  endpoint_snitch: 'IEndpointSnitch',
  partitioner: 'IPartitioner',
  authenticator: 'IAuthenticator',
  authorizer: 'IAuthorizer',
  role_manager: 'IRoleManager',
  network_authorizer: 'INetworkAuthorizer',
  cidr_authorizer: 'ICIDRAuthorizer',
  initial_location_provider: 'InitialLocationProvider',
  node_proximity: 'NodeProximity',
  addresses_config: 'NodeAddressConfig',
}

function values(line: ReleaseLine, path: readonly string[], typed: string, replace: Span): readonly CompletionItem[] {
  const found = propertyAt(line, path)
  if (!found) return []
  const item = (label: string, kind: CompletionItem['kind'] = 'value', rank = 0): CompletionItem => ({
    label,
    kind,
    insertText: label,
    replace,
    rank,
  })
  const quantity = quantityType(found.type)
  if (quantity) {
    const digits = /^\d+/.exec(typed)?.[0]
    return digits === undefined ? [] : unitsOf(quantity).map((unit, rank) => item(`${digits}${unit}`, 'unit', rank))
  }
  if (found.type === 'boolean' || found.type === 'Boolean') return [item('true'), item('false')]
  const words = enumOf(line, found.type)
  if (words) return words.map((word, rank) => item(word, 'value', rank))
  const role = path.length === 1 ? roles[path[0]!] : undefined
  return role === undefined ? [] : (catalogueOf(line).bundled[role] ?? []).map(name => item(name))
}
