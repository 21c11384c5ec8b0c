/** Two ends of a tunnel with different MTUs. */
import { pathForUnequalMtus } from '../../analysis/tunnel-mtu.ts'
import type { MeshEnd, MeshPeer } from '../../model/mesh.ts'
import { nameOfEnd, outerFamilyOf, pairName } from '../../model/mesh-facts.ts'
import { declaredUnderlay, writtenMtu } from '../../model/mesh-mtu.ts'
import { exampleMesh } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'

export default rule({
  id: 'mtu/differs',
  scope: 'mesh',
  effects: ['informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard ends with different MTUs',
  why: 'TCP agrees on the smaller of two MTUs, but WireGuard pads every packet to 16 bytes within the sender’s own MTU: on a narrow path what the side with the larger MTU sends is a little too long, and stalls one way.',
  remedy: 'Set the smallest MTU on all hosts of the mesh, or declare the network’s MTU in foretell.yaml.',
  sources: [
    'wireguard-go: device/send.go, calculatePaddingSize',
    'Measured: 1420 against 1340 on a path of 1400 bytes, one direction stalls; 1420 against 1380 on 1500 is harmless',
  ],
  bad: exampleMesh(3, { 2: { interface: { MTU: '1340\n#     ^^^^ 💡 info[mtu/differs]: 1404' } } }),
  good: exampleMesh(3),
  *check(mesh) {
    const unequal = new Map<MeshEnd, MeshPeer[]>()
    const note = (peer: MeshPeer) => unequal.set(peer.end, [...(unequal.get(peer.end) ?? []), peer])
    for (const { a, b } of mesh.tunnels) {
      const [mine, theirs] = [writtenMtu(a.end), writtenMtu(b.end)]
      if (mine === undefined || theirs === undefined || mine === theirs || declaredUnderlay(mesh.declared, a) !== undefined) continue
      note(a)
      note(b)
    }
    // The odd ones out first: whoever differs from most.
    const told = new Set<MeshPeer>()
    for (const [end, peers] of [...unequal].sort(
      (x, y) => y[1].length - x[1].length || (x[0].file.file.path < y[0].file.file.path ? 1 : -1),
    )) {
      const fresh = peers.filter(peer => !told.has(peer) && !(peer.back && told.has(peer.back)))
      if (fresh.length === 0) continue
      for (const peer of fresh) told.add(peer)
      const mine = writtenMtu(end)!
      const [first] = fresh
      const theirs = writtenMtu(first!.to!)!
      const [smaller, larger] = [Math.min(mine, theirs), Math.max(mine, theirs)]
      const path = pathForUnequalMtus(smaller, larger, outerFamilyOf(first!))
      const names = list(fresh.map(peer => nameOfEnd(peer.to!)))
      const setting = end.file.interface.settings.findLast(({ key }) => key === 'MTU')!
      yield {
        at: setting.valueSpan,
        message: `${nameOfEnd(end)} has MTU ${mine}, ${names} ${theirs}: on a path below ${path} bytes the padded packets of ${mine > theirs ? nameOfEnd(end) : names} stall one way. Set ${smaller} everywhere.`,
        see: fresh.slice(0, 20).map(({ to }) => ({
          at: to!.file.interface.settings.findLast(({ key }) => key === 'MTU')!.valueSpan,
          message: `MTU of ${nameOfEnd(to!)}`,
        })),
        about: [`node:${end.host.name}`, 'setting:MTU', ...fresh.slice(0, 50).map(peer => `pair:${pairName(end, peer.to!)}` as const)],
        fixes: () => {
          const wide = [end, ...fresh.map(peer => peer.to!)].filter(each => writtenMtu(each)! > smaller)
          return [
            {
              title: `Set MTU = ${smaller} everywhere`,
              safe: false,
              edits: wide.map(each =>
                replace(each.file.interface.settings.findLast(({ key }) => key === 'MTU')!.valueSpan, String(smaller)),
              ),
            },
          ]
        },
      }
    }
  },
})
