/** Classes that the start constructs by name: bundled ones by their simple name or package, and what they demand of other settings. */
import { catalogueOf } from '../../catalog/settings-catalogue.ts'
import { isBean, isMap, unknownValue } from './loaded-value.ts'
import { isForeignClass } from './start-addresses.ts'
import type { StartConfig } from './start-config.ts'
import { conflict } from './start-guardrails.ts'
import type { StartRefusal } from './start-refusal.ts'

interface NamedClass {
  readonly setting: string
  readonly role: string
  readonly package: string
  /** The name must be written with its package. */
  readonly full?: boolean
  /** Stands in for the snitch from 6.0 on. */
  readonly newer?: true
  /** Bundled, yet made only from inside. */
  readonly never?: readonly string[]
}

const named: readonly NamedClass[] = [
  { setting: 'partitioner', role: 'IPartitioner', package: 'org.apache.cassandra.dht.', never: ['LocalPartitioner'] },
  {
    setting: 'endpoint_snitch',
    role: 'IEndpointSnitch',
    package: 'org.apache.cassandra.locator.',
    never: ['DynamicEndpointSnitch', 'SnitchAdapter'],
  },
  {
    setting: 'initial_location_provider',
    newer: true,
    role: 'InitialLocationProvider',
    package: 'org.apache.cassandra.locator.',
    never: ['SnitchAdapter'],
  },
  {
    setting: 'node_proximity',
    newer: true,
    role: 'NodeProximity',
    package: 'org.apache.cassandra.locator.',
    never: ['DynamicEndpointSnitch', 'SnitchAdapter'],
  },
  {
    setting: 'addresses_config',
    newer: true,
    role: 'NodeAddressConfig',
    package: 'org.apache.cassandra.locator.',
    never: ['SnitchAdapter'],
  },
  { setting: 'authenticator', role: 'IAuthenticator', package: 'org.apache.cassandra.auth.' },
  { setting: 'authorizer', role: 'IAuthorizer', package: 'org.apache.cassandra.auth.' },
  { setting: 'role_manager', role: 'IRoleManager', package: 'org.apache.cassandra.auth.' },
  { setting: 'network_authorizer', role: 'INetworkAuthorizer', package: 'org.apache.cassandra.auth.' },
  { setting: 'cidr_authorizer', role: 'ICIDRAuthorizer', package: 'org.apache.cassandra.auth.' },
  { setting: 'internode_authenticator', role: 'IInternodeAuthenticator', package: 'org.apache.cassandra.auth.', full: true },
  { setting: 'crypto_provider', role: 'AbstractCryptoProvider', package: 'org.apache.cassandra.security.' },
]

/** The class that a setting names: the text itself, or `class_name` of its block. Null: not set. Undefined: unknown. */
export function classNameOf(config: StartConfig, setting: string): string | null | undefined {
  const found = config.get(setting)
  if (!found) return undefined
  if (typeof found.value === 'string') return found.value
  if (found.value === null) return null
  if (!isBean(found.value)) return undefined
  const name = found.value.fields.get('class_name')?.value
  if (name === undefined || name === null) return null
  return typeof name === 'string' ? name : undefined
}

/** By its simple name when it is Cassandra's own; a foreign one keeps its package. */
export function simpleName(name: string): string {
  return name.startsWith('org.apache.cassandra.') ? name.slice(name.lastIndexOf('.') + 1) : name
}

export function* classRefusals(config: StartConfig): Iterable<StartRefusal> {
  for (const one of named) {
    if (!config.has(one.setting)) continue
    // Beside a snitch the newer three are not looked at.
    if (one.newer && config.get('endpoint_snitch')?.value !== null) continue
    const name = classNameOf(config, one.setting)
    if (typeof name !== 'string') continue
    const full = one.full === true && config.line !== '5.0' && config.line !== '6.0'
    if (isBundled(config, one, name, full)) continue
    if (isForeignClass(name)) continue
    const bundled = bundledOf(config, one).map(simple => (full ? one.package + simple : simple))
    yield {
      kind: 'unknown-class',
      check: one.setting,
      settings: [config.nameOf(one.setting)],
      at: config.placeOf(`${one.setting}.class_name`, one.setting),
      found: name,
      wanted: bundled.join(', '),
    }
  }
  yield* backPressure(config)
  yield* requestScheduler(config)
}

function bundledOf(config: StartConfig, one: NamedClass): readonly string[] {
  return (catalogueOf(config.line).bundled[one.role] ?? []).filter(name => !one.never?.includes(name))
}

function isBundled(config: StartConfig, one: NamedClass, name: string, full: boolean): boolean {
  const bundled = bundledOf(config, one)
  if (name.startsWith(one.package)) return bundled.includes(name.slice(one.package.length))
  return !full && bundled.includes(name)
}

