/** CQL files: recognised by content, and what they say as far as availability and durability go: keyspace statements, tables' options, levels; with places. */
import { hasTemplateSuffix, holdsControlStructure } from '../text/placeholder.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { Located, Span } from '../text/span.ts'
import { mayHoldConsistencyClause } from './cql-consistency.ts'
import { tokenizeCql } from './cql-lexer.ts'
import { readStatement } from './cql-reader.ts'
import { cutStatements } from './cql-statements.ts'
import { findMergeConflict } from './merge-conflict.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** A keyspace, table or column named in a statement. */
export interface CqlName {
  /** As the server reads it: lower case unless quoted. */
  readonly text: string
  readonly quoted: boolean
  /** A template's placeholder: the name is unknown. */
  readonly placeholder: boolean
  readonly span: Span
}

/** One constant, as the server's property reader sees it: a string without quotes, anything else as written. */
export interface CqlConstant {
  readonly kind: 'constant'
  readonly text: string
  /** Written as a quoted string. */
  readonly isString: boolean
  /** Holds a template's placeholder: the value is unknown. */
  readonly placeholder: boolean
  readonly span: Span
}

export interface CqlMapEntry {
  readonly key: CqlConstant
  /** Missing where nothing readable follows the colon. */
  readonly value: CqlConstant | undefined
  /** Key and value. */
  readonly span: Span
}

export interface CqlMap {
  readonly kind: 'map'
  readonly entries: readonly CqlMapEntry[]
  /** With its braces, when they are there. */
  readonly span: Span
}

export interface CqlProperty {
  /** Lower case unless quoted. */
  readonly name: Located<string>
  /** Missing where nothing readable follows the equals sign. */
  readonly value: CqlConstant | CqlMap | undefined
  readonly span: Span
}

interface StatementBase {
  /** First word to the end, `;` included. */
  readonly span: Span
  /** After the previous statement's end: what the server would be sent with it (comments). */
  readonly from: number
  /** Ends with `;` (or is a cqlsh command). */
  readonly closed: boolean
  /** A template's placeholder stands in it outside comments. */
  readonly placeholder: boolean
}

export interface CqlKeyspaceStatement extends StatementBase {
  readonly kind: 'create-keyspace' | 'alter-keyspace'
  readonly name: CqlName | undefined
  /** IF NOT EXISTS, IF EXISTS. */
  readonly conditional: boolean
  readonly properties: readonly CqlProperty[]
}

export interface CqlDropOrUse extends StatementBase {
  readonly kind: 'drop-keyspace' | 'use'
  readonly name: CqlName | undefined
  readonly conditional: boolean
}

export interface CqlColumn {
  readonly name: CqlName
  /** The type as written. */
  readonly type: Span
  readonly isStatic: boolean
}

/** CREATE, ALTER and DROP of tables and materialized views. */
export interface CqlTableStatement extends StatementBase {
  readonly kind: 'create-table' | 'alter-table' | 'drop-table' | 'create-view' | 'alter-view' | 'drop-view'
  readonly keyspace: CqlName | undefined
  readonly name: CqlName | undefined
  readonly conditional: boolean
  /** Of CREATE TABLE, in order. */
  readonly columns: readonly CqlColumn[]
  readonly partitionKey: readonly CqlName[]
  readonly clusteringKey: readonly CqlName[]
  /** Of CLUSTERING ORDER BY, in order. */
  readonly clusteringOrder: readonly CqlName[]
  readonly properties: readonly CqlProperty[]
}

export interface CqlRoleStatement extends StatementBase {
  readonly kind: 'create-role' | 'alter-role'
  readonly name: CqlName | undefined
  /** ACCESS TO DATACENTERS {…}; undefined when not said, `all` when so. Role passwords are not kept. */
  readonly datacenters: readonly Located<string>[] | 'all' | undefined
}

export interface CqlShellCommand extends StatementBase {
  readonly kind: 'cqlsh'
  /** The command in lower case: `consistency`, `serial consistency`, `source`, `copy` … */
  readonly command: string
  /** The level of CONSISTENCY or SERIAL CONSISTENCY, upper case, when one is given: holds for the statements that follow. */
  readonly level: Located<string> | undefined
}

/** A statement that says nothing of keyspaces, or begins with no known word (`broken`). */
export interface CqlOtherStatement extends StatementBase {
  readonly kind: 'other' | 'broken'
}

export type CqlStatement = CqlKeyspaceStatement | CqlDropOrUse | CqlTableStatement | CqlRoleStatement | CqlShellCommand | CqlOtherStatement

