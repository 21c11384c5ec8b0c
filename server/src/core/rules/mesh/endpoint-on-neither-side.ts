/** Two hosts that list each other, and neither knows where the other is. */
import { likelyEndpointOf, nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { unlessLikely } from './likely-words.ts'

export default rule({
  id: 'mesh/endpoint-on-neither-side',
  scope: 'mesh',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard tunnel without any endpoint',
  why: 'A host learns where its peer is from Endpoint, or from the peer’s first packet. When neither side has an Endpoint nobody sends the first packet; keepalive does not help.',
  remedy: 'Write an Endpoint on the side that can reach the other.',
  sources: [
    'Linux: drivers/net/wireguard/device.c, EDESTADDRREQ',
    'Measured with two nodes: no Endpoint on either side, with and without keepalive',
  ],
  bad: exampleMesh(2, {
    1: {
      peers: {
        2: {
          Endpoint: undefined,
          PublicKey:
            'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8=\n#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[mesh/endpoint-on-neither-side]: db2',
        },
      },
    },
    2: { peers: { 1: { Endpoint: undefined } } },
  }),
  good: exampleMesh(2, { 1: { peers: { 2: { Endpoint: undefined } } } }),
  *check(mesh) {
    for (const { a, b } of mesh.tunnels) {
      if (a.peer.endpoint.kind !== 'absent' || b.peer.endpoint.kind !== 'absent') continue
      if (
        a.end.file.linesMayBeElsewhere ||
        b.end.file.linesMayBeElsewhere ||
        [...a.peer.settings, ...b.peer.settings].some(({ key }) => key === 'Endpoint')
      )
        continue
      if ([a, b].some(({ end }) => end.file.interface.hooks.some(({ wholeCommand }) => /\bendpoint\b/.test(wholeCommand)))) continue
      yield unlessLikely(
        {
          at: a.peer.publicKeySpan ?? a.peer.header,
          message: `${nameOfEnd(a.end)} and ${nameOfEnd(b.end)} cannot call each other: neither block has an Endpoint, and keepalive does not help. Write one on the side that can reach the other.`,
          see: [{ at: b.peer.header, message: `${nameOfEnd(b.end)}’s block for ${nameOfEnd(a.end)}` }],
          about: [`pair:${pairName(a.end, b.end)}`],
          fixes: () => {
            const endpoint = likelyEndpointOf(mesh, b.end)
            const below = a.peer.settings.at(-1)?.lineSpan ?? a.peer.header
            return endpoint === undefined
              ? []
              : [{ title: `Write Endpoint = ${endpoint}`, safe: false, edits: [insertBelow(below, `Endpoint = ${endpoint}`)] }]
          },
        },
        a,
        b,
      )
    }
  },
})
