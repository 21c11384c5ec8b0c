/** A suppression without a reason is a question for whoever comes next. */
import { declarationsOf } from '../../model/foretell-yaml.ts'
import { suppressionComments } from '../../model/suppression-comment.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'suppressions/without-reason',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'suppression without a reason',
  why: 'A finding that is switched off without a word cannot be judged again: nobody knows whether the reason still holds.',
  remedy: 'Write the reason after the rule, or after the date.',
  sources: ['Foretell: suppressions'],
  bad: `
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[suppressions/without-reason]
dc=dc1 # the first
rack=r1
`.replace('# ^^^', '#^^^^'),
  good: `
#- db1/cassandra-rackdc.properties
# foretell: ignore syntax/properties-trailing-comment renamed with the next rebuild
dc=dc1 # the first
rack=r1
`,
  *check({ parsed }) {
    if (parsed.kind === 'unrecognised') return
    for (const comment of suppressionComments(parsed.file))
      if (comment.reason === '')
        yield {
          at: comment.span,
          message:
            comment.rule === ''
              ? 'This names no rule: write the rule that is off here, and why.'
              : `Say why ${comment.rule} is off here: without a reason nobody can tell when it may go.`,
          about: [`line:${parsed.file.path}:${comment.span.start}`],
        }
    if (parsed.kind !== 'foretell-yaml') return
    for (const declared of declarationsOf(parsed).suppress)
      if (!declared.reason?.trim())
        yield { at: declared.span, message: `Say why ${declared.rule} is off here: without a reason nobody can tell when it may go.` }
  },
})
