/** What may stand behind a key of a cassandra.yaml: words of enums, units behind a number, classes, datacenters and addresses of the workspace. */
import { compactionStrategiesOf } from '../catalog/cql-table-options.ts'
import { quantityType, unitsOf } from '../catalog/quantity.ts'
import type { ReleaseLine } from '../catalog/release.ts'
import { catalogueOf, classShape, enumOf, type FoundProperty } from '../catalog/settings-catalogue.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Node } from '../model/node.ts'
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { CompletionItem, CompletionKind } from './editor-types.ts'
import { whereabouts } from './losable-things.ts'
import type { SettingsCursor } from './settings-cursor.ts'
import { nodesOfFile } from './settings-of-nodes.ts'
import { resolveKeys } from './settings-place.ts'
import { isSecret, sayDefault } from './settings-words.ts'

interface Role {
  readonly role?: string
  /** Written before the class where its name alone is not found. */
  readonly package?: string
  readonly only?: readonly string[]
  readonly never?: readonly string[]
}

const locator = 'org.apache.cassandra.locator.'
const compressor: Role = { role: 'ICompressor' }

/** Settings that name a class, at the top or as `class_name` below. */
const roles: { readonly [key: string]: Role } = {
  partitioner: { role: 'IPartitioner', package: 'org.apache.cassandra.dht.', never: ['LocalPartitioner', 'ReversedLongLocalPartitioner'] },
  endpoint_snitch: { role: 'IEndpointSnitch', never: ['DynamicEndpointSnitch', 'SnitchAdapter'] },
  initial_location_provider: { role: 'InitialLocationProvider', never: ['SnitchAdapter', 'CloudMetadataLocationProvider'] },
  node_proximity: { role: 'NodeProximity', never: ['SnitchAdapter', 'DynamicEndpointSnitch'] },
  addresses_config: { role: 'NodeAddressConfig', never: ['SnitchAdapter'] },
  seed_provider: { role: 'SeedProvider', package: locator },
  authenticator: { role: 'IAuthenticator' },
  authorizer: { role: 'IAuthorizer' },
  role_manager: { role: 'IRoleManager' },
  network_authorizer: { role: 'INetworkAuthorizer' },
  cidr_authorizer: { role: 'ICIDRAuthorizer' },
  internode_authenticator: { role: 'IInternodeAuthenticator', package: 'org.apache.cassandra.auth.' },
  crypto_provider: { role: 'AbstractCryptoProvider', package: 'org.apache.cassandra.security.' },
  ssl_context_factory: { role: 'ISslContextFactory', package: 'org.apache.cassandra.security.', never: ['DisableSslContextFactory'] },
  commitlog_compression: compressor,
  hints_compression: compressor,
  back_pressure_strategy: { role: 'BackPressureStrategy', package: 'org.apache.cassandra.net.' },
  key_provider: { only: ['org.apache.cassandra.security.JKSKeyProvider'] },
  logger: { only: ['BinAuditLogger', 'FileAuditLogger', 'NoOpAuditLogger'] },
}

type Offer = Omit<CompletionItem, 'replace'>

/** Values of the last key of `cursor`, or items of its list. */
export function settingValues(snapshot: Snapshot, path: string, line: ReleaseLine, cursor: SettingsCursor): readonly CompletionItem[] {
  const { keys, typed, replace } = cursor
  const last = keys.at(-1)
  const resolved = resolveKeys(line, keys)
  if (!last || !resolved) return []
  const named = namesFor(snapshot, path, last.key)
  const offers =
    named ??
    offersFor(
      line,
      keys.map(({ key }) => key),
      resolved.found,
      typed,
      cursor.writes === 'item',
    )
  return offers.map(offer => ({ ...offer, replace }))
}

function offer(label: string, kind: CompletionKind, rank: number, detail?: string): Offer {
  return { label, kind, insertText: label, rank, ...(detail === undefined ? {} : { detail }) }
}

