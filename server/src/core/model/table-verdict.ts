/** What the server answers to the options of CREATE and ALTER TABLE and MATERIALIZED VIEW: those it refuses, with the reason. */
import { falseWords, longestKeyspaceName, trueWords } from '../catalog/cql-replication.ts'
import {
  compactionPackage,
  compactionStrategiesOf,
  compressionNeedsClassSince,
  longTableNamesSince,
  tableOption,
  takesSpeculation,
  takesTableOption,
} from '../catalog/cql-table-options.ts'
import { atLeast, type ReleaseLine } from '../catalog/release.ts'
import type { CqlConstant, CqlMap, CqlProperty, CqlTableStatement } from '../syntax/cql-file.ts'
import type { Span } from '../text/span.ts'
import { mapValue, propertyOf } from './replication-map.ts'

/** Options that 3.11 takes with a warning: deprecated ones that are not 0. */
export function deprecatedOptions({ properties }: CqlTableStatement, line: ReleaseLine): readonly CqlProperty[] {
  return properties.filter(({ name, value }) => {
    if (!tableOption(name.value)?.deprecated || !takesTableOption(name.value, line)) return false
    return value?.kind === 'constant' && !value.placeholder && Number(value.text) !== 0
  })
}

export type TableRefusalKind =
  | 'unknown-option'
  | 'removed-option'
  | 'option-from-another-release'
  | 'bad-value'
  | 'no-primary-key'
  | 'unknown-key-column'
  | 'clustering-order'
  | 'static-without-clustering'
  | 'long-name'

export interface TableRefusal {
  readonly kind: TableRefusalKind
  readonly at: Span
  /** The option or name. */
  readonly option: string
  /** The value that is refused. */
  readonly value?: string
  /** What would be taken. */
  readonly expected?: string
  readonly property?: CqlProperty
}

/** Options of a table statement that the release refuses; only what the statement alone proves. */
export function judgeTableStatement(statement: CqlTableStatement, line: ReleaseLine): readonly TableRefusal[] {
  const refusals: TableRefusal[] = []
  const { kind, name, properties } = statement
  if (kind === 'create-table' && name && !name.placeholder) {
    if (!statement.placeholder && statement.columns.length > 0 && statement.partitionKey.length === 0)
      refusals.push({ kind: 'no-primary-key', at: name.span, option: name.text })
    if (name.text.length > longestKeyspaceName && !atLeast(line, longTableNamesSince))
      refusals.push({ kind: 'long-name', at: name.span, option: name.text })
  }
  judgeKeys(statement, refusals)
  for (const property of properties) {
    const option = property.name.value
    const fact = tableOption(option)
    if (!takesTableOption(option, line)) {
      const removed = fact?.until !== undefined && atLeast(line, fact.until)
      refusals.push({
        kind: removed ? 'removed-option' : fact ? 'option-from-another-release' : 'unknown-option',
        at: property.name.span,
        option,
        property,
        ...(fact?.successor ? { expected: fact.successor } : {}),
      })
      continue
    }
    const expected = expectedInstead(property, line)
    if (expected !== undefined && property.value) {
      const strategy = property.value.kind === 'map' ? mapValue(property.value, 'class') : property.value
      const value = strategy?.text ?? '{…}'
      refusals.push({ kind: 'bad-value', at: (strategy ?? property.value).span, option, value, expected, property })
    }
  }
  const least = integerOf(propertyOf(properties, 'min_index_interval'))
  const most = propertyOf(properties, 'max_index_interval')
  const mostValue = integerOf(most)
  if (least !== undefined && mostValue !== undefined && mostValue < least)
    refusals.push({
      kind: 'bad-value',
      at: most!.value!.span,
      option: 'max_index_interval',
      value: String(mostValue),
      expected: `at least min_index_interval (${least})`,
    })
  return refusals
}

