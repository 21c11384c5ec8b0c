/** What the release of a node refuses of its cassandra.yaml: while loading and at the start. With an inferred release only what every candidate refuses. */
import type { ReleaseLine } from '../../catalog/release.ts'
import { releaseLines } from '../../catalog/release.ts'
import type { ParsedCassandraYaml } from '../../syntax/parsed-file.ts'
import { knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { jvmFacts } from '../jvm-facts.ts'
import type { Node } from '../node.ts'
import { foreignDistribution } from './distribution.ts'
import { heldInEveryCandidate, takenFor } from './infer-release.ts'
import { type LoadedSettings, type LoadFlags, loadSettings } from './load-settings.ts'
import type { LoadRefusal } from './loaded-value.ts'
import { type StartConfig, type StartSurroundings, startConfig } from './start-config.ts'
import type { StartRefusal } from './start-refusal.ts'
import { refusalsOfStart } from './start-validation.ts'

export interface SettingsJudgement {
  readonly loaded: LoadedSettings
  readonly config: StartConfig
  readonly start: readonly StartRefusal[]
}

interface JudgedNode {
  readonly yaml: ParsedCassandraYaml
  readonly inLine: (line: ReleaseLine) => SettingsJudgement
}

/** The settings of a node, judged; undefined without a readable file, and for other products unless the release is stated. */
const judgedNode: (node: Node) => JudgedNode | undefined = memo(node => {
  const { yaml } = node
  if (!yaml?.root) return undefined
  if (!node.release.stated && foreignDistribution(yaml) !== undefined) return undefined
  const { flags, surroundings } = surroundingsOf(node)
  const answers = new Map<ReleaseLine, SettingsJudgement>()
  const inLine = (line: ReleaseLine): SettingsJudgement => {
    let answer = answers.get(line)
    if (!answer) {
      const loaded = loadSettings(yaml, line, flags)
      const config = startConfig(yaml, loaded, surroundings)
      answer = { loaded, config, start: refusalsOfStart(config) }
      answers.set(line, answer)
    }
    return answer
  }
  return { yaml, inLine }
})

function surroundingsOf(node: Node): { readonly flags: LoadFlags; readonly surroundings: StartSurroundings } {
  const facts = jvmFacts(node)
  const properties = new Map([...facts.properties].map(([name, flag]) => [name, flag.value]))
  const heap = knownValue(facts.maxHeapBytes)
  return {
    flags: {
      allowNewAndOldKeys: properties.get('cassandra.allow_new_old_config_keys') === 'true',
      refuseRepeatedKeys: properties.get('cassandra.allow_duplicate_config_keys') === 'false',
    },
    surroundings: {
      properties,
      allFlagsKnown: facts.complete,
      heapDumpPathGiven: facts.flags.some(flag => flag.text.startsWith('-XX:HeapDumpPath')),
      ...(heap === undefined ? {} : { maxHeapBytes: heap }),
    },
  }
}

/** The judgement of the release that is shown; undefined when the node's settings are not judged. */
export function judgementOf(node: Node): SettingsJudgement | undefined {
  return judgedNode(node)?.inLine(node.release.line)
}

/** In any line: for what another release would say. */
export function judgementIn(node: Node, line: ReleaseLine): SettingsJudgement | undefined {
  return judgedNode(node)?.inLine(line)
}

export type Reported<T> = T & {
  /** Ends the message when the release was inferred and another would not refuse. */
  readonly suffix: string
}

/** Refusals of loading, those that hold in every release that it may be. */
export const loadRefusalsOf: (node: Node) => readonly Reported<LoadRefusal>[] = memo(node =>
  held(
    node,
    judgement => judgement.loaded.refusals,
    refusal => `${groupOf(refusal)} ${refusal.path} ${refusal.at.start}`,
  ),
)

/** Refusals of the start-up validation, those that hold in every release that it may be. */
export const startRefusalsOf: (node: Node) => readonly Reported<StartRefusal>[] = memo(node =>
  held(
    node,
    judgement => judgement.start,
    refusal => `${refusal.kind} ${refusal.at.start} ${refusal.at.end}`,
  ),
)

/** Kinds that one line may call one way and the next another way, of the same mistake. */
function groupOf(refusal: LoadRefusal): string {
  return refusal.kind === 'unknown-key' || refusal.kind === 'old-and-new-name' || refusal.kind === 'null-value' ? refusal.kind : 'value'
}

function held<T extends object>(
  node: Node,
  of: (judgement: SettingsJudgement) => readonly T[],
  keyOf: (one: T) => string,
): readonly Reported<T>[] {
  const judged = judgedNode(node)
  if (!judged) return []
  const { release } = node
  const kept = heldInEveryCandidate(release, line => of(judged.inLine(line)), keyOf)
  if (kept.length === 0) return []
  const suffix = takenFor(release)
  if (suffix === '') return kept.map(one => ({ ...one, suffix }))
  const others = releaseLines.filter(line => !release.candidates.includes(line)).map(line => new Set(of(judged.inLine(line)).map(keyOf)))
  return kept.map(one => ({ ...one, suffix: others.every(keys => keys.has(keyOf(one))) ? '' : suffix }))
}
