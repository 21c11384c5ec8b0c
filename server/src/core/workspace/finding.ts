/** A finding as every face shows it: the report of a rule with the rule's own facts beside it. */
import type { Certainty, Effect, EntityKey, Fix, RelatedPlace, Severity } from '../rules/rule.ts'
import type { Span } from '../text/span.ts'

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly effect: Effect
  readonly certainty: Certainty
  readonly message: string
  readonly span: Span
  readonly related: readonly RelatedPlace[]
  readonly about: readonly EntityKey[]
  readonly fixes: () => readonly Fix[]
}
