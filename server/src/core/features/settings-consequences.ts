/** What the number of a setting means on this node and in this cluster: seconds until a node counts as down, neighbours of a node, shares of a throttle. */
import { convictionSeconds, freshConvictionSeconds } from '../analysis/failure-detection.ts'
import { expectedNeighbours, outagesPerCentury } from '../analysis/outage-probability.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Datacenter } from '../model/datacenter.ts'
import type { Node } from '../model/node.ts'
import { factorsOf } from '../model/replication-map.ts'
import { numberInEachRelease } from '../model/settings/in-each-release.ts'
import { sayMillis, trimNumber } from '../rules/words.ts'
import { knownValue } from '../text/fact.ts'
import { counted } from './losable-things.ts'
import { sayAmount } from './settings-words.ts'

type Say = (value: number, node: Node, cluster: Cluster | undefined) => readonly string[]

const timeout: Say = (value, node, cluster) => {
  const here = knownValue(node.location.datacenter)
  const farthest = cluster?.declared.links
    .filter(({ between, roundTripMillis }) => roundTripMillis !== undefined && between.some(name => name === here))
    .sort((a, b) => b.roundTripMillis! - a.roundTripMillis!)[0]
  if (!farthest || value === 0) return []
  const trips = Math.floor(value / farthest.roundTripMillis!)
  const other = farthest.between.find(name => name !== here) ?? here
  return [
    `The round trip to ${other} takes ${sayMillis(farthest.roundTripMillis!)}: ${trips < 1 ? 'longer than this' : `${counted(trips, 'trip')} fit into it`}.`,
  ]
}

const consequences: { readonly [newestName: string]: Say } = {
  phi_convict_threshold: value => [
    `**${seconds(convictionSeconds(value))}** of silence until others take a node for down (${value} × ln 10 × 1 s between heartbeats); just after a start twice that, ${seconds(freshConvictionSeconds(value))}.`,
    [8, 10, 12]
      .filter(other => other !== value)
      .map(other => `${other}: ${seconds(convictionSeconds(other))}`)
      .join(' · '),
  ],
  num_tokens: tokensMean,
  max_hint_window: (value, node, cluster) => {
    const declared = (cluster?.declared ?? undefined)?.longestOutageMillis
    const longest =
      declared &&
      `foretell.yaml expects outages of up to ${sayMillis(declared.value)}: ${declared.value <= value ? 'hints cover them' : 'what is written later than that needs a repair'}.`
    return [
      `A node that is down for longer than ${sayMillis(value)} misses writes until it is repaired.`,
      ...(longest && node ? [longest] : []),
    ]
  },
  hinted_handoff_throttle: (value, _node, cluster) => {
    const others = (cluster?.nodes.length ?? 0) - 1
    if (others < 2 || value === 0) return []
    return [
      `Shared by the ${others} other nodes: **${sayAmount(Math.floor(value / others), 'rate')}** from each to a node that is back, for each delivery thread.`,
    ]
  },
  batchlog_replay_throttle: (value, _node, cluster) => {
    const nodes = cluster?.nodes.length ?? 0
    return nodes < 2 || value === 0 ? [] : [`Shared by the ${nodes} nodes: ${sayAmount(Math.floor(value / nodes), 'rate')} on each.`]
  },
  read_request_timeout: timeout,
  write_request_timeout: timeout,
  range_request_timeout: timeout,
  counter_write_request_timeout: timeout,
  cas_contention_timeout: timeout,
  internode_tcp_connect_timeout: timeout,
  inter_dc_stream_throughput_outbound: (value, node, cluster) => {
    const here = knownValue(node.location.datacenter)
    const thin = cluster?.declared.links
      .filter(({ between, rateBitsPerSecond }) => rateBitsPerSecond !== undefined && between.some(name => name === here))
      .sort((a, b) => a.rateBitsPerSecond! - b.rateBitsPerSecond!)[0]
    if (!thin || value === 0) return []
    const share = Math.round((value * 800) / thin.rateBitsPerSecond!)
    return [
      `${share} % of the declared ${trimNumber(thin.rateBitsPerSecond! / 1e6)} Mbit/s between ${thin.between.join(' and ')}, from this node alone.`,
    ]
  },
}

/** Sentences that follow from a setting's value; none where the value or the facts are missing. */
export function consequencesOf(newestName: string, node: Node, cluster: Cluster | undefined): readonly string[] {
  const say = Object.hasOwn(consequences, newestName) ? consequences[newestName] : undefined
  const value = say && (newestName === 'num_tokens' ? knownValue(node.tokenCount) : knownValue(numberInEachRelease(node, newestName)))
  if (!say || value === undefined) return []
  return say(value, node, cluster).filter(sentence => sentence !== '')
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

/** Failures of a node in a century at which outages are told: one in two years. */
const failures = 50

function tokensMean(value: number, node: Node, cluster: Cluster | undefined): readonly string[] {
  const datacenter = cluster?.datacenters.find(({ name }) => name === knownValue(node.location.datacenter))
  if (!datacenter || value < 1) return []
  const nodes = datacenter.nodes.length
  const told = cluster && factorIn(cluster, datacenter)
  const replicationFactor = told ?? 3
  if (nodes <= replicationFactor || replicationFactor < 2) return []
  const row = (tokens: number) => {
    const shape = { nodes, tokens, replicationFactor }
    const outages = outagesPerCentury(shape, failures)
    return `| ${tokens === value ? `**${tokens}**` : tokens} | ${trimNumber(expectedNeighbours(shape))} | ${outages < 10 ? Number(outages.toPrecision(2)) : trimNumber(outages)} |`
  }
  const tried = [...new Set([1, 4, 16, 256, value])].sort((a, b) => a - b)
  return [
    `In ${datacenter.name}, ${counted(nodes, 'node')}, ${replicationFactor} copies${told === undefined ? ' (assumed: no keyspace here says)' : ''}, with random tokens:`,
    `| tokens | nodes that share ranges with one | outages in a century |\n|--:|--:|--:|\n${tried.map(row).join('\n')}`,
    'An outage: two such nodes are down at once. Each node fails once in two years, holds 300 GiB and is rebuilt with 12 MB/s from each neighbour, 125 MB/s at most (Lynch and Snyder 2018).',
  ]
}

/** The most copies that a keyspace keeps in a datacenter. */
function factorIn(cluster: Cluster, datacenter: Datacenter): number | undefined {
  const factors = cluster.keyspaces
    .filter(keyspace => !keyspace.isSystem)
    .flatMap(keyspace => {
      const { replication } = keyspace
      const total = replication.kind === 'simple' ? knownValue(replication.factor)?.total : factorsOf(keyspace)?.get(datacenter.name)?.total
      return total === undefined ? [] : [total]
    })
  return factors.length === 0 ? undefined : Math.max(...factors)
}
