/** Settings of cassandra.yaml that decide about keyspace statements, as the nodes of a cluster have them; unknown where they differ. */
import { entryOf } from '../syntax/yaml-tree.ts'
import { type Fact, known, unknown } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Cluster } from './cluster.ts'

export interface KeyspaceSettings {
  /** `default_keyspace_rf`; 1 when nobody sets it. */
  readonly defaultFactor: Fact<number>
  readonly transientReplication: Fact<boolean>
  readonly minimumFactorFail: Fact<number>
  readonly maximumFactorFail: Fact<number>
  readonly simpleStrategyEnabled: Fact<boolean>
  /** A login is required. */
  readonly loginRequired: Fact<boolean>
}

/** The setting's text on every node of the cluster that has a cassandra.yaml: one text, undefined where unset, or unknown. */
function shared(cluster: Cluster | undefined, ...keys: readonly string[]): Fact<string | undefined> {
  if (!cluster) return unknown('no cluster is known')
  const texts = new Set<string | undefined>()
  for (const node of cluster.nodes) {
    if (!node.yaml?.root) return unknown(`no cassandra.yaml of ${node.name} is here`)
    const value = keys.map(key => entryOf(node.yaml!.root, key)?.value).find(found => found !== undefined)
    if (value && (value.kind !== 'scalar' || value.placeholder)) return unknown(`${keys[0]} is not a plain value`)
    if (!value && node.yaml.keysMayBeElsewhere) return unknown(`${keys[0]} may be set elsewhere`)
    texts.add(value?.text)
  }
  if (texts.size !== 1) return unknown(`${keys[0]} differs between nodes`)
  return known([...texts][0])
}

function number(fact: Fact<string | undefined>, whenUnset: number): Fact<number> {
  if (fact.kind !== 'known') return fact
  if (fact.value === undefined || fact.value === '') return known(whenUnset)
  return /^-?\d+$/.test(fact.value) ? known(Number(fact.value)) : unknown('no number')
}

function truth(fact: Fact<string | undefined>, whenUnset: boolean): Fact<boolean> {
  if (fact.kind !== 'known') return fact
  if (fact.value === undefined || fact.value === '') return known(whenUnset)
  return known(/^(?:true|yes|on|y)$/i.test(fact.value))
}

/** Remembered by cluster: every keyspace asks. */
const settingsOfCluster = memo((cluster: Cluster) => readSettings(cluster))

export function keyspaceSettings(cluster: Cluster | undefined): KeyspaceSettings {
  return cluster ? settingsOfCluster(cluster) : readSettings(undefined)
}

function readSettings(cluster: Cluster | undefined): KeyspaceSettings {
  const authenticator = shared(cluster, 'authenticator')
  return {
    defaultFactor: cluster ? number(shared(cluster, 'default_keyspace_rf'), 1) : known(1),
    transientReplication: truth(shared(cluster, 'transient_replication_enabled', 'enable_transient_replication'), false),
    minimumFactorFail: number(shared(cluster, 'minimum_replication_factor_fail_threshold'), -1),
    maximumFactorFail: number(shared(cluster, 'maximum_replication_factor_fail_threshold'), -1),
    simpleStrategyEnabled: truth(shared(cluster, 'simplestrategy_enabled'), true),
    loginRequired:
      authenticator.kind === 'known'
        ? known(authenticator.value !== undefined && !/AllowAllAuthenticator$/.test(authenticator.value))
        : authenticator,
  }
}
