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
} as const satisfies Record<string, ReleaseLine>

/** Constructs that went; the release named and later ones refuse them. */
const until = {
  /** `CREATE SCHEMA` for `CREATE KEYSPACE`. */
  'schema-for-keyspace': '4.0',
} as const satisfies Record<string, ReleaseLine>

export type CqlConstruct = keyof typeof since | keyof typeof until

/** Whether the grammar of a release line has a construct. */
export function grammarHas(construct: CqlConstruct, line: ReleaseLine): boolean {
  return construct in since ? atLeast(line, since[construct as keyof typeof since]) : !atLeast(line, until[construct as keyof typeof until])
}
