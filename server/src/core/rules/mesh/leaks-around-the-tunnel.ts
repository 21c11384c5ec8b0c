/** Table = off: traffic for a node that leaves in clear by the default route. */
import { holds, readAddress, showAddress } from '../../analysis/ip-network.ts'
import { nameOfEnd } from '../../model/mesh-facts.ts'
import { mayRouteOtherwise, peerFor, routeLength } from '../../model/mesh-routes.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/leaks-around-the-tunnel',
  scope: 'mesh',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'Cassandra address that AllowedIPs list and no route leads to',
  why: 'With Table = off wg-quick makes no routes. An address that lies outside the interface’s own network is then sent by the default route, past the tunnel and unencrypted, although a peer’s AllowedIPs list it.',
  remedy: 'Add a route with a hook, `PostUp = ip route add PREFIX dev %i`, or leave Table out.',
  sources: [
    'wireguard-tools: src/wg-quick/linux.bash, add_route',
    'Measured with wireguard-tools 1.0.20210914: ip route get shows the default gateway',
  ],
  bad: exampleMesh(
    2,
    {
      1: {
        interface: {
          Address: '10.20.9.11/32',
          PostUp: 'ip addr add 10.20.1.11/32 dev %i',
          Table: 'off\n#^^^^^^^^^^ 💡 warning[mesh/leaks-around-the-tunnel]: 10.20.1.12',
        },
      },
      2: { peers: { 1: { AllowedIPs: '10.20.9.11/32, 10.20.1.11/32' } } },
    },
    true,
  ),
  good: exampleMesh(2, { 1: { interface: { Table: 'off' } } }, true),
  *check(mesh) {
    const dialled = mesh.hosts.flatMap(({ node, name }) => {
      const text = node && (knownValue(node.addresses.effectiveBroadcast) ?? knownValue(node.addresses.listen))
      const address = text === undefined ? undefined : readAddress(text)
      return address ? [{ address, name, node }] : []
    })
    for (const end of mesh.ends) {
      if (knownValue(end.file.interface.table) !== 'off' || mayRouteOtherwise(end) || end.file.interface.addressesUnknown) continue
      const setting = end.file.interface.settings.findLast(({ key }) => key === 'Table')!
      const leaking = dialled.filter(
        ({ address, node }) =>
          node !== end.node &&
          peerFor(end, address) !== undefined &&
          end.host.ends.every(other => routeLength(other, address) === undefined) &&
          !end.addresses.some(({ network }) => holds(network, address)),
      )
      const [first] = leaking
      if (!first) continue
      const shown = showAddress(first.address)
      yield {
        at: setting.lineSpan,
        message: `${shown} of ${first.name}${leaking.length > 1 ? ` and ${leaking.length - 1} more` : ''} leaves ${nameOfEnd(end)} unencrypted by the default route: with Table = off nothing routes it into the tunnel. Add a route with a hook, or leave Table out.`,
        about: [`node:${end.host.name}`],
        fixes: () => [
          {
            title: 'Route the addresses with hooks',
            safe: false,
            edits: [
              insertBelow(
                setting.lineSpan,
                ...leaking.map(({ address }) => `PostUp = ip route add ${showAddress(address)}/${address.family === 4 ? 32 : 128} dev %i`),
              ),
            ],
          },
        ],
      }
    }
  },
})
