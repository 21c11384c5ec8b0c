/** Every place of a CQL file that names a keyspace or a datacenter, without quotes around the name: for definition, references and rename. */
import type { CqlMap, CqlName, CqlProperty, ParsedCql } from '../syntax/cql-file.ts'
import { memo } from '../text/memo.ts'
import { type Span, spanOf } from '../text/span.ts'
import { bareSpan } from './cql-places.ts'

export interface CqlMention {
  readonly kind: 'keyspace' | 'datacenter'
  readonly name: string
  /** The name alone. */
  readonly span: Span
  /** CREATE KEYSPACE; a datacenter is defined elsewhere. */
  readonly defines: boolean
}

/** In the order of the file. */
export const cqlMentionsOf = memo((parsed: ParsedCql): readonly CqlMention[] => {
  const found: CqlMention[] = []
  const keyspace = (name: CqlName | undefined, defines: boolean) => {
    if (name && !name.placeholder) found.push({ kind: 'keyspace', name: name.text, span: bareSpan(name), defines })
  }
  for (const statement of parsed.statements) {
    switch (statement.kind) {
      case 'create-keyspace':
      case 'alter-keyspace':
        keyspace(statement.name, statement.kind === 'create-keyspace')
        for (const map of replicationMaps(statement.properties)) for (const mention of datacentersIn(map)) found.push(mention)
        break
      case 'drop-keyspace':
      case 'use':
        keyspace(statement.name, false)
        break
      case 'create-role':
      case 'alter-role':
        if (statement.datacenters !== undefined && statement.datacenters !== 'all')
          for (const { value, span } of statement.datacenters)
            found.push({ kind: 'datacenter', name: value, span: spanOf(span.file, span.start + 1, span.end - 1), defines: false })
        break
      default:
        if ('keyspace' in statement) keyspace(statement.keyspace, false)
    }
  }
  return found
})

function replicationMaps(properties: readonly CqlProperty[]): readonly CqlMap[] {
  return properties.flatMap(({ name, value }) => (name.value === 'replication' && value?.kind === 'map' ? value : []))
}

function datacentersIn({ entries }: CqlMap): readonly CqlMention[] {
  const strategy = entries.findLast(({ key }) => key.text === 'class')?.value?.text ?? ''
  if (!strategy.endsWith('NetworkTopologyStrategy')) return []
  return entries.flatMap(({ key }) =>
    key.text === 'class' || key.text === 'replication_factor' || key.placeholder || !key.isString
      ? []
      : { kind: 'datacenter', name: key.text, span: bareSpan(key), defines: false },
  )
}
