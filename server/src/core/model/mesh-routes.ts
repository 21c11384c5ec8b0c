/** What a host does with a packet: which interface routes it, which peer's AllowedIPs carry it, and whether that tunnel can come up. */
import { type IpAddress, type IpPrefix, PrefixTable, readPrefix } from '../analysis/ip-network.ts'
import { samePresharedKey } from '../syntax/wireguard-key.ts'
import { knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { MeshEnd, MeshHost, MeshPeer } from './mesh.ts'

/** Peers by AllowedIPs: longest prefix, of equal ones the last. */
export const cryptoTable: (end: MeshEnd) => PrefixTable<MeshPeer> = memo(end => {
  const table = new PrefixTable<MeshPeer>()
  for (const peer of end.peers) for (const { prefix } of peer.prefixes) table.add(prefix, peer)
  return table
})

/** Which peer of this interface gets packets for an address, and from which alone it takes packets of that source. */
export function peerFor(end: MeshEnd, address: IpAddress): MeshPeer | undefined {
  return cryptoTable(end).find(address)
}

const routingDaemon = /\b(?:bird[6c]?|frr|vtysh|bgpd|ospfd|babeld|quagga|zebra|olsrd|batctl|nebula)\b/i

/** Whether wg-quick makes routes of AllowedIPs that lie in the main table. */
export function routesAllowedIps(end: MeshEnd): boolean {
  const table = knownValue(end.file.interface.table)
  return table === undefined || table === 'auto' || table === 'main' || table === '254'
}

/** Something else than wg-quick may make routes: a routing daemon, `ip rule`, or a script that nobody here can read. */
export function mayRouteOtherwise(end: MeshEnd): boolean {
  return end.file.interface.hooks.some(
    ({ key, wholeCommand }) =>
      (key === 'PostUp' || key === 'PreUp') &&
      (routingDaemon.test(wholeCommand) || /\bip\s+(?:-[46]\s+)?rule\b|\.sh\b|\bsource\b|\bsystemctl\b|\bservice\b/.test(wholeCommand)),
  )
}

/** Prefixes that hooks route into this interface. */
export const hookRoutesOf: (end: MeshEnd) => readonly IpPrefix[] = memo(end => {
  const found: IpPrefix[] = []
  for (const { key, command } of end.file.interface.hooks) {
    if (key !== 'PostUp' && key !== 'PreUp') continue
    for (const match of command.matchAll(
      /\b(?:ip\s+(?:-[46]\s+)?r(?:oute)?\s+(?:add|replace|append|change)|route\s+add(?:\s+-net|\s+-host)?)\s+(?:to\s+)?(\S{1,64})([^;&|]{0,200})/g,
    )) {
      const prefix = match[1] === 'default' ? readPrefix('0.0.0.0/0') : readPrefix(match[1]!)
      const device = /\bdev\s+(\S+)/.exec(match[2]!)?.[1]
      if (prefix && (device === undefined || device === '%i' || device === end.interfaceName)) found.push(prefix)
    }
  }
  return found
})

const routeTable: (end: MeshEnd) => PrefixTable<number> = memo(end => {
  const table = new PrefixTable<number>()
  const add = (prefix: IpPrefix) => table.add(prefix, prefix.length)
  for (const { network } of end.addresses) add(network)
  for (const prefix of hookRoutesOf(end)) add(prefix)
  if (routesAllowedIps(end) || mayRouteOtherwise(end)) for (const peer of end.peers) for (const { prefix } of peer.prefixes) add(prefix)
  return table
})

/** Length of the longest route into this interface that holds the address; undefined when none does. */
export function routeLength(end: MeshEnd, address: IpAddress): number | undefined {
  return routeTable(end).find(address)
}

/** What a host does with a packet: a peer, `dropped` (routed into an interface where no peer has it), or `underlay` (in no tunnel network). */
export function nextHop(host: MeshHost, address: IpAddress): MeshPeer | 'dropped' | 'underlay' {
  let best: MeshEnd | undefined
  let length = -1
  for (const end of host.ends) {
    const mine = routeLength(end, address)
    if (mine !== undefined && mine > length) {
      best = end
      length = mine
    }
  }
  if (!best) return 'underlay'
  return peerFor(best, address) ?? 'dropped'
}

/** Whether an address is one of the host's own. */
export function isOwnAddress(host: MeshHost, address: IpAddress): boolean {
  return host.ends.some(end => end.addresses.some(own => own.address.family === address.family && own.address.bits === address.bits))
}

/** Whether the handshake of a block with its other end can succeed. What is unknown counts as yes. */
export const tunnelComesUp: (peer: MeshPeer) => boolean = memo(peer => {
  const { to, back } = peer
  if (!to) return true
  if (!back) return peer.by !== 'key' || to.file.linesMayBeElsewhere || peer.end.publicKey === undefined
  if (samePresharedKey(peer.peer, back.peer) === false) return false
  return peer.peer.endpoint.kind !== 'absent' || back.peer.endpoint.kind !== 'absent'
})

/** Whether the receiver takes a packet with this source from us: its own AllowedIPs must send that address back to us. */
export function takesSource(peer: MeshPeer, source: IpAddress): boolean {
  const { to, back } = peer
  if (!to || !back) return true
  if (back.peer.allowedIpsUnknown) return true
  return peerFor(to, source) === back
}
