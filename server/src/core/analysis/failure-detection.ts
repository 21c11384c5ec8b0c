/** How long it takes until others hold a silent node for dead. */

/** Seconds between two heartbeats of a node that all hear of: the gossip interval, which no setting changes. */
export const gossipInterval = 1

/** The phi thresholds that a node starts with. */
export const phiBounds = { least: 5, most: 16 } as const

/** Seconds of silence until conviction: phi / ln(10) grows with silence over the mean interval. 8 → 18.4, 12 → 27.6 at the usual interval. */
export function convictionSeconds(phiConvictThreshold: number, meanInterval = gossipInterval): number {
  return phiConvictThreshold * Math.LN10 * meanInterval
}

/** The same in the first minutes after a start, when the one sample in the window is two intervals long. */
export function freshConvictionSeconds(phiConvictThreshold: number): number {
  return convictionSeconds(phiConvictThreshold, 2 * gossipInterval)
}
