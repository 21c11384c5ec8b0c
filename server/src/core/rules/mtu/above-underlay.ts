/** A tunnel MTU whose packets do not fit the network below. */
import { outerLength } from '../../analysis/tunnel-mtu.ts'
import { nameOfEnd } from '../../model/mesh-facts.ts'
import { tightestBudget, writtenMtu } from '../../model/mesh-mtu.ts'
import { exampleMesh } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mtu/above-underlay',
  scope: 'mesh',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard MTU above what the network carries',
  why: 'WireGuard adds 60 bytes to a packet (80 over IPv6). Where that does not fit, packets are fragmented or lost: gossip is small and passes, so every node looks up, while big reads, repair and streaming hang until their sockets time out.',
  remedy: 'Set MTU to the network’s MTU less 60, or less 80 when an endpoint is IPv6: 1420 fits the internet either way.',
  sources: [
    'wireguard list, 2016-December/000787: overhead of 60 and 80 bytes',
    'Measured: 38 of 38 underlays; small messages pass, 64 KiB frames and streams stall',
    'Cassandra: OutboundConnections, urgent, small and large messages',
  ],
  bad: exampleMesh(2, { 1: { interface: { MTU: '1500\n#     ^^^^ 💡 warning[mtu/above-underlay]: 1440' } } }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const end of mesh.ends) {
      const mtu = writtenMtu(end)
      const budget = tightestBudget(mesh, end)
      if (mtu === undefined || !budget || mtu <= budget.largest) continue
      const setting = end.file.interface.settings.findLast(({ key }) => key === 'MTU')!
      const { underlay, declared, largest, outer } = budget
      yield {
        at: setting.valueSpan,
        message: `Packets of ${nameOfEnd(end)} over ${largest} bytes need up to ${outerLength(mtu, mtu, outer)} bytes outside, and ${declared ? `the network carries ${underlay}` : `the internet carries ${underlay}`}: small ones pass, so nodes look up, while big reads, repair and streaming hang. Set MTU = ${largest}${declared ? '' : ', or declare the network’s MTU in foretell.yaml'}.`,
        see: declared && mesh.declared.underlayMtu ? [{ at: mesh.declared.underlayMtu.span, message: 'the network as declared' }] : [],
        about: [`node:${end.host.name}`, 'setting:MTU'],
        fixes: () => [{ title: `Set MTU = ${largest}`, safe: false, edits: [replace(setting.valueSpan, String(largest))] }],
      }
    }
  },
})
