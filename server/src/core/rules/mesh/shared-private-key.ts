/** Two hosts with one private key. */
import { showAddress } from '../../analysis/ip-network.ts'
import type { MeshEnd } from '../../model/mesh.ts'
import { nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { exampleKeys, exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/shared-private-key',
  scope: 'mesh',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard private key on two hosts',
  why: 'Peers know a host by its key. With one key on two hosts they send to whichever of the two spoke last: each takes the tunnel away from the other.',
  remedy: 'Make a new key for one of the two and tell its peers.',
  sources: ['Measured with three nodes: a cloned private key, 0 of 6 packets reach the real node'],
  bad: exampleMesh(2, {
    2: {
      interface: { PrivateKey: `${exampleKeys[0].private}\n#            ${'^'.repeat(44)} error[mesh/shared-private-key]: db1` },
      peers: { 1: { PublicKey: exampleKeys[2].public } },
    },
    1: { peers: { 2: { PublicKey: exampleKeys[2].public } } },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const ends of mesh.endsByKey.values()) {
      const [first, ...rest] = ends
      for (const end of rest) {
        if (end.host === first!.host || !differ(first!, end)) continue
        yield {
          at: end.file.interface.privateKey.kind === 'known' ? end.file.interface.privateKey.value.span : end.span,
          message: `${nameOfEnd(end)} has the same PrivateKey as ${nameOfEnd(first!)}: peers send to whichever of the two spoke last. Make a new key for one of them.`,
          see: [
            {
              at: first!.file.interface.privateKey.kind === 'known' ? first!.file.interface.privateKey.value.span : first!.span,
              message: 'the same key',
            },
          ],
          about: [`pair:${pairName(first!, end)}`, `node:${end.host.name}`],
        }
      }
    }
  },
})

/** Two files with one key and one address are copies of one host’s file. */
function differ(a: MeshEnd, b: MeshEnd): boolean {
  if (a.node && b.node) return a.node !== b.node
  const shown = (end: MeshEnd) => end.addresses.map(({ address }) => showAddress(address)).sort()
  const [mine, theirs] = [shown(a), shown(b)]
  return mine.length > 0 && theirs.length > 0 && !mine.some(address => theirs.includes(address))
}
