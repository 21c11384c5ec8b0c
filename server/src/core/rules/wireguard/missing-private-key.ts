/** An interface that never gets a private key. */

import { baseName } from '../../text/source-file.ts'
import { spanOf } from '../../text/span.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { insertBelow } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/missing-private-key',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard interface without a private key',
  why: 'wg accepts a file without PrivateKey: the interface comes up, with address and routes, and never completes a handshake.',
  remedy: 'Write PrivateKey, or keep it out of the file with `PostUp = wg set %i private-key FILE`.',
  sources: ['Measured with wireguard-tools 1.0.20210914: no [Interface], no PrivateKey, key by hook'],
  bad: `#- wg0.conf\n${exampleInterface(1, { PrivateKey: undefined }).replace('[Interface]\n', '[Interface]\n#^^^^^^^^^^ 💡 error[wireguard/missing-private-key]\n')}\n${examplePeer(2)}`,
  good: `#- wg0.conf\n${exampleInterface(1, { PrivateKey: undefined, PostUp: 'wg set %i private-key /etc/wireguard/private.key' })}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard' || parsed.linesMayBeElsewhere || parsed.template || parsed.settings.length === 0) return
    const { headers, privateKey, hooks } = parsed.interface
    if (privateKey.kind !== 'absent' || parsed.settings.some(({ key, placeholder }) => key === 'PrivateKey' || placeholder)) return
    if (parsed.refusals.some(({ kind }) => kind === 'unknown-section' || kind === 'no-section' || kind === 'merge-conflict')) return
    if (hooks.some(({ wholeCommand }) => /private-key|\b(?:set|add|sync)conf\b|\.sh\b|\bsource\b|\beval\b|^\s*\.\s/.test(wholeCommand)))
      return
    const header = headers[0]
    // Peers alone, in a file of another name, are a piece that something else puts together.
    if (!header && !/^wg\d+\.conf$/i.test(baseName(parsed.file.path))) return
    yield {
      at: header ?? parsed.peers[0]?.header ?? spanOf(parsed.file, 0, 0),
      message: `${header ? 'This interface has no PrivateKey' : 'There is no [Interface] with a PrivateKey'}: it comes up and never completes a handshake. Add the key, or a hook that sets it.`,
      about: ['setting:PrivateKey'],
      fixes: () =>
        header
          ? [
              {
                title: 'Let a hook set the key',
                safe: false,
                edits: [insertBelow(header, 'PostUp = wg set %i private-key /etc/wireguard/%i.key')],
              },
            ]
          : [],
    }
  },
})
