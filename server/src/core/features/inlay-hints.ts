/** Inlay hints: which feature answers for which kind of file; everywhere, whose address a seed is. */
import { knownValue } from '../text/fact.ts'
import type { Span } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { cqlInlayHintsOf } from './cql-inlay.ts'
import type { InlayHint } from './editor-types.ts'
import { settingsInlayHintsOf } from './settings-inlay.ts'
import { wireguardInlayHintsOf } from './wireguard-annotations.ts'

/** The hints inside `range`, in the order of their places. */
export function inlayHintsOf(snapshot: Snapshot, path: string, range: Span): readonly InlayHint[] {
  const parsed = snapshot.parsed.get(path)
  if (!parsed) return []
  const hints =
    parsed.kind === 'cassandra-yaml'
      ? [...seedHints(snapshot, path), ...settingsInlayHintsOf(snapshot, parsed)]
      : parsed.kind === 'cql'
        ? cqlInlayHintsOf(snapshot, path)
        : parsed.kind === 'wireguard'
          ? wireguardInlayHintsOf(snapshot, path)
          : []
  return hints.filter(({ at }) => at.start <= range.end && at.end >= range.start).sort((a, b) => a.at.start - b.at.start)
}

/** After the seeds of a node: which nodes they are. */
function seedHints(snapshot: Snapshot, path: string): readonly InlayHint[] {
  const cluster = snapshot.clusters.find(candidate => candidate.nodes.some(node => node.yaml?.file.path === path))
  const node = cluster?.nodes.find(candidate => candidate.yaml?.file.path === path)
  const seeds = node ? (knownValue(node.seeds) ?? []) : []
  const last = seeds.at(-1)
  if (!cluster || !last || last.span.file.path !== path) return []
  const names = seeds.flatMap(
    seed => cluster.nodes.find(other => seed.value.address !== undefined && other.knownAs.includes(seed.value.address))?.name ?? [],
  )
  if (names.length === 0) return []
  const { file } = last.span
  const lineEnd = /\r?\n|$/.exec(file.text.slice(last.span.end))!.index + last.span.end
  return [{ at: { file, start: lineEnd, end: lineEnd }, side: 'after', text: names.join(', ') }]
}
