/** Many prefixes of one peer that are exactly one. */
import { holds, type IpPrefix, overlap, showPrefix, summarise, widthOf } from '../../analysis/ip-network.ts'
import type { MeshPeer } from '../../model/mesh.ts'
import { exampleMesh } from '../example-mesh.ts'
import { deleteLines, replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

/** From here on a list is worth a summary. */
const many = 8

export default rule({
  id: 'mesh/unsummarised-prefixes',
  scope: 'mesh',
  effects: ['tidies'],
  certainty: 'advice',
  releases: 'all',
  title: 'list of WireGuard prefixes that one prefix says',
  why: 'wg-quick makes a route for every prefix, and every file of the mesh repeats the list: one summary per datacenter is one route, and stays true when a node is added.',
  remedy: 'Write the summary.',
  sources: [
    'digitalis.io: Meshing with Cassandra, summarised prefixes on gateways',
    'Measured with wireguard-tools 1.0.20210914: one ip route for each prefix',
  ],
  bad: exampleMesh(2, {
    1: {
      peers: {
        2: {
          AllowedIPs: `10.20.1.12/32, ${[0, 1, 2, 3, 4, 5, 6, 7].map(n => `10.30.${n}.0/24`).join(', ')}\n#            ${'^'.repeat(15 + 8 * 12 + 7 * 2 - 0)} 💡 hint[mesh/unsummarised-prefixes]: 10.30.0.0/21`,
        },
      },
    },
  }),
  good: exampleMesh(2, { 1: { peers: { 2: { AllowedIPs: '10.20.1.12/32, 10.30.0.0/21' } } } }),
  *check(mesh) {
    for (const end of mesh.ends)
      for (const peer of end.peers) {
        if (peer.prefixes.length < many || peer.peer.allowedIpsUnknown || end.file.linesMayBeElsewhere) continue
        const all = peer.prefixes.map(({ prefix }) => prefix)
        // What lies inside another prefix of the same peer is no part of a sum.
        const prefixes = outermost(all)
        for (const { summary, count } of counted(prefixes)) {
          if (count < many || summary.length === widthOf(summary.family) || elsewhere(peer, summary)) continue
          const settings = peer.peer.settings.filter(({ key }) => key === 'AllowedIPs')
          yield {
            at: settings[0]!.valueSpan,
            message: `${count} prefixes of this peer are exactly ${showPrefix(summary)}. Write the one in their place.`,
            about: [`prefix:${showPrefix(summary)}`],
            fixes: () => {
              const rest = prefixes.filter(prefix => !holds(summary, prefix)).map(showPrefix)
              return [
                {
                  title: `Write ${showPrefix(summary)}`,
                  safe: true,
                  edits: [
                    replace(settings[0]!.valueSpan, [...rest, showPrefix(summary)].join(', ')),
                    ...settings.slice(1).map(({ lineSpan }) => deleteLines(lineSpan)),
                  ],
                },
              ]
            },
          }
        }
      }
  },
})

/** What contains others comes before them. */
const inOrder = (a: IpPrefix, b: IpPrefix) => a.family - b.family || (a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : a.length - b.length)

/** Those that lie inside no other, as they were written. */
function outermost(prefixes: readonly IpPrefix[]): readonly IpPrefix[] {
  const inside = new Set<IpPrefix>()
  let outer: IpPrefix | undefined
  for (const prefix of [...prefixes].sort(inOrder))
    if (!outer || !holds(outer, prefix)) outer = prefix
    else if (prefix.length > outer.length) inside.add(prefix)
  return prefixes.filter(prefix => !inside.has(prefix))
}

/** The sums of prefixes that do not contain each other, and how many each stands for. */
function counted(prefixes: readonly IpPrefix[]): readonly { readonly summary: IpPrefix; readonly count: number }[] {
  const sums = summarise(prefixes).map(summary => ({ summary, count: 0 }))
  let at = 0
  for (const prefix of [...prefixes].sort(inOrder)) {
    while (at < sums.length && !holds(sums[at]!.summary, prefix)) at++
    if (at < sums.length) sums[at]!.count++
  }
  return sums
}

function elsewhere(peer: MeshPeer, summary: IpPrefix): boolean {
  return peer.end.peers.some(other => other !== peer && other.prefixes.some(({ prefix }) => overlap(prefix, summary)))
}
