/** From a block to the file that it is for, from an address to the interface that carries it, and back to every block. */
import { holds, prefixOf, type readAddress } from '../analysis/ip-network.ts'
import type { MeshEnd, MeshPeer } from '../model/mesh.ts'
import { sameAddress } from '../model/mesh-facts.ts'
import type { Span } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { Definition } from './editor-types.ts'
import { endsByPath, wireGuardPlaceAt } from './wireguard-place.ts'

interface Thing {
  readonly from: Span
  readonly end: MeshEnd
  /** Only this address of the end. */
  readonly address: ReturnType<typeof readAddress>
}

export function wireguardDefinitionAt(snapshot: Snapshot, path: string, offset: number): Definition | undefined {
  const thing = thingAt(snapshot, path, offset)
  if (!thing) return undefined
  const own = thing.address && thing.end.addresses.find(({ address }) => sameAddress(address, thing.address!))
  return { from: thing.from, targets: [own?.span ?? thing.end.span] }
}

/** The end itself and every block for it. */
export function wireguardReferencesAt(snapshot: Snapshot, path: string, offset: number): readonly Span[] {
  const thing = thingAt(snapshot, path, offset)
  if (!thing) return []
  const blocks = [...endsByPath(snapshot).values()].flatMap(({ end }) => end.peers.filter(({ to }) => to === thing.end))
  if (!thing.address) return [thing.end.span, ...blocks.map(({ peer }) => peer.publicKeySpan ?? peer.header)]
  const { address } = thing
  const own = thing.end.addresses.filter(each => sameAddress(each.address, address)).map(({ span }) => span)
  return [...own, ...blocks.flatMap(peer => prefixesWith(peer, address))]
}

function prefixesWith(peer: MeshPeer, address: NonNullable<Thing['address']>): Span[] {
  return peer.prefixes.filter(({ prefix }) => holds(prefix, address) && prefix.length > 0).map(({ written }) => written.span)
}

function thingAt(snapshot: Snapshot, path: string, offset: number): Thing | undefined {
  const place = wireGuardPlaceAt(snapshot, path, offset)
  if (!place?.end) return undefined
  const { end, peer, setting } = place
  const at = (span: Span) => span.start <= offset && offset <= span.end
  const own = end.addresses.find(({ span, written }) => written && at(span))
  if (own) return { from: own.span, end, address: own.address }
  if (setting?.key === 'PrivateKey' && at(setting.lineSpan)) return { from: setting.keySpan, end, address: undefined }
  if (!peer?.to) return undefined
  const carried = peer.prefixes.find(({ written }) => at(written.span))
  if (carried) {
    const inside = peer.to.addresses.find(({ address }) => holds(carried.prefix, address))
    return { from: carried.written.span, end: peer.to, address: inside && prefixOf(inside.address, inside.address.family === 4 ? 32 : 128) }
  }
  if (at(peer.peer.header)) return { from: peer.peer.header, end: peer.to, address: undefined }
  if (setting && ['PublicKey', 'Endpoint'].includes(setting.key)) return { from: setting.valueSpan, end: peer.to, address: undefined }
  return undefined
}
