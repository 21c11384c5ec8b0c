/**
 * The numbers that hovers cite: how likely many tokens make an outage, how likely simultaneous failures lose data, how stale reads can be.
 * Each formula names its source; test/analysis/cited-numbers.test.ts holds them to the published digits.
 */

/** Binomial coefficient as a double. */
export function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0
  let result = 1
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i
  return result
}

export interface VnodeCluster {
  readonly nodes: number
  readonly racks: number
  /** Tokens a node. */
  readonly tokens: number
  readonly replicationFactor: number
}

/**
 * Expected number of nodes that share a range with a node (Lynch and Snyder 2018, their notebook): racks and factor alike, k = 2v(R - 1) neighbours
 * drawn among the nodes of other racks.
 */
export function expectedNeighbours({ nodes, tokens, replicationFactor }: Omit<VnodeCluster, 'racks'>): number {
  const drawn = 2 * tokens * (replicationFactor - 1)
  const possible = nodes - Math.floor(nodes / replicationFactor)
  const expected = possible * (1 - (1 - 1 / possible) ** drawn)
  return Math.max(replicationFactor - 1, Math.min(expected, possible))
}

export interface RebuildRates {
  /** MB a node holds, what it takes in while it is rebuilt, and what each neighbour gives, MB/s. */
  readonly nodeMegabytes: number
  readonly intoNode: number
  readonly outOfNeighbour: number
}

/** As in their notebook. */
export const publishedRates: RebuildRates = { nodeMegabytes: 307_200, intoNode: 125, outOfNeighbour: 12 }
const secondsOfCentury = 3.1536e9

/** Expected outages in a century of a cluster in which each node fails so often in a century and is rebuilt: two neighbours down at once. */
export function outagesPerCentury(
  cluster: Omit<VnodeCluster, 'racks'>,
  failuresPerNodeCentury: number,
  rates: RebuildRates = publishedRates,
): number {
  const neighbours = expectedNeighbours(cluster)
  const seconds = Math.trunc(rates.nodeMegabytes / Math.min(rates.intoNode, neighbours * rates.outOfNeighbour))
  const probability = 1 - Math.exp(-seconds * neighbours * (failuresPerNodeCentury / secondsOfCentury))
  return failuresPerNodeCentury * cluster.nodes * probability
}

/** Chance that so many nodes, failing at once, include all nodes of some replica set (Cidon et al., ATC 2013). */
export function lossOfSimultaneousFailures(nodes: number, replicationFactor: number, failed: number, replicaSets: number): number {
  const share = Math.min(1, replicaSets / choose(nodes, replicationFactor))
  return -Math.expm1(choose(failed, replicationFactor) * Math.log1p(-share))
}

/** Chance of losing some partition when each node is down with probability p (Kleppmann 2017): sets of `factor` of `nodes`, drawn `partitions` times. */
export function lossOfIndependentFailures(nodes: number, replicationFactor: number, partitions: number, p: number): number {
  let sum = 0
  // log of Binom(nodes, f, p), step by step: the products leave the range of doubles.
  let log = nodes * Math.log1p(-p)
  const odds = Math.log(p) - Math.log1p(-p)
  const all = choose(nodes, replicationFactor)
  for (let failed = 0; failed <= nodes; failed++) {
    if (failed >= replicationFactor) {
      const hit = choose(failed, replicationFactor) / all
      const some = hit >= 1 ? 1 : -Math.expm1(partitions * Math.log1p(-hit))
      sum += Math.exp(log) * some
    }
    log += Math.log(nodes - failed) - Math.log(failed + 1) + odds
  }
  return sum
}

/** Chance that a read misses the last `versions` acknowledged writes altogether (PBS, Bailis et al. 2012): ((N-W choose R) / (N choose R))^k. */
export function staleReadProbability(replicas: number, reads: number, writes: number, versions = 1): number {
  return (choose(replicas - writes, reads) / choose(replicas, reads)) ** versions
}

/** Chance that a read sees one of the last `versions` writes. */
export function freshWithin(replicas: number, reads: number, writes: number, versions: number): number {
  return 1 - staleReadProbability(replicas, reads, writes, versions)
}

export interface QuorumSummary {
  readonly quorum: number
  /** R + W > RF: a read sees the latest write. */
  readonly consistent: boolean
  /** Nodes that may be down with reads and writes still served. */
  readonly survives: number
  /** Nodes whose disks may be lost without losing an acknowledged write. */
  readonly durableLoss: number
}

/** The single-datacenter calculator. */
export function quorumSummary(replicationFactor: number, reads: number, writes: number): QuorumSummary {
  return {
    quorum: Math.floor(replicationFactor / 2) + 1,
    consistent: reads + writes > replicationFactor,
    survives: replicationFactor - Math.max(reads, writes),
    durableLoss: writes - 1,
  }
}
