/** A place that is written down and not used: the snitch reads another file, or none. */

import type { Cluster } from '../../model/cluster.ts'
import { locationSources, topologyPlace, topologyTable } from '../../model/location.ts'
import type { Node } from '../../model/node.ts'
import { entryFor, type ParsedProperties } from '../../syntax/properties.ts'
import { knownValue } from '../../text/fact.ts'
import { baseName } from '../../text/source-file.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/file-ignored',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'datacenter and rack in a file that the snitch does not use',
  why: 'Only GossipingPropertyFileSnitch takes dc and rack from cassandra-rackdc.properties. Before 6.0 it also believes cassandra-topology.properties about a peer until that peer has gossiped, so a stale entry places it wrongly after a restart.',
  remedy: 'Set endpoint_snitch to GossipingPropertyFileSnitch, or correct or delete the file that is not used.',
  sources: ['Cassandra: GossipingPropertyFileSnitch', 'Cassandra: SimpleSnitch', 'Cassandra: PropertyFileSnitch'],
  bad: exampleCluster(
    '1x3',
    {
      'dc1/db1': { endpoint_snitch: 'SimpleSnitch' },
      'dc1/db2': { endpoint_snitch: 'SimpleSnitch' },
      'dc1/db3': { endpoint_snitch: 'SimpleSnitch' },
    },
    `#- dc1/db1/cassandra-rackdc.properties
dc=dc1
rack=rack1
#- dc1/db2/cassandra-rackdc.properties
dc=dc1
rack=rack1
#- dc1/db3/cassandra-rackdc.properties
dc=dc1
#  ^^^ warning[snitch/file-ignored]: SimpleSnitch
rack=rack7
`,
  ),
  good: '#- cluster: 1x3',
  *check(cluster) {
    for (const node of cluster.nodes) {
      const report = ignoredRackdc(node)
      if (report) yield report
    }
    yield* contradictedTopology(cluster)
  },
})

function ignoredRackdc(node: Node): Report | undefined {
  const snitch = knownValue(node.snitch)
  const source = snitch === undefined || node.addressesRewritten ? undefined : locationSources[snitch]
  if (!node.rackdc || !source || source === 'rackdc') return undefined
  const dc = entryFor(node.rackdc, 'dc')
  const rack = entryFor(node.rackdc, 'rack')
  if (!dc || !rack || dc.placeholder || rack.placeholder) return undefined
  const written = `${dc.value.trim()}/${rack.value.trim()}`
  if (/^dc1\/(?:rack1|rac1|r1)$/i.test(written)) return undefined
  const { datacenter, rack: inRack } = node.location
  if (knownValue(datacenter) === dc.value.trim() && knownValue(inRack) === rack.value.trim()) return undefined
  const actual =
    datacenter.kind === 'known' && inRack.kind === 'known' ? ` and places ${node.name} in ${datacenter.value}/${inRack.value}` : ''
  return {
    at: dc.valueSpan,
    message: `${baseName(node.rackdc.file.path)} says ${written}, but ${snitch} does not use that${actual}. Use GossipingPropertyFileSnitch, or delete the lines.`,
    see: node.snitch.kind === 'known' && node.snitch.span ? [{ at: node.snitch.span, message: 'the snitch' }] : [],
    about: [nodeKey(node), `file:${node.rackdc.file.path}`],
  }
}

/** Before 6.0 GossipingPropertyFileSnitch asks a topology file beside it about peers that have not gossiped yet. */
function* contradictedTopology(cluster: Cluster): Generator<Report> {
  const byAddress = new Map<string, Node>()
  for (const node of cluster.nodes) {
    const address = knownValue(node.addresses.effectiveBroadcast)
    if (address !== undefined && node.location.from === 'rackdc') byAddress.set(address, node)
  }
  const seen = new Set<ParsedProperties>()
  for (const reader of cluster.nodes) {
    const { topology } = reader
    if (!topology || seen.has(topology) || reader.location.from !== 'rackdc' || reader.release.candidates.includes('6.0')) continue
    seen.add(topology)
    for (const [address, entry] of topologyTable(topology).byAddress) {
      const node = byAddress.get(address)
      if (!node || entry.placeholder) continue
      const place = topologyPlace(entry)
      const datacenter = knownValue(node.location.datacenter)
      const rack = knownValue(node.location.rack)
      if (datacenter === undefined || rack === undefined || (place.datacenter === datacenter && place.rack === rack)) continue
      yield {
        at: entry.valueSpan,
        message: `${baseName(topology.file.path)} places ${node.name} in ${place.datacenter}/${place.rack}, its own file in ${datacenter}/${rack}. GossipingPropertyFileSnitch on ${reader.name} believes it until ${node.name} gossips: delete the file.`,
        see:
          node.location.datacenter.kind === 'known' && node.location.datacenter.span
            ? [{ at: node.location.datacenter.span, message: `what ${node.name} says` }]
            : [],
        about: [nodeKey(reader), nodeKey(node), `file:${topology.file.path}`],
      }
    }
  }
}
