/** Conflict marks of a version control system. */
import { rule } from '../rule.ts'

export default rule({
  id: 'syntax/merge-conflict',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'merge conflict that nobody resolved',
  why: 'The file holds two versions of itself and the marks between them. No program reads it as either.',
  remedy: 'Keep one side, take the marks out.',
  sources: ['git merge: how conflicts are presented'],
  bad: `#- cassandra.yaml
cluster_name: prod
<<<<<<< HEAD
num_tokens: 16
=======
num_tokens: 256
>>>>>>> feature
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
`,
  good: '#- cluster: 1x1',
  *check({ parsed }) {
    for (const problem of parsed.problems)
      if (problem.kind === 'merge-conflict')
        yield {
          at: problem.span,
          message: 'Unresolved merge conflict; nothing else in this file is judged until one side is kept.',
          about: [`file:${parsed.file.path}`],
        }
  },
})
