/** What stands at a place of a WireGuard file: its end in a mesh, the block, the setting. */
import type { Mesh, MeshEnd, MeshPeer } from '../model/mesh.ts'
import type { ParsedWireGuard, WireGuardSetting } from '../syntax/wireguard-file.ts'
import { memo } from '../text/memo.ts'
import type { Snapshot } from '../workspace/snapshot.ts'

export interface WireGuardPlace {
  readonly parsed: ParsedWireGuard
  /** Undefined for templates. */
  readonly mesh: Mesh | undefined
  readonly end: MeshEnd | undefined
  readonly peer: MeshPeer | undefined
  readonly setting: WireGuardSetting | undefined
}

/** Ends by the path of their file. */
export const endsByPath = memo(
  (snapshot: Snapshot): ReadonlyMap<string, { readonly mesh: Mesh; readonly end: MeshEnd }> =>
    new Map(snapshot.meshes.flatMap(mesh => mesh.ends.map(end => [end.file.file.path, { mesh, end }] as const))),
)

export function wireGuardPlaceAt(snapshot: Snapshot, path: string, offset: number): WireGuardPlace | undefined {
  const parsed = snapshot.parsed.get(path)
  if (parsed?.kind !== 'wireguard') return undefined
  const found = endsByPath(snapshot).get(path)
  const setting = parsed.settings.find(({ lineSpan }) => lineSpan.start <= offset && offset <= lineSpan.end)
  const peer = found?.end.peers.find(({ peer: { block } }) => block.start <= offset && offset <= block.end)
  return { parsed, mesh: found?.mesh, end: found?.end, peer, setting }
}
