/** Nodes of one cluster that state different releases. */
import { atLeast, type ReleaseLine } from '../../catalog/release.ts'
import type { Node } from '../../model/node.ts'
import { effectiveText } from '../../model/settings/effective.ts'
import { knownValue } from '../../text/fact.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'migration/mixed-versions',
  scope: 'cluster',
  effects: ['informs', 'breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'nodes of one cluster on different releases',
  why: 'While releases are mixed, schema changes, repairs and new nodes wait: each may fail between nodes that speak different versions.',
  remedy: 'Finish the upgrade. Until then leave 5.0 nodes in their compatibility mode.',
  sources: ['Apache Cassandra NEWS: upgrading', 'Cassandra: StorageCompatibilityMode'],
  bad: `#- foretell.yaml
cassandra: "4.1"
nodes:
  db3: { cassandra: "5.0" }
#- cluster: 1x3
`,
  good: '#- cluster: 1x3',
  *check(cluster) {
    const stated = cluster.nodes.filter(node => node.release.stated)
    const byLine = new Map<ReleaseLine, Node[]>()
    for (const node of stated) byLine.set(node.release.line, [...(byLine.get(node.release.line) ?? []), node])
    if (byLine.size < 2) return
    const lines = [...byLine.keys()].sort((a, b) => byLine.get(b)!.length - byLine.get(a)!.length)
    const odd = lines.at(-1)!
    const rest = lines.filter(line => line !== odd).flatMap(line => byLine.get(line)!)
    const nodes = byLine.get(odd)!
    const old = lines.some(line => !atLeast(line, '5.0'))
    const strict = stated.find(
      node =>
        atLeast(node.release.line, '5.0') &&
        knownValue(effectiveText(node.yaml, node.release.line, 'storage_compatibility_mode')) === 'NONE',
    )
    const at = strict && old ? strict : nodes[0]!
    yield {
      at: at.span,
      effect: strict && old ? 'breaks-later' : 'informs',
      message:
        strict && old
          ? `${strict.name} runs ${strict.release.line} with storage_compatibility_mode NONE beside older nodes: they cannot read what it streams. Leave CASSANDRA_4 until all nodes are upgraded.`
          : `${list(nodes.map(node => node.name))} ${nodes.length === 1 ? 'runs' : 'run'} ${odd}, ${list(rest.map(node => node.name))} ${lines.filter(line => line !== odd).join(', ')}: finish the upgrade before schema changes, repair or new nodes.`,
      about: [`cluster:${cluster.name}`, ...nodes.map(nodeKey)],
    }
  },
})
