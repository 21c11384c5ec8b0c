/** Which release a cassandra.yaml is for. (Stand-in until the catalogue's inference arrives.) */
import { type Release, releaseLines } from '../../catalog/release.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'

export function inferRelease(_yaml: ParsedCassandraYaml | undefined, _fileNames: readonly string[]): Release {
  return { stated: false, line: '5.0', candidates: releaseLines }
}

/** The lines that every node accepts. */
export function narrowRelease(releases: readonly Release[]): Release | undefined {
  const stated = releases.find(release => release.stated)
  if (stated) return stated
  const candidates = releaseLines.filter(line => releases.every(release => release.candidates.includes(line)))
  const stable = candidates.filter(line => line !== '6.0')
  const line = stable[stable.length - 1] ?? candidates[0]
  return line ? { stated: false, line, candidates } : releases[0]
}
