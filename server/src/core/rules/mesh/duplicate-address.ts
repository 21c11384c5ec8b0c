/** One tunnel address on two hosts. */
import { prefixKey, showAddress } from '../../analysis/ip-network.ts'
import type { MeshEnd, OwnAddress } from '../../model/mesh.ts'
import { hostPrefix, isLinkLocal, nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/duplicate-address',
  scope: 'mesh',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard address on two hosts',
  why: 'In each peer’s file an address belongs to one key. Packets of the other host with the same address are dropped after decryption, and answers go to the wrong one.',
  remedy: 'Give every host an address of its own.',
  sources: ['Measured with three nodes: two nodes with one Address, the second one’s packets are dropped'],
  bad: exampleMesh(3, {
    3: { interface: { Address: '10.20.1.12/24\n#         ^^^^^^^^^^^^^ error[mesh/duplicate-address]: db2' }, peers: { 2: undefined } },
    1: { peers: { 3: { AllowedIPs: '10.20.1.13/32' } } },
    2: { peers: { 3: undefined } },
  }).replace('AllowedIPs = 10.20.1.13/32', 'AllowedIPs = 10.20.1.0/24'),
  good: exampleMesh(3),
  *check(mesh) {
    const holders = new Map<string | number, { readonly end: MeshEnd; readonly own: OwnAddress }>()
    for (const end of mesh.ends)
      for (const own of end.addresses) {
        if (isLinkLocal(own.address) || !own.written) continue
        const key = prefixKey(hostPrefix(own.address))
        const first = holders.get(key)
        if (!first) holders.set(key, { end, own })
        if (!first || first.end.host === end.host || (end.publicKey !== undefined && first.end.publicKey === end.publicKey)) continue
        const [here, there, shown] = [nameOfEnd(end), nameOfEnd(first.end), showAddress(own.address)]
        yield {
          at: own.span,
          message: `${shown} of ${here} is also ${there}’s address: peers know it by one key, and the packets of the other are dropped. Give ${here} an address of its own.`,
          see: [{ at: first.own.span, message: `${there}’s address` }],
          about: [`pair:${pairName(first.end, end)}`, `node:${end.host.name}`, `node:${first.end.host.name}`],
        }
      }
  },
})
