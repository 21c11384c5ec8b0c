/** While a replication map is written: what comes next, and what each part means. */
import { replicationBehaves } from '../catalog/cql-replication.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlAt, cutAt, datacentersFor, keyspaceAt, mapPlaceOf } from './cql-places.ts'
import type { SignatureHelp } from './editor-types.ts'

/** Undefined outside a replication map. */
export function cqlSignatureHelpAt(snapshot: Snapshot, path: string, offset: number): SignatureHelp | undefined {
  const parsed = cqlAt(snapshot, path)
  const place = parsed && mapPlaceOf(cutAt(parsed, offset).tokens)
  if (place?.property !== 'replication') return undefined
  const { line } = keyspaceAt(snapshot, path, offset)?.release ?? snapshot.release
  const strategy = place.entries.get('class')
  if (strategy?.endsWith('SimpleStrategy')) {
    const inFactor = place.key === 'replication_factor' || (place.side === 'key' && place.entries.size > 0)
    return signature(
      ["'class': 'SimpleStrategy'", "'replication_factor': n"],
      ['Ignores datacenters and racks.', 'Copies of each row, on any nodes.'],
      inFactor ? 1 : 0,
    )
  }
  const names = datacentersFor(snapshot, path)
  const datacenters = names.length > 0 ? names : ['dc']
  const transient = replicationBehaves('transient-factor', line) ? ' `3/1` makes one of three transient.' : ''
  const known = names.length > 0 ? `Known: ${names.join(', ')}.` : ''
  const parts = ["'class': 'NetworkTopologyStrategy'", ...datacenters.map(name => `'${name}': n`)]
  const current = place.side === 'value' ? place.key : undefined
  const named = current === undefined ? -1 : datacenters.indexOf(current)
  const next = datacenters.findIndex(name => !place.entries.has(name))
  const active = current === 'class' || place.entries.size === 0 ? 0 : 1 + (named >= 0 ? named : Math.max(0, next))
  return signature(
    parts,
    [
      'Places copies by datacenter and rack.',
      ...datacenters.map(name => `Copies of each row in ${name}; the name compares letter by letter.${transient} ${known}`.trimEnd()),
    ],
    active,
  )
}

function signature(parts: readonly string[], meanings: readonly string[], active: number): SignatureHelp {
  const label = `{${parts.join(', ')}}`
  let at = 1
  const parameters = parts.map((part, i) => {
    const start = at
    at += part.length + 2
    return { start, end: start + part.length, documentation: meanings[i] ?? '' }
  })
  return { label, parameters, activeParameter: active }
}
