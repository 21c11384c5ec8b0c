/** Datacenter and rack names are compared letter by letter: a variant in spelling is another place. */
import type { Node } from '../../model/node.ts'
import type { Fact } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type EntityKey, type Report, rule } from '../rule.ts'
import { datacenterKey, list, nodeKey } from '../words.ts'

export default rule({
  id: 'topology/names-nearly-equal',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'two spellings of one datacenter or rack',
  why: 'Names are compared exactly. A node that spells its datacenter differently stands in a datacenter of its own: it holds no replicas, and LOCAL_QUORUM there finds nobody.',
  remedy: 'Use one spelling. A node that already holds data cannot change its datacenter or rack: decommission it and let it join anew.',
  sources: ['Cassandra: TokenMetadata.Topology', 'Java: String.equals'],
  bad: exampleCluster(
    '1x3',
    {},
    '#- dc1/db3/cassandra-rackdc.properties\ndc=DC1\n#  ^^^ 💡 warning[topology/names-nearly-equal]: dc1\nrack=r3\n',
  ),
  good: '#- cluster: 1x3',
  *check(cluster) {
    yield* variants(
      cluster.nodes,
      node => node.location.datacenter,
      'datacenter',
      name => datacenterKey(name),
    )
    for (const datacenter of cluster.datacenters)
      yield* variants(
        datacenter.nodes,
        node => node.location.rack,
        'rack',
        name => `rack:${datacenter.name}/${name}`,
        datacenter.name,
      )
  },
})

function* variants(
  nodes: readonly Node[],
  place: (node: Node) => Fact<string>,
  kind: 'datacenter' | 'rack',
  key: (name: string) => EntityKey,
  within?: string,
): Generator<Report> {
  const alike = new Map<string, Map<string, Node[]>>()
  const holders = new Map<string, Node[]>()
  for (const node of nodes) {
    const fact = place(node)
    if (fact.kind !== 'known') continue
    const there = holders.get(fact.value)
    if (there) {
      there.push(node)
      continue
    }
    const first = [node]
    holders.set(fact.value, first)
    const folded = fold(fact.value)
    alike.set(folded, (alike.get(folded) ?? new Map<string, Node[]>()).set(fact.value, first))
  }
  for (const spellings of alike.values()) {
    if (spellings.size < 2) continue
    const [usual, ...others] = [...spellings].sort((a, b) => b[1].length - a[1].length)
    const names = [...spellings.keys()]
    for (const [name, odd] of others)
      for (const node of odd) {
        const fact = place(node)
        const span = fact.kind === 'known' ? fact.span : undefined
        const model = place(usual![1][0]!)
        yield {
          at: span ?? node.span,
          message: `"${name}" (${node.name}) and "${usual![0]}" (${list(usual![1].map(one => one.name))}) are two ${kind}s to Cassandra. Use one spelling.`,
          see: model.kind === 'known' && model.span ? [{ at: model.span, message: `"${usual![0]}" here` }] : [],
          about: [nodeKey(node), ...names.map(key), ...(within === undefined ? [] : [datacenterKey(within)])],
          fixes: () =>
            span && node.location.from !== 'simple-snitch' && node.location.from !== 'topology'
              ? [{ title: `Write ${usual![0]} (only if ${node.name} is new)`, safe: false, edits: [{ at: span, newText: usual![0] }] }]
              : [],
        }
      }
  }
}

/** Without case, blanks, `-` and `_`, but numbers stay apart: `dc1-1` is not `dc11`. */
function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/(\d)[\s_-]+(?=\d)/g, '$1.')
    .replace(/[\s_-]+/g, '')
}
