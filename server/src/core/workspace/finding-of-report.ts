/** From what a rule reports to what every face shows. */
import { type AnyRule, type Report, severityOf } from '../rules/rule.ts'
import type { Finding } from './finding.ts'

/** A report with the rule's own facts beside it. */
export function findingOf(rule: AnyRule, report: Report): Finding {
  const effect = report.effect ?? rule.effects[0]
  return {
    rule: rule.id,
    severity: severityOf[effect],
    effect,
    certainty: report.certainty ?? rule.certainty,
    message: withinReason(report.message),
    span: report.at,
    related: report.see ?? [],
    about: report.about ?? [],
    fixes: memoThunk(() =>
      (report.fixes?.() ?? []).map(fix => (fix.title.length <= longestMessage ? fix : { ...fix, title: withinReason(fix.title) })),
    ),
  }
}

/** Longer than any message that a person reads: what quotes a file of one long line is cut in its middle. */
const longestMessage = 1000

function withinReason(message: string): string {
  if (message.length <= longestMessage) return message
  return `${message.slice(0, longestMessage / 2)} … ${message.slice(-longestMessage / 4)}`
}

function memoThunk<T>(compute: () => T): () => T {
  let answer: { readonly value: T } | undefined
  return () => {
    answer ??= { value: compute() }
    return answer.value
  }
}
