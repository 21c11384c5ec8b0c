/** Schema files run in the order of their names: what keyspaces and tables they leave, and which statement made each. */
import { defaultGcGraceSeconds, falseWords, systemKeyspaceOf, trueWords } from '../catalog/cql-replication.ts'
import type { Release } from '../catalog/release.ts'
import type {
  CqlConstant,
  CqlDropOrUse,
  CqlKeyspaceStatement,
  CqlName,
  CqlStatement,
  CqlTableStatement,
  ParsedCql,
} from '../syntax/cql-file.ts'
import { type Fact, known, unknown } from '../text/fact.ts'
import { baseName } from '../text/source-file.ts'
import { type Located, located, type Span, textAt } from '../text/span.ts'
import type { Cluster } from './cluster.ts'
import type { Keyspace, Replication, RunStatement, Table } from './keyspace.ts'
import { keyspaceSettings } from './keyspace-settings.ts'
import { statementStands } from './keyspace-verdict.ts'
import { keyspaceName } from './names.ts'
import { propertyOf, readReplication, settleReplication } from './replication-map.ts'

interface Draft {
  readonly name: CqlName
  replication: Replication | undefined
  /** The statement that made the replication, else the first one; and where it names the keyspace. */
  statement: Span
  nameSpan: Span
  durableWrites: Fact<boolean>
  exists: boolean
  readonly statements: RunStatement[]
  readonly refusedDrops: Span[]
  readonly tables: Map<string, TableDraft>
}

function newDraft(name: CqlName, statement: Span): Draft {
  return {
    name,
    replication: undefined,
    statement,
    nameSpan: name.span,
    durableWrites: known(true),
    exists: true,
    statements: [],
    refusedDrops: [],
    tables: new Map(),
  }
}

interface TableDraft {
  readonly name: Located<string>
  readonly statements: CqlTableStatement[]
  readonly options: Map<string, Located<string>>
}

/** Files that undo: they are no part of the sequence that leads to the schema. */
const undoing = /(?:^|[._-])(?:down|rollback|undo|teardown|drop|cleanup|clean|destroy|delete)(?:[._-]|$)/i

const naturally = (a: string, b: string): number => {
  const pattern = /\d+|\D+/g
  const left = a.match(pattern) ?? []
  const right = b.match(pattern) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const one = left[i]!
    const other = right[i]!
    if (one === other) continue
    if (/^\d/.test(one) && /^\d/.test(other) && Number(one) !== Number(other)) return Number(one) - Number(other)
    return one < other ? -1 : 1
  }
  return left.length - right.length
}

/** Schema files as they run: by path, numbers as numbers (V2 before V10); files that undo are left out when others are there. */
export function inRunningOrder(files: readonly ParsedCql[]): readonly ParsedCql[] {
  const doing = files.filter(({ file }) => !undoing.test(baseName(file.path)))
  return [...(doing.length > 0 ? doing : files)].sort((a, b) => naturally(a.file.path, b.file.path))
}

/** Names of datacenters that a file's keyspaces put copies in. */
export function datacentersNamedIn(parsed: ParsedCql): readonly string[] {
  const names = new Set<string>()
  for (const statement of parsed.statements) {
    if (statement.kind !== 'create-keyspace' && statement.kind !== 'alter-keyspace') continue
    const replication = readReplication(propertyOf(statement.properties, 'replication'), '4.0')
    if (replication?.kind !== 'network-topology') continue
    for (const { datacenter, factor } of replication.factors)
      if (factor.kind === 'known' && factor.value.total > 0) names.add(datacenter.value)
  }
  return [...names]
}

/** The final keyspaces of files that run against one cluster (undefined: unknown), in order of first mention. */
export function gatherKeyspaces(files: readonly ParsedCql[], cluster: Cluster | undefined, release: Release): readonly Keyspace[] {
  const drafts = new Map<string, Draft>()
  const settings = keyspaceSettings(cluster)
  for (const { statements } of inRunningOrder(files)) {
    let current: string | undefined
    for (const statement of statements) {
      if (statement.kind === 'use') current = statement.name?.text
      else if (statement.kind === 'create-keyspace' || statement.kind === 'alter-keyspace')
        runKeyspace(drafts, statement, release, settings.defaultFactor)
      else if (statement.kind === 'drop-keyspace') dropKeyspace(drafts, statement, release)
      else runTable(drafts, statement, current)
    }
  }
  return [...drafts.values()].filter(draft => draft.exists).map(draft => finish(draft, cluster, release))
}

