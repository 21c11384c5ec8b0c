/** Settings of cassandra.yaml that decide about keyspace statements, as the nodes of a cluster have them; unknown where they differ. */
import { type Fact, known, knownValue, unknown } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Cluster } from './cluster.ts'
import { classSetting } from './identity-settings.ts'
import type { Node } from './node.ts'
import { booleanInEachRelease, numberInEachRelease } from './settings/in-each-release.ts'

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

/** The fact on every node of the cluster where it is the same everywhere, else unknown. */
function shared<T>(cluster: Cluster | undefined, name: string, factOf: (node: Node) => Fact<T>): Fact<T> {
  if (!cluster) return unknown('no cluster is known')
  let agreed: Fact<T> | undefined
  for (const node of cluster.nodes) {
    if (!node.yaml?.root) return unknown(`no cassandra.yaml of ${node.name} is here`)
    const fact = factOf(node)
    if (fact.kind === 'unknown') return fact
    if (agreed && knownValue(agreed) !== knownValue(fact)) return unknown(`${name} differs between nodes`)
    agreed ??= fact
  }
  return agreed ?? unknown('no node is known')
}

const settingsOfNode: (node: Node) => KeyspaceSettings = memo(node => ({
  defaultFactor: numberInEachRelease(node, 'default_keyspace_rf', 1),
  transientReplication: booleanInEachRelease(node, 'transient_replication_enabled', false),
  minimumFactorFail: numberInEachRelease(node, 'minimum_replication_factor_fail_threshold', -1),
  maximumFactorFail: numberInEachRelease(node, 'maximum_replication_factor_fail_threshold', -1),
  simpleStrategyEnabled: booleanInEachRelease(node, 'simplestrategy_enabled', true),
  loginRequired: loginRequiredBy(classSetting(node.yaml, 'authenticator')),
}))

/** Remembered by cluster: every keyspace asks. */
const settingsOfCluster = memo((cluster: Cluster) => readSettings(cluster))

export function keyspaceSettings(cluster: Cluster | undefined): KeyspaceSettings {
  return cluster ? settingsOfCluster(cluster) : readSettings(undefined)
}

function readSettings(cluster: Cluster | undefined): KeyspaceSettings {
  return {
    defaultFactor: cluster ? shared(cluster, 'default_keyspace_rf', node => settingsOfNode(node).defaultFactor) : known(1),
    transientReplication: shared(cluster, 'transient_replication_enabled', node => settingsOfNode(node).transientReplication),
    minimumFactorFail: shared(cluster, 'minimum_replication_factor_fail_threshold', node => settingsOfNode(node).minimumFactorFail),
    maximumFactorFail: shared(cluster, 'maximum_replication_factor_fail_threshold', node => settingsOfNode(node).maximumFactorFail),
    simpleStrategyEnabled: shared(cluster, 'simplestrategy_enabled', node => settingsOfNode(node).simpleStrategyEnabled),
    loginRequired: shared(cluster, 'authenticator', node => settingsOfNode(node).loginRequired),
  }
}

function loginRequiredBy(authenticator: Fact<string>): Fact<boolean> {
  if (authenticator.kind === 'unknown') return authenticator
  return known(authenticator.kind === 'known' && !/AllowAllAuthenticator$/.test(authenticator.value))
}
