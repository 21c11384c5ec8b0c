/** What an editor draws into a WireGuard file: names behind blocks, lenses above them, the outline, and what words are. */

import { nameOfEnd, pairName } from '../model/mesh-facts.ts'
import { showPublicKey } from '../model/wireguard-keys.ts'
import type { ParsedWireGuard, WireGuardPeer } from '../syntax/wireguard-file.ts'
import { knownValue } from '../text/fact.ts'
import { type Span, spanOf } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { CodeLens, DocumentSymbol, InlayHint, SemanticToken } from './editor-types.ts'
import { endsByPath } from './wireguard-place.ts'

/** Behind `[Peer]`: which host it is; nothing where a comment on the line says it. */
export function wireguardInlayHintsOf(snapshot: Snapshot, path: string): readonly InlayHint[] {
  const found = endsByPath(snapshot).get(path)
  if (!found) return []
  return found.end.peers.flatMap(({ to, by, peer }): InlayHint[] => {
    if (!to || to.host.name === peer.name) return []
    const { file, end } = peer.header
    return [
      {
        at: spanOf(file, end, end),
        side: 'after',
        text: `${nameOfEnd(to)}${by === 'likely' ? '?' : ''}`,
        tooltip: by === 'likely' ? 'Likely: its address is in AllowedIPs' : `Its key is the public half of ${to.file.file.path}`,
      },
    ]
  })
}

/** *Simulate losing this tunnel…* on blocks for another Cassandra node, *this gateway…* on files of hosts without one. */
export function wireguardLensesOf(snapshot: Snapshot, path: string): readonly CodeLens[] {
  const found = endsByPath(snapshot).get(path)
  if (!found) return []
  const { end, mesh } = found
  const cluster = snapshot.clusters.find(each => each.mesh === mesh)
  if (!cluster || cluster.nodes.length < 2) return []
  const lose = (id: string) => ({ name: 'foretell.simulate' as const, arguments: [{ lose: [id], cluster: cluster.name }] })
  const lenses: CodeLens[] = []
  if (end.node) lenses.push({ span: end.span, title: `Simulate losing ${end.node.name}…`, command: lose(`node:${end.node.name}`) })
  else lenses.push({ span: end.span, title: `Simulate losing gateway ${end.host.name}…`, command: lose(`gateway:${end.host.name}`) })
  for (const { to, back, peer } of end.peers)
    if (to && back && to.host !== end.host)
      lenses.push({ span: peer.header, title: 'Simulate losing this tunnel…', command: lose(`tunnel:${pairName(end, to)}`) })
  return lenses
}

export function wireguardSymbolsOf(parsed: ParsedWireGuard, snapshot: Snapshot | undefined): readonly DocumentSymbol[] {
  const end = snapshot && endsByPath(snapshot).get(parsed.file.path)?.end
  const symbols: DocumentSymbol[] = []
  const header = parsed.interface.headers[0]
  if (header) {
    const last = parsed.interface.insertAt.end
    const span = spanOf(parsed.file, header.start, Math.max(header.end, last))
    const inside = parsed.interface.settings.filter(({ lineSpan }) => lineSpan.start >= span.start && lineSpan.end <= span.end)
    symbols.push({
      name: end ? `Interface of ${end.host.name}` : 'Interface',
      kind: 'interface',
      span,
      nameSpan: header,
      children: inside.map(settingSymbol),
    })
  }
  parsed.peers.forEach((peer, index) => {
    const to = end?.peers[index]?.to
    symbols.push({
      name: to ? nameOfEnd(to) : nameOfPeer(peer, index),
      kind: 'peer',
      span: peer.block,
      nameSpan: peer.header,
      detail: peer.allowedIps
        .slice(0, 4)
        .map(({ text }) => text)
        .join(', '),
      children: peer.settings.filter(({ lineSpan }) => lineSpan.end <= peer.block.end).map(settingSymbol),
    })
  })
  return symbols
}

function settingSymbol({ key, lineSpan, keySpan, value }: ParsedWireGuard['settings'][number]): DocumentSymbol {
  return {
    name: key,
    kind: 'setting',
    span: lineSpan,
    nameSpan: keySpan,
    children: [],
    ...(value === '' || /[A-Za-z0-9+/]{40}/.test(value) ? {} : { detail: value }),
  }
}

function nameOfPeer(peer: WireGuardPeer, index: number): string {
  const key = knownValue(peer.publicKey)
  return peer.name ?? (key === undefined ? `Peer ${index + 1}` : showPublicKey(key))
}

/** In the order of the file. */
export function wireguardSemanticTokens(parsed: ParsedWireGuard): readonly SemanticToken[] {
  const tokens: SemanticToken[] = parsed.headers.map(({ span }) => ({ span, kind: 'namespace' }))
  const add = (span: Span, kind: SemanticToken['kind']) => {
    if (span.end > span.start) tokens.push({ span, kind })
  }
  for (const setting of parsed.settings) {
    add(setting.keySpan, 'property')
    if (setting.empty || setting.placeholder) continue
    if (['MTU', 'ListenPort', 'PersistentKeepalive', 'FwMark'].includes(setting.key))
      add(setting.valueSpan, /^[0-9]/.test(setting.value) ? 'number' : 'enumMember')
    else if (['Table', 'SaveConfig'].includes(setting.key)) add(setting.valueSpan, 'enumMember')
    else if (['PrivateKey', 'PublicKey', 'PresharedKey'].includes(setting.key)) add(setting.valueSpan, 'string')
  }
  for (const { allowedIps, endpoint } of parsed.peers) {
    for (const { span } of allowedIps) add(span, 'number')
    if (endpoint.kind === 'known') {
      add(endpoint.value.hostSpan, endpoint.value.form === 'name' ? 'variable' : 'number')
      add(endpoint.value.portSpan, 'number')
    }
  }
  for (const { span } of parsed.interface.addresses) add(span, 'number')
  return tokens.sort((a, b) => a.span.start - b.span.start)
}