function runKeyspace(drafts: Map<string, Draft>, statement: CqlKeyspaceStatement, release: Release, defaultFactor: Fact<number>): void {
  const { name } = statement
  if (!name) return
  const earlier = drafts.get(name.text)
  const creates = statement.kind === 'create-keyspace'
  const before = earlier?.exists ? earlier.replication : creates ? 'none' : undefined
  const exists = earlier?.exists && earlier.statements.some(({ applied }) => applied)
  const applied = statementStands(statement, release.line) && !(creates && exists)
  const written = readReplication(propertyOf(statement.properties, 'replication'), release.line)
  const draft = earlier?.exists === true ? earlier : newDraft(name, statement.span)
  drafts.set(name.text, draft)
  const replaces = applied || !draft.statements.some(run => run.applied)
  draft.statements.push({ statement, before, applied })
  if (creates && exists && statement.conditional) return
  if (!replaces) return
  if (written) {
    draft.replication = settleReplication(typeof before === 'object' ? before : undefined, written, release.line, defaultFactor)
    draft.statement = statement.span
    draft.nameSpan = name.span
  }
  const durable = propertyOf(statement.properties, 'durable_writes')
  if (durable?.value?.kind === 'constant') draft.durableWrites = durability(durable.value)
}

function durability({ text, placeholder, span }: CqlConstant): Fact<boolean> {
  if (placeholder) return unknown('durable_writes is filled in by a template', span)
  const word = text.toLowerCase()
  if (trueWords.has(word)) return known(true, span)
  return falseWords.has(word) ? known(false, span) : unknown(`"${text}" is no boolean`, span)
}

function dropKeyspace(drafts: Map<string, Draft>, { name, span }: CqlDropOrUse, release: Release): void {
  if (!name) return
  const draft = drafts.get(name.text)
  if (systemKeyspaceOf(name.text, release.line)) {
    const kept = draft ?? newDraft(name, span)
    kept.refusedDrops.push(name.span)
    drafts.set(name.text, kept)
  } else if (draft) {
    draft.exists = false
    drafts.delete(name.text)
  }
}

const tableKinds: ReadonlySet<CqlStatement['kind']> = new Set([
  'create-table',
  'alter-table',
  'drop-table',
  'create-view',
  'alter-view',
  'drop-view',
])

function runTable(drafts: Map<string, Draft>, statement: CqlStatement, current: string | undefined): void {
  if (!tableKinds.has(statement.kind)) return
  const table = statement as CqlTableStatement
  const draft = drafts.get(table.keyspace?.text ?? current ?? '')
  if (!draft || !table.name) return
  const key = table.name.text
  if (table.kind === 'drop-table' || table.kind === 'drop-view') {
    draft.tables.delete(key)
    return
  }
  const creates = table.kind === 'create-table' || table.kind === 'create-view'
  let known = draft.tables.get(key)
  if (creates && known && table.conditional) return
  if (!known) {
    known = { name: located(key, table.name.span), statements: [], options: new Map() }
    draft.tables.set(key, known)
  }
  known.statements.push(table)
  for (const property of table.properties) {
    if (!property.value) continue
    const text = property.value.kind === 'constant' ? property.value.text : textAt(property.value.span)
    known.options.set(property.name.value, located(text, property.value.span))
  }
}

function finishTable({ name, statements, options }: TableDraft): Table {
  const written = options.get('gc_grace_seconds')
  const gcGraceSeconds: Fact<number> = !written
    ? known(defaultGcGraceSeconds)
    : /^\d+$/.test(written.value)
      ? known(Number(written.value), written.span)
      : unknown('gc_grace_seconds is no number', written.span)
  return { name, gcGraceSeconds, options, statements }
}

function finish(draft: Draft, cluster: Cluster | undefined, release: Release): Keyspace {
  return {
    name: keyspaceName(draft.name.text),
    nameSpan: draft.nameSpan,
    statement: draft.statement,
    replication: draft.replication ?? { kind: 'unrecognised', className: '', span: draft.statement },
    durableWrites: draft.durableWrites,
    tables: [...draft.tables.values()].map(finishTable),
    isSystem: systemKeyspaceOf(draft.name.text, release.line) !== undefined,
    statements: draft.statements,
    refusedDrops: draft.refusedDrops,
    cluster,
    release,
  }
}
