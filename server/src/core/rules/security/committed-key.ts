/** Private and preshared keys in files that are shared. */
import type { Span } from '../../text/span.ts'
import { exampleInterface } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'security/committed-key',
  scope: 'file',
  effects: ['exposes'],
  certainty: 'advice',
  releases: 'all',
  title: 'WireGuard secret key in the file',
  why: 'A PrivateKey in a repository is known to everybody who ever gets a copy of it: they can join the mesh in the place of this host and read what is sent to it. It stays in the history when the line is deleted.',
  remedy:
    'Make a new key on the host and keep it there: `PostUp = wg set %i private-key FILE`; PresharedKey likewise with `wg set %i peer KEY preshared-key FILE`.',
  sources: ['noseyparker: rules np.wireguard.1 and np.wireguard.2', 'wg(8): private-key and preshared-key take files'],
  bad: `#- wg0.conf\n${exampleInterface(1, { PrivateKey: `foretellExampleKeyOfDb1///////////////////A=\n#            ${'^'.repeat(44)} 💡 warning[security/committed-key]: known` })}`,
  good: `#- wg0.conf\n${exampleInterface(1, { PrivateKey: undefined, PostUp: 'wg set %i private-key /etc/wireguard/private.key' })}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    const { privateKey } = parsed.interface
    const shared = parsed.peers.flatMap(({ presharedKey }) =>
      presharedKey.kind === 'known' && !presharedKey.value.zero ? [presharedKey.value.span] : [],
    )
    if (privateKey.kind === 'known' && !privateKey.value.zero) {
      const { span } = privateKey.value
      const setting = parsed.interface.settings.findLast(({ key }) => key === 'PrivateKey')!
      yield {
        at: span,
        message: `A private key is in the repository: treat it as known${shared.length > 0 ? `, and the ${shared.length === 1 ? 'preshared key' : `${shared.length} preshared keys`} of this file with it` : ''}. Make a new one on the host and let a hook set it.`,
        see: related(shared),
        about: ['setting:PrivateKey'],
        fixes: () => [
          {
            title: 'Let a hook set the key from a file on the host',
            safe: false,
            edits: [replace(setting.lineSpan, 'PostUp = wg set %i private-key /etc/wireguard/%i.key')],
          },
        ],
      }
    } else if (shared.length > 0) {
      yield {
        at: shared[0]!,
        message: `${shared.length === 1 ? 'A preshared key is' : `${shared.length} preshared keys are`} in the repository: treat ${shared.length === 1 ? 'it' : 'them'} as known. Make new ones and let hooks set them.`,
        see: related(shared.slice(1)),
        about: ['setting:PresharedKey'],
      }
    }
    const [commented, ...more] = parsed.commentedKeys
    if (commented)
      yield {
        at: commented,
        message: 'A secret key stands in a comment of this file: treat it as known. Make a new one and delete the line.',
        see: related(more),
      }
  },
})

function related(spans: readonly Span[]) {
  return spans.slice(0, 20).map(at => ({ at, message: 'another secret key' }))
}
