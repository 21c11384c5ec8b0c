/** Meshes from WireGuard files: every peer block finds the end that it is for, every end its mesh. One pass over the peers, by maps. */
import { type IpPrefix, prefixKey, prefixOf, showAddress, widthOf } from '../analysis/ip-network.ts'
import type { ParsedWireGuard, WireGuardPeer, WrittenPrefix } from '../syntax/wireguard-file.ts'
import { ownersOfPrivateKeys } from '../syntax/wireguard-key.ts'
import { knownValue } from '../text/fact.ts'
import type { Declared } from './declared.ts'
import type { Mesh, MeshEnd, MeshPeer, MeshTunnel } from './mesh.ts'
import { draftEnds, type EndDraft, gatherHosts, isShared } from './mesh-ends.ts'
import type { Node } from './node.ts'

interface PeerDraft extends MeshPeer {
  readonly end: EndDraft
  to: EndDraft | undefined
  by: 'key' | 'likely' | undefined
  back: PeerDraft | undefined
}

/** Every mesh of a workspace, in path order of its first file. Files that no other names are meshes of one. */
export function buildMeshes(files: readonly ParsedWireGuard[], nodes: readonly Node[], declared: Declared): readonly Mesh[] {
  const ends = draftEnds(files, nodes)
  const endsByKey = new Map<string, EndDraft[]>()
  for (const end of ends) if (end.publicKey !== undefined) endsByKey.set(end.publicKey, [...(endsByKey.get(end.publicKey) ?? []), end])

  const peersOf = new Map<EndDraft, PeerDraft[]>()
  const find = likelyEnds(ends)
  for (const end of ends) {
    const peers = draftPeers(end)
    for (const peer of peers) {
      const key = knownValue(peer.peer.publicKey)
      const byKey = key === undefined ? undefined : nearestOf(end, endsByKey.get(key) ?? [])
      peer.to = byKey ?? (key !== undefined && endsByKey.has(key) ? undefined : find(peer))
      peer.by = byKey ? 'key' : peer.to ? 'likely' : undefined
    }
    peersOf.set(end, peers)
    end.peers = peers
  }
  findWayBack(ends, peersOf)
  noteDialledHosts(ends, peersOf)

  const groups = gatherMeshes(ends, peersOf)
  return groups.map(group => {
    const members = new Set<MeshEnd>(group)
    const related = (a: EndDraft, b: EndDraft) =>
      [...peersOf.get(a)!, ...peersOf.get(b)!].some(peer => (peer.to === a || peer.to === b) && peer.by === 'key')
    return {
      ends: group,
      hosts: gatherHosts(group, related),
      tunnels: tunnelsOf(group, peersOf),
      misdirected: misdirectedOf(group, peersOf),
      endsByKey: new Map([...endsByKey].filter(([, those]) => members.has(those[0]!))),
      tunnelNetworks: networksOf(group),
      declared,
    }
  })
}

function draftPeers(end: EndDraft): PeerDraft[] {
  const winners = new Map<string | number, WireGuardPeer>()
  const masked = end.file.peers.map(peer => peer.allowedIps.map(written => ({ prefix: networkOf(written), written })))
  for (const [index, peer] of end.file.peers.entries()) for (const { prefix } of masked[index]!) winners.set(prefixKey(prefix), peer)
  return end.file.peers.map((peer, index) => ({
    end,
    peer,
    to: undefined,
    by: undefined,
    back: undefined,
    prefixes: masked[index]!.map(({ prefix, written }) => ({ prefix, written, lost: winners.get(prefixKey(prefix)) !== peer })),
    endpoint: knownValue(peer.endpoint),
  }))
}

/** Without host bits it is the network itself. */
function networkOf(written: WrittenPrefix): IpPrefix {
  return written.length === widthOf(written.family) ? written : prefixOf(written, written.length)
}

/** Of several ends with one key (a copied private key) the one with the longest common path. */
function nearestOf(end: EndDraft, candidates: readonly EndDraft[]): EndDraft | undefined {
  if (candidates.length <= 1) return candidates[0]
  const near = candidates.map(candidate => ({ candidate, common: commonPath(end, candidate) })).sort((a, b) => b.common - a.common)
  return near[0]!.common > near[1]!.common || sameInterface(near.map(({ candidate }) => candidate)) ? near[0]!.candidate : undefined
}

/** Copies of one node's file: equal addresses. */
function sameInterface(ends: readonly EndDraft[]): boolean {
  return new Set(ends.map(end => end.addresses.map(own => showAddress(own.address)).join())).size === 1
}

