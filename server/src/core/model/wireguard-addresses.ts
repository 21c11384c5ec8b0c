/** Tying WireGuard files to nodes by the addresses they carry: the last resort after folders and names. */
import { normaliseAddress, showAddress } from '../analysis/ip-network.ts'
import type { ParsedWireGuard } from '../syntax/wireguard-file.ts'
import { knownValue } from '../text/fact.ts'
import { textSetting } from './identity-settings.ts'
import type { Node } from './node.ts'
import type { NodeDraft, SideFile } from './node-draft.ts'

/** Addresses of the interface, in the one spelling. */
export function wireguardAddresses(file: ParsedWireGuard): readonly string[] {
  return file.interface.addresses.map(showAddress)
}

/** Whether a WireGuard interface of the node itself carries an address: whoever comes there from another host came through a tunnel. */
export function isTunnelAddress(node: Pick<Node, 'wireguard'>, address: string): boolean {
  return node.wireguard.some(file => wireguardAddresses(file).includes(address))
}

/** Gives each unowned WireGuard file to the one node whose listen, broadcast or rpc address it carries. */
export function tieWireGuardByAddress(drafts: readonly NodeDraft[], unowned: readonly SideFile[]): void {
  const ends = unowned.filter((file): file is ParsedWireGuard => file.kind === 'wireguard' && !file.template)
  if (ends.length === 0) return
  const carriers = new Map<string, NodeDraft[]>()
  for (const draft of drafts)
    for (const key of ['listen_address', 'broadcast_address', 'rpc_address']) {
      const address = normaliseAddress(knownValue(textSetting(draft.yaml, key)) ?? '')
      if (address === undefined) continue
      const there = carriers.get(address) ?? []
      if (!there.includes(draft)) carriers.set(address, [...there, draft])
    }
  for (const end of ends) {
    const owners = new Set(wireguardAddresses(end).flatMap(address => carriers.get(address) ?? []))
    const [owner] = owners
    if (owners.size === 1 && owner) owner.wireguard.push(end)
  }
}
