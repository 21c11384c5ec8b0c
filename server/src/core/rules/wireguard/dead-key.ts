/** Keys of zeros, which mean none. */
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { rule } from '../rule.ts'

const zeros = `${'A'.repeat(43)}=`

export default rule({
  id: 'wireguard/dead-key',
  scope: 'file',
  effects: ['never-works', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard key of zeros',
  why: 'wg takes a key of zeros for none: an interface or a peer with it never completes a handshake, and a preshared key of zeros protects nothing.',
  remedy: 'Make a key with `wg genkey` or `wg genpsk`.',
  sources: ['Measured with wireguard-tools 1.0.20210914: all-zero PrivateKey, PublicKey and PresharedKey'],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { PublicKey: `${zeros}\n#           ${'^'.repeat(44)} error[wireguard/dead-key]` })}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    const { privateKey } = parsed.interface
    if (privateKey.kind === 'known' && privateKey.value.zero)
      yield {
        at: privateKey.value.span,
        effect: 'never-works',
        message: 'A PrivateKey of zeros means none: no handshake ever completes. Make one with `wg genkey`.',
        about: ['setting:PrivateKey'],
      }
    for (const { publicKey, publicKeySpan, presharedKey } of parsed.peers) {
      if (publicKey.kind === 'known' && publicKey.value === zeros && publicKeySpan)
        yield {
          at: publicKeySpan,
          effect: 'never-works',
          message: 'A PublicKey of zeros is nobody’s: no handshake ever completes. Write the key of the peer.',
          about: ['setting:PublicKey'],
        }
      if (presharedKey.kind === 'known' && presharedKey.value.zero)
        yield {
          at: presharedKey.value.span,
          effect: 'breaks-later',
          message: 'A PresharedKey of zeros means none. Make one with `wg genpsk`, or delete the line.',
          about: ['setting:PresharedKey'],
        }
    }
  },
})
