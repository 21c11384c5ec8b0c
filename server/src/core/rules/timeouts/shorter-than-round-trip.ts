/** Timeouts that a round trip to another datacenter uses up. */
import type { PlacedReplication } from '../../analysis/cluster-shape.ts'
import { factorIn } from '../../analysis/cluster-shape.ts'
import { clausesOf, quorumOf } from '../../analysis/consistency-level.ts'
import type { Cluster } from '../../model/cluster.ts'
import type { Node } from '../../model/node.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { placedReplication, type UseKind, workloadsOf } from '../../model/workload.ts'
import type { Span } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { datacenterKey, list, nodeKey, sayMillis } from '../words.ts'
import { roundTripBetween } from '../workload-words.ts'

const files = `#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
network: { links: [{ between: [dc1, dc2], roundTrip: 180ms }] }
workloads:
`

/** Settings that a request runs into, by what it is; all of them wait for the connection. */
const settingsOf: { readonly [K in UseKind]: readonly string[] } = {
  read: ['read_request_timeout', 'range_request_timeout'],
  write: ['write_request_timeout', 'counter_write_request_timeout'],
  serial: ['cas_contention_timeout'],
}
const connecting = 'internode_tcp_connect_timeout'

interface Wait {
  readonly client: string
  readonly to: string
  readonly millis: number
}

export default rule({
  id: 'timeouts/shorter-than-round-trip',
  scope: 'cluster',
  effects: ['breaks-later', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'timeout that a round trip between datacenters uses up',
  why: 'A level that waits for another datacenter spends the round trip before any work is done there. When that is half of a timeout or more, a pause of the link or of the node is enough to lose the request; when it is all of it, every request times out.',
  remedy: 'Raise the timeout to several round trips on the nodes that clients talk to, or use a level that stays in the datacenter.',
  sources: ['Cassandra: DatabaseDescriptor (request timeouts)', 'cassandra.yaml: read_request_timeout, write_request_timeout'],
  bad: exampleCluster(
    '2x3',
    { 'dc1/db1': { write_request_timeout: '300ms\n#                      ^^^^^ warning[timeouts/shorter-than-round-trip]: 180 ms' } },
    `${files}  - { keyspace: shop, read: LOCAL_QUORUM, write: EACH_QUORUM, clients: [dc1] }\n`,
  ),
  good: exampleCluster(
    '2x3',
    { 'dc1/db1': { write_request_timeout: '300ms' } },
    `${files}  - { keyspace: shop, read: LOCAL_QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`,
  ),
  *check(cluster) {
    if (!cluster.declared.links.some(link => link.roundTripMillis !== undefined)) return
    const found = new Map<string, Report>()
    const judged = new Set<string>()
    for (const keyspace of cluster.keyspaces) {
      const replication = placedReplication(keyspace)
      if (!replication) continue
      for (const workload of workloadsOf(keyspace)) {
        if (!workload.declared) continue
        for (const use of workload.uses)
          for (const client of workload.clients) {
            const clauses = clausesOf(use.level, replication, client)
            const wait = waitOf(cluster, replication, client, clauses)
            if (!wait) continue
            for (const setting of [...use.kinds.flatMap(kind => settingsOf[kind]), connecting]) {
              const key = `${setting} ${client} ${wait.to}`
              const exact = `${key} ${wait.millis}`
              if (found.has(key) || judged.has(exact)) continue
              judged.add(exact)
              const report = judge(cluster, setting, wait, `${use.level} on ${keyspace.name}`, use.span)
              if (report) found.set(key, report)
            }
          }
      }
    }
    yield* found.values()
  },
})

/** The datacenter that a level has to wait for, and the smallest round trip within which enough copies lie. Undeclared round trips count as none. */
function waitOf(cluster: Cluster, replication: PlacedReplication, client: string, clauses: ReturnType<typeof clausesOf>): Wait | undefined {
  if (replication.kind === 'simple') return undefined
  const distance = (name: string) => (name === client ? 0 : (roundTripBetween(cluster, client, name)?.roundTripMillis ?? 0))
  const holders = [...replication.factors.keys()]
    .filter(name => factorIn(replication, name) > 0)
    .map(name => ({ name, millis: distance(name) }))
    .sort((a, b) => a.millis - b.millis)
  let worst: Wait | undefined
  const consider = (to: string, millis: number) => {
    if (millis > 0 && millis > (worst?.millis ?? 0)) worst = { client, to, millis }
  }
  for (const clause of clauses) {
    if (clause.datacenter !== null) {
      if (factorIn(replication, clause.datacenter) > 0) consider(clause.datacenter, distance(clause.datacenter))
      continue
    }
    const total = holders.reduce((sum, { name }) => sum + factorIn(replication, name), 0)
    const needed = clause.needed === 'majority of placed' ? quorumOf(total) : clause.needed
    let near = 0
    for (const { name, millis } of holders) {
      if (near >= needed) break
      near += factorIn(replication, name)
      if (near >= needed) consider(name, millis)
    }
  }
  return worst
}

function judge(cluster: Cluster, setting: string, wait: Wait, what: string, level: Span | undefined): Report | undefined {
  const nodes = cluster.datacenters.find(({ name }) => name === wait.client)?.nodes ?? []
  const short: { readonly node: Node; readonly millis: number; readonly span: Span | undefined }[] = []
  for (const node of nodes) {
    const value = numberInEachRelease(node, setting)
    if (value.kind === 'known' && value.value > 0 && wait.millis >= value.value / 2)
      short.push({ node, millis: value.value, span: value.span })
  }
  const [first] = [...short].sort((a, b) => a.millis - b.millis)
  if (!first) return undefined
  const link = roundTripBetween(cluster, wait.client, wait.to)!
  const never = wait.millis >= first.millis
  const where = short.length === nodes.length ? `every node of ${wait.client}` : list(short.map(({ node }) => node.name))
  const timeout = setting === connecting ? 'connections there give up after' : 'requests time out after'
  return {
    at: first.span ?? link.span,
    effect: never ? 'never-works' : 'breaks-later',
    message: `${what} waits for ${wait.to}, ${sayMillis(wait.millis)} away from ${wait.client}, and on ${where} ${timeout} ${sayMillis(first.millis)} (${setting}): ${never ? 'that is always too late' : 'that leaves less than another round trip'}. Raise it to several round trips.`,
    see: [
      ...(first.span ? [{ at: link.span, message: `round trip of ${sayMillis(wait.millis)}` }] : []),
      ...(level ? [{ at: level, message: `${what} waits for it` }] : []),
    ],
    about: [datacenterKey(wait.client), datacenterKey(wait.to), nodeKey(first.node), `setting:${setting}`],
  }
}
