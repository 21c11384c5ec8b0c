/** What a rule is: one object that holds the condition, its words, its remedy, its sources and its examples. */
import type { ReleaseLine } from '../catalog/release.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Datacenter } from '../model/datacenter.ts'
import type { FileSubject } from '../model/file-subject.ts'
import type { Keyspace } from '../model/keyspace.ts'
import type { Mesh } from '../model/mesh.ts'
import type { Node } from '../model/node.ts'
import type { Span } from '../text/span.ts'
import type { TextEdit } from '../text/text-edit.ts'

export type Severity = 'error' | 'warning' | 'info' | 'hint'

export type Effect =
  | 'refuses'
  | 'never-works'
  | 'loses-data'
  | 'breaks-promise'
  | 'breaks-later'
  | 'exposes'
  | 'costs'
  | 'informs'
  | 'tidies'

/** The severity follows from the effect; nothing else decides it. */
export const severityOf: { readonly [E in Effect]: Severity } = {
  refuses: 'error',
  'never-works': 'error',
  'loses-data': 'error',
  'breaks-promise': 'error',
  'breaks-later': 'warning',
  exposes: 'warning',
  costs: 'info',
  informs: 'info',
  tidies: 'hint',
}

/** `proven`: the real program does it. `advice`: a source says so; never an error. */
export type Certainty = 'proven' | 'advice'

/** What `check` is shown, and all it is shown. A rule reports only on its subject. `change` compares two revisions and comes later. */
export interface Subjects {
  readonly file: FileSubject
  readonly node: Node
  readonly datacenter: Datacenter
  readonly cluster: Cluster
  readonly keyspace: Keyspace
  readonly mesh: Mesh
}
export type Scope = keyof Subjects

/**
 * `kind:name` of a thing a report is about: `node:db1`, `datacenter:dc1`, `keyspace:shop`, `pair:db1/db2` (names sorted), `setting:num_tokens`,
 * `prefix:10.0.0.0/24`. Suppressions by entity and the precedence of rules go by them.
 */
export type EntityKey =
  `${'node' | 'datacenter' | 'rack' | 'cluster' | 'keyspace' | 'table' | 'pair' | 'peer' | 'setting' | 'prefix' | 'file' | 'workload' | 'line'}:${string}`

export interface RelatedPlace {
  readonly at: Span
  readonly message: string
}

export interface Fix {
  /** Imperative, in the operator's words: `Write 10s`. */
  readonly title: string
  /** Safe: applied by `--fix`, never changes what a running cluster does beyond what the finding says. */
  readonly safe: boolean
  readonly edits: readonly TextEdit[]
}

export interface Report {
  readonly at: Span
  /** What, why it matters, what to do; in the operator's words. Never a secret. One or two sentences. */
  readonly message: string
  /** Needed where a rule has several effects; else the rule's only one. */
  readonly effect?: Effect
  /** Where it differs from the rule's own. */
  readonly certainty?: Certainty
  readonly see?: readonly RelatedPlace[]
  readonly about?: readonly EntityKey[]
  /** Lazy: built when somebody asks. */
  readonly fixes?: () => readonly Fix[]
}

export interface Rule<S extends Scope> {
  /** `group/pattern`, kebab-case; names what is wrong; never reused. */
  readonly id: string
  readonly scope: S
  readonly effects: readonly [Effect, ...Effect[]]
  readonly certainty: Certainty
  readonly releases: 'all' | readonly ReleaseLine[]
  /** Reads as "allow …": `datacenter with a single seed`. */
  readonly title: string
  readonly why: string
  readonly remedy: string
  /** Public sources: class names of Cassandra, documentation, measurements. Never empty. */
  readonly sources: readonly [string, ...string[]]
  /** A fixture (test/fixture.ts) that gives at least one finding of this rule; also the documentation's example. */
  readonly bad: string
  /** A fixture that gives none of this rule. */
  readonly good: string
  check(subject: Subjects[S]): Iterable<Report>
}
export type AnyRule = { [S in Scope]: Rule<S> }[Scope]

/** Checks a rule's shape where it is written; returns it as it is. */
export function rule<S extends Scope>(definition: Rule<S>): Rule<S> {
  return definition
}
