/** A comment behind a value of a properties file is part of the value. */
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey } from '../words.ts'

export default rule({
  id: 'syntax/properties-trailing-comment',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'comment behind a value in a properties file',
  why: 'In a properties file # and ! begin a comment only at the start of a line. Behind a value they belong to it: the datacenter is then called "dc1 # Berlin", and no keyspace names it so.',
  remedy:
    'Put the comment on a line of its own. On a node that holds data this changes the name of its datacenter or rack, which it refuses.',
  sources: ['Java: java.util.Properties.load'],
  bad: exampleCluster(
    '1x3',
    {},
    '#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack=r3 # next to the door\n#    ^^^^^^^^^^^^^^^^^^^^^ 💡 warning[syntax/properties-trailing-comment]: r3 # next to the door\n',
  ),
  good: exampleCluster('1x3', {}, '#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\n# next to the door\nrack=r3\n'),
  *check({ parsed }) {
    if (parsed.kind !== 'rackdc' && parsed.kind !== 'topology') return
    for (const entry of parsed.entries) {
      const cut = entry.placeholder ? undefined : commentIn(entry.value)
      if (!cut) continue
      const what =
        parsed.kind === 'topology'
          ? `place of ${entry.key}`
          : entry.key === 'dc'
            ? 'datacenter'
            : entry.key === 'rack'
              ? 'rack'
              : `value of ${entry.key}`
      const file = parsed.file
      const written = file.text.slice(entry.valueSpan.start, entry.valueSpan.end)
      const inFile = commentIn(written)
      yield {
        at: entry.valueSpan,
        message: `${cut.sign} starts a comment only at the start of a line: the ${what} is named "${shortened(entry.value.trimEnd())}". Put the comment on its own line.`,
        about: [
          `file:${file.path}`,
          ...(entry.key === 'dc'
            ? [datacenterKey(entry.value.trim())]
            : entry.key === 'rack'
              ? ([`rack:${entry.value.trim()}`] as const)
              : []),
        ],
        fixes: () => {
          if (!inFile) return []
          const value = written.slice(0, inFile.start)
          const comment = written.slice(inFile.start).trim()
          return [
            {
              title: `Move the comment to its own line (the ${what} becomes ${shortened(value)})`,
              safe: false,
              edits: [
                { at: { file, start: entry.span.start, end: entry.span.start }, newText: `${comment}\n` },
                { at: { file, start: entry.valueSpan.start + inFile.start, end: entry.valueSpan.end }, newText: '' },
              ],
            },
          ]
        },
      }
    }
  },
})

/** Where blanks and the sign of a comment begin behind a value. Looks at each blank once. */
function commentIn(value: string): { readonly start: number; readonly sign: string } | undefined {
  const found = /[ \t][#!]/.exec(value)
  if (!found) return undefined
  let start = found.index
  while (start > 0 && (value[start - 1] === ' ' || value[start - 1] === '\t')) start--
  return { start, sign: found[0].slice(1) }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
