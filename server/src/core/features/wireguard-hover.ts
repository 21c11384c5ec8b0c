/** Hovers of WireGuard files: what a key is for; which node a peer is, where, over which MTU, and whether the tunnel comes up. Never a secret. */
import { showAddress, showPrefix } from '../analysis/ip-network.ts'
import { tunnelOverhead } from '../analysis/tunnel-mtu.ts'
import { wireguardKeys } from '../catalog/wireguard-keys-prose.ts'
import type { Mesh, MeshEnd, MeshPeer } from '../model/mesh.ts'
import { nameOfEnd, outerFamilyOf, uncoveredAddresses } from '../model/mesh-facts.ts'
import { declaredUnderlay, effectiveMtu, smallestLinkWins, usualUnderlay, writtenMtu } from '../model/mesh-mtu.ts'
import { tunnelComesUp } from '../model/mesh-routes.ts'
import { presharedKeysAgree, showPublicKey } from '../model/wireguard-keys.ts'
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { Hover } from './editor-types.ts'
import { whereabouts } from './losable-things.ts'
import { wireGuardPlaceAt } from './wireguard-place.ts'

export function wireguardHoverAt(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
  const place = wireGuardPlaceAt(snapshot, path, offset)
  if (!place) return undefined
  const { parsed, mesh, end, peer, setting } = place
  const header = parsed.headers.find(({ span }) => span.start <= offset && offset <= span.end)
  if (header) {
    if (header.section === 'peer' && mesh && peer) return { span: header.span, markdown: peerMarkdown(mesh, peer) }
    if (header.section === 'interface' && mesh && end) return { span: header.span, markdown: endMarkdown(mesh, end) }
    return undefined
  }
  if (!setting) return undefined
  const onKey = offset <= setting.keySpan.end
  const prose = wireguardKeys.find(({ key }) => key === setting.key)!
  const meaning = `**${prose.key}** (${prose.tool}) ${prose.meaning}`
  if (!onKey && mesh && peer && ['PublicKey', 'Endpoint', 'AllowedIPs'].includes(setting.key))
    return { span: setting.valueSpan, markdown: peerMarkdown(mesh, peer) }
  const more =
    mesh && end && (setting.key === 'MTU' ? mtuMarkdown(mesh, end) : setting.key === 'PrivateKey' ? ownKeyMarkdown(mesh, end) : undefined)
  return { span: onKey ? setting.keySpan : setting.lineSpan, markdown: more ? `${meaning}\n\n${more}` : meaning }
}

function peerMarkdown(mesh: Mesh, peer: MeshPeer): string {
  const { to, by, back } = peer
  const key = knownValue(peer.peer.publicKey)
  const lines: string[] = []
  if (!to) {
    lines.push(
      `**${peer.peer.name ?? (key === undefined ? 'Peer' : showPublicKey(key))}**: no file of this workspace has the private half of this key.`,
    )
  } else {
    lines.push(`**${nameOfEnd(to)}**${by === 'likely' ? ' (likely, by its address)' : ''}${to.node ? ` · ${whereabouts(to.node)}` : ''}`)
    const addresses = to.addresses.map(({ address }) => showAddress(address)).join(', ')
    if (addresses) lines.push(`in the tunnel: ${addresses}`)
  }
  const routes = peer.prefixes.map(({ prefix, lost }) => (lost ? `~~${showPrefix(prefix)}~~` : showPrefix(prefix)))
  if (routes.length > 0)
    lines.push(`carries: ${routes.slice(0, 12).join(', ')}${routes.length > 12 ? ` and ${routes.length - 12} more` : ''}`)
  if (to) {
    lines.push(healthOf(peer, back))
    const overhead = tunnelOverhead(outerFamilyOf(peer))
    const said = declaredUnderlay(mesh.declared, peer)
    const underlay = said ?? usualUnderlay
    const [mine, theirs] = [effectiveMtu(mesh, peer.end), effectiveMtu(mesh, to)]
    lines.push(
      `MTU ${mine === theirs ? mine : `${mine} here, ${theirs} there`}; ${said === undefined ? 'the internet’s' : 'the declared'} ${underlay} less ${overhead} leaves ${underlay - overhead}`,
    )
  }
  return lines.join('  \n')
}

function healthOf(peer: MeshPeer, back: MeshPeer | undefined): string {
  const there = nameOfEnd(peer.to!)
  if (!back)
    return peer.by === 'key' && peer.end.publicKey !== undefined
      ? `no tunnel: ${there} does not list this host`
      : `whether ${there} lists this host is not known`
  if (presharedKeysAgree(peer.peer, back.peer) === false) return 'no tunnel: the preshared keys differ'
  if (!tunnelComesUp(peer)) return 'no tunnel: neither side has an Endpoint'
  const missing = [...uncoveredAddresses(peer), ...uncoveredAddresses(back)].map(({ address }) => showAddress(address))
  if (missing.length > 0) return `handshakes, but drops the traffic of ${missing.join(' and ')}`
  const calls = [peer.endpoint && 'this side', back.endpoint && there].filter(Boolean).join(' and ')
  return `tunnel comes up; ${calls || 'somebody'} can call`
}

function endMarkdown(mesh: Mesh, end: MeshEnd): string {
  const peers = end.peers.length
  const known = end.peers.filter(({ to }) => to).length
  const mutual = end.peers.filter(({ back }) => back).length
  return [
    `**${nameOfEnd(end)}** ${end.interfaceName}${end.node ? ` · ${whereabouts(end.node)}` : ''}`,
    `${peers} peer${peers === 1 ? '' : 's'}: ${known} with a file here, ${mutual} that list this host, too`,
    mtuMarkdown(mesh, end),
  ].join('  \n')
}

function mtuMarkdown(mesh: Mesh, end: MeshEnd): string {
  const written = writtenMtu(end)
  if (written !== undefined) return `MTU ${written}: packets of up to ${written + 60} bytes outside over IPv4, ${written + 80} over IPv6`
  return `MTU by wg-quick: ${effectiveMtu(mesh, end)}, the ${smallestLinkWins(mesh, end) ? 'smallest' : 'largest'} local link less 80`
}

function ownKeyMarkdown(mesh: Mesh, end: MeshEnd): string | undefined {
  if (end.publicKey === undefined) return undefined
  const users = mesh.ends.filter(other => other.peers.some(({ to, by }) => to === end && by === 'key')).length
  return `Its public half is \`${showPublicKey(end.publicKey)}\`, listed by ${users} other file${users === 1 ? '' : 's'} here.`
}
