/** A block that is this host's own: by its key, or by the address in AllowedIPs. */
import { prefixOf, samePrefix, showAddress, widthOf } from '../../analysis/ip-network.ts'
import { publicKeyOfFile } from '../../model/wireguard-keys.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/peer-is-self',
  scope: 'file',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard peer that is the host itself',
  why: 'A block whose key is the public half of the file’s own PrivateKey is dropped without a word. An own address in AllowedIPs is dead, too: it is delivered here, and shows that a block was copied and not finished.',
  remedy: 'Delete the block, or write the other host’s key and address.',
  sources: [
    'wireguard-go: device/uapi.go',
    'Measured with wireguard-tools 1.0.20210914: own public key as a peer, own address as AllowedIPs',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(1, { AllowedIPs: '10.20.1.12/32' }).replace('[Peer]\n', '[Peer]\n#^^^^^ 💡 error[wireguard/peer-is-self]\n')}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    const own = publicKeyOfFile(parsed)
    const addresses = parsed.interface.addresses.map(address => prefixOf(address, widthOf(address.family)))
    for (const peer of parsed.peers) {
      if (own !== undefined && peer.publicKey.kind === 'known' && peer.publicKey.value === own) {
        yield {
          at: peer.header,
          effect: 'never-works',
          message:
            'wg drops this peer without a word: it is this host’s own block, its key is the public half of the PrivateKey above. Delete it, or write the other host’s key.',
          about: ['setting:PublicKey'],
          fixes: () => [{ title: 'Delete the block', safe: false, edits: [deleteLines(peer.block)] }],
        }
        continue
      }
      if (addresses.length === 0) continue
      for (const prefix of peer.allowedIps)
        if (prefix.length === widthOf(prefix.family) && addresses.some(address => samePrefix(address, prefix)))
          yield {
            at: prefix.span,
            effect: 'breaks-later',
            message: `${showAddress(prefix)} is this host’s own Address: nothing is ever sent to this peer for it. Write the peer’s address.`,
            about: ['setting:AllowedIPs'],
          }
    }
  },
})
