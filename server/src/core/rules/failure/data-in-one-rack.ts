/** Copies that all stand in one rack though there are others. */
import { placeReplicas } from '../../analysis/replica-placement.ts'
import { projectCluster } from '../../model/cluster-view.ts'
import type { Keyspace } from '../../model/keyspace.ts'
import { placedReplication } from '../../model/workloads.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { datacenterKey, keyspaceKey, trimNumber } from '../words.ts'

export default rule({
  id: 'failure/data-in-one-rack',
  scope: 'keyspace',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'all copies of some data in one rack',
  why: 'Copies in one rack share its power, switch or zone: when it is lost, that data cannot be read anywhere, and a fire takes it for good.',
  remedy: 'Use NetworkTopologyStrategy over several racks, or keep copies in a second datacenter.',
  sources: ['Cassandra: SimpleStrategy', 'Cassandra: NetworkTopologyStrategy'],
  bad: exampleCluster(
    '2x3',
    {},
    "#- dc2/db5/cassandra-rackdc.properties\ndc=dc2\nrack=r1\n#- dc2/db6/cassandra-rackdc.properties\ndc=dc2\nrack=r1\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc2': 3};\n--              ^^^^ warning[failure/data-in-one-rack]: r1\n",
  ),
  good: exampleCluster(
    '2x3',
    {},
    "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc2': 3};\n",
  ),
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || !replication || keyspace.isSystem || cluster.mayHaveNodesElsewhere || cluster.nodesWithoutDatacenter.length > 0) return
    if (cluster.datacenters.some(datacenter => datacenter.racksUnknown)) return
    const racks = cluster.datacenters.flatMap(datacenter => datacenter.racks)
    if (racks.length < 2) return
    if (replication.kind === 'simple') {
      if (replication.factor.all >= 2) yield* simpleStrategy(keyspace)
      return
    }
    const holding = cluster.datacenters.filter(datacenter => (replication.factors.get(datacenter.name)?.all ?? 0) > 0)
    const only = holding[0]
    const factor = only ? (replication.factors.get(only.name)?.all ?? 0) : 0
    if (holding.length !== 1 || !only || only.racks.length !== 1 || factor < 2) return
    yield {
      at: keyspace.nameSpan,
      message: `${factor === 2 ? 'Both' : `All ${factor}`} copies of ${keyspace.name} live in rack ${only.racks[0]!.name} of ${only.name}, though there are ${racks.length} racks: what takes the rack takes the data. Keep copies in another rack or datacenter.`,
      see: [{ at: only.span, message: `${only.name} has one rack` }],
      about: [keyspaceKey(keyspace), datacenterKey(only.name)],
    }
  },
})

/** Exact where all tokens are known, else only that it may be. */
function* simpleStrategy(keyspace: Keyspace): Generator<Report> {
  const cluster = keyspace.cluster!
  const replication = placedReplication(keyspace)!
  if (replication.kind !== 'simple') return
  const factor = replication.factor.all
  const big = cluster.datacenters.flatMap(datacenter => datacenter.racks).find(rack => rack.nodes.length >= factor)
  if (!big) return
  const { ring } = projectCluster(cluster).view
  if (!ring) {
    yield {
      at: keyspace.nameSpan,
      effect: 'informs',
      message: `SimpleStrategy does not look at racks: all ${factor} copies of some data of ${keyspace.name} may live in one rack, such as ${big.name}. NetworkTopologyStrategy spreads them.`,
      about: [keyspaceKey(keyspace)],
    }
    return
  }
  const { shape } = ring
  const shares = new Map<number, number>()
  const { copies, replicas } = placeReplicas(ring, replication)
  if (copies < 2 || !ring.shares) return
  for (let range = 0; range < ring.tokens.length; range++) {
    const rack = shape.rackOf[replicas[range * copies]!]!
    let together = true
    for (let copy = 1; copy < copies && together; copy++) together = shape.rackOf[replicas[range * copies + copy]!] === rack
    if (together) shares.set(rack, (shares.get(rack) ?? 0) + ring.shares[range]!)
  }
  let worst: number | undefined
  for (const [rack, share] of shares) if (worst === undefined || share > shares.get(worst)!) worst = rack
  if (worst === undefined) return
  const { name, datacenter } = shape.racks[worst]!
  yield {
    at: keyspace.nameSpan,
    message: `${trimNumber(shares.get(worst)! * 100)} % of ${keyspace.name} lives only in rack ${name} of ${shape.datacenters[datacenter]}: SimpleStrategy does not look at racks. Use NetworkTopologyStrategy.`,
    about: [keyspaceKey(keyspace)],
  }
}