function commonPath(a: MeshEnd, b: MeshEnd): number {
  const [p, q] = [a.file.file.path.split('/'), b.file.file.path.split('/')]
  let common = 0
  while (common < p.length - 1 && common < q.length - 1 && p[common] === q[common]) common++
  return common
}

/**
 * Ends whose key is not told, by their own address in a peer's AllowedIPs or by the name in its comment. Only within one folder tree, and only one:
 * two VPNs in one repository may both use 10.0.0.2.
 */
function likelyEnds(ends: readonly EndDraft[]): (peer: PeerDraft) => EndDraft | undefined {
  const byAddress = new Map<string | number, EndDraft[]>()
  for (const end of ends) {
    if (end.publicKey !== undefined) continue
    for (const { address } of end.addresses) {
      const key = prefixKey(prefixOf(address, widthOf(address.family)))
      byAddress.set(key, [...(byAddress.get(key) ?? []), end])
    }
  }
  if (byAddress.size === 0) return () => undefined
  return ({ end, prefixes, peer }) => {
    const found = new Set<EndDraft>()
    for (const { prefix } of prefixes) {
      if (prefix.length !== widthOf(prefix.family)) continue
      for (const candidate of byAddress.get(prefixKey(prefix)) ?? []) if (candidate !== end && mayMeet(end, candidate)) found.add(candidate)
    }
    if (found.size > 1 && peer.name !== undefined)
      for (const candidate of found) if (candidate.node?.name !== peer.name) found.delete(candidate)
    return found.size === 1 ? [...found][0] : undefined
  }
}

/** Nodes of one cluster by name, or files of one folder tree with an address network in common. */
function mayMeet(a: EndDraft, b: EndDraft): boolean {
  if (a.node && b.node) return sameCluster(a.node, b.node) || commonPath(a, b) > 0
  const shared = a.addresses.some(own =>
    b.addresses.some(
      other =>
        isShared(own.network) &&
        isShared(other.network) &&
        own.network.bits === other.network.bits &&
        own.network.length === other.network.length,
    ),
  )
  return commonPath(a, b) > 0 && (shared || a.interfaceName === b.interfaceName)
}

function sameCluster(a: Node, b: Node): boolean {
  const [name, other] = [knownValue(a.clusterName), knownValue(b.clusterName)]
  if (name === undefined || name !== other) return false
  const [seeds, theirs] = [knownValue(a.seeds), knownValue(b.seeds)]
  const lists = (list: typeof seeds, node: Node) =>
    list?.some(({ value }) => value.address !== undefined && node.knownAs.includes(value.address))
  const shared = seeds?.some(seed => theirs?.some(other => other.value.address !== undefined && other.value.address === seed.value.address))
  return Boolean(lists(seeds, b) || lists(theirs, a) || shared)
}

function findWayBack(ends: readonly EndDraft[], peersOf: ReadonlyMap<EndDraft, readonly PeerDraft[]>): void {
  const into = new Map<EndDraft, Map<EndDraft, PeerDraft>>()
  for (const end of ends) {
    const mine = new Map<EndDraft, PeerDraft>()
    // Of two blocks with one key the last counts, as wg merges them.
    for (const peer of peersOf.get(end)!) if (peer.to) mine.set(peer.to, peer)
    into.set(end, mine)
  }
  for (const end of ends) for (const peer of peersOf.get(end)!) if (peer.to) peer.back = into.get(peer.to)!.get(end)
}

/** An address at which two others dial an end's key is that end's own. */
function noteDialledHosts(ends: readonly EndDraft[], peersOf: ReadonlyMap<EndDraft, readonly PeerDraft[]>): void {
  const dialled = new Map<EndDraft, Map<string, number>>()
  for (const end of ends)
    for (const { to, endpoint } of peersOf.get(end)!) {
      if (!to || !endpoint) continue
      const host = endpoint.address ? showAddress(endpoint.address) : endpoint.host.toLowerCase()
      const counts = dialled.get(to) ?? new Map<string, number>()
      counts.set(host, (counts.get(host) ?? 0) + 1)
      dialled.set(to, counts)
    }
  for (const [end, counts] of dialled) for (const [host, count] of counts) if (count >= 2) end.underlayAddresses.add(host)
}

