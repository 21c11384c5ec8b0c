/** All traffic of a database node into the tunnel. */
import { prefixOf, showPrefix } from '../../analysis/ip-network.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'

const halves = ['0.0.0.0/1', '128.0.0.0/1']
const ipv6Halves = ['::/1', '8000::/1']

export default rule({
  id: 'wireguard/default-route',
  scope: 'file',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard default route on a Cassandra node',
  why: 'With 0.0.0.0/0 wg-quick sends all traffic of the host into the tunnel: a routing table and rules of its own, a mark on packets, firewall rules. The two halves 0.0.0.0/1 and 128.0.0.0/1 go into the main table and also take the packets to the endpoints themselves. On a database node backups, package mirrors and monitoring then hang on one peer.',
  remedy: 'List the networks of the mesh, or set `Table = off` and route by hand.',
  sources: ['wireguard-tools: src/wg-quick/linux.bash, add_default', 'Measured with wireguard-tools 1.0.20210914: /0 and both halves'],
  bad: exampleMesh(
    2,
    { 1: { peers: { 2: { AllowedIPs: '0.0.0.0/0\n#            ^^^^^^^^^ warning[wireguard/default-route]: All traffic' } } } },
    true,
  ),
  good: exampleMesh(2, {}, true),
  *check({ parsed, isCassandraNodes }) {
    if (parsed.kind !== 'wireguard' || !isCassandraNodes || knownValue(parsed.interface.table) === 'off') return
    const prefixes = parsed.peers.flatMap(peer =>
      peer.allowedIps.map(written => ({ text: showPrefix(prefixOf(written, written.length)), span: written.span })),
    )
    for (const { text, span } of prefixes)
      if (text === '0.0.0.0/0' || text === '::/0')
        yield {
          at: span,
          message: `All traffic of this node enters the tunnel: ${text} makes wg-quick set up its own routing table, rules and marks, and everything hangs on this one peer. List the networks of the mesh.`,
          about: [`prefix:${text}`],
        }
    for (const pair of [halves, ipv6Halves]) {
      const [one, other] = pair.map(half => prefixes.find(({ text }) => text === half))
      if (one && other)
        yield {
          at: one.span,
          message: `${pair[0]} and ${pair[1]} together take all traffic of this node, the packets to the endpoints included. List the networks of the mesh.`,
          see: [{ at: other.span, message: 'the other half' }],
          about: [`prefix:${pair[0]!}`],
        }
    }
  },
})
