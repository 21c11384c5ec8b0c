/** How messages name things: lists, numbers of nodes, times. */
import type { EntityKey } from './rule.ts'

/** `db1`, `db1 and db2`, `db1, db2 and 5 more`. */
export function list(names: readonly string[], most = 3): string {
  if (names.length === 0) return 'none'
  if (names.length === 1) return names[0]!
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`
}

/** `1 node`, `3 nodes`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`
}

/** Milliseconds as operators say them: `500 ms`, `2 s`, `10 min`, `3 h`, `10 d`. */
export function sayMillis(millis: number): string {
  for (const [unit, size] of [
    ['d', 864e5],
    ['h', 36e5],
    ['min', 6e4],
    ['s', 1e3],
  ] as const)
    if (millis >= size && (millis % size === 0 || unit === 's')) return `${trimNumber(millis / size)} ${unit}`
  return `${trimNumber(millis)} ms`
}

/** At most one decimal. */
export function trimNumber(number: number): string {
  return String(Math.round(number * 10) / 10)
}

/** The node's name; where several share its file, words that are the same for all, so that the finding is said once. */
export function sayNode(node: { readonly name: string; readonly yamlIsShared: boolean }): string {
  return node.yamlIsShared ? 'any node with this file' : node.name
}

export function nodeKey(node: { readonly name: string }): EntityKey {
  return `node:${node.name}`
}

export function datacenterKey(name: string): EntityKey {
  return `datacenter:${name}`
}

export function keyspaceKey(keyspace: { readonly name: string }): EntityKey {
  return `keyspace:${keyspace.name}`
}