/** Columns that the keys and CLUSTERING ORDER BY name: the same in every release. */
function judgeKeys(
  { kind, columns, partitionKey, clusteringKey, clusteringOrder, placeholder }: CqlTableStatement,
  refusals: TableRefusal[],
): void {
  if (kind !== 'create-table' || placeholder || columns.length === 0 || partitionKey.length === 0) return
  const named = new Set(columns.map(({ name }) => name.text))
  for (const { text, span } of [...partitionKey, ...clusteringKey])
    if (!named.has(text)) refusals.push({ kind: 'unknown-key-column', at: span, option: text })
  for (const [i, { text, span }] of clusteringOrder.entries()) {
    const wanted = clusteringKey[i]?.text
    if (text === wanted) continue
    refusals.push({ kind: 'clustering-order', at: span, option: text, ...(wanted === undefined ? {} : { expected: wanted }) })
    break
  }
  const fixed = columns.find(({ isStatic }) => isStatic)
  if (fixed && clusteringKey.length === 0)
    refusals.push({ kind: 'static-without-clustering', at: fixed.name.span, option: fixed.name.text })
}

function integerOf(property: CqlProperty | undefined): number | undefined {
  const value = property?.value
  return value?.kind === 'constant' && /^[+-]?\d+$/.test(value.text) ? Number(value.text) : undefined
}

/** What the option takes, when it does not take its value; undefined when it does or nobody can tell. */
function expectedInstead({ name, value }: CqlProperty, line: ReleaseLine): string | undefined {
  const wants = tableOption(name.value)!.value
  if (!value || wants.kind === 'any') return undefined
  if (wants.kind === 'map')
    return value.kind === 'map' ? expectedInMap(name.value, value, line) : value.placeholder ? undefined : 'a map, {…}'
  if (value.kind === 'map') return 'a single value'
  if (value.placeholder) return undefined
  return expectedConstant(value, name.value, line)
}

function expectedConstant({ text }: CqlConstant, option: string, line: ReleaseLine): string | undefined {
  const wants = tableOption(option)!.value
  switch (wants.kind) {
    case 'integer': {
      const most = wants.most ?? 2_147_483_647
      const least = wants.least ?? -2_147_483_648
      const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
      return number >= least && number <= most ? undefined : `a whole number from ${least} to ${most}`
    }
    case 'number': {
      const number = text.trim() === '' ? Number.NaN : Number(text)
      const taken = number <= wants.most && (wants.above ? number > wants.least : number >= wants.least)
      return taken ? undefined : `a number ${wants.above ? 'above' : 'from'} ${wants.least} to ${wants.most}`
    }
    case 'boolean': {
      const word = text.toLowerCase()
      const taken = trueWords.has(word) || falseWords.has(word) || !atLeast(line, '4.0')
      return taken ? undefined : 'true or false'
    }
    case 'words':
      return wants.words.includes(text.toLowerCase()) ? undefined : wants.words.map(word => `'${word.toUpperCase()}'`).join(' or ')
    case 'speculation':
      if (takesSpeculation(text, line)) return undefined
      return atLeast(line, '4.0')
        ? "'99p', '50ms', 'ALWAYS', 'NEVER' or MIN(…) and MAX(…) of two kinds"
        : "'99PERCENTILE', '50ms', 'ALWAYS' or 'NONE'"
    default:
      return undefined
  }
}

function expectedInMap(option: string, map: CqlMap, line: ReleaseLine): string | undefined {
  if (map.entries.some(({ key, value }) => key.placeholder || value?.placeholder)) return undefined
  if (option === 'compaction') {
    const strategy = mapValue(map, 'class')
    if (!strategy) return map.entries.length === 0 ? undefined : "a map with 'class'"
    const name = strategy.text.startsWith(compactionPackage) ? strategy.text.slice(compactionPackage.length) : strategy.text
    return name.includes('.') || compactionStrategiesOf(line).includes(name) ? undefined : compactionStrategiesOf(line).join(', ')
  }
  if (option === 'compression') {
    const says = mapValue(map, 'class') || mapValue(map, 'enabled')?.text.toLowerCase() === 'false' || map.entries.length === 0
    const old = mapValue(map, 'sstable_compression') && !atLeast(line, compressionNeedsClassSince)
    return says || old ? undefined : "a map with 'class'"
  }
  return undefined
}
