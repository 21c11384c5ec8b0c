/** The words of CQL as each release's grammar has them, asked word by word of the parsers in the releases' jars (`npm run conformance:cql`). */
import type { ReleaseLine } from './release.ts'
import { atLeast } from './release.ts'

/**
 * What a bare word is to a release's grammar. `identifier`: no keyword, an ordinary name. `unreserved`: a keyword that may be a name.
 * `unreserved-no-type`: may be a name, but not of a user type. `reserved`: never a name. `constant`: true, false, NaN, Infinity.
 */
export type CqlWordClass = 'identifier' | 'unreserved' | 'unreserved-no-type' | 'native-type' | 'reserved' | 'constant'

const reserved =
  'add allow alter and apply asc authorize batch begin by columnfamily create delete desc describe drop entries execute from full grant if in index insert into is keyspace limit materialized modify norecursive not null of on or order primary rename revoke schema select set table to token truncate unlogged update use using view where with'
const reservedUntil40 = 'default mbean mbeans replace unset'
const constants = 'true false nan infinity'
const nativeTypes =
  'ascii bigint blob boolean counter date decimal double duration float inet int smallint text time timestamp timeuuid tinyint uuid varchar varint'
const unreserved =
  'aggregate all as called clustering compact contains custom exists filtering finalfunc frozen function functions group initcond input key keys keyspaces language like list login map nologin nosuperuser options partition password per permission permissions returns role roles sfunc static storage stype superuser trigger tuple type user users values'
const unreservedNoType = 'cast count distinct json ttl writetime'

/** Keywords that came later; before, they are ordinary identifiers. */
const laterUnreserved: readonly (readonly [ReleaseLine, string])[] = [
  ['4.0', 'access aggregates cluster columnfamilies datacenters internals only tables types default mbean mbeans replace unset'],
  ['4.1', 'hashed'],
  ['5.0', 'ann cidrs identity masked select_masked unmask vector'],
  [
    '6.0',
    'between check column comment comments commit end field for generated indexes label labels let security superusers then transaction',
  ],
]
const laterUnreservedNoType: readonly (readonly [ReleaseLine, string])[] = [['5.0', 'maxwritetime']]

function build(line: ReleaseLine): ReadonlyMap<string, CqlWordClass> {
  const classes = new Map<string, CqlWordClass>()
  const put = (words: string, wordClass: CqlWordClass) => {
    for (const word of words.split(' ')) classes.set(word, wordClass)
  }
  put(reserved, 'reserved')
  if (!atLeast(line, '4.0')) put(reservedUntil40, 'reserved')
  put(constants, 'constant')
  put(nativeTypes, 'native-type')
  put(unreserved, 'unreserved')
  put(unreservedNoType, 'unreserved-no-type')
  for (const [since, words] of laterUnreserved) if (atLeast(line, since)) put(words, 'unreserved')
  for (const [since, words] of laterUnreservedNoType) if (atLeast(line, since)) put(words, 'unreserved-no-type')
  return classes
}

const built = new Map<ReleaseLine, ReadonlyMap<string, CqlWordClass>>()

/** Every keyword of a release's grammar, lower case. */
export function cqlWords(line: ReleaseLine): ReadonlyMap<string, CqlWordClass> {
  let classes = built.get(line)
  if (!classes) {
    classes = build(line)
    built.set(line, classes)
  }
  return classes
}

/** What a bare word, in lower case, is to the grammar of a release. */
export function cqlWordClass(word: string, line: ReleaseLine): CqlWordClass {
  return cqlWords(line).get(word) ?? 'identifier'
}

/** Whether a bare word can stand where a keyspace, table or column is named. */
export function canBeName(word: string, line: ReleaseLine): boolean {
  const wordClass = cqlWordClass(word, line)
  return wordClass !== 'reserved' && wordClass !== 'constant'
}

/** Bare words, compared as written, that no release takes as the name of a user type. */
export const reservedTypeNames: ReadonlySet<string> = new Set(['byte', 'complex', 'enum', 'date', 'interval', 'macaddr', 'bitstring'])
