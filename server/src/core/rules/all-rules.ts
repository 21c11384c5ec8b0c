/** The one list of rules, sorted by id. A rule that is not here does not exist; a test compares it with the files. */
import assertionsContradictsFiles from './assertions/contradicts-files.ts'
import assertionsFailed from './assertions/failed.ts'
import assertionsNamesNothing from './assertions/names-nothing.ts'
import assertionsUndecidable from './assertions/undecidable.ts'
import compactionThrottlePerCompactor from './compaction/throttle-per-compactor.ts'
import consistencyAnalyticsInThePath from './consistency/analytics-in-the-path.ts'
import consistencyLevelNeverMet from './consistency/level-never-met.ts'
import consistencyLevelRefused from './consistency/level-refused.ts'
import consistencyLocalSerialInTwoDatacenters from './consistency/local-serial-in-two-datacenters.ts'
import consistencyNonLocalLevel from './consistency/non-local-level.ts'
import consistencyReadMayMissWrite from './consistency/read-may-miss-write.ts'
import consistencyStaleAfterFailover from './consistency/stale-after-failover.ts'
import detectionConvictsDuringRekey from './detection/convicts-during-rekey.ts'
import detectionHastyPhi from './detection/hasty-phi.ts'
import diskCommitlogSharesVolume from './disk/commitlog-shares-volume.ts'
import diskFailuresIgnored from './disk/failures-ignored.ts'
import driftDiffersInCluster from './drift/differs-in-cluster.ts'
import driftDiffersInDatacenter from './drift/differs-in-datacenter.ts'
import driftFileMissing from './drift/file-missing.ts'
import failureDataInOneRack from './failure/data-in-one-rack.ts'
import failureLostWithOneDatacenter from './failure/lost-with-one-datacenter.ts'
import failureLostWithOneGateway from './failure/lost-with-one-gateway.ts'
import failureLostWithOneNode from './failure/lost-with-one-node.ts'
import failureLostWithOneRack from './failure/lost-with-one-rack.ts'
import failureLostWithOneTunnel from './failure/lost-with-one-tunnel.ts'
import hintsGcGraceBelowWindow from './hints/gc-grace-below-window.ts'
import hintsOutlivedByOutage from './hints/outlived-by-outage.ts'
import hintsSwitchedOff from './hints/switched-off.ts'
import hintsUnknownDatacenter from './hints/unknown-datacenter.ts'
import identityClusterNameDiffers from './identity/cluster-name-differs.ts'
import identityDuplicateAddress from './identity/duplicate-address.ts'
import identityLoopbackInCluster from './identity/loopback-in-cluster.ts'
import identityPartitionerDiffers from './identity/partitioner-differs.ts'
import identityPortCollision from './identity/port-collision.ts'
import identityStockClusterName from './identity/stock-cluster-name.ts'
import identityStoragePortDiffers from './identity/storage-port-differs.ts'
import jvmCompressedOopsLost from './jvm/compressed-oops-lost.ts'
import jvmDangerousPropertyLeft from './jvm/dangerous-property-left.ts'
import jvmHeapBeyondMemory from './jvm/heap-beyond-memory.ts'
import jvmIgnoredOption from './jvm/ignored-option.ts'
import jvmLargeHeap from './jvm/large-heap.ts'
import jvmReplaceAddressLeft from './jvm/replace-address-left.ts'
import jvmStartupRefused from './jvm/startup-refused.ts'
import meshAddressNotAllowed from './mesh/address-not-allowed.ts'
import meshDuplicateAddress from './mesh/duplicate-address.ts'
import meshEndpointOnNeitherSide from './mesh/endpoint-on-neither-side.ts'
import meshLeaksAroundTheTunnel from './mesh/leaks-around-the-tunnel.ts'
import meshMissingPair from './mesh/missing-pair.ts'
import meshNestedPrefix from './mesh/nested-prefix.ts'
import meshOneSidedPeer from './mesh/one-sided-peer.ts'
import meshPassiveSideCutOff from './mesh/passive-side-cut-off.ts'
import meshPrefixWithoutNode from './mesh/prefix-without-node.ts'
import meshPresharedKeyMismatch from './mesh/preshared-key-mismatch.ts'
import meshSharedPrivateKey from './mesh/shared-private-key.ts'
import meshSlowKeepalive from './mesh/slow-keepalive.ts'
import meshUnsummarisedPrefixes from './mesh/unsummarised-prefixes.ts'
import meshUnusableEndpoint from './mesh/unusable-endpoint.ts'
import meshWrongEndpointPort from './mesh/wrong-endpoint-port.ts'
import meshWrongPublicKey from './mesh/wrong-public-key.ts'
import migrationChangedDefault from './migration/changed-default.ts'
import migrationJudgedAsLaterRelease from './migration/judged-as-later-release.ts'
import migrationMixedVersions from './migration/mixed-versions.ts'
import migrationPathNotSupported from './migration/path-not-supported.ts'
import migrationRefusedAfterUpgrade from './migration/refused-after-upgrade.ts'
import migrationUnsupportedDistribution from './migration/unsupported-distribution.ts'
import migrationVersionContradicted from './migration/version-contradicted.ts'
import mtuAboveUnderlay from './mtu/above-underlay.ts'
import mtuClampTooLarge from './mtu/clamp-too-large.ts'
import mtuDiffers from './mtu/differs.ts'
import mtuLeftToChance from './mtu/left-to-chance.ts'
import mtuLosesIpv6 from './mtu/loses-ipv6.ts'
import reachAddressNotOnNode from './reach/address-not-on-node.ts'
import reachBypassesTunnel from './reach/bypasses-tunnel.ts'
import reachIpv6OnIpv4OnlyJava from './reach/ipv6-on-ipv4-only-java.ts'
import reachMissingPath from './reach/missing-path.ts'
import reachSeedNotCovered from './reach/seed-not-covered.ts'
import reachStoragePortBlocked from './reach/storage-port-blocked.ts'
import repairIntervalBeyondGcGrace from './repair/interval-beyond-gc-grace.ts'
import repairRemovedTableOption from './repair/removed-table-option.ts'
import repairWindowsOverlap from './repair/windows-overlap.ts'
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
import securityClientPlaintext from './security/client-plaintext.ts'
import securityCommittedKey from './security/committed-key.ts'
import securityInternodeEncryptionDiffers from './security/internode-encryption-differs.ts'
import securityInternodePlaintext from './security/internode-plaintext.ts'
import securityMutualTlsOff from './security/mutual-tls-off.ts'
import securityOpenJmx from './security/open-jmx.ts'
import securityOpenLogin from './security/open-login.ts'
import securityPlainPassword from './security/plain-password.ts'
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
import settingsDeprecatedKey from './settings/deprecated-key.ts'
import settingsKeyFromAnotherVersion from './settings/key-from-another-version.ts'
import settingsMissingKey from './settings/missing-key.ts'
import settingsNullValue from './settings/null-value.ts'
import settingsOldAndNewName from './settings/old-and-new-name.ts'
import settingsOutOfRange from './settings/out-of-range.ts'
import settingsRenamedKey from './settings/renamed-key.ts'
import settingsRepeatedKey from './settings/repeated-key.ts'
import settingsStartupConflict from './settings/startup-conflict.ts'
import settingsStartupNotice from './settings/startup-notice.ts'
import settingsUnknownKey from './settings/unknown-key.ts'
import settingsWrongType from './settings/wrong-type.ts'
import settingsWrongUnit from './settings/wrong-unit.ts'
import snitchAddressOverridden from './snitch/address-overridden.ts'
import snitchDiffers from './snitch/differs.ts'
import snitchFileIgnored from './snitch/file-ignored.ts'
import snitchMissingDcOrRack from './snitch/missing-dc-or-rack.ts'
import snitchNotGossiping from './snitch/not-gossiping.ts'
import snitchRackdcValueIgnored from './snitch/rackdc-value-ignored.ts'
import snitchSimpleInMultiDatacenter from './snitch/simple-in-multi-datacenter.ts'
import snitchTopologyEntry from './snitch/topology-entry.ts'
import streamingInterDcLimitWithoutEffect from './streaming/inter-dc-limit-without-effect.ts'
import suppressionsExpired from './suppressions/expired.ts'
import suppressionsNeedless from './suppressions/needless.ts'
import suppressionsUnknownRule from './suppressions/unknown-rule.ts'
import suppressionsWithoutReason from './suppressions/without-reason.ts'
import syntaxCqlConsistencyClause from './syntax/cql-consistency-clause.ts'
import syntaxCqlUnreadable from './syntax/cql-unreadable.ts'
import syntaxForetellUnreadable from './syntax/foretell-unreadable.ts'
import syntaxMergeConflict from './syntax/merge-conflict.ts'
import syntaxNumberReinterpreted from './syntax/number-reinterpreted.ts'
import syntaxPropertiesTrailingComment from './syntax/properties-trailing-comment.ts'
import syntaxYamlUnreadable from './syntax/yaml-unreadable.ts'
import timeoutsClockDependent from './timeouts/clock-dependent.ts'
import timeoutsShorterThanRoundTrip from './timeouts/shorter-than-round-trip.ts'
import tokensAllocationRefused from './tokens/allocation-refused.ts'
import tokensCountDiffers from './tokens/count-differs.ts'
import tokensInvalidToken from './tokens/invalid-token.ts'
import tokensManyTokens from './tokens/many-tokens.ts'
import tokensRandomTokens from './tokens/random-tokens.ts'
import tokensRepeatedToken from './tokens/repeated-token.ts'
import tokensUnevenOwnership from './tokens/uneven-ownership.ts'
import topologyAsymmetricDatacenters from './topology/asymmetric-datacenters.ts'
import topologyAvailabilityZoneAsDatacenter from './topology/availability-zone-as-datacenter.ts'
import topologyNamesNearlyEqual from './topology/names-nearly-equal.ts'
import topologyRacksFewerThanFactor from './topology/racks-fewer-than-factor.ts'
import topologySingleRack from './topology/single-rack.ts'
import topologyUnevenRacks from './topology/uneven-racks.ts'
import topologyUnusableName from './topology/unusable-name.ts'
import wireguardDeadKey from './wireguard/dead-key.ts'
import wireguardDefaultRoute from './wireguard/default-route.ts'
import wireguardIgnoredLine from './wireguard/ignored-line.ts'
import wireguardMisreadValue from './wireguard/misread-value.ts'
import wireguardMissingPrivateKey from './wireguard/missing-private-key.ts'
import wireguardNamedEndpoint from './wireguard/named-endpoint.ts'
import wireguardNeedsNewerTools from './wireguard/needs-newer-tools.ts'
import wireguardNeedsResolvconf from './wireguard/needs-resolvconf.ts'
import wireguardPeerIsSelf from './wireguard/peer-is-self.ts'
import wireguardPeerWithoutPrefix from './wireguard/peer-without-prefix.ts'
import wireguardRefusedLine from './wireguard/refused-line.ts'
import wireguardRefusedValue from './wireguard/refused-value.ts'
import wireguardRepeatedKey from './wireguard/repeated-key.ts'
import wireguardRepeatedPeer from './wireguard/repeated-peer.ts'
import wireguardRewrittenAtDown from './wireguard/rewritten-at-down.ts'
import wireguardSlowLine from './wireguard/slow-line.ts'
import wireguardStolenPrefix from './wireguard/stolen-prefix.ts'
import wireguardTruncatedPort from './wireguard/truncated-port.ts'

