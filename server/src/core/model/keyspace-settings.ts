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

/** The fact where it is the same on all nodes, else unknown. */
function shared<T>(name: string, facts: readonly Fact<T>[]): Fact<T> {
  let agreed: Fact<T> | undefined
  for (const fact of facts) {
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

/** Alone, a statement is taken to run where default_keyspace_rf is 1, as it is shipped. */
const withoutCluster: KeyspaceSettings = { ...allUnknown('no cluster is known'), defaultFactor: known(1) }

/** Remembered by cluster: every keyspace asks. */
const settingsOfCluster = memo((cluster: Cluster) => readSettings(cluster))

export function keyspaceSettings(cluster: Cluster | undefined): KeyspaceSettings {
  return cluster ? settingsOfCluster(cluster) : withoutCluster
}

function readSettings(cluster: Cluster): KeyspaceSettings {
  const without = cluster.nodes.find(node => !node.yaml?.root)
  if (without) return allUnknown(`no cassandra.yaml of ${without.name} is here`)
  const own = cluster.nodes.map(settingsOfNode)
  return {
    defaultFactor: shared(
      'default_keyspace_rf',
      own.map(each => each.defaultFactor),
    ),
    transientReplication: shared(
      'transient_replication_enabled',
      own.map(each => each.transientReplication),
    ),
    minimumFactorFail: shared(
      'minimum_replication_factor_fail_threshold',
      own.map(each => each.minimumFactorFail),
    ),
    maximumFactorFail: shared(
      'maximum_replication_factor_fail_threshold',
      own.map(each => each.maximumFactorFail),
    ),
    simpleStrategyEnabled: shared(
      'simplestrategy_enabled',
      own.map(each => each.simpleStrategyEnabled),
    ),
    loginRequired: shared(
      'authenticator',
      own.map(each => each.loginRequired),
    ),
  }
}

function allUnknown(why: string): KeyspaceSettings {
  const fact = unknown(why)
  return {
    defaultFactor: fact,
    transientReplication: fact,
    minimumFactorFail: fact,
    maximumFactorFail: fact,
    simpleStrategyEnabled: fact,
    loginRequired: fact,
  }
}

function loginRequiredBy(authenticator: Fact<string>): Fact<boolean> {
  if (authenticator.kind === 'unknown') return authenticator
  return known(authenticator.kind === 'known' && !/AllowAllAuthenticator$/.test(authenticator.value))
}
