/** A WireGuard .conf as wg-quick and wg read it, with places. Key material never leaves the parser: only a place stays. */
import type { Fact } from '../text/fact.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { Span } from '../text/span.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** Keys that wg reads itself. */
export type WgKey =
  | 'PrivateKey'
  | 'ListenPort'
  | 'FwMark'
  | 'PublicKey'
  | 'PresharedKey'
  | 'AllowedIPs'
  | 'Endpoint'
  | 'PersistentKeepalive'
/** Keys that wg-quick takes out of [Interface] before wg sees the rest. */
export type WgQuickKey = 'Address' | 'DNS' | 'MTU' | 'Table' | 'PreUp' | 'PostUp' | 'PreDown' | 'PostDown' | 'SaveConfig'
export type WireGuardKey = WgKey | WgQuickKey

/** Where a line stands, as wg sees it. */
export type WireGuardSection = 'none' | 'interface' | 'peer' | 'other'

/** A line that sets one of the known keys, whether its value is good or not. */
export interface WireGuardSetting {
  readonly key: WireGuardKey
  readonly section: WireGuardSection
  readonly keySpan: Span
  /** Empty, behind the equals sign, when there is no value. */
  readonly valueSpan: Span
  /** From the key to the end of the value, without indent and comment. */
  readonly lineSpan: Span
  /** As the tool reads it: wg without any white space, wg-quick trimmed. Always empty for a PrivateKey or a PresharedKey. */
  readonly value: string
  /** No value at all, also for secrets. */
  readonly empty: boolean
  /** The value holds a placeholder. */
  readonly placeholder: boolean
}

/** An address as bits; IPv4 has 32, IPv6 128. */
export interface IpBits {
  readonly family: 4 | 6
  readonly bits: bigint
}

/** A prefix: the address as written (host bits kept) and its length. */
export interface WrittenPrefix extends IpBits {
  readonly length: number
  /** As written, without white space. */
  readonly text: string
  /** A mask was written; without one wg takes /32 or /128. */
  readonly hasLength: boolean
  /** `+` or `-` before it: only from tools 1.0.20250521 on. */
  readonly sign: '+' | '-' | undefined
  readonly span: Span
}

export interface WireGuardEndpoint {
  /** The host as written, without brackets. */
  readonly host: string
  /** The literal address that wg reads; undefined for a name. */
  readonly address: IpBits | undefined
  /** What stands there: `short-ipv4` are inet_aton forms such as `192.0.2`, `010` or `0x7f.1`; `any` is `*`, read as loopback. */
  readonly form: 'ipv4' | 'short-ipv4' | 'ipv6' | 'bare-ipv6' | 'name' | 'any'
  /** What wg uses: truncated to 16 bits. */
  readonly port: number
  readonly portText: string
  readonly portKind: 'number' | 'service' | 'any'
  readonly span: Span
  readonly hostSpan: Span
  readonly portSpan: Span
}

/** A key whose text stays in the file. */
export interface SecretPlace {
  readonly span: Span
  /** All zero: wg takes it for "none". */
  readonly zero: boolean
}

export interface WireGuardPeer {
  /** The header `[Peer]`. */
  readonly header: Span
  /** From the header to the end of the last line that belongs to it. */
  readonly block: Span
  /** Base64; the last one counts. */
  readonly publicKey: Fact<string>
  readonly publicKeySpan: Span | undefined
  readonly presharedKey: Fact<SecretPlace>
  /** Those that wg can read, in order. */
  readonly allowedIps: readonly WrittenPrefix[]
  /** A placeholder or an unreadable entry stands among them: "is not covered" is unknown. */
  readonly allowedIpsUnknown: boolean
  readonly endpoint: Fact<WireGuardEndpoint>
  /** Seconds; 0 is off. */
  readonly keepalive: Fact<number>
  /** From a comment before the header, on it or just below it. */
  readonly name: string | undefined
  readonly settings: readonly WireGuardSetting[]
}

export interface WireGuardHook {
  readonly key: 'PreUp' | 'PostUp' | 'PreDown' | 'PostDown'
  /** As tools before 1.0.20260223 run it: cut at the first `#`. */
  readonly command: string
  /** As newer tools run it. */
  readonly wholeCommand: string
  readonly setting: WireGuardSetting
}

