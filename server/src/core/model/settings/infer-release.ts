/** Which releases a cassandra.yaml may be for: a marker comment, else the lines that take every key, narrowed by the names of JVM files and folders. */
import { isReleaseLine, newestStableLine, parseRelease, type Release, type ReleaseLine, releaseLines } from '../../catalog/release.ts'
import { acceptsKey } from '../../catalog/settings-catalogue.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import { memo } from '../../text/memo.ts'
import { withoutTemplateSuffix } from '../../text/placeholder.ts'
import { baseName } from '../../text/source-file.ts'

const marker = /^[ \t]*#[ \t]*foretell:[ \t]*cassandra[ \t]+([\w.-]+)[ \t]*\r?$/m

/** A comment `# foretell: cassandra 4.1` in the file; undefined when there is none or it names no line that is judged. */
export const statedByComment: (yaml: ParsedCassandraYaml) => Release | undefined = memo(yaml => {
  const found = yaml.file.text.includes('foretell:') ? marker.exec(yaml.file.text) : null
  return found ? parseRelease(found[1]!) : undefined
})

interface Acceptance {
  readonly line: ReleaseLine
  readonly unknown: number
}

/** How many top-level keys each line does not know. */
export const unknownKeysByLine: (yaml: ParsedCassandraYaml) => readonly Acceptance[] = memo(yaml => {
  const keys = new Set((yaml.root?.entries ?? []).filter(entry => !entry.key.placeholder).map(entry => entry.key.text))
  const judged = [...keys].filter(key => releaseLines.some(line => acceptsKey(line, key)))
  return releaseLines.map(line => ({ line, unknown: judged.filter(key => !acceptsKey(line, key)).length }))
})

/** Lines that a file name speaks for: `jvm.options` 3.x, `jvm8-…` 4.x, `jvm11-…` 4.0 and later, `jvm17-…` 5.0 and later. */
function linesOfName(path: string): readonly ReleaseLine[] | undefined {
  const name = baseName(path).toLowerCase()
  if (/^jvm\.options$/.test(name)) return ['3.11']
  const java = /^jvm(\d+)?-(?:server|clients)\.options$/.exec(name)
  if (!java) return undefined
  if (java[1] === undefined) return ['4.0', '4.1', '5.0', '6.0']
  const version = Number(java[1])
  if (version === 8) return ['4.0', '4.1']
  if (version === 11) return ['4.0', '4.1', '5.0', '6.0']
  if (version === 17) return ['5.0', '6.0']
  return ['6.0']
}

/** The release that a file's own words and keys speak for. Total: without any evidence every line is possible and the newest stable is shown. */
export function inferRelease(yaml: ParsedCassandraYaml | undefined, filePaths: readonly string[] = []): Release {
  const stated = yaml ? statedByComment(yaml) : undefined
  if (stated) return stated
  let candidates: readonly ReleaseLine[] = releaseLines
  if (yaml?.root) {
    const accepted = unknownKeysByLine(yaml)
    const fewest = Math.min(...accepted.map(one => one.unknown))
    candidates = accepted.filter(one => one.unknown === fewest).map(one => one.line)
  }
  for (const path of filePaths) {
    const lines = linesOfName(path)
    const narrowed = lines ? candidates.filter(line => lines.includes(line)) : candidates
    if (narrowed.length > 0) candidates = narrowed
  }
  // What the keys rule out, a name does not bring back.
  const named = yaml ? releaseInPath(yaml.file.path) : undefined
  if (named && candidates.length > 1 && candidates.includes(named.line)) return releaseOf([named.line], named.segment)
  return releaseOf(candidates)
}

const releaseName = /^(?:(?:apache[-_])?cassandra[-_@]?)?v?(\d{1,2}\.\d{1,2})(?:\.(?:\d{1,3}|x))?(?:[-_][\w.]{0,40})?$/i

/** The line that a folder (the nearest first) or the file's own name speaks of: `5.0`, `4.1.10`, `v4.0`, `apache-cassandra-3.11.17`, `cassandra-4.1.yaml`. */
export function releaseInPath(path: string): { readonly line: ReleaseLine; readonly segment: string } | undefined {
  const segments = withoutTemplateSuffix(path)
    .replace(/\.ya?ml$/i, '')
    .split('/')
  for (const segment of segments.toReversed()) {
    const numbers = releaseName.exec(segment)?.[1]
    const line = numbers === undefined ? undefined : parseRelease(numbers)?.line
    if (line !== undefined) return { line, segment }
  }
  return undefined
}

function makeRelease(candidates: readonly ReleaseLine[]): Release {
  const stable = candidates.filter(line => line !== '6.0')
  const line = stable.at(-1) ?? candidates.at(-1) ?? newestStableLine
  return { stated: false, line, candidates: candidates.length > 0 ? candidates : releaseLines }
}

const inferred = new Map<string, Release>()

/** The same object for the same lines, so that whatever hangs on a release is not worked out anew. */
function releaseOf(candidates: readonly ReleaseLine[], namedBy?: string): Release {
  const key = `${candidates.join(' ')} ${namedBy ?? ''}`
  let release = inferred.get(key)
  if (!release) {
    release = { ...makeRelease(candidates), ...(namedBy === undefined ? {} : { namedBy }) }
    inferred.set(key, release)
  }
  return release
}

/** The release of nodes that share one: the lines possible for all of them, else for most. Undefined when nothing is given. */
export function narrowRelease(releases: readonly Release[]): Release | undefined {
  if (releases.length === 0) return undefined
  const stated = releases.find(release => release.stated)
  if (stated) return stated
  const votes = releaseLines.map(line => ({ line, count: releases.filter(release => release.candidates.includes(line)).length }))
  const most = Math.max(...votes.map(vote => vote.count))
  const shared = releaseOf(votes.filter(vote => vote.count === most).map(vote => vote.line))
  const namedBy = releases.find(release => release.line === shared.line && release.namedBy !== undefined)?.namedBy
  return namedBy !== undefined && shared.candidates.length === 1 ? releaseOf(shared.candidates, namedBy) : shared
}

/**
 * What holds whichever candidate the release is: `judge` answers for each line with things that have a key; kept are those of the shown line that
 * every other candidate gives too. Of a stated release simply the answers of its line.
 */
export function heldInEveryCandidate<T>(
  release: Release,
  judge: (line: ReleaseLine) => Iterable<T>,
  keyOf: (one: T) => string,
): readonly T[] {
  const shown = [...judge(release.line)]
  if (release.stated || release.candidates.length < 2) return shown
  let kept = shown
  for (const line of release.candidates) {
    if (line === release.line || kept.length === 0) continue
    const keys = new Set([...judge(line)].map(keyOf))
    kept = kept.filter(one => keys.has(keyOf(one)))
  }
  return kept
}

/** Said at the end of a message whose release was inferred; empty when it is stated. */
export function takenFor(release: Release): string {
  if (release.stated || !isReleaseLine(release.line)) return ''
  const evidence = release.namedBy === undefined ? 'the keys present' : `the name ${release.namedBy}`
  return ` (taken for ${release.line} from ${evidence}; say so in foretell.yaml)`
}
