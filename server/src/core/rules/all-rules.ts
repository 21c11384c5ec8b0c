/** The one list of rules, sorted by id. A rule that is not here does not exist; a test compares it with the files. */
import identityClusterNameDiffers from './identity/cluster-name-differs.ts'
import identityDuplicateAddress from './identity/duplicate-address.ts'
import identityLoopbackInCluster from './identity/loopback-in-cluster.ts'
import identityPartitionerDiffers from './identity/partitioner-differs.ts'
import identityStockClusterName from './identity/stock-cluster-name.ts'
import type { AnyRule } from './rule.ts'
import seedsAutoBootstrapOff from './seeds/auto-bootstrap-off.ts'
import seedsDatacenterWithoutSeed from './seeds/datacenter-without-seed.ts'
import seedsEmptyEntry from './seeds/empty-entry.ts'
import seedsEveryNodeASeed from './seeds/every-node-a-seed.ts'
import seedsIslands from './seeds/islands.ts'
import seedsListsDiffer from './seeds/lists-differ.ts'
import seedsNotTheBroadcastAddress from './seeds/not-the-broadcast-address.ts'
import seedsPortMismatch from './seeds/port-mismatch.ts'
import seedsSeedIsNoNode from './seeds/seed-is-no-node.ts'
import seedsSeedsShareARack from './seeds/seeds-share-a-rack.ts'
import seedsTooFew from './seeds/too-few.ts'
import suppressionsExpired from './suppressions/expired.ts'
import suppressionsNeedless from './suppressions/needless.ts'
import suppressionsUnknownRule from './suppressions/unknown-rule.ts'
import suppressionsWithoutReason from './suppressions/without-reason.ts'
import syntaxForetellUnreadable from './syntax/foretell-unreadable.ts'

export const allRules: readonly AnyRule[] = [
  identityClusterNameDiffers,
  identityDuplicateAddress,
  identityLoopbackInCluster,
  identityPartitionerDiffers,
  identityStockClusterName,
  seedsAutoBootstrapOff,
  seedsDatacenterWithoutSeed,
  seedsEmptyEntry,
  seedsEveryNodeASeed,
  seedsIslands,
  seedsListsDiffer,
  seedsNotTheBroadcastAddress,
  seedsPortMismatch,
  seedsSeedIsNoNode,
  seedsSeedsShareARack,
  seedsTooFew,
  suppressionsExpired,
  suppressionsNeedless,
  suppressionsUnknownRule,
  suppressionsWithoutReason,
  syntaxForetellUnreadable,
]