/** All [Interface] sections together, as the tools merge them. */
export interface WireGuardInterface {
  /** The headers, in order; a second one merges into the first. */
  readonly headers: readonly Span[]
  /** End of the last line of the first section: where a new line goes. */
  readonly insertAt: Span
  readonly privateKey: Fact<SecretPlace>
  /** What wg uses, truncated to 16 bits; 0 is random. */
  readonly listenPort: Fact<number>
  readonly fwMark: Fact<number>
  /** Addresses with their prefixes, as ip(8) reads them. */
  readonly addresses: readonly WrittenPrefix[]
  /** A placeholder or an unreadable entry stands among them. */
  readonly addressesUnknown: boolean
  /** Entries that ip(8) refuses when the interface comes up. */
  readonly refusedAddresses: readonly { readonly text: string; readonly span: Span }[]
  readonly dns: readonly { readonly value: string; readonly isAddress: boolean; readonly span: Span }[]
  /** Absent when not set or set to nothing; unknown when no number or a placeholder. */
  readonly mtu: Fact<number>
  /** `off`, `auto`, a number or a name; absent when not set or empty. */
  readonly table: Fact<string>
  readonly saveConfig: Fact<boolean>
  readonly hooks: readonly WireGuardHook[]
  readonly settings: readonly WireGuardSetting[]
}

/** Why the tools refuse a line or a value. What it means and what to do are the rules' matter. */
export type WireGuardRefusalKind =
  | 'unknown-section'
  | 'no-section'
  | 'unknown-key'
  | 'other-section'
  | 'spaced-section'
  | 'spaced-key'
  | 'no-equals'
  | 'empty-value'
  | 'wrong-comment'
  | 'invisible-character'
  | 'peer-without-public-key'
  | 'key-format'
  | 'listen-port'
  | 'fwmark'
  | 'keepalive'
  | 'endpoint-without-port'
  | 'endpoint-without-bracket'
  | 'endpoint-host'
  | 'endpoint-port'
  | 'allowed-address'
  | 'allowed-length'
  | 'allowed-sign'
  | 'save-config'
  | 'merge-conflict'

export interface WireGuardRefusal {
  readonly kind: WireGuardRefusalKind
  readonly span: Span
  /** Of `wg-quick strip` (a bad SaveConfig), else of `wg setconf`. */
  readonly by: 'wg-quick' | 'wg'
  /** The key of the line as the tools read it, or the section's or line's own word; never a secret. */
  readonly word: string
  /** The value as read; missing for secrets. */
  readonly value?: string
  /** Accepted from these tools on. */
  readonly acceptedFrom?: string
}

/** What wg says and goes on: so far only host bits in AllowedIPs. */
export interface WireGuardWarning {
  readonly kind: 'host-bits'
  readonly prefix: WrittenPrefix
}

export interface ParsedWireGuard {
  readonly kind: 'wireguard'
  readonly file: SourceFile
  /** By suffix, control structures or a placeholder in Address: stands for an unknown number of nodes. */
  readonly template: boolean
  /** Loops, includes or whole-line expressions: "is absent" and "stands twice" are unknown. */
  readonly linesMayBeElsewhere: boolean
  readonly interface: WireGuardInterface
  readonly peers: readonly WireGuardPeer[]
  /** Every setting in file order. */
  readonly settings: readonly WireGuardSetting[]
  /** Every header in file order. */
  readonly headers: readonly { readonly section: WireGuardSection; readonly span: Span; readonly readByWgQuick: boolean }[]
  /** In the order in which the tools meet them; they stop at the first. */
  readonly refusals: readonly WireGuardRefusal[]
  readonly warnings: readonly WireGuardWarning[]
  /** Lines of more than 4,096 characters. */
  readonly longLines: readonly { readonly span: Span; readonly key: WireGuardKey | undefined }[]
  /** Private and preshared keys in comments. */
  readonly commentedKeys: readonly Span[]
  readonly problems: readonly SyntaxProblem[]
}

export { parseWireGuard } from './wireguard-parser.ts'
export { looksLikeWireGuard } from './wireguard-recognition.ts'
