/**
 * Every place where a datacenter, a rack, a keyspace or a node's address is named, over all formats: what definition, references and rename
 * go by. Made once for each snapshot.
 */
import type { Cluster } from '../model/cluster.ts'
import type { ParsedCql } from '../syntax/cql-file.ts'
import type { Fact } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Span } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlMentionsOf } from './cql-mentions.ts'

export interface Mention {
  readonly kind: 'datacenter' | 'rack' | 'keyspace' | 'address'
  /** What is the same thing: name within its cluster; a rack within its datacenter. */
  readonly thing: string
  readonly name: string
  readonly span: Span
  /** Here the thing is said to be; elsewhere it is only spoken of. */
  readonly defines: boolean
}

/** All mentions, without repeats, in no order. */
export const mentionsOf = memo((snapshot: Snapshot): readonly Mention[] => {
  const found: Mention[] = []
  const seen = new Set<string>()
  const add = (kind: Mention['kind'], scope: string, name: string, span: Span | undefined, defines: boolean) => {
    if (!span || span.end <= span.start) return
    const key = `${kind} ${span.start} ${span.end} ${span.file.path}`
    if (seen.has(key)) return
    seen.add(key)
    found.push({ kind, thing: JSON.stringify([kind, scope, name]), name, span, defines })
  }
  for (const cluster of snapshot.clusters) mentionsOfCluster(cluster, add)
  for (const parsed of snapshot.parsed.values()) {
    if (parsed.kind !== 'cql') continue
    const scope = scopeOfSchema(snapshot, parsed)
    for (const { kind, name, span, defines } of cqlMentionsOf(parsed)) add(kind, scope, name, span, defines)
  }
  return found
})

/** The cluster whose keyspaces a schema file makes; the only cluster; else none. */
function scopeOfSchema(snapshot: Snapshot, parsed: ParsedCql): string {
  const own = snapshot.keyspaces.find(
    keyspace => keyspace.cluster && keyspace.statements.some(({ statement }) => statement.span.file === parsed.file),
  )
  return own?.cluster?.name ?? (snapshot.clusters.length === 1 ? snapshot.clusters[0]!.name : '')
}

type Add = (kind: Mention['kind'], scope: string, name: string, span: Span | undefined, defines: boolean) => void

function mentionsOfCluster(cluster: Cluster, add: Add): void {
  const scope = cluster.name
  const addressesHere = new Set(cluster.nodes.flatMap(node => node.knownAs))
  for (const node of [...cluster.nodes, ...cluster.templates]) {
    const { datacenter, rack } = node.location
    const literal = (fact: Fact<string>) => (fact.kind === 'known' && fact.span && isWritten(fact.value, fact.span) ? fact.span : undefined)
    if (datacenter.kind === 'known') {
      add('datacenter', scope, datacenter.value, literal(datacenter), true)
      if (rack.kind === 'known') add('rack', `${scope}/${datacenter.value}`, rack.value, literal(rack), true)
    }
    const { listen, broadcast, rpc, broadcastRpc } = node.addresses
    for (const address of [listen, broadcast, rpc, broadcastRpc]) {
      if (address.kind === 'known' && address.span && addressesHere.has(address.value)) {
        add('address', scope, address.value, address.span, address === listen || address === broadcast)
      }
    }
    if (node.seeds.kind === 'known') {
      for (const { value, span } of node.seeds.value) {
        if (value.address !== undefined && addressesHere.has(value.address)) add('address', scope, value.address, span, false)
      }
    }
  }
}

/** The place really holds the name: a name may also follow from an address, or from a default. */
function isWritten(name: string, span: Span): boolean {
  return span.file.text.slice(span.start, span.end).includes(name)
}

/** The mention under an offset; the end of a word counts as the word. */
export function mentionAt(snapshot: Snapshot, path: string, offset: number): Mention | undefined {
  return mentionsOf(snapshot).find(({ span }) => span.file.path === path && span.start <= offset && offset <= span.end)
}
