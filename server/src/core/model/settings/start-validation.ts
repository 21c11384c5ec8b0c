/** What a release refuses when it starts with a file that it could load: every condition that the file decides, all at once (Cassandra stops at its first). */
import type { ReleaseLine } from '../../catalog/release.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import { type LoadFlags, loadSettings, usualFlags } from './load-settings.ts'
import { addressRefusals, seedRefusals } from './start-addresses.ts'
import { authenticationRefusals, classRefusals } from './start-classes.ts'
import { type StartConfig, type StartSurroundings, startConfig, unknownSurroundings } from './start-config.ts'
import { commitLogRefusals, directoryRefusals, missingRefusals, tokenRefusals } from './start-conflicts.ts'
import { encryptionRefusals } from './start-encryption.ts'
import { guardrailRefusals } from './start-guardrails.ts'
import { limitRefusals } from './start-limits.ts'
import { rangeRefusals } from './start-ranges.ts'
import type { StartRefusal } from './start-refusal.ts'

const checks: readonly ((config: StartConfig) => Iterable<StartRefusal>)[] = [
  missingRefusals,
  rangeRefusals,
  commitLogRefusals,
  directoryRefusals,
  limitRefusals,
  classRefusals,
  addressRefusals,
  tokenRefusals,
  seedRefusals,
  encryptionRefusals,
  guardrailRefusals,
  authenticationRefusals,
]

/** Every condition of the start-up validation that the configuration does not meet. */
export function refusalsOfStart(config: StartConfig): readonly StartRefusal[] {
  return checks.flatMap(check => [...check(config)])
}

/** Refusals of the start-up validation. An empty file is judged as the defaults; a file without a mapping at its top has none. */
export function validateStart(
  yaml: ParsedCassandraYaml,
  line: ReleaseLine,
  surroundings: StartSurroundings = unknownSurroundings,
  flags: LoadFlags = usualFlags,
): readonly StartRefusal[] {
  if (yaml.problems.length > 0 && !yaml.root) return []
  return refusalsOfStart(startConfig(yaml, loadSettings(yaml, line, flags), surroundings))
}
