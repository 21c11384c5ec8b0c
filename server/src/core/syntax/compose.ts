/** docker-compose files, as far as they matter: a Cassandra image rewrites addresses and seeds of the cassandra.yaml that it mounts. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml'
import { holdsPlaceholder } from '../text/placeholder.ts'
import { folderOf, type SourceFile } from '../text/source-file.ts'
import type { Located, Span } from '../text/span.ts'
import { findMergeConflict } from './merge-conflict.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

export interface ComposeMount {
  /** Path in the workspace, for a relative path on the host (`./config/node1` beside the compose file); else as written. */
  readonly source: Located<string>
  /** Path in the container, without a mode. */
  readonly target: string
}

export interface ComposeService {
  readonly name: Located<string>
  readonly image: Located<string> | undefined
  /** Its image is the official one (or one with its entry point) and nothing replaces the entry point: it rewrites addresses and seeds. */
  readonly runsCassandra: boolean
  /** As written, `${…}` included; the last one counts. */
  readonly environment: ReadonlyMap<string, Located<string>>
  readonly mounts: readonly ComposeMount[]
  /** Literal addresses that its networks give it. */
  readonly addresses: readonly Located<string>[]
}

export interface ParsedCompose {
  readonly kind: 'compose'
  readonly file: SourceFile
  /** Some service runs a Cassandra image. */
  readonly runsCassandra: boolean
  readonly services: readonly ComposeService[]
  readonly problems: readonly SyntaxProblem[]
}

/** Compose files are small; anything bigger is not read. */
const largest = 200_000

export function parseCompose(file: SourceFile): ParsedCompose {
  const conflict = findMergeConflict(file)
  if (conflict) return { kind: 'compose', file, runsCassandra: false, services: [], problems: [conflict] }
  if (file.text.length > largest) return { kind: 'compose', file, runsCassandra: false, services: [], problems: [] }
  try {
    return read(file)
  } catch (error) {
    const detail = error instanceof RangeError ? 'nested too deeply' : 'cannot be read'
    return {
      kind: 'compose',
      file,
      runsCassandra: false,
      services: [],
      problems: [{ kind: 'yaml', detail, span: { file, start: 0, end: 0 } }],
    }
  }
}

