/** What an operator reads for each reason to refuse a keyspace statement, and what would be taken (table 3.6 of the rule catalogue). */
import { keyspacePropertiesOf, longestKeyspaceName, usableStrategies } from '../../catalog/cql-replication.ts'
import type { ReleaseLine } from '../../catalog/release.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import { datacenterNames } from '../../model/keyspace-situation.ts'
import type { Refusal, RefusalKind } from '../../model/keyspace-verdict.ts'
import type { CqlKeyspaceStatement } from '../../syntax/cql-file.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { spanOf, textAt } from '../../text/span.ts'
import type { Fix } from '../rule.ts'
import { networkTopologyMap, sayRelease } from './replication-words.ts'

/** Rows that other rules report, or that only the running server knows. */
export const reportedElsewhere: ReadonlySet<RefusalKind> = new Set(['unknown-datacenter'])

export function refusalMessage({ kind, what, of }: Refusal, keyspace: Keyspace, statement: CqlKeyspaceStatement): string {
  const { name } = keyspace
  const { line } = keyspace.release
  const server = sayRelease(keyspace.release)
  const verb = statement.kind === 'create-keyspace' ? 'CREATE KEYSPACE' : 'ALTER KEYSPACE'
  switch (kind) {
    case 'no-replication':
      return `Cassandra refuses this statement: keyspace ${name} has no \`replication\`. Say which datacenters keep how many copies.`
    case 'replication-not-a-map':
      return `Cassandra refuses \`replication = ${what}\`: it must be a map such as ${networkTopologyMap([['dc1', 3]])}.`
    case 'no-class':
      return `Cassandra refuses this replication: it has no 'class'${what ? `; '${what}' is another key, case counts` : ''}. Write 'class': 'NetworkTopologyStrategy'.`
    case 'strategy':
      return `${server} refuses the strategy "${what}": ${strategyReason(what, of)}. Write NetworkTopologyStrategy.`
    case 'bad-factor':
      return `Cassandra refuses "${what}" as the number of copies of ${of}: it must be a whole number, not negative${/\//.test(what) ? ', or (4.0+) total/transient with fewer transient than total' : ''}.`
    case 'simple-without-factor':
      return `${server} refuses SimpleStrategy without 'replication_factor': nothing says how many copies ${name} keeps.`
    case 'simple-with-option':
      return `Cassandra refuses '${what}' with SimpleStrategy, which only takes 'replication_factor'. To place copies by datacenter write NetworkTopologyStrategy.`
    case 'factor-option-in-network-topology':
      return `${server} refuses 'replication_factor' with NetworkTopologyStrategy: it wants a factor for each datacenter by name. (4.0 and later expand it.)`
    case 'no-datacenter':
      return `${server} refuses this replication: no datacenter of it keeps a copy of ${name}. Name at least one with a factor above 0.`
    case 'transient-off':
      return `Cassandra refuses "${what}" for ${of}: transient replication is switched off in cassandra.yaml.`
    case 'transient-with-vnodes':
      return `Cassandra refuses "${what}" for ${of}: transient replication works only with num_tokens 1.`
    case 'unknown-property':
      return `Cassandra refuses the property \`${what}\` of a keyspace; it takes ${keyspacePropertiesOf(line).join(' and ')}.${/^strategy_/.test(what) ? ' This is how Cassandra 1.1 wrote replication.' : ''}`
    case 'bad-durable-writes':
      return `${server} refuses \`durable_writes = ${what}\`; write true or false.`
    case 'bad-fast-path':
      return `${server} refuses \`fast_path = ${what}\`; write 'simple'.`
    case 'bad-name':
      return what.length > longestKeyspaceName
        ? `Cassandra refuses the keyspace name "${what}": it has ${what.length} characters, ${longestKeyspaceName} are the most.`
        : `Cassandra refuses the keyspace name "${what}": only letters, digits and underscores can be in it.`
    case 'system-keyspace':
      return `Cassandra refuses ${verb} ${what}: this keyspace is its own and cannot be changed.`
    case 'already-exists':
      return `Cassandra refuses this statement: keyspace ${what} exists already. Use ALTER KEYSPACE, or IF NOT EXISTS.`
    case 'does-not-exist':
      return `Cassandra refuses this statement: ${server} has no keyspace ${what}.`
    case 'system-auth-without-datacenter':
      return `${server} refuses to leave ${what} without copies of system_auth: it has nodes, and every datacenter with nodes must be named.`
    case 'below-minimum-factor':
      return `Cassandra refuses ${what} copies of ${name}: minimum_replication_factor_fail_threshold is ${of}.`
    case 'above-maximum-factor':
      return `Cassandra refuses ${what} copies of ${name}: maximum_replication_factor_fail_threshold is ${of}.`
    case 'simple-strategy-off':
      return `Cassandra refuses SimpleStrategy for ${name}: simplestrategy_enabled is false in cassandra.yaml.`
    default:
      return `Cassandra refuses this statement (${what}).`
  }
}

function strategyReason(what: string, fate: string | undefined): string {
  if (fate === 'internal') return 'it is for internal use'
  if (fate === 'removed') return 'it was removed in 4.0'
  if (fate === 'cluster-metadata') return 'it is only for the metadata of the cluster'
  if (fate === 'no-strategy') return 'this class is no replication strategy'
  if (/^EverywhereStrategy$/.test(what)) return 'only DataStax Enterprise has it'
  return 'there is no such class, and case counts'
}

/** Edits that make the server take the statement, where there is one likely reading. */
export function refusalFixes({ kind, what, at }: Refusal, keyspace: Keyspace, line: ReleaseLine): readonly Fix[] {
  switch (kind) {
    case 'strategy': {
      const short = what.slice(what.lastIndexOf('.') + 1)
      const name = nearestName(short, usableStrategies) ?? usableStrategies.find(usable => usable.toLowerCase() === short.toLowerCase())
      return name ? [{ title: `Write ${name}`, safe: false, edits: [{ at, newText: `'${name}'` }] }] : []
    }
    case 'unknown-property': {
      const name = nearestName(what, keyspacePropertiesOf(line))
      return name ? [{ title: `Write ${name}`, safe: false, edits: [{ at, newText: name }] }] : []
    }
    case 'bad-durable-writes':
      return [{ title: 'Write true', safe: false, edits: [{ at, newText: 'true' }] }]
    case 'no-class': {
      if (!what) return []
      const text = textAt(at)
      const key = text.indexOf(`'${what}'`)
      if (key < 0) return []
      const place = spanOf(at.file, at.start + key, at.start + key + what.length + 2)
      return [{ title: "Write 'class'", safe: true, edits: [{ at: place, newText: "'class'" }] }]
    }
    case 'factor-option-in-network-topology': {
      const names = datacenterNames(keyspace)
      if (names.length === 0) return []
      const text = at.file.text
      const entry = /^'[^']*'\s*:\s*'?[^,'}\s]*'?/.exec(text.slice(at.start, at.start + 200))
      if (!entry) return []
      const newText = names.map(name => `'${name}': ${what}`).join(', ')
      return [
        {
          title: `Name the datacenters: ${names.join(', ')}`,
          safe: true,
          edits: [{ at: spanOf(at.file, at.start, at.start + entry[0].length), newText }],
        },
      ]
    }
    default:
      return []
  }
}
