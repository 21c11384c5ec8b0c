/** TLS of clients and nodes, its factories, and encryption at rest, as far as the start-up validation looks at them. */
import { atLeast } from '../../catalog/release.ts'
import { isBean, isMap } from './loaded-value.ts'
import { isForeignClass } from './start-addresses.ts'
import type { StartConfig } from './start-config.ts'
import { conflict } from './start-guardrails.ts'
import type { StartRefusal } from './start-refusal.ts'

export function* encryptionRefusals(config: StartConfig): Iterable<StartRefusal> {
  if (config.has('native_transport_port_ssl')) {
    const tls = config.amount('native_transport_port_ssl')
    const plain = config.amount('native_transport_port')
    if (typeof tls === 'number' && typeof plain === 'number' && tls !== plain && isUnencrypted(config, 'client_encryption_options'))
      yield conflict(config, 'tls-port-without-tls', ['native_transport_port_ssl', 'client_encryption_options'])
  }
  const legacy =
    config.flag('server_encryption_options.legacy_ssl_storage_port_enabled') ??
    config.flag('server_encryption_options.enable_legacy_ssl_storage_port')
  if (atLeast(config.line, '4.0') && legacy === true && isUnencrypted(config, 'server_encryption_options'))
    yield conflict(config, 'legacy-tls-port-without-tls', ['server_encryption_options'])
  for (const name of ['client_encryption_options', 'server_encryption_options'])
    if (atLeast(config.line, '4.1')) yield* contextFactory(config, name)
  if (config.line === '6.0')
    for (const name of ['client_encryption_options', 'server_encryption_options']) yield* clientAuthentication(config, name)
  const encryption = config.get('transparent_data_encryption_options')
  if (
    encryption?.field &&
    isBean(encryption.value) &&
    config.flag('transparent_data_encryption_options.enabled') === true &&
    config.get('transparent_data_encryption_options.key_provider')?.value === null
  )
    yield {
      kind: 'missing',
      check: 'key_provider',
      settings: ['transparent_data_encryption_options.key_provider'],
      at: config.placeOf('transparent_data_encryption_options'),
    }
}

/** TLS is surely off. Where `optional` is not said it depends on whether the keystore file exists: the release's own path is taken to be absent. */
function isUnencrypted(config: StartConfig, name: string): boolean {
  const value = config.get(name)
  if (!value) return false
  if (value.value === null) return false
  if (config.line === '3.11') return config.flag(`${name}.enabled`) === false
  const isServer = name === 'server_encryption_options'
  const mode = isServer ? config.text(`${name}.internode_encryption`) : undefined
  if (isServer ? mode !== 'none' : enabledOf(config, name) !== false) return false
  const optional = config.line === '4.0' ? optionalAsWritten(config, name) : config.flag(`${name}.optional`)
  if (optional === undefined) return false
  if (optional !== null) return optional === false
  return !config.isSet(`${name}.keystore`) || config.text(`${name}.keystore`) === 'conf/.keystore'
}
function enabledOf(config: StartConfig, name: string): boolean | undefined {
  const flag = config.flag(`${name}.enabled`)
  return flag === null ? false : flag
}
/** 4.0 keeps it as a plain boolean: only what the file says counts. */
function optionalAsWritten(config: StartConfig, name: string): boolean | null | undefined {
  return config.isSet(`${name}.optional`) ? config.flag(`${name}.optional`) : null
}

/** From 6.0 on `require_client_auth` is a word. */
function* clientAuthentication(config: StartConfig, name: string): Iterable<StartRefusal> {
  const word = config.text(`${name}.require_client_auth`)
  if (typeof word === 'string' && !['true', 'false', 'optional', 'required', 'not_required'].includes(word.toLowerCase()))
    yield {
      kind: 'bad-value',
      check: 'require_client_auth',
      settings: [`${name}.require_client_auth`],
      at: config.placeOf(`${name}.require_client_auth`),
      found: word,
      wanted: 'true, false or optional',
    }
}

/** Options that must stand in the block itself, not among the parameters of its factory. */
const encryptionKeys = [
  'keystore',
  'keystore_password',
  'outbound_keystore',
  'outbound_keystore_password',
  'truststore',
  'truststore_password',
  'cipher_suites',
  'protocol',
  'accepted_protocols',
  'algorithm',
  'store_type',
  'require_client_auth',
  'require_endpoint_verification',
  'enabled',
  'optional',
]
const encryptionKeys60 = [
  'keystore_password_file',
  'outbound_keystore_password_file',
  'truststore_password_file',
  'max_certificate_validity_period',
  'certificate_validity_warn_threshold',
]

function* contextFactory(config: StartConfig, name: string): Iterable<StartRefusal> {
  const factory = config.get(`${name}.ssl_context_factory`)
  if (!factory?.field || !isBean(factory.value)) return
  const at = config.placeOf(`${name}.ssl_context_factory`)
  const parameters = factory.value.fields.get('parameters')?.value
  const keys =
    config.line === '6.0'
      ? [...encryptionKeys, ...encryptionKeys60]
      : config.line === '4.1'
        ? encryptionKeys.filter(key => !key.startsWith('outbound'))
        : encryptionKeys
  if (isMap(parameters)) {
    const repeated = [...parameters.entries.keys()].find(key => keys.includes(key.toLowerCase()))
    if (repeated !== undefined)
      yield {
        kind: 'conflict',
        check: 'factory-repeats-option',
        settings: [`${name}.ssl_context_factory.parameters.${repeated}`],
        at,
        found: repeated,
      }
  }
  const className = factory.value.fields.get('class_name')?.value
  if (className === null || className === undefined)
    yield { kind: 'missing', check: 'ssl_context_factory', settings: [`${name}.ssl_context_factory.class_name`], at }
  else if (
    typeof className === 'string' &&
    !isForeignClass(className) &&
    !/^(?:org\.apache\.cassandra\.security\.)?(?:DefaultSslContextFactory|DisableSslContextFactory|PEMBasedSslContextFactory)$/.test(
      className,
    )
  )
    yield {
      kind: 'unknown-class',
      check: 'ssl_context_factory',
      settings: [`${name}.ssl_context_factory.class_name`],
      at,
      found: className,
      wanted: 'DefaultSslContextFactory, PEMBasedSslContextFactory',
    }
}
