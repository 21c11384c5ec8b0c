/** Beside keys that are left empty or left to the start: the value that the start works out from the heap and the data folders. */
import type { Release } from '../catalog/release.ts'
import { findProperty, newestName, topClass } from '../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../syntax/parsed-file.ts'
import { entryOf } from '../syntax/yaml-tree.ts'
import { type MachineFacts, startDefaultValue, startDefaultWords } from './computed-defaults.ts'
import type { InlayHint } from './editor-types.ts'

/** Hints for keys without a value whose default is computed. `facts` are what other files say of the node; the data folders are read here. */
export function settingsInlayHints(yaml: ParsedCassandraYaml, release: Release, facts: MachineFacts = {}): readonly InlayHint[] {
  const folders = entryOf(yaml.root, 'data_file_directories')?.value
  const known: MachineFacts = { ...(folders?.kind === 'sequence' ? { dataDirectories: folders.items.length } : {}), ...facts }
  const hints: InlayHint[] = []
  for (const entry of yaml.root?.entries ?? []) {
    if (entry.value !== undefined || entry.key.placeholder || !findProperty(release.line, topClass, entry.key.text)) continue
    const newest = newestName(entry.key.text)
    const words = startDefaultWords(newest)
    if (words === undefined) continue
    const value = startDefaultValue(newest, known)
    const end = { ...entry.span, start: entry.span.end }
    hints.push({ at: end, side: 'after', text: value === undefined ? ` ${words}` : ` ${value}`, tooltip: `Not set: ${words}.` })
  }
  return hints
}
