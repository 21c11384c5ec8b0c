/** Preshared keys that differ, or stand on one side only. */
import { nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { presharedKeysAgree } from '../../model/wireguard-keys.ts'
import { exampleKeys, exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'
import { unlessLikely } from './likely-words.ts'

export default rule({
  id: 'mesh/preshared-key-mismatch',
  scope: 'mesh',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard preshared keys that differ',
  why: 'A preshared key is mixed into the handshake on both sides. With it on one side only, or with two different ones, no handshake completes and neither side says why.',
  remedy: 'Write the same PresharedKey on both sides, or none.',
  sources: ['Measured with two nodes: a preshared key on one side, "Received invalid response message" in the debug log alone'],
  bad: exampleMesh(2, {
    1: {
      peers: { 2: { PresharedKey: `${exampleKeys[3].private}\n#              ${'^'.repeat(44)} error[mesh/preshared-key-mismatch]: db2` } },
    },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const { a, b } of mesh.tunnels) {
      if (a.end.file.linesMayBeElsewhere || b.end.file.linesMayBeElsewhere || presharedKeysAgree(a.peer, b.peer) !== false) continue
      if ([a, b].some(({ end }) => end.file.interface.hooks.some(({ wholeCommand }) => /\bpreshared-key\b/.test(wholeCommand)))) continue
      const has = [a, b].map(({ peer }) =>
        peer.presharedKey.kind === 'known' && !peer.presharedKey.value.zero ? peer.presharedKey.value.span : undefined,
      )
      const [odd, other] = has[1] ? [b, a] : [a, b]
      yield unlessLikely(
        {
          at: (odd === b ? has[1] : has[0]) ?? odd.peer.header,
          message: `The handshake of ${nameOfEnd(a.end)} and ${nameOfEnd(b.end)} fails: ${has[0] && has[1] ? 'their preshared keys differ' : `${nameOfEnd(odd.end)} has a PresharedKey, ${nameOfEnd(other.end)} has none`}. Write the same on both sides.`,
          see: [{ at: (other === b ? has[1] : has[0]) ?? other.peer.header, message: `${nameOfEnd(other.end)}’s block` }],
          about: [`pair:${pairName(a.end, b.end)}`],
        },
        a,
        b,
      )
    }
  },
})
