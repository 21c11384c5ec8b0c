/** What rules may know of keys: public halves, whether preshared keys are the same, and a short form to show. */
import type { ParsedWireGuard, WireGuardPeer } from '../syntax/wireguard-file.ts'
import * as keys from '../syntax/wireguard-key.ts'
import { toolsAtLeast } from '../syntax/wireguard-verdict.ts'

/** The public half of a file's PrivateKey in base64; undefined when it has none that is known. */
export function publicKeyOfFile(parsed: ParsedWireGuard): string | undefined {
  return keys.publicKeyOf(parsed)
}

/** Whether two blocks have the same PresharedKey (none counts as a value); undefined when that is not known. */
export function presharedKeysAgree(a: WireGuardPeer, b: WireGuardPeer): boolean | undefined {
  return keys.samePresharedKey(a, b)
}

/** `dJz6fPSJ…` */
export function showPublicKey(publicKey: string): string {
  return keys.shortKey(publicKey)
}

/** Whether tools are at least of a version; undeclared tools are those of 2021. */
export function hasTools(tools: string | undefined, wanted: string): boolean {
  return toolsAtLeast(tools, wanted)
}
