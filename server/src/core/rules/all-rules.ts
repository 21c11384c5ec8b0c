/** The one list of rules, sorted by id. A rule that is not here does not exist; a test compares it with the files. */
import failureDataInOneRack from './failure/data-in-one-rack.ts'
import failureLostWithOneDatacenter from './failure/lost-with-one-datacenter.ts'
import failureLostWithOneRack from './failure/lost-with-one-rack.ts'
import hintsGcGraceBelowWindow from './hints/gc-grace-below-window.ts'
import identityClusterNameDiffers from './identity/cluster-name-differs.ts'
import identityDuplicateAddress from './identity/duplicate-address.ts'
import identityLoopbackInCluster from './identity/loopback-in-cluster.ts'
import identityPartitionerDiffers from './identity/partitioner-differs.ts'
import identityStockClusterName from './identity/stock-cluster-name.ts'
import jvmCompressedOopsLost from './jvm/compressed-oops-lost.ts'
import jvmDangerousPropertyLeft from './jvm/dangerous-property-left.ts'
import jvmHeapBeyondMemory from './jvm/heap-beyond-memory.ts'
import jvmIgnoredOption from './jvm/ignored-option.ts'
import jvmLargeHeap from './jvm/large-heap.ts'
import jvmReplaceAddressLeft from './jvm/replace-address-left.ts'
import jvmStartupRefused from './jvm/startup-refused.ts'
import repairRemovedTableOption from './repair/removed-table-option.ts'
import replicationDatacenterLeftOut from './replication/datacenter-left-out.ts'
import replicationDurableWritesOff from './replication/durable-writes-off.ts'
import replicationFactorExceedsNodes from './replication/factor-exceeds-nodes.ts'
import replicationImplicitFactor from './replication/implicit-factor.ts'
import replicationSimpleStrategy from './replication/simple-strategy.ts'
import replicationSingleCopy from './replication/single-copy.ts'
import replicationStatementRefused from './replication/statement-refused.ts'
import replicationSystemKeyspaceNotPerDatacenter from './replication/system-keyspace-not-per-datacenter.ts'
import replicationUnevenFactors from './replication/uneven-factors.ts'
import replicationUnknownDatacenter from './replication/unknown-datacenter.ts'
import replicationZeroFactor from './replication/zero-factor.ts'
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
import snitchAddressOverridden from './snitch/address-overridden.ts'
import snitchDiffers from './snitch/differs.ts'
import snitchFileIgnored from './snitch/file-ignored.ts'
import snitchMissingDcOrRack from './snitch/missing-dc-or-rack.ts'
import snitchNotGossiping from './snitch/not-gossiping.ts'
import snitchRackdcValueIgnored from './snitch/rackdc-value-ignored.ts'
import snitchSimpleInMultiDatacenter from './snitch/simple-in-multi-datacenter.ts'
import snitchTopologyEntry from './snitch/topology-entry.ts'
import suppressionsExpired from './suppressions/expired.ts'
import suppressionsNeedless from './suppressions/needless.ts'
import suppressionsUnknownRule from './suppressions/unknown-rule.ts'
import suppressionsWithoutReason from './suppressions/without-reason.ts'
import syntaxCqlConsistencyClause from './syntax/cql-consistency-clause.ts'
import syntaxCqlUnreadable from './syntax/cql-unreadable.ts'
import syntaxForetellUnreadable from './syntax/foretell-unreadable.ts'
import syntaxPropertiesTrailingComment from './syntax/properties-trailing-comment.ts'
import topologyAsymmetricDatacenters from './topology/asymmetric-datacenters.ts'
import topologyAvailabilityZoneAsDatacenter from './topology/availability-zone-as-datacenter.ts'
import topologyNamesNearlyEqual from './topology/names-nearly-equal.ts'
import topologyRacksFewerThanFactor from './topology/racks-fewer-than-factor.ts'
import topologySingleRack from './topology/single-rack.ts'
import topologyUnevenRacks from './topology/uneven-racks.ts'
import topologyUnusableName from './topology/unusable-name.ts'

export const allRules: readonly AnyRule[] = [
  failureDataInOneRack,
  failureLostWithOneDatacenter,
  failureLostWithOneRack,
  hintsGcGraceBelowWindow,
  identityClusterNameDiffers,
  identityDuplicateAddress,
  identityLoopbackInCluster,
  identityPartitionerDiffers,
  identityStockClusterName,
  jvmCompressedOopsLost,
  jvmDangerousPropertyLeft,
  jvmHeapBeyondMemory,
  jvmIgnoredOption,
  jvmLargeHeap,
  jvmReplaceAddressLeft,
  jvmStartupRefused,
  repairRemovedTableOption,
  replicationDatacenterLeftOut,
  replicationDurableWritesOff,
  replicationFactorExceedsNodes,
  replicationImplicitFactor,
  replicationSimpleStrategy,
  replicationSingleCopy,
  replicationStatementRefused,
  replicationSystemKeyspaceNotPerDatacenter,
  replicationUnevenFactors,
  replicationUnknownDatacenter,
  replicationZeroFactor,
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
  snitchAddressOverridden,
  snitchDiffers,
  snitchFileIgnored,
  snitchMissingDcOrRack,
  snitchNotGossiping,
  snitchRackdcValueIgnored,
  snitchSimpleInMultiDatacenter,
  snitchTopologyEntry,
  suppressionsExpired,
  suppressionsNeedless,
  suppressionsUnknownRule,
  suppressionsWithoutReason,
  syntaxCqlConsistencyClause,
  syntaxCqlUnreadable,
  syntaxForetellUnreadable,
  syntaxPropertiesTrailingComment,
  topologyAsymmetricDatacenters,
  topologyAvailabilityZoneAsDatacenter,
  topologyNamesNearlyEqual,
  topologyRacksFewerThanFactor,
  topologySingleRack,
  topologyUnevenRacks,
  topologyUnusableName,
]
