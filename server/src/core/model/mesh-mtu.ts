/** Tunnel MTU of an end, and the underlay that its packets need, from foretell.yaml where it says so. */

import { kindOfAddress } from '../analysis/ip-network.ts'
import { automaticMtu, loopbackDeviceMtu, type OuterFamily, tunnelOverhead } from '../analysis/tunnel-mtu.ts'
import { toolsAtLeast } from '../syntax/wireguard-verdict.ts'
import { knownValue } from '../text/fact.ts'
import type { Declared } from './declared.ts'
import type { Mesh, MeshEnd, MeshPeer } from './mesh.ts'
import { outerFamilyOf, sameAddress } from './mesh-facts.ts'

/** The MTU of the internet's links, where nobody says another. */
export const usualUnderlay = 1500

/** What foretell.yaml says of the path: the link between the two datacenters, else the network. */
export function declaredUnderlay(declared: Declared, peer: MeshPeer): number | undefined {
  const [mine, theirs] = [peer.end, peer.to].map(end => end?.node && knownValue(end.node.location.datacenter))
  const link =
    mine === undefined || theirs === undefined
      ? undefined
      : declared.links.find(
          ({ between: [a, b], mtu }) => mtu !== undefined && ((a === mine && b === theirs) || (a === theirs && b === mine)),
        )
  return link?.mtu ?? declared.underlayMtu?.value
}

/** The MTU that the file sets; undefined when it does not or when it is no number. */
export function writtenMtu(end: MeshEnd): number | undefined {
  return knownValue(end.file.interface.mtu)
}

/** Whether wg-quick takes the smallest link (since 1.0.20260223) or the largest. */
export function smallestLinkWins(mesh: Mesh, end: MeshEnd): boolean {
  return toolsAtLeast(end.node?.declared.wireguardTools ?? mesh.declared.wireguardTools, '1.0.20260223')
}

/** What wg-quick would set by itself, if every link that foretell.yaml does not name has 1500 bytes. */
export function automaticMtuOf(mesh: Mesh, end: MeshEnd): number {
  const endpoints = end.peers.flatMap(peer => {
    const address = peer.endpoint?.address
    if (!address) return []
    const itself =
      kindOfAddress(address) === 'loopback' ||
      kindOfAddress(address) === 'unspecified' ||
      end.addresses.some(own => sameAddress(own.address, address))
    return [itself ? loopbackDeviceMtu : (mesh.declared.underlayMtu?.value ?? usualUnderlay)]
  })
  return automaticMtu({ endpoints, defaultRoute: mesh.declared.underlayMtu?.value }, smallestLinkWins(mesh, end))
}

/** The MTU that the end works with. */
export function effectiveMtu(mesh: Mesh, end: MeshEnd): number {
  return writtenMtu(end) ?? automaticMtuOf(mesh, end)
}

export interface MtuBudget {
  readonly peer: MeshPeer
  readonly outer: OuterFamily
  /** The underlay, declared or the internet's. */
  readonly underlay: number
  readonly declared: boolean
  /** The largest MTU without outer fragments. */
  readonly largest: number
}

/** The budget of the tightest path of an end; undefined without peers. */
export function tightestBudget(mesh: Mesh, end: MeshEnd): MtuBudget | undefined {
  let tightest: MtuBudget | undefined
  for (const peer of end.peers) {
    const outer = outerFamilyOf(peer)
    const said = declaredUnderlay(mesh.declared, peer)
    const underlay = said ?? usualUnderlay
    const budget = { peer, outer, underlay, declared: said !== undefined, largest: underlay - tunnelOverhead(outer) }
    if (!tightest || budget.largest < tightest.largest) tightest = budget
  }
  return tightest
}
