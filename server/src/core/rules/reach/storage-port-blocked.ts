/** A firewall command in a hook that keeps the other nodes out. */
import { verdictOnPort } from '../../model/hook-firewall.ts'
import { textSetting } from '../../model/identity-settings.ts'
import { endsOfNode } from '../../model/mesh-facts.ts'
import type { Node } from '../../model/node.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'reach/storage-port-blocked',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'firewall command in a hook that closes the storage port',
  why: 'Gossip, writes and streaming all come in on the storage port. A hook that drops it on the tunnel’s interface leaves the node alone, while the tunnel itself looks healthy.',
  remedy: 'Accept the port on the interface before the command that drops the rest.',
  sources: ['cassandra.yaml, storage_port and ssl_storage_port', 'iptables(8): the first rule that matches decides'],
  bad: exampleMesh(
    2,
    {
      1: {
        interface: {
          PostUp:
            'iptables -A INPUT -i %i -p tcp --dport 9042 -j ACCEPT; iptables -A INPUT -i %i -j DROP\n#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[reach/storage-port-blocked]: 7000',
        },
      },
    },
    true,
  ),
  good: exampleMesh(
    2,
    { 1: { interface: { PostUp: 'iptables -A INPUT -i %i -p tcp --dport 7000 -j ACCEPT; iptables -A INPUT -i %i -j DROP' } } },
    true,
  ),
  *check(cluster) {
    const { mesh } = cluster
    if (!mesh) return
    for (const node of cluster.nodes)
      for (const end of endsOfNode(mesh, node)) {
        const port = portOfPeers(node)
        const others = mesh.ends
          .filter(other => other.node && other.node !== node)
          .flatMap(other => other.addresses.map(({ address }) => address))
        if (port === undefined || others.length === 0) continue
        const verdict = verdictOnPort(
          end.file,
          port,
          others.filter(({ family }) => family === others[0]!.family),
        )
        if (verdict.kind !== 'blocked') continue
        const { setting } = verdict.by
        yield {
          at: setting.valueSpan,
          message: `This hook drops TCP ${port} on ${end.interfaceName}: the other nodes cannot gossip with ${node.name}. Accept the port before it.`,
          about: [nodeKey(node)],
          fixes: () => [
            {
              title: `Accept TCP ${port} first`,
              safe: false,
              edits: [insertBelow(setting.lineSpan, `PostUp = iptables -I INPUT 1 -i %i -p tcp --dport ${port} -j ACCEPT`)],
            },
          ],
        }
      }
  },
})

/** 4.0 and newer always use storage_port; 3.x uses ssl_storage_port between nodes that encrypt. */
function portOfPeers(node: Node): number | undefined {
  if (node.release.candidates.every(line => line !== '3.11')) return knownValue(node.storagePort)
  const encrypts = /^\s*internode_encryption:\s*["']?(?!none\b)\w/m.test(node.yaml?.file.text ?? '')
  if (!encrypts) return knownValue(node.storagePort)
  return node.release.candidates.length > 1 ? undefined : Number(knownValue(textSetting(node.yaml, 'ssl_storage_port')) ?? 7001)
}
