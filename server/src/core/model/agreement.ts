/** Who agrees with whom: nodes grouped by the value of a fact, so that rules find the odd one out. */
import { entryOf } from '../syntax/yaml-tree.ts'
import type { Fact } from '../text/fact.ts'
import type { Span } from '../text/span.ts'
import type { Node } from './node.ts'

export interface Opinion<T> {
  readonly value: T
  readonly holders: readonly { readonly node: Node; readonly span: Span | undefined }[]
}

/** Opinions of the nodes whose fact is known, the most frequent first; of equally frequent ones, the first in path order. */
export function opinions<T>(nodes: readonly Node[], fact: (node: Node) => Fact<T>): readonly Opinion<T>[] {
  const byValue = new Map<T, { node: Node; span: Span | undefined }[]>()
  for (const node of nodes) {
    const known = fact(node)
    if (known.kind !== 'known') continue
    const holder = { node, span: known.span }
    const there = byValue.get(known.value)
    if (there) there.push(holder)
    else byValue.set(known.value, [holder])
  }
  return [...byValue].map(([value, holders]) => ({ value, holders })).sort((a, b) => b.holders.length - a.holders.length)
}

export interface SharedPlace {
  readonly at: Span
  /** More than one where they share a file. */
  readonly nodes: readonly Node[]
}

/** One place for each cassandra.yaml of the nodes: that of the fact, else the start of the file, else of the node. */
export function placesOf(nodes: readonly Node[], place: (node: Node) => Span | undefined): readonly SharedPlace[] {
  const places = new Map<unknown, { readonly at: Span; readonly nodes: Node[] }>()
  for (const node of nodes) {
    const key = node.yaml ?? node
    const there = places.get(key)
    if (there) there.nodes.push(node)
    else places.set(key, sharedPlace(node, place))
  }
  return [...places.values()]
}

/** Its place is worked out when it is asked for: of many the first few are shown. */
function sharedPlace(node: Node, place: (node: Node) => Span | undefined): { readonly at: Span; readonly nodes: Node[] } {
  return {
    get at() {
      return place(node) ?? startOf(node)
    },
    nodes: [node],
  }
}

/** Where a fact was read. */
export function placeOf(fact: Fact<unknown>): Span | undefined {
  return fact.kind === 'absent' ? undefined : fact.span
}

/** cluster_name or the first key of the node's cassandra.yaml, also of a shared one; without one the node's own place. */
function startOf(node: Node): Span {
  return (entryOf(node.yaml?.root, 'cluster_name') ?? node.yaml?.root?.entries[0])?.span ?? node.span
}
