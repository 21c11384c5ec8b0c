/** A suppression whose date is past. Judged where findings are hidden (workspace/suppressions.ts), with the date that the host gives. */
import type { Span } from '../../text/span.ts'
import { type Report, rule } from '../rule.ts'

export default rule({
  id: 'suppressions/expired',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'suppression whose date is past',
  why: 'Somebody promised that the reason would be gone by then. What it hid shows again.',
  remedy: 'Mend what it hid and delete the suppression, or agree on a new date.',
  sources: ['Foretell: suppressions'],
  bad: `
#- today: 2027-02-01
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment until 2027-01-31 the node is rebuilt in January
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[suppressions/expired]: Expired on 2027-01-31
dc=dc1 # the first
rack=r1
`,
  good: `
#- today: 2027-01-31
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment until 2027-01-31 the node is rebuilt in January
dc=dc1 # the first
rack=r1
`,
  check: () => [],
})

/** `shown`: how many findings show again. */
export function expiredReport(at: Span, until: string, shown: number): Report {
  const again =
    shown === 0 ? 'and nothing is left to suppress: delete it' : shown === 1 ? '1 finding shows again' : `${shown} findings show again`
  return { at, message: `Expired on ${until}; ${again}.` }
}
