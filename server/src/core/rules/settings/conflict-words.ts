/** What each start-up conflict is, in words. `a` and `b` are the settings as the file calls them. */
import type { StartRefusal } from '../../model/settings/start-refusal.ts'
import { quoted } from './setting-words.ts'

type Words = (a: string, b: string, refusal: StartRefusal) => string

const found = (refusal: StartRefusal): string => quoted(refusal.settings[0] ?? '', refusal.found ?? '')

const words: { readonly [check: string]: Words } = {
  'periodic-without-period': a => `\`commitlog_sync: periodic\` needs a \`${a}\` above 0.`,
  'periodic-with-batch-window': a => `\`${a}\` belongs to batch mode and cannot stand beside \`commitlog_sync: periodic\`.`,
  'batch-without-window': a => `\`commitlog_sync: batch\` needs \`${a}\` above 0 in this release.`,
  'batch-with-period': a => `\`${a}\` belongs to periodic mode and cannot stand beside \`commitlog_sync: batch\`.`,
  'group-without-window': a => `\`commitlog_sync: group\` needs a \`${a}\` above 0.`,
  'group-with-period': a => `\`${a}\` belongs to periodic mode and cannot stand beside \`commitlog_sync: group\`.`,
  'mutation-larger-than-half-segment': (a, b) => `\`${a}\` may be at most half of \`${b}\`.`,
  'commitlog-access-with-compression': (a, _b, r) =>
    `\`${a}: ${r.found}\` does not go with a compressed or encrypted commit log; write auto.`,
  'commitlog-access-standard': (a, _b, r) => `\`${a}: ${r.found}\` works only with a compressed or encrypted commit log; write auto.`,
  'direct-write-buffer': (a, b) => `\`${a}\` must be more than 0 while \`${b}\` is direct.`,
  'same-directory': (a, b, r) => `\`${a}\` and \`${b}\` are the same folder, ${found(r)}.`,
  'tokens-without-count': (a, b, r) => `\`${a}\` lists ${r.found} tokens, but \`${b}\` is not set.`,
  'token-count-differs': (a, b, r) => `\`${a}\` lists ${r.found} ${r.found === '1' ? 'token' : 'tokens'}, \`${b}\` says ${r.wanted}.`,
  'address-and-interface': (a, b) => `Only one of \`${b}\` and \`${a}\` may be set.`,
  'wildcard-address': (a, _b, r) => `\`${a}\` cannot be ${found(r)}: other nodes and clients must be able to dial it.`,
  'wildcard-rpc-address': (a, b, r) => `\`${a}: ${r.found}\` needs a \`${b}\` that clients can dial.`,
  'tls-port-without-tls': a => `\`${a}\` needs TLS for clients, and \`client_encryption_options\` switches it off.`,
  'legacy-tls-port-without-tls': () => 'The legacy TLS storage port needs TLS between nodes, and `internode_encryption` is none.',
  'factory-repeats-option': (a, _b, r) =>
    `${found(r)} is an option of the block itself and cannot stand among \`${a.split('.').slice(0, 2).join('.')}.parameters\`.`,
  'authorizer-without-login': (a, b, r) => `\`${a}: ${r.found}\` needs a login, and \`${b}\` lets everybody in.`,
  'password-without-role-manager': (a, b) => `\`${b}: PasswordAuthenticator\` needs CassandraRoleManager as \`${a}\`.`,
  'mutual-tls-without-tls': a =>
    `\`${a}\` checks certificates of clients: \`client_encryption_options\` must have enabled and require_client_auth true.`,
  'validations-above-compactors': (a, b, r) => `\`${a}\` is ${r.found}, but \`${b}\` only ${r.wanted}.`,
  'hsha-without-limit': (_a, b) => `\`rpc_server_type: hsha\` needs a limit in \`${b}\`.`,
  'function-timeouts': (a, b) => `\`${a}\` must not be shorter than \`${b}\`.`,
  'function-threads-off': (a, b) => `Functions may run without threads of their own (\`${a}: false\`) only with \`${b}: true\`.`,
  'scripted-functions': a => `5.0 removed functions in JavaScript; \`${a}\` must be false.`,
  'message-larger-than-reserve': (a, b) => `\`${a}\` must not exceed \`${b}\`.`,
  'message-larger-than-flight': (a, b) => `\`${a}\` must not exceed \`${b}\`.`,
  'backoff-order': (a, b) => `\`${a}\` must be less than \`${b}\`.`,
  'heap-dump-without-path': (a, b) => `\`${a}\` needs \`${b}\` or the JVM flag -XX:HeapDumpPath.`,
  'bti-in-compatibility-mode': (a, b) => `\`${a}: bti\` cannot be written while \`${b}\` is CASSANDRA_4.`,
  'gc-thresholds': (a, b) => `\`${a}\` must be more than \`${b}\`.`,
  'jmx-twice': a => `\`${a}\` and the JMX flags of cassandra-env.sh cannot both be set.`,
  'snitch-and-locator': (a, b) => `\`${a}\` and \`${b}\` with node_proximity say the same thing twice; keep one way.`,
  'guardrail-order': (a, b, r) => `\`${a}\` (${r.found}) must not be below \`${b}\` (${r.wanted}).`,
  'guardrail-minimum-order': (a, b, r) => `\`${a}\` (${r.found}) must not be above \`${b}\` (${r.wanted}).`,
  'rf-below-minimum': (a, b) => `\`${a}\` must not be above \`${b}\`.`,
  'rf-above-maximum': (a, b) => `\`${a}\` must not be below \`${b}\`.`,
  'write-threshold-below-tracked': (a, b) => `\`${a}\` must not be below \`${b}\`.`,
}

export function conflictWords(refusal: StartRefusal): string {
  const [a = '', b = ''] = refusal.settings
  const say = Object.hasOwn(words, refusal.check) ? words[refusal.check] : undefined
  return say ? say(a, b, refusal) : `\`${refusal.settings.join('`, `')}\` cannot stand together.`
}

/** Every conflict that has words: for the page and its test. */
export const conflictChecks: readonly string[] = Object.keys(words)