function offersFor(
  line: ReleaseLine,
  path: readonly string[],
  found: FoundProperty | undefined,
  typed: string,
  isItem: boolean,
): readonly Offer[] {
  const key = path.at(-1)!
  if (isSecret(key)) return []
  const holder = key === 'class_name' ? path.at(-2) : key
  const classes =
    holder === undefined ? [] : classesFor(line, key === 'class_name' && path.includes('configurations') ? 'configurations' : holder)
  if (classes.length > 0) {
    const asText =
      key === 'class_name' ||
      found?.type === 'String' ||
      classShape(line, found?.type ?? '')?.constructors.some(one => one.length === 1 && one[0] === 'String')
    return asText ? classes.map((name, rank) => offer(name, 'value', rank, 'class')) : []
  }
  if (key === 'inherits') return []
  if (!found) return []
  const isList = found.type.endsWith('[]') || found.type === 'List' || found.type === 'Set'
  if (isItem && !isList) return []
  const type = isList ? (found.of?.[0] ?? 'Object') : found.type
  const fallback = found.property.default
  const mark = (word: string) => (word === String(fallback) ? 'default' : undefined)
  const quantity = quantityType(type)
  if (quantity) {
    const digits = /^\d+/.exec(typed)?.[0]
    if (digits !== undefined)
      return unitsOf(quantity).map((unit, rank) => ({ ...offer(`${digits}${unit}`, 'unit', rank), detail: unitNames[unit] ?? unit }))
    return typeof fallback === 'string' ? [offer(fallback, 'value', 0, 'default')] : []
  }
  if (type === 'boolean' || type === 'Boolean') return ['true', 'false'].map((word, rank) => offer(word, 'value', rank, mark(word)))
  const words = enumOf(line, type)
  if (words) return words.map((word, rank) => offer(word, 'value', rank, isList ? undefined : mark(word)))
  if (key === 'selected_format') return ['big', 'bti'].map((word, rank) => offer(word, 'value', rank, mark(word)))
  if (key === 'require_client_auth') return ['true', 'false'].map((word, rank) => offer(word, 'value', rank))
  if (isList || typeof fallback === 'object' || fallback === undefined || fallback === '') return []
  return sayDefault(found, key) === undefined || typed !== '' || found.renamed ? [] : [offer(String(fallback), 'value', 0, 'default')]
}

const unitNames: { readonly [unit: string]: string } = {
  ns: 'nanoseconds',
  us: 'microseconds',
  ms: 'milliseconds',
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
  B: 'bytes',
  'B/s': 'bytes a second',
}

function classesFor(line: ReleaseLine, key: string): readonly string[] {
  const { bundled } = catalogueOf(line)
  if (key === 'configurations') return (bundled.Memtable$Factory ?? []).map(name => name.replace(/\$?Factory$/, ''))
  if (key === 'default_compaction') return compactionStrategiesOf(line)
  const role = Object.hasOwn(roles, key) ? roles[key]! : undefined
  if (!role) return []
  if (role.only) return role.only
  return (bundled[role.role ?? ''] ?? []).filter(name => !role.never?.includes(name)).map(name => `${role.package ?? ''}${name}`)
}

/** Names of the workspace, for the keys that take such; undefined for others. */
function namesFor(snapshot: Snapshot, path: string, key: string): readonly Offer[] | undefined {
  const owners = nodesOfFile(snapshot, path)
  switch (key) {
    case 'hinted_handoff_disabled_datacenters':
    case 'ignore_dcs':
      return clustersFor(snapshot, path).flatMap(cluster =>
        cluster.datacenters.map(({ name }, rank) => offer(name, 'name', rank, `datacenter of ${cluster.name}`)),
      )
    case 'seeds':
      return clustersFor(snapshot, path)
        .flatMap(cluster => cluster.nodes)
        .flatMap((node, rank) => {
          const address = addressOf(node)
          return address === undefined ? [] : [offer(address, 'name', rank, `${node.name} · ${whereabouts(node)}`)]
        })
    case 'listen_address':
    case 'broadcast_address':
    case 'rpc_address':
    case 'broadcast_rpc_address': {
      const addresses = new Set(
        owners?.nodes.filter(({ counted }) => counted).flatMap(node => node.knownAs.map(address => String(address))) ?? [],
      )
      return [...addresses].map((address, rank) => offer(address, 'name', rank, owners!.nodes[0]!.name))
    }
    default:
      return undefined
  }
}

/** Its own cluster; of a node that stands alone, as before it has seeds, all that bear its cluster's name, else all. */
function clustersFor(snapshot: Snapshot, path: string): readonly Cluster[] {
  const owners = nodesOfFile(snapshot, path)
  const own = owners?.cluster
  if (own && own.nodes.length > 1) return [own]
  const name = owners?.nodes[0] && knownValue(owners.nodes[0].clusterName)
  const named = snapshot.clusters.filter(cluster => name !== undefined && cluster.nodes.some(node => knownValue(node.clusterName) === name))
  return named.length > 0 ? named : snapshot.clusters
}

function addressOf(node: Node): string | undefined {
  return knownValue(node.addresses.effectiveBroadcast) ?? node.knownAs[0]
}

/** Two nodes of each datacenter, in different racks where there are several; with commas. Examples where nothing is known. */
export function suggestedSeeds(snapshot: Snapshot, path: string): string {
  const [cluster] = [...clustersFor(snapshot, path)].sort((a, b) => b.nodes.length - a.nodes.length)
  const seeds = (cluster?.datacenters ?? []).flatMap(({ racks, nodes }) => {
    const [first, second] = racks
    const chosen = first && second ? [first.nodes[0]!, second.nodes[0]!] : nodes.slice(0, 2)
    return chosen.flatMap(node => addressOf(node) ?? [])
  })
  return seeds.length > 0 ? seeds.join(',') : '10.0.0.1,10.0.0.2'
}
