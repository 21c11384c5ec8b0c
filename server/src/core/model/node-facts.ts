/** From a node's files to what they say of it. The same files and release give the same object again, so that its findings are not computed anew. */
import { isLoopback, normaliseAddress } from '../analysis/ip-network.ts'
import type { Release } from '../catalog/release.ts'
import type { ComposeService } from '../syntax/compose.ts'
import { entryOf } from '../syntax/yaml-tree.ts'
import { type Fact, known, knownValue } from '../text/fact.ts'
import { holdsPlaceholder } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import { type Span, spanOf } from '../text/span.ts'
import { addressesOf, classSetting, integerSetting, seedsOf, textSetting } from './identity-settings.ts'
import { locateNode } from './location.ts'
import { nodeName } from './names.ts'
import type { Node } from './node.ts'
import type { NodeDraft } from './node-draft.ts'
import { tokensOf } from './node-tokens.ts'
import { wireguardAddresses } from './wireguard-addresses.ts'

/** A node from its gathered files, judged as the given release. */
export function nodeOfDraft(draft: NodeDraft, release: Release): Node {
  const { yaml, declared } = draft
  const service = serviceOf(draft)
  const environment = literalEnvironment(service)
  const rewritten = draft.compose !== undefined
  const addresses = addressesOf(yaml, rewritten, environment ?? new Map())
  const snitch = classSetting(yaml, 'endpoint_snitch')
  const provider = classSetting(yaml, 'initial_location_provider')
  const parsed = [yaml, draft.rackdc, draft.topology, draft.environmentScript, ...draft.jvmOptions, ...draft.wireguard]
  const files = [...parsed.map(file => file?.file), draft.tokenFile].filter(file => file !== undefined)
  const declaredAddress = declared.address ? normaliseAddress(declared.address.value) : undefined
  const knownAs = new Set<string>()
  for (const address of [
    knownValue(addresses.listen),
    knownValue(addresses.broadcast),
    knownValue(addresses.rpc),
    knownValue(addresses.broadcastRpc),
    declaredAddress,
    ...draft.wireguard.flatMap(wireguardAddresses),
  ])
    if (address !== undefined && !isLoopback(address) && address !== '0.0.0.0' && address !== '::') knownAs.add(address)
  const tokens = tokensOf(draft, new Set([...knownAs, draft.name]))
  return {
    name: nodeName(draft.name),
    counted: draft.counted,
    release,
    yaml,
    yamlIsShared: draft.yamlIsShared,
    rackdc: draft.rackdc,
    topology: draft.topology,
    jvmOptions: draft.jvmOptions,
    environmentScript: draft.environmentScript,
    wireguard: draft.wireguard,
    files,
    location: locateNode({
      snitch,
      locationProvider: provider,
      rackdc: draft.rackdc,
      topology: draft.topology,
      broadcast: addresses.effectiveBroadcast,
      declared,
      environment: service?.environment,
    }),
    addresses,
    knownAs: [...knownAs],
    seeds: seedsOf(yaml, rewritten),
    clusterName: clusterNameOf(draft, environment),
    snitch: provider.kind === 'absent' ? snitch : snitch.kind === 'absent' ? provider : snitch,
    partitioner: classSetting(yaml, 'partitioner'),
    tokenCount: tokenCountOf(draft, tokens),
    tokens,
    storagePort: withDefault(integerSetting(yaml, 'storage_port'), 7000),
    addressesRewritten: rewritten,
    declared,
    span: spanOfNode(draft, files),
  }
}

function withDefault<T>(fact: Fact<T>, value: T): Fact<T> {
  return fact.kind === 'absent' ? known(value) : fact
}

/** The compose service that mounts one of the node's files. */
export function serviceOf(draft: NodeDraft) {
  const paths = [draft.rackdc?.file.path, draft.yamlIsShared ? undefined : draft.yaml?.file.path].filter(path => path !== undefined)
  return draft.compose?.services.find(
    service =>
      service.runsCassandra &&
      service.mounts.some(({ source }) => paths.some(path => path === source.value || path.startsWith(`${source.value}/`))),
  )
}

/** Values without placeholders, which the entry point writes into the configuration. */
function literalEnvironment(service: ComposeService | undefined): ReadonlyMap<string, string> | undefined {
  if (!service) return undefined
  return new Map([...service.environment].flatMap(([name, { value }]) => (holdsPlaceholder(value) ? [] : [[name, value] as const])))
}

function clusterNameOf(draft: NodeDraft, environment: ReadonlyMap<string, string> | undefined): Fact<string> {
  const given = environment?.get('CASSANDRA_CLUSTER_NAME')
  return given ? known(given) : withDefault(textSetting(draft.yaml, 'cluster_name'), 'Test Cluster')
}

function tokenCountOf(draft: NodeDraft, tokens: Fact<readonly bigint[]>): Fact<number> {
  if (tokens.kind === 'known') return known(tokens.value.length, tokens.span)
  const written = integerSetting(draft.yaml, 'num_tokens')
  return written.kind === 'absent' ? known(1) : written
}

function spanOfNode(draft: NodeDraft, files: readonly SourceFile[]): Span {
  const rackdc = draft.yamlIsShared ? draft.rackdc?.entries[0] : undefined
  if (rackdc) return rackdc.span
  const root = draft.yaml?.root
  const entry = entryOf(root, 'cluster_name') ?? root?.entries[0]
  if (entry) return entry.span
  const file = files[0] ?? { path: draft.name, text: '' }
  return spanOf(file, 0, 0)
}
