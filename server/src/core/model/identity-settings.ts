/** The settings of cassandra.yaml that say who a node is: read from the tree as written, the same in every release. */
import { normaliseAddress } from '../analysis/ip-network.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { entryOf, type YamlMapping, type YamlNode, type YamlScalar } from '../syntax/yaml-tree.ts'
import { absent, type Fact, known, unknown } from '../text/fact.ts'
import { holdsPlaceholder } from '../text/placeholder.ts'
import { type Located, located, type Span, spanOf } from '../text/span.ts'
import type { Addresses, SeedEntry } from './node.ts'

/** A scalar setting's text; unknown when it holds a placeholder or may stand elsewhere. */
export function textSetting(yaml: ParsedCassandraYaml | undefined, key: string): Fact<string> {
  if (!yaml) return unknown('no cassandra.yaml')
  const entry = entryOf(yaml.root, key)
  if (!entry) return yaml.keysMayBeElsewhere || !yaml.root ? unknown(`${key} may be set by the template`) : absent
  return scalarText(entry.value, key)
}

function scalarText(node: YamlNode | undefined, key: string): Fact<string> {
  if (!node) return absent
  if (node.kind !== 'scalar') return unknown(`${key} is no plain value`, node.span)
  if (node.placeholder || holdsPlaceholder(node.text)) return unknown(`${key} is a placeholder`, node.span)
  const isNull = node.style === 'plain' && /^(?:~|null|Null|NULL|)$/.test(node.text)
  return isNull ? absent : known(node.text, node.span)
}

/** A whole number as written in decimal; anything else is unknown (the settings rules judge it). */
export function integerSetting(yaml: ParsedCassandraYaml | undefined, key: string): Fact<number> {
  const text = textSetting(yaml, key)
  if (text.kind !== 'known') return text
  return /^[+-]?(?:0|[1-9]\d{0,14})$/.test(text.value) ? known(Number(text.value), text.span) : unknown(`${key} is no number`, text.span)
}

/** `class_name` of a class setting (list or map form) or its plain text, as a simple name when it is Cassandra's own. */
export function classSetting(yaml: ParsedCassandraYaml | undefined, key: string): Fact<string> {
  const text = textSetting(yaml, key)
  const entry = entryOf(yaml?.root, key)
  const fact = text.kind === 'unknown' && entry?.value && entry.value.kind !== 'scalar' ? scalarText(classNameNode(entry.value), key) : text
  return fact.kind === 'known' ? known(simpleClassName(fact.value), fact.span) : fact
}

/** `org.apache.cassandra.locator.SimpleSnitch` → `SimpleSnitch`; a foreign class keeps its full name. */
export function simpleClassName(name: string): string {
  return name.startsWith('org.apache.cassandra.') ? name.slice(name.lastIndexOf('.') + 1) : name
}

function classNameNode(node: YamlNode): YamlNode | undefined {
  const mapping = node.kind === 'sequence' ? node.items[0] : node
  return mapping?.kind === 'mapping' ? entryOf(mapping, 'class_name')?.value : undefined
}

/** The scalar that holds the seed list, wherever its form puts it. */
export function seedsScalar(yaml: ParsedCassandraYaml | undefined): YamlScalar | undefined {
  const value = seedsNode(yaml?.root)
  return value?.kind === 'scalar' ? value : undefined
}

function seedsNode(root: YamlMapping | undefined): YamlNode | undefined {
  const provider = entryOf(root, 'seed_provider')?.value
  const mapping = provider?.kind === 'sequence' ? provider.items[0] : provider
  if (mapping?.kind !== 'mapping') return undefined
  const parameters = entryOf(mapping, 'parameters')?.value
  const first = parameters?.kind === 'sequence' ? parameters.items[0] : parameters
  return first?.kind === 'mapping' ? entryOf(first, 'seeds')?.value : undefined
}

