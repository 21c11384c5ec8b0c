/** The shape of a parsed YAML document: nodes with their places, scalars as written. What a plain scalar means is decided by its reader, not here. */
import { memo } from '../text/memo.ts'
import type { Span } from '../text/span.ts'

export type YamlNode = YamlMapping | YamlSequence | YamlScalar

export interface YamlEntry {
  readonly key: YamlScalar
  /** Missing when nothing is written after the colon. */
  readonly value: YamlNode | undefined
  /** Key and value. */
  readonly span: Span
}

export interface YamlMapping {
  readonly kind: 'mapping'
  readonly entries: readonly YamlEntry[]
  readonly flow: boolean
  readonly span: Span
}

export interface YamlSequence {
  readonly kind: 'sequence'
  readonly items: readonly (YamlNode | undefined)[]
  readonly flow: boolean
  readonly span: Span
}

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded'

export interface YamlScalar {
  readonly kind: 'scalar'
  /** The scalar's text after unquoting and unescaping; for a plain scalar as written. */
  readonly text: string
  readonly style: ScalarStyle
  /** An explicit tag, as written (`!!str`). */
  readonly tag?: string
  /** Holds a template's placeholder: its value is unknown. */
  readonly placeholder: boolean
  readonly span: Span
}

const lastEntries = memo((mapping: YamlMapping) => new Map(mapping.entries.map(entry => [entry.key.text, entry])))

/** The last entry with this key, as SnakeYAML counts. */
export function entryOf(mapping: YamlMapping | undefined, key: string): YamlEntry | undefined {
  return mapping && lastEntries(mapping).get(key)
}
