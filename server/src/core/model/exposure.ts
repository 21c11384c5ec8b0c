/** Where clients may reach a node from, as far as its addresses tell. */
import { kindOfAddress, readAddress } from '../analysis/ip-network.ts'
import { knownValue } from '../text/fact.ts'
import { memo } from '../text/memo.ts'
import type { Node } from './node.ts'

/** `open`: on every interface or at a public address. `inside`: at a private address. `host`: from the same host only. */
export type Exposure = 'open' | 'inside' | 'host' | 'unknown'

/** By rpc_address; absent means the address of the host name, which is not known. */
export const clientExposure: (node: Node) => Exposure = memo(node => {
  const text = knownValue(node.addresses.rpc)
  const address = text === undefined ? undefined : readAddress(text)
  if (!address) return 'unknown'
  switch (kindOfAddress(address)) {
    case 'unspecified':
    case 'public':
      return 'open'
    case 'loopback':
      return 'host'
    default:
      return 'inside'
  }
})
