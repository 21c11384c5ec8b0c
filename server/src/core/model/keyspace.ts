/** A keyspace as the last statement leaves it: replication as the release reads it, its tables' durability-relevant options. */
import type { Release } from '../catalog/release.ts'
import type { CqlKeyspaceStatement, CqlTableStatement } from '../syntax/cql-file.ts'
import type { Fact } from '../text/fact.ts'
import type { Located, Span } from '../text/span.ts'
import type { Cluster } from './cluster.ts'
import type { KeyspaceName } from './names.ts'

export interface ReplicationFactor {
  readonly total: number
  readonly transient: number
}

/** Replication as the statement states it; expansion over datacenters is a question to a cluster (replication-map.ts). */
export type Replication =
  | { readonly kind: 'simple'; readonly factor: Fact<ReplicationFactor>; readonly span: Span }
  | {
      readonly kind: 'network-topology'
      /** In the order written. */
      readonly factors: readonly { readonly datacenter: Located<string>; readonly factor: Fact<ReplicationFactor> }[]
      /** The `replication_factor` option: expands to the datacenters known when the statement runs (4.0+). */
      readonly otherDatacenters: Fact<ReplicationFactor>
      readonly span: Span
    }
  | { readonly kind: 'local'; readonly span: Span }
  | { readonly kind: 'unrecognised'; readonly className: string; readonly span: Span }

export interface Table {
  readonly name: Located<string>
  /** Seconds; the default of 864,000 when not set. */
  readonly gcGraceSeconds: Fact<number>
  /** Every option that was set, last wins; value as written. */
  readonly options: ReadonlyMap<string, Located<string>>
  /** CREATE and ALTER statements of it, in order. */
  readonly statements: readonly CqlTableStatement[]
}

/** A statement, and what was there when it ran. */
export interface RunStatement {
  readonly statement: CqlKeyspaceStatement
  /** Replication before it: `none` when the keyspace did not exist, undefined when that is unknown. */
  readonly before: Replication | 'none' | undefined
  /** The server takes it: syntax and meaning, as far as the file alone proves. A refused one changes nothing. */
  readonly applied: boolean
}

export interface Keyspace {
  readonly name: KeyspaceName
  readonly nameSpan: Span
  /** The statement that made the final replication. */
  readonly statement: Span
  readonly replication: Replication
  readonly durableWrites: Fact<boolean>
  readonly tables: readonly Table[]
  readonly isSystem: boolean
  /** Every CREATE and ALTER KEYSPACE that names it, in the order in which they run; refused ones too. */
  readonly statements: readonly RunStatement[]
  /** DROP KEYSPACE of one of Cassandra's own keyspaces, which the server refuses. */
  readonly refusedDrops: readonly Span[]
  /** Undefined when isolated or when no cluster is its own. */
  readonly cluster: Cluster | undefined
  readonly release: Release
}