/** Components of "lists", of "is a node of the same cluster" and of "was meant for". */
function gatherMeshes(ends: readonly EndDraft[], peersOf: ReadonlyMap<EndDraft, readonly PeerDraft[]>): EndDraft[][] {
  const parent = new Map<EndDraft, EndDraft>(ends.map(end => [end, end]))
  const root = (end: EndDraft): EndDraft => {
    let top = end
    while (parent.get(top) !== top) top = parent.get(top)!
    for (let at = end; at !== top; ) {
      const next = parent.get(at)!
      parent.set(at, top)
      at = next
    }
    return top
  }
  const join = (a: EndDraft, b: EndDraft) => parent.set(root(b), root(a))
  for (const end of ends) for (const { to } of peersOf.get(end)!) if (to) join(end, to)
  const withNodes = ends.filter(end => end.node !== undefined)
  for (const [index, end] of withNodes.entries())
    for (const other of withNodes.slice(index + 1))
      if (root(end) !== root(other) && (end.node === other.node || sameCluster(end.node!, other.node!))) join(end, other)
  const copies = new Map<string, EndDraft>()
  for (const end of ends) {
    if (end.publicKey === undefined) continue
    const first = copies.get(end.publicKey)
    if (first) join(first, end)
    else copies.set(end.publicKey, end)
  }
  const groups = new Map<EndDraft, EndDraft[]>()
  for (const end of ends) {
    const group = groups.get(root(end))
    if (group) group.push(end)
    else groups.set(root(end), [end])
  }
  return [...groups.values()]
}

function tunnelsOf(ends: readonly EndDraft[], peersOf: ReadonlyMap<EndDraft, readonly PeerDraft[]>): MeshTunnel[] {
  const order = new Map<MeshEnd, number>(ends.map((end, index) => [end, index]))
  const tunnels: MeshTunnel[] = []
  for (const end of ends)
    for (const peer of peersOf.get(end)!)
      if (peer.to && peer.back && peer.back.back === peer && order.get(end)! < order.get(peer.to)!) tunnels.push({ a: peer, b: peer.back })
  return tunnels
}

/**
 * Blocks that have an end's address alone but another key, where that end lists us by our key or belongs to the same cluster; and blocks whose key is
 * some end's private key.
 */
function misdirectedOf(ends: readonly EndDraft[], peersOf: ReadonlyMap<EndDraft, readonly PeerDraft[]>): Mesh['misdirected'] {
  const strangers = ends.flatMap(end => peersOf.get(end)!.filter(peer => !peer.to && peer.peer.publicKey.kind === 'known'))
  if (strangers.length === 0) return []
  const byAddress = new Map<string | number, EndDraft[]>()
  for (const end of ends)
    for (const { address } of end.addresses) {
      const key = prefixKey(prefixOf(address, widthOf(address.family)))
      byAddress.set(key, [...(byAddress.get(key) ?? []), end])
    }
  const ownerOf = ownersOfPrivateKeys(ends.map(end => end.file))
  const endOf = new Map(ends.map(end => [end.file, end]))
  const found: { from: MeshPeer; meant: MeshEnd; why: 'address' | 'private-key' }[] = []
  for (const peer of strangers) {
    const { end, prefixes } = peer
    const owner = endOf.get(ownerOf(knownValue(peer.peer.publicKey)!)!)
    if (owner && owner !== end) {
      found.push({ from: peer, meant: owner, why: 'private-key' })
      continue
    }
    const holders = new Set(
      prefixes.flatMap(({ prefix }) => (prefix.length === widthOf(prefix.family) ? (byAddress.get(prefixKey(prefix)) ?? []) : [])),
    )
    const meant = [...holders].filter(holder => holder !== end && holder.publicKey !== undefined && knowsUs(holder, end, peersOf))
    if (meant.length === 1 && !end.peers.some(other => other.to === meant[0] && other.by === 'key'))
      found.push({ from: peer, meant: meant[0]!, why: 'address' })
  }
  return found
}

function knowsUs(holder: EndDraft, us: EndDraft, peersOf: ReadonlyMap<EndDraft, readonly PeerDraft[]>): boolean {
  return (
    peersOf.get(holder)!.some(peer => peer.to === us && peer.by === 'key') ||
    Boolean(holder.node && us.node && sameCluster(holder.node, us.node))
  )
}

function networksOf(ends: readonly EndDraft[]): IpPrefix[] {
  const found = new Map<string | number, IpPrefix>()
  for (const end of ends) for (const { network } of end.addresses) if (isShared(network)) found.set(prefixKey(network), network)
  return [...found.values()]
}
