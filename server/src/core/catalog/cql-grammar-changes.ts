/** What the CQL grammar of keyspace and table statements gained or lost, with the first release line that has it. */
import type { ReleaseLine } from './release.ts'
import { atLeast } from './release.ts'

/** Constructs that came; a release before the one named refuses them. */
const since = {
  /** `ALTER KEYSPACE IF EXISTS`, `ALTER TABLE IF EXISTS`, `ADD IF NOT EXISTS`, `DROP IF EXISTS`, `RENAME IF EXISTS`. */
  'alter-if-exists': '4.1',
  'vector-type': '5.0',
  'masked-column': '5.0',
  'check-constraint': '6.0',
  'create-table-like': '6.0',
  /** `""` where ALTER TABLE … ALTER names a column. */
  'altering-the-empty-column': '4.0',
  /** The parser itself refuses a column, an order or a primary key that is given twice. */
  'refuses-repeated-columns': '4.0',
  /** Terms with arithmetic and casts. */
  'term-arithmetic': '4.0',
} as const satisfies Record<string, ReleaseLine>

/** Constructs that went; the release named and later ones refuse them. */
const until = {
  /** `CREATE SCHEMA` for `CREATE KEYSPACE`. */
  'schema-for-keyspace': '4.0',
} as const satisfies Record<string, ReleaseLine>

/** Constraints of CHECK: those that are compared with a value, and those that stand alone. */
export const comparedConstraints: ReadonlySet<string> = new Set(['length', 'octet_length', 'regexp'])
export const loneConstraints: ReadonlySet<string> = new Set(['json', 'not_null'])

export type CqlConstruct = keyof typeof since | keyof typeof until

/** Whether the grammar of a release line has a construct. */
export function grammarHas(construct: CqlConstruct, line: ReleaseLine): boolean {
  return construct in since ? atLeast(line, since[construct as keyof typeof since]) : !atLeast(line, until[construct as keyof typeof until])
}
