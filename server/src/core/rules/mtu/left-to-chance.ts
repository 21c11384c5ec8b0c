/** No MTU on a database node: wg-quick guesses from the local link. */
import { largestTunnelMtu } from '../../analysis/tunnel-mtu.ts'
import { nameOfEnd, outerFamilyOf } from '../../model/mesh-facts.ts'
import { automaticMtuOf, declaredUnderlay, smallestLinkWins, tightestBudget } from '../../model/mesh-mtu.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mtu/left-to-chance',
  scope: 'mesh',
  effects: ['informs', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard interface of a Cassandra node without MTU',
  why: 'Without MTU wg-quick takes that of a local link, less 80, and cannot see the path: 8921 on a jumbo network card whose traffic crosses the internet, 65456 for an endpoint on the host itself; which of several links it takes changed in 2026.',
  remedy: 'Write the MTU: the network’s less 60, or less 80 with IPv6 endpoints; 1420 where only the internet lies between.',
  sources: [
    'wireguard-tools: src/wg-quick/linux.bash, set_mtu_up',
    'wireguard-tools: commit 5150cd6',
    'Measured with wireguard-tools 1.0.20210914 and 1.0.20260223: 16 cases',
  ],
  bad: exampleMesh(2, { 1: { interface: { MTU: undefined, PrivateKey: 'foretellExampleKeyOfDb1///////////////////A=' } } }, true).replace(
    '#- dc1/db1/wg0.conf\n[Interface]\n',
    '#- dc1/db1/wg0.conf\n[Interface]\n#^^^^^^^^^^ 💡 info[mtu/left-to-chance]: 1420\n',
  ),
  good: exampleMesh(2, {}, true),
  *check(mesh) {
    for (const end of mesh.ends) {
      const { mtu, headers, settings } = end.file.interface
      if (!end.node || mtu.kind !== 'absent' || end.file.linesMayBeElsewhere || !headers[0] || settings.some(({ key }) => key === 'MTU'))
        continue
      if (end.file.interface.hooks.some(({ wholeCommand }) => /\bmtu\b/.test(wholeCommand))) continue
      const underlays = end.peers.map(peer => declaredUnderlay(mesh.declared, peer))
      const said = new Set(underlays.filter(underlay => underlay !== undefined))
      const worse = said.size > 1 || [...said].some(underlay => underlay > 1500)
      const budget = tightestBudget(mesh, end)
      const safe = budget?.declared
        ? budget.largest
        : end.peers.reduce((least, peer) => Math.min(least, largestTunnelMtu(1500, outerFamilyOf(peer))), 1420)
      yield {
        at: headers[0],
        effect: worse ? 'breaks-later' : 'informs',
        message: `wg-quick takes the ${smallestLinkWins(mesh, end) ? 'smallest' : 'largest'} local link less 80 for ${nameOfEnd(end)}, ${automaticMtuOf(mesh, end)} as far as is known, and cannot see the path${worse ? '; the declared networks differ or exceed 1500 bytes' : ''}. Write MTU = ${safe}.`,
        about: [`node:${end.host.name}`, 'setting:MTU'],
        fixes: () => [{ title: `Write MTU = ${safe}`, safe: false, edits: [insertBelow(headers[0]!, `MTU = ${safe}`)] }],
      }
    }
  },
})
