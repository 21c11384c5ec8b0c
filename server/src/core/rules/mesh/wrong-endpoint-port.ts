/** An endpoint's port on which the peer does not listen. */
import type { Mesh, MeshPeer } from '../../model/mesh.ts'
import { diallersOf, hostOfEndpoint, nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { exampleMesh } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mesh/wrong-endpoint-port',
  scope: 'mesh',
  effects: ['breaks-later', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard endpoint with a port that the peer does not listen on',
  why: 'Packets to another port reach nobody. The tunnel works all the same once the peer has called from its side, so the mistake shows after the next restart. A peer without ListenPort takes a new random port at every start.',
  remedy: 'Write the peer’s ListenPort.',
  sources: [
    'Measured with two nodes: a wrong port on one side heals when the right side calls',
    'wg(8): ListenPort, chosen randomly if not given',
  ],
  bad: exampleMesh(4, {
    1: { peers: { 2: { Endpoint: '192.0.2.2:51821\n#                    ^^^^^ 💡 warning[mesh/wrong-endpoint-port]: 51820' } } },
  }),
  good: exampleMesh(4),
  *check(mesh) {
    for (const end of mesh.ends)
      for (const peer of end.peers) {
        const { to, endpoint, by } = peer
        if (!to || !endpoint || endpoint.portKind === 'any' || to.file.linesMayBeElsewhere) continue
        const { listenPort } = to.file.interface
        if (listenPort.kind === 'unknown' || listensByHook(to.file.interface.hooks)) continue
        const port = listenPort.kind === 'known' ? listenPort.value : 0
        if (port === endpoint.port || !isItsOwnAddress(mesh, peer)) continue
        const [here, there] = [nameOfEnd(end), nameOfEnd(to)]
        const noWayBack = peer.back?.peer.endpoint.kind === 'absent' && by === 'key'
        yield {
          at: endpoint.portSpan,
          effect: noWayBack ? 'never-works' : 'breaks-later',
          message: `${here} dials port ${endpoint.portText}, ${there} listens on ${port === 0 ? 'a random port, a new one at every start' : port}: ${noWayBack ? `and ${there} has no Endpoint to call back` : `the tunnel comes up only when ${there} calls first`}. ${port === 0 ? `Write ListenPort = ${endpoint.port} on ${there}.` : `Write ${port}.`}`,
          see: [
            {
              at: listenPort.kind === 'known' && listenPort.span ? listenPort.span : to.span,
              message: port === 0 ? 'no fixed ListenPort' : `${there} listens here`,
            },
          ],
          about: [`pair:${pairName(end, to)}`],
          fixes: () =>
            port === 0 ? [] : [{ title: `Write port ${port}`, safe: false, edits: [replace(endpoint.portSpan, String(port))] }],
        }
      }
  },
})

function listensByHook(hooks: readonly { readonly wholeCommand: string }[]): boolean {
  return hooks.some(({ wholeCommand }) => /\blisten-port\b/.test(wholeCommand))
}

/** A file or hook of the host carries the address, foretell.yaml says so, or two other blocks dial it for the same key; else a port may be forwarded. */
function isItsOwnAddress(mesh: Mesh, peer: MeshPeer): boolean {
  const host = hostOfEndpoint(peer)!
  const diallers = diallersOf(mesh).get(peer.to!)?.get(host) ?? []
  if (diallers.filter(other => other !== peer).length >= 2) return true
  const alone = diallers.length < 2
  return alone && peer.to!.underlayAddresses.has(host)
}