function read(file: SourceFile): ParsedCompose {
  const document = parseDocument(file.text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' })
  const problems = document.errors.slice(0, 1).map(error => ({
    kind: 'yaml',
    detail: error.message,
    span: { file, start: Math.min(error.pos[0], file.text.length), end: Math.min(Math.max(error.pos[0], error.pos[1]), file.text.length) },
  }))
  const services: ComposeService[] = []
  const root = mapping(document, document.contents)
  for (const [name, value] of entries(document, mapping(document, root && get(document, root, 'services')))) {
    const map = mapping(document, value)
    if (map) services.push(readService(file, document, { value: name.text, span: spanOf(file, name.node) }, map))
  }
  return { kind: 'compose', file, runsCassandra: services.some(service => service.runsCassandra), services, problems }
}

function readService(file: SourceFile, document: Document, name: Located<string>, map: YAMLMap): ComposeService {
  const image = scalar(file, document, get(document, map, 'image'))
  const mounts = readMounts(file, document, get(document, map, 'volumes'))
  const replaced = get(document, map, 'entrypoint') !== undefined
  return {
    name,
    image,
    runsCassandra: !replaced && (image ? isCassandraImage(image.value) : mounts.some(mount => mount.target.startsWith('/etc/cassandra'))),
    environment: readEnvironment(file, document, get(document, map, 'environment')),
    mounts,
    addresses: readAddresses(file, document, get(document, map, 'networks')),
  }
}

/** `cassandra:4.1`, `docker.io/library/cassandra`, `bitnami/cassandra:5.0`, and a placeholder that speaks of Cassandra. */
function isCassandraImage(image: string): boolean {
  if (holdsPlaceholder(image) && !/(?:^|\/)[\w.-]+(?::|@|$)/.test(image.replace(/\$\{[^}]*\}/g, ''))) return /cassandra/i.test(image)
  const path = image.replace(/@.*$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last.replace(/:.*$/, '').toLowerCase() === 'cassandra'
}

function readEnvironment(file: SourceFile, document: Document, node: Node | undefined): Map<string, Located<string>> {
  const environment = new Map<string, Located<string>>()
  if (isSeq(node))
    for (const item of node.items) {
      const text = scalar(file, document, item as Node)
      const equals = text?.value.indexOf('=') ?? -1
      if (text && equals > 0) environment.set(text.value.slice(0, equals).trim(), { value: text.value.slice(equals + 1), span: text.span })
    }
  for (const [key, value] of entries(document, mapping(document, node))) {
    const text = scalar(file, document, value)
    if (text) environment.set(key.text, text)
  }
  return environment
}

function readMounts(file: SourceFile, document: Document, node: Node | undefined): ComposeMount[] {
  if (!isSeq(node)) return []
  const mounts: ComposeMount[] = []
  for (const item of node.items) {
    const map = mapping(document, item as Node)
    if (map) {
      const source = scalar(file, document, get(document, map, 'source'))
      const target = scalar(file, document, get(document, map, 'target'))
      if (source && target) mounts.push({ source: { value: inWorkspace(file, source.value), span: source.span }, target: target.value })
      continue
    }
    const text = scalar(file, document, item as Node)
    const cut = text && /^([^:]+):(\/[^:]*)/.exec(text.value)
    if (text && cut) mounts.push({ source: { value: inWorkspace(file, cut[1]!), span: text.span }, target: cut[2]! })
  }
  return mounts
}

function readAddresses(file: SourceFile, document: Document, node: Node | undefined): Located<string>[] {
  const addresses: Located<string>[] = []
  for (const [, network] of entries(document, mapping(document, node))) {
    const map = mapping(document, network)
    for (const key of ['ipv4_address', 'ipv6_address']) {
      const address = map && scalar(file, document, get(document, map, key))
      if (address && !holdsPlaceholder(address.value)) addresses.push(address)
    }
  }
  return addresses
}

function inWorkspace(file: SourceFile, path: string): string {
  if (!/^\.{1,2}(?:\/|$)/.test(path)) return path
  const parts = folderOf(file.path).split('/').filter(Boolean)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function resolve(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document)
  return node ? (node as Node) : undefined
}

function mapping(document: Document, node: unknown): YAMLMap | undefined {
  const resolved = resolve(document, node)
  return isMap(resolved) ? (resolved as YAMLMap) : undefined
}

/** A key's value, the last one; merge keys (`<<`) are followed a few steps. */
function get(document: Document, map: YAMLMap, key: string, depth = 0): Node | undefined {
  const own = map.items.findLast(pair => isScalar(pair.key) && pair.key.value === key)
  if (own) return resolve(document, own.value)
  if (depth > 4) return undefined
  for (const pair of map.items) {
    if (!isScalar(pair.key) || pair.key.value !== '<<') continue
    const merged = resolve(document, pair.value)
    for (const one of isSeq(merged) ? merged.items : [merged]) {
      const from = mapping(document, one)
      const value = from && get(document, from, key, depth + 1)
      if (value !== undefined) return value
    }
  }
  return undefined
}

function* entries(document: Document, map: YAMLMap | undefined, depth = 0): Generator<[{ text: string; node: Node }, Node | undefined]> {
  for (const pair of map?.items ?? []) {
    if (!isScalar(pair.key)) continue
    const text = String(pair.key.value)
    if (text !== '<<') yield [{ text, node: pair.key }, resolve(document, pair.value)]
    else if (depth < 4) {
      const merged = resolve(document, pair.value)
      for (const one of isSeq(merged) ? merged.items : [merged]) yield* entries(document, mapping(document, one), depth + 1)
    }
  }
}

function scalar(file: SourceFile, document: Document, node: unknown): Located<string> | undefined {
  const resolved = resolve(document, node)
  if (!isScalar(resolved) || resolved.value === null) return undefined
  const value = typeof resolved.value === 'string' ? resolved.value : (resolved.source ?? String(resolved.value))
  return { value, span: spanOf(file, resolved) }
}

function spanOf(file: SourceFile, node: Node): Span {
  const start = Math.min(node.range?.[0] ?? 0, file.text.length)
  return { file, start, end: Math.max(start, Math.min(node.range?.[1] ?? start, file.text.length)) }
}
