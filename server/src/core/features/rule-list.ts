/** All rules as plain data: what `foretell rules` prints and other programs read. */
import { allRules } from '../rules/all-rules.ts'
import { type Certainty, type Effect, type Scope, type Severity, severityOf } from '../rules/rule.ts'

export interface RuleEntry {
  readonly id: string
  readonly scope: Scope
  readonly severities: readonly Severity[]
  readonly effects: readonly Effect[]
  readonly certainty: Certainty
  readonly releases: readonly string[] | 'all'
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly sources: readonly string[]
}

/** By id. */
export function ruleEntries(): readonly RuleEntry[] {
  return allRules.map(({ id, scope, effects, certainty, releases, title, why, remedy, sources }) => ({
    id,
    scope,
    severities: [...new Set(effects.map(effect => severityOf[effect]))],
    effects,
    certainty,
    releases,
    title,
    why,
    remedy,
    sources,
  }))
}
