/** A block that was meant for one host and has another key. */
import { nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { exampleKeys, exampleMesh } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/wrong-public-key',
  scope: 'mesh',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard block with the wrong key',
  why: 'A handshake is encrypted for the key in the block; the host at the other end cannot read it and drops it without a word. It happens when keys are renewed on one side, or when the private half is pasted in the place of the public one.',
  remedy: 'Write the public half of the other host’s PrivateKey.',
  sources: [
    'Measured with three nodes: a wrong PublicKey, "Received packet with invalid mac1" in the debug log alone',
    'Measured: a private key as PublicKey is accepted',
  ],
  bad: exampleMesh(2, {
    1: { peers: { 2: { PublicKey: `${exampleKeys[3].public}\n#           ${'^'.repeat(44)} 💡 error[mesh/wrong-public-key]: db2` } } },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const { from, meant, why } of mesh.misdirected) {
      const [here, there] = [nameOfEnd(from.end), nameOfEnd(meant)]
      const at = from.peer.publicKeySpan ?? from.peer.header
      yield {
        at,
        message: `This block of ${here} is for ${there} but has ${why === 'private-key' ? `${there}’s private key in the place of the public one, which is now known as well` : 'the key of somebody else'}: ${there} drops its handshakes. Write the public half of ${there}’s key.`,
        see: [{ at: meant.span, message: `${there}’s own file` }],
        about: [`pair:${pairName(from.end, meant)}`, `node:${meant.host.name}`],
        fixes: () =>
          meant.publicKey === undefined
            ? []
            : [{ title: `Write the public key of ${there}`, safe: true, edits: [replace(at, meant.publicKey)] }],
      }
    }
  },
})
