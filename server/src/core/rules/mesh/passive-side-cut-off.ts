/** One side alone can call, and it stays silent until it has something to say. */
import type { MeshPeer } from '../../model/mesh.ts'
import { nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow, replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/passive-side-cut-off',
  scope: 'mesh',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard side that can only wait',
  why: 'A host without an Endpoint for its peer knows where the peer is only after the peer has sent something. After a restart it cannot speak until then, unless the other side keeps the tunnel alive.',
  remedy: 'Write PersistentKeepalive = 25 on the side that has the Endpoint, or an Endpoint on both.',
  sources: ['Measured with two nodes: Endpoint on one side only, 0 of 3 packets; with keepalive a restart costs 0.0 s'],
  bad: exampleMesh(2, {
    1: {
      peers: {
        2: {
          Endpoint: '192.0.2.2:51820\n#          ^^^^^^^^^^^^^^^ 💡 warning[mesh/passive-side-cut-off]: db2',
          PersistentKeepalive: undefined,
        },
      },
    },
    2: { peers: { 1: { Endpoint: undefined } } },
  }),
  good: exampleMesh(2, { 2: { peers: { 1: { Endpoint: undefined } } } }),
  *check(mesh) {
    for (const { a, b } of mesh.tunnels) {
      const [caller, waiting] =
        a.endpoint && b.peer.endpoint.kind === 'absent' ? [a, b] : b.endpoint && a.peer.endpoint.kind === 'absent' ? [b, a] : []
      if (!caller || !waiting || !isSilent(caller) || caller.end.file.linesMayBeElsewhere) continue
      const [name, other] = [nameOfEnd(caller.end), nameOfEnd(waiting.end)]
      yield {
        at: caller.endpoint!.span,
        message: `After a restart ${other} cannot speak to ${name} until ${name} does: only ${name} has an Endpoint, and it sends no keepalive. Write PersistentKeepalive = 25 here.`,
        see: [{ at: waiting.peer.header, message: `no Endpoint for ${name} here` }],
        about: [`pair:${pairName(caller.end, waiting.end)}`],
        fixes: () => {
          const setting = caller.peer.settings.findLast(({ key }) => key === 'PersistentKeepalive')
          const edit = setting ? replace(setting.valueSpan, '25') : insertBelow(caller.endpoint!.span, 'PersistentKeepalive = 25')
          return [{ title: 'Write PersistentKeepalive = 25', safe: false, edits: [edit] }]
        },
      }
    }
  },
})

function isSilent({ peer }: MeshPeer): boolean {
  return peer.keepalive.kind === 'absent' || knownValue(peer.keepalive) === 0
}