export const allRules: readonly AnyRule[] = [
  assertionsContradictsFiles,
  assertionsFailed,
  assertionsNamesNothing,
  assertionsUndecidable,
  compactionThrottlePerCompactor,
  consistencyAnalyticsInThePath,
  consistencyLevelNeverMet,
  consistencyLevelRefused,
  consistencyLocalSerialInTwoDatacenters,
  consistencyNonLocalLevel,
  consistencyReadMayMissWrite,
  consistencyStaleAfterFailover,
  detectionConvictsDuringRekey,
  detectionHastyPhi,
  diskCommitlogSharesVolume,
  diskFailuresIgnored,
  driftDiffersInCluster,
  driftDiffersInDatacenter,
  driftFileMissing,
  failureDataInOneRack,
  failureLostWithOneDatacenter,
  failureLostWithOneGateway,
  failureLostWithOneNode,
  failureLostWithOneRack,
  failureLostWithOneTunnel,
  hintsGcGraceBelowWindow,
  hintsOutlivedByOutage,
  hintsSwitchedOff,
  hintsUnknownDatacenter,
  identityClusterNameDiffers,
  identityDuplicateAddress,
  identityLoopbackInCluster,
  identityPartitionerDiffers,
  identityPortCollision,
  identityStockClusterName,
  identityStoragePortDiffers,
  jvmCompressedOopsLost,
  jvmDangerousPropertyLeft,
  jvmHeapBeyondMemory,
  jvmIgnoredOption,
  jvmLargeHeap,
  jvmReplaceAddressLeft,
  jvmStartupRefused,
  meshAddressNotAllowed,
  meshDuplicateAddress,
  meshEndpointOnNeitherSide,
  meshLeaksAroundTheTunnel,
  meshMissingPair,
  meshNestedPrefix,
  meshOneSidedPeer,
  meshPassiveSideCutOff,
  meshPrefixWithoutNode,
  meshPresharedKeyMismatch,
  meshSharedPrivateKey,
  meshSlowKeepalive,
  meshUnsummarisedPrefixes,
  meshUnusableEndpoint,
  meshWrongEndpointPort,
  meshWrongPublicKey,
  migrationChangedDefault,
  migrationJudgedAsLaterRelease,
  migrationMixedVersions,
  migrationPathNotSupported,
  migrationRefusedAfterUpgrade,
  migrationUnsupportedDistribution,
  migrationVersionContradicted,
  mtuAboveUnderlay,
  mtuClampTooLarge,
  mtuDiffers,
  mtuLeftToChance,
  mtuLosesIpv6,
  reachAddressNotOnNode,
  reachBypassesTunnel,
  reachIpv6OnIpv4OnlyJava,
  reachMissingPath,
  reachSeedNotCovered,
  reachStoragePortBlocked,
  repairIntervalBeyondGcGrace,
  repairRemovedTableOption,
  repairWindowsOverlap,
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
  securityClientPlaintext,
  securityCommittedKey,
  securityInternodeEncryptionDiffers,
  securityInternodePlaintext,
  securityMutualTlsOff,
  securityOpenJmx,
  securityOpenLogin,
  securityPlainPassword,
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
  settingsDeprecatedKey,
  settingsKeyFromAnotherVersion,
  settingsMissingKey,
  settingsNullValue,
  settingsOldAndNewName,
  settingsOutOfRange,
  settingsRenamedKey,
  settingsRepeatedKey,
  settingsStartupConflict,
  settingsStartupNotice,
  settingsUnknownKey,
  settingsWrongType,
  settingsWrongUnit,
  snitchAddressOverridden,
  snitchDiffers,
  snitchFileIgnored,
  snitchMissingDcOrRack,
  snitchNotGossiping,
  snitchRackdcValueIgnored,
  snitchSimpleInMultiDatacenter,
  snitchTopologyEntry,
  streamingInterDcLimitWithoutEffect,
  suppressionsExpired,
  suppressionsNeedless,
  suppressionsUnknownRule,
  suppressionsWithoutReason,
  syntaxCqlConsistencyClause,
  syntaxCqlUnreadable,
  syntaxForetellUnreadable,
  syntaxMergeConflict,
  syntaxNumberReinterpreted,
  syntaxPropertiesTrailingComment,
  syntaxYamlUnreadable,
  timeoutsClockDependent,
  timeoutsShorterThanRoundTrip,
  tokensAllocationRefused,
  tokensCountDiffers,
  tokensInvalidToken,
  tokensManyTokens,
  tokensRandomTokens,
  tokensRepeatedToken,
  tokensUnevenOwnership,
  topologyAsymmetricDatacenters,
  topologyAvailabilityZoneAsDatacenter,
  topologyNamesNearlyEqual,
  topologyRacksFewerThanFactor,
  topologySingleRack,
  topologyUnevenRacks,
  topologyUnusableName,
  wireguardDeadKey,
  wireguardDefaultRoute,
  wireguardIgnoredLine,
  wireguardMisreadValue,
  wireguardMissingPrivateKey,
  wireguardNamedEndpoint,
  wireguardNeedsNewerTools,
  wireguardNeedsResolvconf,
  wireguardPeerIsSelf,
  wireguardPeerWithoutPrefix,
  wireguardRefusedLine,
  wireguardRefusedValue,
  wireguardRepeatedKey,
  wireguardRepeatedPeer,
  wireguardRewrittenAtDown,
  wireguardSlowLine,
  wireguardStolenPrefix,
  wireguardTruncatedPort,
]
