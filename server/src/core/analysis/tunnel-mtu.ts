/**
 * Packet sizes of a WireGuard tunnel. Every packet inside gets 32 bytes of WireGuard, 8 of UDP and an IP header of 20 (IPv4) or 40 (IPv6) bytes;
 * before that it is padded to 16 bytes, but not beyond the sender's MTU.
 */

export type OuterFamily = 4 | 6

/** Bytes around the padded packet. */
export function tunnelOverhead(outer: OuterFamily): number {
  return outer === 4 ? 60 : 80
}

/** The largest tunnel MTU that needs no outer fragments. */
export function largestTunnelMtu(underlay: number, outer: OuterFamily): number {
  return underlay - tunnelOverhead(outer)
}

const ceil16 = (length: number) => Math.ceil(length / 16) * 16
const floor16 = (length: number) => Math.floor(length / 16) * 16

/** Length of the outer IP packet for an inner one, from a sender with this tunnel MTU. */
export function outerLength(inner: number, senderMtu: number, outer: OuterFamily): number {
  return Math.min(ceil16(inner), senderMtu) + tunnelOverhead(outer)
}

/** IPv6 needs this much; below it the kernel removes IPv6 from the interface. */
export const smallestIpv6Mtu = 1280

/** The largest TCP segment that fits the path although the tunnel's MTU is too large for it: padding counts. */
export function safeSegmentSize(underlay: number, outer: OuterFamily, inner: 4 | 6): number {
  return floor16(underlay - tunnelOverhead(outer)) - (inner === 4 ? 40 : 60)
}

/** The path from which packets of two ends with different MTUs get through both ways: the larger end pads what the smaller one allows. */
export function pathForUnequalMtus(smaller: number, larger: number, outer: OuterFamily): number {
  return outerLength(smaller, larger, outer)
}

export interface AutomaticMtuInput {
  /** MTU towards each peer's numeric endpoint: of its route, else of the local device; undefined when no route is known. */
  readonly endpoints: readonly (number | undefined)[]
  /** MTU of the default route's device. */
  readonly defaultRoute: number | undefined
}

/** What wg-quick sets when there is no MTU: the largest towards an endpoint with the tools of 2021, the smallest since 1.0.20260223, minus 80. */
export function automaticMtu(input: AutomaticMtuInput, smallestWins: boolean): number {
  const known = input.endpoints.filter(mtu => mtu !== undefined)
  const winner = (one: number, other: number) => (smallestWins ? Math.min(one, other) : Math.max(one, other))
  const underlay = known.length > 0 ? known.reduce(winner) : (input.defaultRoute ?? 1500)
  return underlay - 80
}

/** wg-quick takes the loopback device for an endpoint that is the machine itself. */
export const loopbackDeviceMtu = 65536