function* backPressure(config: StartConfig): Iterable<StartRefusal> {
  if (config.line !== '3.11') return
  const name = classNameOf(config, 'back_pressure_strategy')
  const own = 'org.apache.cassandra.net.RateBasedBackPressure'
  if (typeof name === 'string' && name !== own && !isForeignClass(name))
    yield {
      kind: 'unknown-class',
      check: 'back_pressure_strategy',
      settings: ['back_pressure_strategy'],
      at: config.placeOf('back_pressure_strategy'),
      found: name,
      wanted: own,
    }
  if (typeof name === 'string' && name !== own) return
  const timeout = config.amount('write_request_timeout')
  if (typeof timeout === 'number' && timeout < 10)
    yield {
      kind: 'out-of-range',
      check: 'write_request_timeout',
      settings: [config.nameOf('write_request_timeout')],
      at: config.placeOf('write_request_timeout'),
      found: String(timeout),
      wanted: 'at least 10 ms',
      nearest: '10',
    }
  const value = config.get('back_pressure_strategy')?.value
  if (!isBean(value)) return
  const parameters = value.fields.get('parameters')?.value
  if (parameters === undefined || parameters === unknownValue) return
  const texts = isMap(parameters) ? new Map([...parameters.entries].map(([key, text]) => [key, String(text)])) : new Map<string, string>()
  const ratio = Number(texts.get('high_ratio') ?? Number.NaN)
  const factor = texts.get('factor') ?? ''
  const flow = (texts.get('flow') ?? '').trim().toUpperCase()
  if (texts.size !== 3 || !(ratio > 0 && ratio <= 1) || !/^\s*\+?[1-9]\d*\s*$/.test(factor) || (flow !== 'FAST' && flow !== 'SLOW'))
    yield {
      kind: 'bad-value',
      check: 'back_pressure_strategy',
      settings: ['back_pressure_strategy'],
      at: config.placeOf('back_pressure_strategy'),
      wanted: 'high_ratio above 0 up to 1, factor from 1, flow FAST or SLOW',
    }
}

function* requestScheduler(config: StartConfig): Iterable<StartRefusal> {
  if (config.line !== '3.11') return
  const name = config.text('request_scheduler')
  if (typeof name !== 'string' || isForeignClass(name)) return
  const own = ['org.apache.cassandra.scheduler.NoScheduler', 'org.apache.cassandra.scheduler.RoundRobinScheduler']
  if (!own.includes(name))
    yield {
      kind: 'unknown-class',
      check: 'request_scheduler',
      settings: ['request_scheduler'],
      at: config.placeOf('request_scheduler'),
      found: name,
      wanted: own.join(', '),
    }
}

/** Authenticators that let everybody in, and authorizers that enforce nothing. */
const permissive = new Set([
  'AllowAllAuthenticator',
  'AllowAllAuthorizer',
  'AllowAllNetworkAuthorizer',
  'AllowAllCIDRAuthorizer',
  'AllowAllInternodeAuthenticator',
])

export function* authenticationRefusals(config: StartConfig): Iterable<StartRefusal> {
  const authenticator = classNameOf(config, 'authenticator')
  if (authenticator === undefined) return
  const name = simpleName(authenticator ?? 'AllowAllAuthenticator')
  const open = name === 'AllowAllAuthenticator'
  for (const setting of ['authorizer', 'network_authorizer', 'cidr_authorizer']) {
    if (!open || !config.has(setting)) continue
    const authorizer = classNameOf(config, setting)
    if (typeof authorizer !== 'string' || isForeignClass(authorizer) || permissive.has(simpleName(authorizer))) continue
    if (!bundledNames(config).has(simpleName(authorizer))) continue
    yield conflict(config, 'authorizer-without-login', [setting, 'authenticator'], { found: simpleName(authorizer) })
  }
  const roles = classNameOf(config, 'role_manager')
  if (/^(?:Password|MutualTlsWithPasswordFallback)Authenticator$/.test(name) && typeof roles === 'string' && isForeignClass(roles))
    yield conflict(config, 'password-without-role-manager', ['role_manager', 'authenticator'], { found: roles })
  if (config.line === '5.0' || config.line === '6.0') yield* mutualTls(config, name)
}

function bundledNames(config: StartConfig): ReadonlySet<string> {
  return new Set(['IAuthorizer', 'INetworkAuthorizer', 'ICIDRAuthorizer'].flatMap(role => catalogueOf(config.line).bundled[role] ?? []))
}

function* mutualTls(config: StartConfig, name: string): Iterable<StartRefusal> {
  if (!/^MutualTls(?:WithPasswordFallback)?Authenticator$/.test(name)) return
  const value = config.get('authenticator')?.value
  const parameters = isBean(value) ? value.fields.get('parameters')?.value : null
  if (parameters === unknownValue) return
  const validator = isMap(parameters) ? parameters.entries.get('validator_class_name') : undefined
  if (validator === undefined || validator === '') {
    yield {
      kind: 'missing',
      check: 'validator_class_name',
      settings: ['authenticator.parameters.validator_class_name'],
      at: config.placeOf('authenticator'),
    }
    return
  }
  const enabled = config.flag('client_encryption_options.enabled')
  const required = config.get('client_encryption_options.require_client_auth')?.value
  const demands = required === true || (typeof required === 'string' && required.toLowerCase() === 'true')
  const optional = typeof required === 'string' && required.toLowerCase() === 'optional'
  if (enabled === undefined || required === undefined) return
  if (enabled !== true || !(demands || (config.line === '6.0' && optional)))
    yield conflict(config, 'mutual-tls-without-tls', ['authenticator', 'client_encryption_options'])
}
