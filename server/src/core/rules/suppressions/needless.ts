/** A suppression that hides nothing: its finding is gone, or was never there. Judged where findings are hidden (workspace/suppressions.ts). */
import type { Span } from '../../text/span.ts'
import { type Report, rule } from '../rule.ts'

export default rule({
  id: 'suppressions/needless',
  scope: 'file',
  effects: ['tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'suppression that hides nothing',
  why: 'What it hid is gone. Left behind, it will hide the next finding of the same rule here, which nobody has judged.',
  remedy: 'Delete the suppression.',
  sources: ['Foretell: suppressions'],
  bad: `
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment renamed with the next rebuild
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 hint[suppressions/needless]
dc=dc1
rack=r1
`,
  good: `
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment renamed with the next rebuild
dc=dc1 # the first
rack=r1
`,
  check: () => [],
})

/** `removal` is what must be deleted to be rid of it, where that is known. */
export function needlessReport(at: Span, ruleId: string, removal: Span | undefined): Report {
  return {
    at,
    message: `Nothing to suppress: there is no finding of ${ruleId} here.`,
    ...(removal ? { fixes: () => [{ title: 'Delete the suppression', safe: true, edits: [{ at: removal, newText: '' }] }] } : {}),
  }
}
