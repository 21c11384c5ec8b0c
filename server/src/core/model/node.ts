/** A node: everything its files say about it, with places. A template or a shared file stands for an unknown number of nodes and is not counted. */
import type { Release } from '../catalog/release.ts'
import type { ParsedEnvironmentScript, ParsedJvmOptions } from '../syntax/jvm-options.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import type { ParsedProperties } from '../syntax/properties.ts'
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import type { Fact } from '../text/fact.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { Located, Span } from '../text/span.ts'
import type { DeclaredNode } from './declared.ts'
import type { DatacenterName, NodeName, RackName } from './names.ts'

export interface SeedEntry {
  /** As written between the commas, trimmed; empty for an empty entry. */
  readonly text: string
  readonly host: string
  readonly port: number | undefined
  /** A literal address, normalised (see analysis of addresses); undefined for a host name. */
  readonly address: string | undefined
}

export interface Location {
  readonly datacenter: Fact<DatacenterName>
  readonly rack: Fact<RackName>
  /** What decided it, for messages. */
  readonly from: 'rackdc' | 'topology' | 'simple-snitch' | 'rack-inferring' | 'foretell' | 'compose' | 'unknown'
}

export interface Addresses {
  /** Normalised literal addresses. `absent`: not set. `unknown`: placeholder, host name, interface, or rewritten by a container's entry point. */
  readonly listen: Fact<string>
  readonly broadcast: Fact<string>
  /** broadcast_address, else listen_address. What other nodes dial. */
  readonly effectiveBroadcast: Fact<string>
  readonly rpc: Fact<string>
  readonly broadcastRpc: Fact<string>
}

export interface Node {
  readonly name: NodeName
  /** False for a template, or a shared file without hosts: stands for an unknown number of nodes. */
  readonly counted: boolean
  readonly release: Release
  /** May be shared by several nodes (the same parsed object). Missing when only rackdc or WireGuard files are there. */
  readonly yaml: ParsedCassandraYaml | undefined
  /** The yaml is another node's too. */
  readonly yamlIsShared: boolean
  readonly rackdc: ParsedProperties | undefined
  readonly topology: ParsedProperties | undefined
  readonly jvmOptions: readonly ParsedJvmOptions[]
  readonly environmentScript: ParsedEnvironmentScript | undefined
  readonly wireguard: readonly ParsedWireGuard[]
  readonly files: readonly SourceFile[]
  readonly location: Location
  readonly addresses: Addresses
  /** Addresses that other files may name this node by: cassandra addresses, WireGuard addresses, foretell.yaml; normalised. */
  readonly knownAs: readonly string[]
  readonly seeds: Fact<readonly Located<SeedEntry>[]>
  readonly clusterName: Fact<string>
  /** Simple class name: `GossipingPropertyFileSnitch`. */
  readonly snitch: Fact<string>
  readonly partitioner: Fact<string>
  /** Effective number of tokens; the release's default when absent. */
  readonly tokenCount: Fact<number>
  /** From initial_token or a token file. */
  readonly tokens: Fact<readonly bigint[]>
  readonly storagePort: Fact<number>
  /** A compose file above runs a Cassandra image: addresses and seeds of the yaml are rewritten at start. */
  readonly addressesRewritten: boolean
  readonly declared: DeclaredNode
  /** Where findings about the node as a whole are put: its cluster_name or first key, else its first file's start. */
  readonly span: Span
}
