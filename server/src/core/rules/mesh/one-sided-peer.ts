/** A host that lists another, which does not list it. */
import { knowsAllItsPeers, nameOfEnd, pairName, peerBlockFor } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { appendLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { unlessLikely } from './likely-words.ts'

export default rule({
  id: 'mesh/one-sided-peer',
  scope: 'mesh',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard peer that is listed on one side only',
  why: 'A host drops handshakes of keys that its own file does not list, and says nothing: the other side sees bytes sent and none received, and no error anywhere.',
  remedy: 'Add the missing [Peer] block, or delete the one that stands alone.',
  sources: ['Measured with three nodes: A lists B, B does not list A; no handshake, no message'],
  bad: exampleMesh(2, {
    1: {
      peers: {
        2: {
          PublicKey:
            'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8=\n#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 error[mesh/one-sided-peer]: db2 does not list db1',
        },
      },
    },
    2: { peers: { 1: undefined } },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    const awaited = new Set(mesh.misdirected.map(({ from, meant }) => `${mesh.ends.indexOf(from.end)}>${mesh.ends.indexOf(meant)}`))
    for (const end of mesh.ends) {
      if (end.publicKey !== undefined && (mesh.endsByKey.get(end.publicKey)?.length ?? 0) > 1) continue
      for (const peer of end.peers) {
        const { to, by, back } = peer
        if (!to || back || to === end || !knowsAllItsPeers(to)) continue
        const sure = by === 'key' && end.publicKey !== undefined
        // Without keys, only where every block of the other file is known to be for somebody else.
        if (!sure && (end.file.linesMayBeElsewhere || !to.peers.every(other => other.to))) continue
        if (to.publicKey !== undefined && (mesh.endsByKey.get(to.publicKey)?.length ?? 0) > 1) continue
        if (awaited.has(`${mesh.ends.indexOf(to)}>${mesh.ends.indexOf(end)}`)) continue
        const [here, there] = [nameOfEnd(end), nameOfEnd(to)]
        yield unlessLikely(
          {
            at: peer.peer.publicKeySpan ?? peer.peer.header,
            message: `${there} does not list ${here} and drops its handshakes without a word: ${here} sees bytes sent and none received. Add a [Peer] block for ${here} to ${to.file.file.path}.`,
            see: [{ at: to.span, message: `no block for ${here} in this file` }],
            about: [`pair:${pairName(end, to)}`, `node:${end.host.name}`, `node:${to.host.name}`],
            fixes: () => {
              const block = peerBlockFor(mesh, end)
              return block ? [{ title: `Add ${here} to ${to.file.file.path}`, safe: false, edits: [appendLines(to.span, ...block)] }] : []
            },
          },
          sure ? undefined : { ...peer, by: 'likely' },
        )
      }
    }
  },
})
