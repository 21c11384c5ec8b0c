/** Facts of foretell.yaml that a file tells otherwise. */
import { normaliseAddress } from '../../analysis/ip-network.ts'
import type { Node } from '../../model/node.ts'
import type { Fact } from '../../text/fact.ts'
import type { Located } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'assertions/contradicts-files',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'fact of foretell.yaml that a file tells otherwise',
  why: 'foretell.yaml adds what no file says. Where a file of the node says something else, the file counts, and the line in foretell.yaml is out of date or about another node.',
  remedy: 'Correct the one that is wrong; where the file is right, the line in foretell.yaml can go.',
  sources: ['Foretell: files count over foretell.yaml'],
  bad: exampleCluster(
    '1x3',
    {},
    '#- foretell.yaml\nnodes:\n  db3: { rack: r9 }\n#              ^^ 💡 warning[assertions/contradicts-files]: r3\n',
  ),
  good: exampleCluster('1x3', {}, '#- foretell.yaml\nnodes:\n  db3: { rack: r3, memory: 64GiB }\n'),
  *check(cluster) {
    for (const node of cluster.nodes) {
      const { declared, location } = node
      if (declared.datacenter) yield* differing(node, 'datacenter', declared.datacenter, location.datacenter)
      if (declared.rack) yield* differing(node, 'rack', declared.rack, location.rack)
      const address = declared.address && normaliseAddress(declared.address.value)
      // With WireGuard files it may be the address of the host, outside the tunnels.
      if (declared.address && address !== undefined && node.wireguard.length === 0 && !node.addressesRewritten) {
        const known = [node.addresses.listen, node.addresses.rpc, node.addresses.broadcastRpc].some(
          fact => fact.kind === 'known' && fact.value === address,
        )
        if (!known) yield* differing(node, 'address', { ...declared.address, value: address }, node.addresses.effectiveBroadcast)
      }
    }
  },
})

function* differing(node: Node, what: string, declared: Located<string>, file: Fact<string>): Generator<Report> {
  if (file.kind !== 'known' || !file.span || file.span.file === declared.span.file || file.value === declared.value) return
  const { span, value } = file
  yield {
    at: declared.span,
    message: `foretell.yaml gives ${node.name} the ${what} ${declared.value}, ${span.file.path} says ${value}; the file counts.`,
    see: [{ at: span, message: `${what} of ${node.name}` }],
    about: [nodeKey(node)],
    fixes: () => [{ title: `Write ${value} here`, safe: false, edits: [{ at: declared.span, newText: value }] }],
  }
}
