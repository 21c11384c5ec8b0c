/** A suppression or a severity for a rule that does not exist. Judged where findings are hidden (workspace/suppressions.ts). */
import type { Span } from '../../text/span.ts'
import { type Report, rule } from '../rule.ts'

export default rule({
  id: 'suppressions/unknown-rule',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'suppression of a rule that does not exist',
  why: 'It hides nothing, so what was to be hidden shows. A pattern that hides errors of rules nobody named is not accepted either.',
  remedy: 'Write the id of the rule as the finding shows it.',
  sources: ['Foretell: suppressions'],
  bad: `
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-coment the node is rebuilt in January
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 warning[suppressions/unknown-rule]: properties-trailing-comment
dc=dc1
rack=r1
`,
  good: `
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment the node is rebuilt in January
dc=dc1 # the first
rack=r1
`,
  check: () => [],
})

/** `idSpan` is where the id itself stands, if it may be replaced. */
export function unknownRuleReport(at: Span, id: string, suggestion: string | undefined, idSpan: Span | undefined): Report {
  return {
    at,
    message: `${id} is no rule, so nothing is suppressed.${suggestion ? ` ${suggestion} is meant?` : ''}`,
    ...(suggestion && idSpan
      ? { fixes: () => [{ title: `Write ${suggestion}`, safe: false, edits: [{ at: idSpan, newText: suggestion }] }] }
      : {}),
  }
}

export function patternOverErrorReport(at: Span, pattern: string, ruleId: string): Report {
  return { at, message: `${pattern} does not hide errors: name the rule, ${ruleId}, so that no other error vanishes with it.` }
}