/** The seed list with each entry's place. Unknown for another provider, a placeholder, or a container's entry point that rewrites it. */
export function seedsOf(yaml: ParsedCassandraYaml | undefined, rewritten: boolean): Fact<readonly Located<SeedEntry>[]> {
  if (!yaml) return unknown('no cassandra.yaml')
  const provider = classSetting(yaml, 'seed_provider')
  if (provider.kind === 'known' && provider.value !== 'SimpleSeedProvider')
    return unknown(`seeds come from ${provider.value}`, provider.span)
  const scalar = seedsScalar(yaml)
  if (!scalar) return yaml.keysMayBeElsewhere || seedsNode(yaml.root) ? unknown('the seed list cannot be read') : absent
  if (scalar.placeholder || holdsPlaceholder(scalar.text)) return unknown('the seed list is a placeholder', scalar.span)
  if (rewritten) return unknown("a container's entry point writes the seed list", scalar.span)
  return known(splitSeeds(scalar), scalar.span)
}

function splitSeeds(scalar: YamlScalar): Located<SeedEntry>[] {
  const raw = scalar.span.file.text.slice(scalar.span.start, scalar.span.end)
  const quoted = scalar.style !== 'plain'
  const verbatim = quoted ? raw.slice(1, -1) === scalar.text : raw === scalar.text
  const start = scalar.span.start + (quoted ? 1 : 0)
  const entries: Located<SeedEntry>[] = []
  let offset = 0
  for (const part of scalar.text.split(',')) {
    const text = part.trim()
    const from = start + offset + (part.length - part.trimStart().length)
    const span: Span = verbatim ? spanOf(scalar.span.file, from, from + text.length) : scalar.span
    entries.push(located(seedEntry(text), span))
    offset += part.length + 1
  }
  return entries
}

/** `host`, `host:port`, `[v6]:port`, a bare IPv6 address. */
export function seedEntry(text: string): SeedEntry {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(text)
  const plain = /^([^:]*):(\d+)$/.exec(text)
  const host = bracketed?.[1] ?? plain?.[1] ?? text
  const port = bracketed?.[2] ?? plain?.[2]
  return { text, host, port: port === undefined ? undefined : Number(port), address: normaliseAddress(host) }
}

/** Addresses as the node will use them. `localhost` is 127.0.0.1, as on any host. */
export function addressesOf(
  yaml: ParsedCassandraYaml | undefined,
  rewritten: boolean,
  environment: ReadonlyMap<string, string>,
): Addresses {
  const address = (key: string, variable: string): Fact<string> => {
    const written = textSetting(yaml, key)
    if (rewritten) {
      const given = normaliseAddress(environment.get(variable) ?? '')
      return given
        ? known(given)
        : unknown("a container's entry point writes the addresses", written.kind === 'known' ? written.span : undefined)
    }
    if (written.kind !== 'known') return written
    const literal = written.value === 'localhost' ? '127.0.0.1' : normaliseAddress(written.value.trim())
    return literal ? known(literal, written.span) : unknown(`${written.value} is a host name`, written.span)
  }
  const onInterface = (key: string, fact: Fact<string>): Fact<string> =>
    fact.kind === 'absent' && textSetting(yaml, key).kind !== 'absent' ? unknown(`taken from ${key}`) : fact
  const listen = onInterface('listen_interface', address('listen_address', 'CASSANDRA_LISTEN_ADDRESS'))
  const broadcast = address('broadcast_address', 'CASSANDRA_BROADCAST_ADDRESS')
  const unsaid = (fact: Fact<string>): Fact<string> => (fact.kind === 'absent' ? unknown('no listen_address: the host name decides') : fact)
  return {
    listen,
    broadcast,
    effectiveBroadcast: broadcast.kind === 'absent' ? unsaid(listen) : broadcast,
    rpc: onInterface('rpc_interface', address('rpc_address', 'CASSANDRA_RPC_ADDRESS')),
    broadcastRpc: address('broadcast_rpc_address', 'CASSANDRA_BROADCAST_RPC_ADDRESS'),
  }
}
