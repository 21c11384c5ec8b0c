/** Addresses and seeds as the start-up validation resolves them: literals only; a host name is a matter of the machine and never judged. */
import { normaliseAddress } from '../../analysis/ip-network.ts'
import { isBean, isMap, type LoadedValue, unknownValue } from './loaded-value.ts'
import type { StartConfig } from './start-config.ts'
import { conflict } from './start-guardrails.ts'
import type { StartRefusal } from './start-refusal.ts'

/** `0.0.0.0`, `::`, and the short forms that Java reads alike (`0`, `0.0`). */
export function isWildcard(text: string): boolean {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  if (/^(?:0+)(?:\.0+){0,3}$/.test(bare)) return true
  if (!bare.includes(':')) return false
  const address = normaliseAddress(bare)
  return address === '::' || address === '0.0.0.0'
}

export function* addressRefusals(config: StartConfig): Iterable<StartRefusal> {
  for (const [address, network] of [
    ['listen_address', 'listen_interface'],
    ['rpc_address', 'rpc_interface'],
  ] as const)
    if (isGiven(config, address) && isGiven(config, network)) yield conflict(config, 'address-and-interface', [network, address])
  for (const name of ['listen_address', 'broadcast_address', 'broadcast_rpc_address']) {
    const text = config.text(name)
    if (typeof text === 'string' && isWildcard(text) && !(name === 'listen_address' && isGiven(config, 'listen_interface')))
      yield { kind: 'conflict', check: 'wildcard-address', settings: [name], at: config.placeOf(name), found: text }
  }
  const rpc = config.text('rpc_address')
  const broadcast = config.get('broadcast_rpc_address')
  if (typeof rpc === 'string' && isWildcard(rpc) && !isGiven(config, 'rpc_interface') && broadcast?.value === null)
    yield {
      kind: 'conflict',
      check: 'wildcard-rpc-address',
      settings: ['rpc_address', 'broadcast_rpc_address'],
      at: config.placeOf('rpc_address'),
      found: rpc,
    }
}

function isGiven(config: StartConfig, name: string): boolean {
  return typeof config.text(name) === 'string'
}

/** The seed provider: its class, and that some seed can be one. */
export function* seedRefusals(config: StartConfig): Iterable<StartRefusal> {
  const provider = config.get('seed_provider')
  if (!provider) return
  if (provider.value === null) {
    yield { kind: 'missing', check: 'seed_provider', settings: ['seed_provider'], at: config.placeOf('seed_provider') }
    return
  }
  if (!isBean(provider.value)) return
  const className = provider.value.fields.get('class_name')?.value
  const at = config.placeOf('seed_provider.class_name', 'seed_provider')
  if (className === null || className === undefined) {
    yield { kind: 'missing', check: 'seed_provider.class_name', settings: ['seed_provider.class_name'], at }
    return
  }
  if (className !== 'org.apache.cassandra.locator.SimpleSeedProvider') {
    if (typeof className === 'string' && !isForeignClass(className))
      yield {
        kind: 'unknown-class',
        check: 'seed_provider.class_name',
        settings: ['seed_provider.class_name'],
        at,
        found: className,
        nearest: 'org.apache.cassandra.locator.SimpleSeedProvider',
        wanted: 'the full name',
      }
    return
  }
  yield* seedsOf(config, provider.value.fields.get('parameters')?.value ?? null)
}

/** A class name with a package that is not Cassandra's: whether it is there is a matter of the class path. */
export function isForeignClass(name: string): boolean {
  return /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(name) && !name.startsWith('org.apache.cassandra.')
}

function* seedsOf(config: StartConfig, parameters: LoadedValue): Iterable<StartRefusal> {
  if (parameters === unknownValue || config.yaml.keysMayBeElsewhere) return
  const newer = config.line === '5.0' || config.line === '6.0'
  const at = config.placeOf('seed_provider.parameters.seeds', 'seed_provider')
  const seeds = isMap(parameters) ? parameters.entries.get('seeds') : undefined
  if (seeds === unknownValue) return
  if (seeds === undefined || seeds === null) {
    if (!newer) yield { kind: 'missing', check: 'seeds', settings: ['seed_provider.parameters.seeds'], at }
    return
  }
  if (typeof seeds !== 'string') {
    yield {
      kind: 'bad-value',
      check: 'seeds-type',
      settings: ['seed_provider.parameters.seeds'],
      at,
      wanted: 'one text, its addresses separated by commas',
    }
    return
  }
  const entries = seeds.split(',').map(entry => entry.trim())
  const old = config.line === '3.11'
  let possible = 0
  for (const entry of entries) {
    if (entry === '') {
      if (old) possible++
      continue
    }
    const verdict = old ? resolvable(entry) : seedWithPort(entry)
    if (verdict === 'bad-port') {
      yield {
        kind: 'bad-value',
        check: 'seed-port',
        settings: ['seed_provider.parameters.seeds'],
        at,
        found: entry,
        wanted: 'host or host:port with a port up to 65535',
      }
      return
    }
    if (verdict !== 'never') possible++
  }
  if (possible === 0) yield { kind: 'missing', check: 'no-seed', settings: ['seed_provider.parameters.seeds'], at, found: seeds }
}

/** Whether a host could resolve: a colon makes it an IPv6 literal, and a wrong one never resolves. */
function resolvable(host: string): 'yes' | 'never' {
  if (!host.includes(':')) return 'yes'
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  return normaliseAddress(bare) ? 'yes' : 'never'
}

/** `host`, `host:port`, `[v6]`, `[v6]:port`, bare IPv6, as Guava's HostAndPort takes them. */
function seedWithPort(entry: string): 'yes' | 'never' | 'bad-port' {
  if (entry.startsWith('[')) {
    const match = /^\[(.*:.*)\](?::(.*))?$/.exec(entry)
    if (!match) return 'bad-port'
    return isPort(match[2]) ? resolvable(match[1]!) : 'bad-port'
  }
  const colon = entry.indexOf(':')
  if (colon >= 0 && entry.indexOf(':', colon + 1) < 0) {
    const port = entry.slice(colon + 1)
    return isPort(port) ? 'yes' : 'bad-port'
  }
  return resolvable(entry)
}
function isPort(text: string | undefined): boolean {
  return text === undefined || text === '' || (/^\d{1,10}$/.test(text) && Number(text) <= 65535)
}
