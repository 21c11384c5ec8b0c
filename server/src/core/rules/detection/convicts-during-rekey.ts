/** A tunnel that was restarted is silent for up to sixteen seconds. */
import { placeOf } from '../../model/agreement.ts'
import type { Node } from '../../model/node.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey, trimNumber } from '../words.ts'

/** Longest stall of a restarted tunnel without keepalive, in seconds; measured. */
const longestStall = 16.1

const end = (address: string, peer: string, key: string, keepalive: string) =>
  `[Interface]\nAddress = ${address}/24\nListenPort = 51820\nPostUp = wg set %i private-key /etc/wireguard/key\n\n[Peer]\nPublicKey = ${key}\nEndpoint = 192.0.2.${peer}:51820\nAllowedIPs = 10.20.${peer}.11/32\n${keepalive}`

export default rule({
  id: 'detection/convicts-during-rekey',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'failure detector that is faster than a tunnel recovers',
  why: 'When one end of a tunnel restarts, the other notices after its next packet goes unanswered: without keepalive traffic stalls for up to 16.1 seconds. A phi below 7 marks the node down in that time.',
  remedy: 'Set PersistentKeepalive = 25 on the peers, or phi_convict_threshold to 10 or more.',
  sources: ['Cassandra: FailureDetector', 'WireGuard protocol: REKEY_TIMEOUT and keepalive (measured)'],
  bad: exampleCluster(
    '2x1',
    {
      'dc1/db1': { phi_convict_threshold: '6\n#                      ^ warning[detection/convicts-during-rekey]: 13.8 s' },
      'dc2/db2': { phi_convict_threshold: '6' },
    },
    `#- dc1/db1/wg0.conf\n${end('10.20.1.11', '2', 'Yf3bMxSDTTcqEUaMSPZHUUVkTnMGOOqzI0HQhtNCRG8=', '')}#- dc2/db2/wg0.conf\n${end('10.20.2.11', '1', 'hTUMUAP8OgJTkTcsTDoQ8Ce1xu3pVbLBTAlxRe3PTlQ=', '')}`,
  ),
  good: '#- cluster: 2x1',
  *check(cluster) {
    const hasty = cluster.nodes.filter(isHasty)
    const first = hasty[0]
    if (!first || !cluster.mesh) return
    const silent = cluster.mesh.ends.flatMap(one =>
      one.node && cluster.nodes.includes(one.node)
        ? one.peers.filter(peer => peer.peer.keepalive.kind === 'absent' || knownValue(peer.peer.keepalive) === 0)
        : [],
    )
    const peer = silent[0]
    if (!peer) return
    const phi = numberInEachRelease(first, 'phi_convict_threshold')
    const value = knownValue(phi)!
    yield {
      at: placeOf(phi) ?? first.span,
      message: `A restarted tunnel stalls for up to ${longestStall} s without keepalive; at phi ${trimNumber(value)} ${list(hasty.map(node => node.name))} ${hasty.length === 1 ? 'marks' : 'mark'} nodes down after ${trimNumber(value * Math.LN10)} s. Set PersistentKeepalive = 25, or a phi of 10.`,
      see: [{ at: peer.peer.header, message: `no keepalive on ${peer.end.host.name}` }],
      about: [`cluster:${cluster.name}`, ...hasty.map(nodeKey)],
    }
  },
})

const isHasty: (node: Node) => boolean = memo(node => (knownValue(numberInEachRelease(node, 'phi_convict_threshold')) ?? 8) < 7)
