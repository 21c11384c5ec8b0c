/** Completion in WireGuard files: keys of the section, values, and a whole [Peer] block for every host of the workspace that is not listed yet. */
import { showAddress, widthOf } from '../analysis/ip-network.ts'
import { wireguardKeys } from '../catalog/wireguard-keys-prose.ts'
import type { Mesh, MeshEnd } from '../model/mesh.ts'
import { isLinkLocal, likelyEndpointOf, nameOfEnd, peerBlockFor } from '../model/mesh-facts.ts'
import { showPublicKey } from '../model/wireguard-keys.ts'
import { spanOf } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { CompletionItem } from './editor-types.ts'
import { wireGuardPlaceAt } from './wireguard-place.ts'

/** Enough for a list that a person reads. */
const manyHosts = 500

export function wireguardCompletionsAt(snapshot: Snapshot, path: string, offset: number): readonly CompletionItem[] {
  const place = wireGuardPlaceAt(snapshot, path, offset)
  if (!place) return []
  const { parsed, mesh, end, peer } = place
  const { text } = parsed.file
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(lineStart, offset)
  if (before.includes('#')) return []
  const header = parsed.headers.findLast(({ span }) => span.end <= offset)
  const value = /^\s*([A-Za-z]+)\s*=\s*(?:[^,]*,\s*)*([^,]*)$/.exec(before)
  if (value) {
    const replace = spanOf(parsed.file, offset - value[2]!.length, offset)
    return valuesOf(value[1]!, snapshot, mesh, end, peer?.to).map(item => ({ ...item, replace }))
  }
  const word = /^\s*(\[?[A-Za-z]*)$/.exec(before)?.[1]
  if (word === undefined) return []
  const replace = spanOf(parsed.file, offset - word.length, offset)
  const items: CompletionItem[] = []
  if (header?.section === 'interface' || header?.section === 'peer') {
    const section = header.section === 'interface' ? 'Interface' : 'Peer'
    const here = header.section === 'peer' ? peer?.peer.settings : parsed.interface.settings
    for (const { key, section: home, meaning, example, tool, many } of wireguardKeys)
      if (home === section && (many || !here?.some(setting => setting.key === key)))
        items.push({
          label: key,
          kind: 'key',
          detail: tool,
          documentation: `${meaning}\n\nFor example: ${example}`,
          insertText: `${key} = `,
          replace,
          rank: 1,
        })
  }
  if (parsed.interface.headers.length === 0)
    items.push({ label: '[Interface]', kind: 'keyword', insertText: '[Interface]\n', replace, rank: 2 })
  items.push({ label: '[Peer]', kind: 'keyword', insertText: '[Peer]\n', replace, rank: 2 })
  for (const { mesh: theirs, end: other } of unlisted(snapshot, end)) {
    const block = peerBlockFor(theirs, other)
    if (!block) continue
    const addresses = other.addresses.map(({ address }) => showAddress(address)).join(', ')
    items.push({
      label: `[Peer] ${nameOfEnd(other)}`,
      kind: 'snippet',
      detail: addresses,
      documentation: `The whole block for ${nameOfEnd(other)}, from ${other.file.file.path}. Add this host to its file as well.`,
      insertText: `${block.slice(1).join('\n')}\n`,
      replace,
      rank: 3,
    })
  }
  return items
}

/** Hosts of this mesh first, then those of others; without those that this file lists. */
function unlisted(snapshot: Snapshot, end: MeshEnd | undefined): { readonly mesh: Mesh; readonly end: MeshEnd }[] {
  const listed = new Set(end?.peers.flatMap(({ to }) => to ?? []))
  return snapshot.meshes
    .flatMap(mesh => mesh.ends.map(other => ({ mesh, end: other })))
    .filter(({ end: other }) => other !== end && other.host !== end?.host && !listed.has(other))
    .slice(0, manyHosts)
}

type Value = Omit<CompletionItem, 'replace'>

function valuesOf(key: string, snapshot: Snapshot, mesh: Mesh | undefined, end: MeshEnd | undefined, to: MeshEnd | undefined): Value[] {
  const words = (...labels: string[]) => labels.map((label): Value => ({ label, kind: 'value', insertText: label }))
  switch (key.toLowerCase()) {
    case 'publickey':
      return unlisted(snapshot, end).flatMap(({ end: other }): Value[] =>
        other.publicKey === undefined
          ? []
          : [{ label: nameOfEnd(other), kind: 'name', detail: showPublicKey(other.publicKey), insertText: other.publicKey }],
      )
    case 'allowedips': {
      const hosts = to ? [to] : unlisted(snapshot, end).map(each => each.end)
      return hosts.flatMap(other =>
        other.addresses
          .filter(({ address }) => !isLinkLocal(address))
          .map(
            ({ address }): Value => ({
              label: `${showAddress(address)}/${widthOf(address.family)}`,
              kind: 'value',
              detail: nameOfEnd(other),
              insertText: `${showAddress(address)}/${widthOf(address.family)}`,
            }),
          ),
      )
    }
    case 'endpoint': {
      const endpoint = mesh && to && likelyEndpointOf(mesh, to)
      return endpoint ? words(endpoint) : []
    }
    case 'persistentkeepalive':
      return words('25', 'off')
    case 'mtu':
      return words('1420', '1380', '1280')
    case 'table':
      return words('auto', 'off')
    case 'saveconfig':
      return words('false', 'true')
    case 'listenport':
      return words('51820')
    case 'fwmark':
      return words('off')
    default:
      return []
  }
}
