/** A WireGuard mesh: which file is which host's end, which peers meet, and the networks that it carries. Built by build-mesh.ts. */
import type { IpAddress, IpPrefix } from '../analysis/ip-network.ts'
import type { ParsedWireGuard, WireGuardEndpoint, WireGuardPeer, WrittenPrefix } from '../syntax/wireguard-file.ts'
import type { Span } from '../text/span.ts'
import type { Declared } from './declared.ts'
import type { Node } from './node.ts'

/** A machine: a Cassandra node, or one that only has WireGuard files (a gateway, a laptop). */
export interface MeshHost {
  /** The node's name; else from folder, file name or address. Unique in the mesh. */
  readonly name: string
  readonly node: Node | undefined
  /** Its interfaces, in path order. */
  readonly ends: readonly MeshEnd[]
}

/** One interface: a file and what it makes of its host. */
export interface MeshEnd {
  readonly file: ParsedWireGuard
  /** The Cassandra node whose end it is. */
  readonly node: Node | undefined
  readonly host: MeshHost
  /** `wg0`, from the file's name. */
  readonly interfaceName: string
  /** The public half of its PrivateKey; undefined when the file does not tell it. */
  readonly publicKey: string | undefined
  /** Addresses of the interface, also those that hooks add with ip(8). */
  readonly addresses: readonly OwnAddress[]
  readonly peers: readonly MeshPeer[]
  /** Addresses at which this host is dialled, by address in one spelling: carried by its files or declared. */
  readonly underlayAddresses: ReadonlySet<string>
  /** Where a finding about the whole file is put. */
  readonly span: Span
}

export interface OwnAddress {
  readonly address: IpAddress
  /** The network that becomes a connected route. */
  readonly network: IpPrefix
  readonly written: WrittenPrefix | undefined
  readonly span: Span
}

/** A [Peer] block in its place: for whom it is, and the block there that is for us. */
export interface MeshPeer {
  readonly end: MeshEnd
  readonly peer: WireGuardPeer
  /** Whose end it is for; undefined when no file here is. */
  readonly to: MeshEnd | undefined
  /** `key`: by the public half of a private key. `likely`: by address or name, where keys do not tell. */
  readonly by: 'key' | 'likely' | undefined
  /** The block in `to`'s file that has our key; undefined when there is none. */
  readonly back: MeshPeer | undefined
  /** AllowedIPs after masking that this peer keeps: of equal prefixes in a file the last peer wins. */
  readonly prefixes: readonly { readonly prefix: IpPrefix; readonly written: WrittenPrefix; readonly lost: boolean }[]
  readonly endpoint: WireGuardEndpoint | undefined
}

/** Two ends whose files list each other by key. */
export interface MeshTunnel {
  readonly a: MeshPeer
  readonly b: MeshPeer
}

export interface Mesh {
  readonly ends: readonly MeshEnd[]
  readonly hosts: readonly MeshHost[]
  readonly tunnels: readonly MeshTunnel[]
  /** Blocks and the end that they were surely meant for, though they carry another key. */
  readonly misdirected: readonly { readonly from: MeshPeer; readonly meant: MeshEnd; readonly why: 'address' | 'private-key' }[]
  /** Ends by public key; several when a private key was copied. */
  readonly endsByKey: ReadonlyMap<string, readonly MeshEnd[]>
  /** Networks of all interface addresses, without single addresses and link-local ones. */
  readonly tunnelNetworks: readonly IpPrefix[]
  readonly declared: Declared
}
