/** Endpoints by name: resolved once, and all of the interface waits for it. */
import { exampleMesh } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/named-endpoint',
  scope: 'file',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard endpoint by host name',
  why: 'wg resolves the name once, when the file is loaded. If the resolver does not answer then, wg tries for 72 seconds and gives up on the whole interface, all other peers included; and an address that changes later is never asked for again.',
  remedy: 'Write the address of the endpoint.',
  sources: [
    'wireguard-tools: src/config.c, parse_endpoint',
    'Measured with wireguard-tools 1.0.20210914: one name without an answer beside a good peer, 72.0 s, no peer configured',
  ],
  bad: exampleMesh(
    2,
    { 1: { peers: { 2: { Endpoint: 'db2.example.net:51820\n#          ^^^^^^^^^^^^^^^ warning[wireguard/named-endpoint]: 72' } } } },
    true,
  ),
  good: exampleMesh(2, {}, true),
  *check({ parsed, isCassandraNodes }) {
    if (parsed.kind !== 'wireguard') return
    const named = parsed.peers.flatMap(({ endpoint }) =>
      endpoint.kind === 'known' && endpoint.value.form === 'name' && endpoint.value.host !== 'localhost' ? [endpoint.value] : [],
    )
    const [first, ...rest] = named
    if (!first) return
    yield {
      at: first.hostSpan,
      effect: isCassandraNodes ? 'breaks-later' : 'informs',
      message: `wg resolves ${first.host}${rest.length > 0 ? ` and ${rest.length} more` : ''} once, when it starts: if the resolver is down then, the whole interface fails after 72 s, and a changed address is never noticed. Write the address.`,
      see: rest.slice(0, 20).map(({ hostSpan }) => ({ at: hostSpan, message: 'another name' })),
      about: ['setting:Endpoint'],
    }
  },
})
