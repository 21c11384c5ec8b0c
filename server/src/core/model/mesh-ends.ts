/** WireGuard files become ends of hosts: whose they are, how their hosts are called, which addresses they carry. */
import { type IpAddress, type IpPrefix, normaliseAddress, prefixOf, readAddress, readPrefix, widthOf } from '../analysis/ip-network.ts'
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import { publicKeyOf } from '../syntax/wireguard-key.ts'
import { memo } from '../text/memo.ts'
import { baseName, folderOf } from '../text/source-file.ts'
import { spanOf } from '../text/span.ts'
import type { MeshEnd, MeshHost, MeshPeer, OwnAddress } from './mesh.ts'
import type { Node } from './node.ts'
import { homeOf } from './node-draft.ts'

/** An end while its mesh is being built; afterwards it is read only. */
export interface EndDraft extends MeshEnd {
  host: MeshHost
  peers: readonly MeshPeer[]
  readonly underlayAddresses: Set<string>
}

/** `wg0` of `hosts/db1/wg0.conf.j2`. */
export function interfaceNameOf(path: string): string {
  return baseName(path).replace(/\.conf.*$/i, '')
}

const noHost: MeshHost = { name: '', node: undefined, ends: [] }

/** Ends in path order; templates stand for an unknown number of hosts and are left out. */
export function draftEnds(files: readonly ParsedWireGuard[], nodes: readonly Node[]): EndDraft[] {
  const owners = new Map<ParsedWireGuard, Node>()
  for (const node of nodes) for (const file of node.wireguard) if (!owners.has(file)) owners.set(file, node)
  return files
    .filter(file => !file.template)
    .map(file => {
      const node = owners.get(file)
      const header = file.interface.headers[0] ?? file.peers[0]?.header ?? spanOf(file.file, 0, 0)
      return {
        file,
        node,
        host: noHost,
        interfaceName: interfaceNameOf(file.file.path),
        publicKey: publicKeyOf(file),
        addresses: ownAddressesOf(file),
        peers: [],
        underlayAddresses: new Set([...(node?.knownAs ?? []), ...addressesInHooks(file)]),
        span: header,
      }
    })
    .sort((a, b) => (a.file.file.path < b.file.file.path ? -1 : 1))
}

/** Addresses of the interface: Address, and what hooks add with ip(8). Remembered by file. */
export const ownAddressesOf: (file: ParsedWireGuard) => readonly OwnAddress[] = memo(file => {
  const written = file.interface.addresses.map(address => ({
    address: plain(address),
    network: prefixOf(address, address.length),
    written: address,
    span: address.span,
  }))
  return [...written, ...addressesAddedByHooks(file)]
})

/** IPv4 inside IPv6 counts as IPv4, as everywhere. */
function plain({ family, bits }: IpAddress): IpAddress {
  return family === 6 && bits >> 32n === 0xffffn ? { family: 4, bits: bits & 0xffffffffn } : { family, bits }
}

function addressesAddedByHooks(file: ParsedWireGuard): OwnAddress[] {
  const found: OwnAddress[] = []
  for (const hook of file.interface.hooks) {
    if (hook.key !== 'PostUp' && hook.key !== 'PreUp') continue
    for (const match of hook.command.matchAll(/\bip\s+(?:-[46]\s+)?a(?:ddr(?:ess)?)?\s+(?:add|replace)\s+([^;&|]{1,200})/g)) {
      const words = match[1]!.split(/\s+/)
      const device = words[words.indexOf('dev') + 1]
      if (words.includes('dev') && device !== '%i' && device !== interfaceNameOf(file.file.path)) continue
      for (const [index, word] of words.entries()) {
        const network = words[index - 1] === 'peer' ? undefined : readPrefix(word)
        const address = network && readAddress(word.split('/', 1)[0]!)
        if (network && address) found.push({ address, network, written: undefined, span: hook.setting.valueSpan })
      }
    }
  }
  return found
}

function addressesInHooks(file: ParsedWireGuard): string[] {
  const found: string[] = []
  for (const hook of file.interface.hooks)
    for (const match of hook.command.matchAll(
      /(?<![\w.:/-])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w.:/-])/gi,
    )) {
      const address = normaliseAddress(match[0])
      if (address !== undefined) found.push(address)
    }
  return found
}

/** Whether a network is one that hosts of a mesh share: no single address, no link-local one. */
export function isShared(network: IpPrefix): boolean {
  return network.length < widthOf(network.family) - 1 && network.length > 0 && !(network.family === 6 && network.bits >> 118n === 0x3fan)
}

const looksLikeInterface = /^wg(?:\d+|[-_.].*|)$/i

/**
 * Puts ends together into hosts. A node's ends are one host; so are unrelated interfaces `wg…` of one folder. Everything else is a host of its own.
 * `related` says whether two ends are peers of each other: then they are two hosts, whatever their folder.
 */
export function gatherHosts(ends: readonly EndDraft[], related: (a: EndDraft, b: EndDraft) => boolean): MeshHost[] {
  const groups = new Map<unknown, EndDraft[]>()
  const put = (key: unknown, end: EndDraft) => groups.set(key, [...(groups.get(key) ?? []), end])
  const byFolder = new Map<string, EndDraft[]>()
  for (const end of ends) {
    if (end.node) put(end.node, end)
    else if (looksLikeInterface.test(end.interfaceName))
      byFolder.set(folderOf(end.file.file.path), [...(byFolder.get(folderOf(end.file.file.path)) ?? []), end])
    else put(end, end)
  }
  const folders = new Set<EndDraft>()
  for (const [folder, there] of byFolder) {
    const apart = there.some((a, i) => there.some((b, j) => j > i && related(a, b)))
    for (const end of there) {
      if (!apart && homeOf(`${folder}/`) !== '') folders.add(end)
      put(apart ? end : `folder ${folder}`, end)
    }
  }
  const named = [...groups.values()].map(group => ({ group, name: nameOfHost(group, folders.has(group[0]!)) }))
  return named.map(({ group, name }) => {
    const taken = named.filter(other => other.name === name).length > 1
    const host: MeshHost = { name: taken ? `${name} (${group[0]!.file.file.path})` : name, node: group[0]!.node, ends: group }
    for (const end of group) end.host = host
    return host
  })
}

function nameOfHost(ends: readonly EndDraft[], byFolder: boolean): string {
  const first = ends[0]!
  if (first.node) return first.node.name
  if (byFolder) return baseName(homeOf(first.file.file.path))
  const stem = first.interfaceName.replace(/^wg\d*[-_.]|[-_.]wg\d*$/i, '')
  return stem === '' ? first.interfaceName : stem
}