export interface ParsedCql {
  readonly kind: 'cql'
  readonly file: SourceFile
  /** All but data statements (INSERT, UPDATE, DELETE, SELECT, TRUNCATE), in order. */
  readonly statements: readonly CqlStatement[]
  /** Extents of the data statements as triples of offsets: from, first word, end. A dump holds tens of thousands. */
  readonly dataExtents: readonly number[]
  readonly template: boolean
  /** Unresolved merge conflicts; whether a statement is refused is a release's matter (cql-grammar.ts). */
  readonly problems: readonly SyntaxProblem[]
}

/** Constructs of SQL dialects, of Cypher and of Clinical Quality Language that no CQL has. */
const otherLanguage =
  /\b(?:varchar2?|number|n?char|decimal|numeric|datetime)\s*\(\s*\d|\bnot\s+null\b(?!\s+(?:primary|and)\b)|\b(?:foreign\s+key|references|auto_?increment|engine\s*=|(?:big|small)?serial|unique|on\s+delete|or\s+replace\s+(?:procedure|package|trigger|view)|delimiter|plpgsql|periodic\s+commit|load\s+csv)\b|\bdefault\s+(?:now\b|current_|true\b|false\b|null\b|nextval|getdate|sysdate|[\d'])|\b(?:integer|datetime|real|money|nvarchar|clob|bytea|jsonb)\s*[,)]|^[ \t]*(?:match|merge|library|context|using\s+(?:fhir|qdm|quick)|define)\b|^go[ \t]*$/im

/** As much of a text as tells its language. */
const tellingLength = 200_000

/** Its tokens, without comments and without what is in quotes; line breaks stay. */
function bareWords(text: string): string {
  let words = ''
  let last = 0
  for (const { kind, start, end } of tokenizeCql(text, 0, Math.min(text.length, tellingLength))) {
    words += text.slice(last, start).includes('\n') ? '\n' : last === start ? '' : ' '
    words += kind === 'string' ? "''" : text.slice(start, end)
    last = end
  }
  return words
}

/** What CQL 1 and 2 had after a statement; no other language writes so. */
const oldClause = /\b(?:using|with)\s+consistency\s+(?:level\s+)?(?:any|one|two|three|all|(?:local_|each_)?quorum|local_one)\b/i

/** `USE keyspace`, to the end of the statement or before a SELECT for want of a `;`. */
const usesKeyspace = /^use\s+(?:\w+|"[^"\n]*"|'[^'\n]*')\s*(?:;|$|[^;]*\bselect\b[^;]*\bfrom\b)/i

/**
 * Whether a text holds statements of Cassandra: CREATE, ALTER or DROP of a KEYSPACE or COLUMNFAMILY; of a SCHEMA or TABLE, or USE, where nothing
 * speaks for another language. The suffix `.cql` proves nothing.
 */
export function looksLikeCql(text: string): boolean {
  let proven = false
  let hinted = false
  cutStatements(text, extent => {
    if (/-(?:keyspace|table)$/.test(extent.kind)) {
      const words = text.slice(extent.start, extent.start + 400)
      proven = /^\w+(?:\s|\/\*[\s\S]*?\*\/|--.*|\/\/.*)+(?:keyspaces?|columnfamily)\b/i.test(words)
      if (!proven)
        proven = /\b(?:replication|compaction|gc_grace_seconds|clustering\s+order\s+by)\b/i.test(text.slice(extent.start, extent.end))
      hinted = true
    } else if (extent.kind === 'use') hinted ||= usesKeyspace.test(text.slice(extent.start, Math.min(extent.end, extent.start + 400)))
    return !proven
  })
  if (!proven && !hinted) hinted = mayHoldConsistencyClause(text) && oldClause.test(text)
  return proven || (hinted && !otherLanguage.test(bareWords(text)))
}

/** What opens and what closes a control structure; without a pair of them a dump is not searched for the rest. */
const controlSigns = [
  ['{%', '%}'],
  ['<%', '%>'],
  ['{{', '}}'],
  ['\n%', '\n'],
] as const

function isTemplate({ path, text }: SourceFile): boolean {
  if (hasTemplateSuffix(path)) return true
  return controlSigns.some(([open, close]) => text.includes(open) && text.includes(close)) && holdsControlStructure(text)
}

/** Parses a text that is CQL (looksLikeCql) or is declared to be. */
export function parseCql(file: SourceFile): ParsedCql {
  const { statements, dataExtents } = cutStatements(file.text)
  const conflict = findMergeConflict(file)
  return {
    kind: 'cql',
    file,
    statements: statements.map(extent => readStatement(file, extent)),
    dataExtents,
    template: isTemplate(file),
    problems: conflict ? [conflict] : [],
  }
}
