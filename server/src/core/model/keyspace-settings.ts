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

const number = (cluster: Cluster | undefined, name: string, whenAbsent: number) =>
  shared(cluster, name, node => numberInEachRelease(node, name, whenAbsent))
const truth = (cluster: Cluster | undefined, name: string, whenAbsent: boolean) =>
  shared(cluster, name, node => booleanInEachRelease(node, name, whenAbsent))

/** Remembered by cluster: every keyspace asks. */
const settingsOfCluster = memo((cluster: Cluster) => readSettings(cluster))

export function keyspaceSettings(cluster: Cluster | undefined): KeyspaceSettings {
  return cluster ? settingsOfCluster(cluster) : readSettings(undefined)
}

function readSettings(cluster: Cluster | undefined): KeyspaceSettings {
  return {
    defaultFactor: cluster ? number(cluster, 'default_keyspace_rf', 1) : known(1),
    transientReplication: truth(cluster, 'transient_replication_enabled', false),
    minimumFactorFail: number(cluster, 'minimum_replication_factor_fail_threshold', -1),
    maximumFactorFail: number(cluster, 'maximum_replication_factor_fail_threshold', -1),
    simpleStrategyEnabled: truth(cluster, 'simplestrategy_enabled', true),
    loginRequired: shared(cluster, 'authenticator', loginRequiredBy),
  }
}

const loginRequiredBy: (node: Node) => Fact<boolean> = memo(node => {
  const authenticator = classSetting(node.yaml, 'authenticator')
  if (authenticator.kind === 'unknown') return authenticator
  return known(authenticator.kind === 'known' && !/AllowAllAuthenticator$/.test(authenticator.value))
})
