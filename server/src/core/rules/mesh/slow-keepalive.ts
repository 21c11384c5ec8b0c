/** Keepalives that are too rare for address translation, or missing between database nodes. */
import type { MeshPeer } from '../../model/mesh.ts'
import { nameOfEnd, pairName } from '../../model/mesh-facts.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleMesh } from '../example-mesh.ts'
import { insertBelow, replace } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { list } from '../words.ts'

export default rule({
  id: 'mesh/slow-keepalive',
  scope: 'mesh',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard keepalive above 25 seconds',
  why: 'Address translation forgets an idle UDP flow after 30 s by default: a peer that knows no Endpoint then reaches nobody until this side speaks. Between database nodes a keepalive also makes a restarted node call at once: peers wait 0 s, without it up to 16 s.',
  remedy: 'Write PersistentKeepalive = 25.',
  sources: [
    'Linux: nf_conntrack_udp_timeout, 30 s',
    'Measured with two nodes behind address translation: keepalive 60 loses 3 of 3, keepalive 25 none; restart 16.1 s against 0.0 s',
  ],
  bad: exampleMesh(2, {
    1: { peers: { 2: { PersistentKeepalive: '60\n#                     ^^ 💡 warning[mesh/slow-keepalive]: 30 s' } } },
    2: { peers: { 1: { Endpoint: undefined } } },
  }),
  good: exampleMesh(2),
  *check(mesh) {
    for (const end of mesh.ends) {
      for (const peer of end.peers) {
        const interval = knownValue(peer.peer.keepalive)
        const setting = peer.peer.settings.findLast(({ key }) => key === 'PersistentKeepalive')
        if (!peer.to || !setting || interval === undefined || interval <= 25 || peer.back?.peer.endpoint.kind !== 'absent') continue
        yield {
          at: setting.valueSpan,
          effect: 'breaks-later',
          message: `${nameOfEnd(peer.to)} has no Endpoint for ${nameOfEnd(end)} and answers to where ${interval} s old packets came from: address translation forgets an idle flow after 30 s. Write 25.`,
          see: [{ at: peer.back.peer.header, message: 'no Endpoint here' }],
          about: [`pair:${pairName(end, peer.to)}`],
          fixes: () => [{ title: 'Write 25', safe: true, edits: [replace(setting.valueSpan, '25')] }],
        }
      }
      const silent = end.file.linesMayBeElsewhere ? [] : end.peers.filter(peer => keepsSilent(peer))
      const first = silent[0]
      if (!first) continue
      yield {
        at: first.peer.header,
        effect: 'tidies',
        message: `After a restart of ${nameOfEnd(end)}, ${list(silent.map(peer => nameOfEnd(peer.to!)))} may wait 16 s until a tunnel is up; with PersistentKeepalive = 25 it calls at once.`,
        see: silent.slice(1, 20).map(peer => ({ at: peer.peer.header, message: 'no keepalive here either' })),
        about: [`node:${end.host.name}`],
        fixes: () => [
          {
            title: 'Write PersistentKeepalive = 25',
            safe: false,
            edits: silent.map(peer => {
              const setting = peer.peer.settings.findLast(({ key }) => key === 'PersistentKeepalive')
              return setting ? replace(setting.valueSpan, '25') : insertBelow(peer.endpoint!.span, 'PersistentKeepalive = 25')
            }),
          },
        ],
      }
    }
  },
})

/** Between two database nodes that can both call; where one side alone can, another rule says more. */
function keepsSilent({ peer, end, to, endpoint, back }: MeshPeer): boolean {
  if (!end.node || !to?.node || !endpoint || back?.peer.endpoint.kind === 'absent') return false
  return peer.keepalive.kind === 'absent' || knownValue(peer.keepalive) === 0
}
