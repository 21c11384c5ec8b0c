/** What foretell.yaml declares: facts that no other file says. All optional; durations in milliseconds, sizes in bytes. */
import type { Release } from '../catalog/release.ts'
import type { SyntaxProblem } from '../syntax/syntax-problem.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { Located, Span } from '../text/span.ts'

export interface DeclaredNode {
  /** Globs of its files, relative to the folder of foretell.yaml. */
  readonly files?: readonly string[]
  readonly address?: Located<string>
  readonly memoryBytes?: number
  readonly cores?: number
  readonly java?: number
  readonly volumes?: Readonly<Record<string, string>>
  /** Path of a token file, relative to foretell.yaml. */
  readonly tokens?: string
  readonly gateway?: boolean
  readonly state?: 'new' | 'joining'
  readonly datacenter?: Located<string>
  readonly rack?: Located<string>
  readonly cluster?: string
  readonly release?: Release
  readonly wireguardTools?: string
  readonly span?: Span
}

export interface DeclaredDatacenter {
  readonly role?: 'operational' | 'analytics' | 'search'
  readonly state?: 'new' | 'joining'
  readonly release?: Release
  readonly span: Span
}

export interface DeclaredWorkload {
  readonly keyspace: string
  readonly read?: string
  readonly write?: string
  readonly serial?: string
  readonly strong: boolean
  readonly clients: readonly string[]
  readonly failover: readonly string[]
  readonly span: Span
  /** Where the value of each key stands (`read`, `clients` …). */
  readonly places: ReadonlyMap<string, Span>
}

export interface DeclaredLink {
  readonly between: readonly [string, string]
  readonly roundTripMillis?: number
  readonly rateBitsPerSecond?: number
  readonly mtu?: number
  readonly span: Span
}

export interface DeclaredSuppression {
  readonly rule: string
  readonly entity?: string
  readonly until?: string
  readonly reason?: string
  readonly span: Span
}

/** foretell.yaml as read; `problems` are its own findings (`syntax/foretell-unreadable`). */
export interface Declared {
  readonly file: SourceFile | undefined
  readonly release?: Release
  readonly upgradeTo?: Release
  readonly java?: number
  readonly wireguardTools?: string
  readonly clusters: ReadonlyMap<string, { readonly release?: Release; readonly span: Span }>
  readonly datacenters: ReadonlyMap<string, DeclaredDatacenter>
  readonly nodes: ReadonlyMap<string, DeclaredNode>
  readonly layout: readonly string[]
  readonly exclude: readonly string[]
  readonly underlayMtu?: Located<number>
  readonly links: readonly DeclaredLink[]
  readonly workloads: readonly DeclaredWorkload[]
  readonly longestOutageMillis?: Located<number>
  readonly repairIntervalMillis?: Located<number>
  readonly repairWindows: ReadonlyMap<string, Located<string>>
  readonly assertions: readonly Located<string>[]
  /** Rule id → `off` or a severity. */
  readonly rules: ReadonlyMap<string, Located<string>>
  readonly suppress: readonly DeclaredSuppression[]
  readonly baseline?: string
  readonly problems: readonly SyntaxProblem[]
}
