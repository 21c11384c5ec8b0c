/** Names that are not what the operator meant, or that other tools cannot write. */
import type { Node } from '../../model/node.ts'
import type { Fact } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'topology/unusable-name',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'datacenter or rack name with quotes, separators or letters outside ASCII',
  why: 'A properties file has no quotes: they become part of the name. It is read as ISO-8859-1, so that an umlaut in UTF-8 becomes two letters. Colons and commas separate names in topology files and in tools. No keyspace would name such a datacenter.',
  remedy: 'Write plain ASCII letters, digits, - and _ without quotes. A node that holds data has to keep its name.',
  sources: ['Java: java.util.Properties', 'Cassandra: PropertyFileSnitch'],
  bad: exampleCluster(
    '1x3',
    {},
    '#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nrack="r3"\n#    ^^^^ 💡 warning[topology/unusable-name]: quotes\n',
  ),
  good: '#- cluster: 1x3',
  *check(node) {
    for (const [kind, fact] of [
      ['datacenter', node.location.datacenter],
      ['rack', node.location.rack],
    ] as const) {
      const wrong = whatIsWrong(fact)
      if (!wrong || fact.kind !== 'known') continue
      const at = fact.span ?? node.span
      const plain = fact.value.replace(/["']/g, '').trim()
      yield {
        at,
        message: `The ${kind} of ${node.name} is ${shown(fact.value)}: ${wrong}. Write plain letters and digits.`,
        about: [nodeKey(node), `${kind}:${fact.value}`],
        fixes: () =>
          fromProperties(node) && /["']/.test(fact.value) && plain !== '' && fact.span
            ? [{ title: `Write ${plain} (only if ${node.name} is new)`, safe: false, edits: [{ at: fact.span, newText: plain }] }]
            : [],
      }
    }
  },
})

function fromProperties(node: Node): boolean {
  return node.location.from === 'rackdc'
}

function whatIsWrong(fact: Fact<string>): string | undefined {
  if (fact.kind !== 'known') return undefined
  if (fact.value === '') return 'the name is empty'
  if (/["']/.test(fact.value)) return 'the quotes are part of it'
  if (/[:,]/.test(fact.value)) return 'a colon or comma ends a name elsewhere'
  if (/[^\x20-\x7e]/.test(fact.value)) return 'Java reads the file as ISO-8859-1'
  return undefined
}

function shown(name: string): string {
  return name === '' ? '""' : name.includes('"') ? `\`${name}\`` : `"${name}"`
}
