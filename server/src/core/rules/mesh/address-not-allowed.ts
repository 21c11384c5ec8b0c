/** A tunnel that shakes hands and carries nothing for an address. */
import { showAddress, widthOf } from '../../analysis/ip-network.ts'
import { nameOfEnd, pairName, uncoveredAddresses } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { unlessLikely } from './likely-words.ts'

export default rule({
  id: 'mesh/address-not-allowed',
  scope: 'mesh',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard address that the other side does not allow',
  why: 'AllowedIPs decide in both directions: packets for an address that no block lists are not sent, and packets from it are dropped after decryption. The handshake works and `wg show` looks healthy.',
  remedy: 'List the address of the other host in its block.',
  sources: [
    'wireguard-go: device/receive.go',
    'Measured with three nodes: a block with another AllowedIPs, handshake fine, all data dropped both ways',
  ],
  bad: exampleMesh(2, {
    1: { peers: { 2: { AllowedIPs: '10.20.1.22/32\n#            ^^^^^^^^^^^^^ 💡 error[mesh/address-not-allowed]: 10.20.1.12' } } },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const { a, b } of mesh.tunnels)
      for (const peer of [a, b]) {
        const to = peer.to!
        if (peer.prefixes.length === 0 || peer.prefixes.some(({ lost }) => lost)) continue
        for (const { address, span } of uncoveredAddresses(peer)) {
          const [here, there, shown] = [nameOfEnd(peer.end), nameOfEnd(to), showAddress(address)]
          const setting = peer.peer.settings.findLast(({ key }) => key === 'AllowedIPs')!
          yield unlessLikely(
            {
              at: setting.valueSpan,
              message: `${here} does not allow ${there}’s address ${shown}: the handshake works, \`wg show\` looks healthy, and all traffic of ${shown} is dropped both ways. Add ${shown}/${widthOf(address.family)}.`,
              see: [{ at: span, message: `${there}’s address` }],
              about: [`pair:${pairName(peer.end, to)}`, `node:${to.host.name}`],
              fixes: () => [
                {
                  title: `Add ${shown}/${widthOf(address.family)}`,
                  safe: false,
                  edits: [insertBelow(setting.lineSpan, `AllowedIPs = ${shown}/${widthOf(address.family)}`)],
                },
              ],
            },
            a,
            b,
          )
        }
      }
  },
})
