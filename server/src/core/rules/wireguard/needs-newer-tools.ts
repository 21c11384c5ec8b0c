/** What only newer wireguard-tools understand. */
import { hasTools } from '../../model/wireguard-keys.ts'
import { exampleInterface } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/needs-newer-tools',
  scope: 'file',
  effects: ['refuses', 'breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard line that older tools do not understand',
  why: 'Debian 12 and OpenWrt 24.10 ship wireguard-tools of 2021. They refuse `+` and `-` before a prefix, cut a hook at a `#` even inside quotes, and run PreUp before there is an interface to set a key on.',
  remedy: 'Write it in the old way, or declare `wireguardTools` in foretell.yaml when every host has the newer ones.',
  sources: [
    'wireguard-tools: commits e6888dd, 0788f90, 90deacd and 0b7d982',
    'Measured with wireguard-tools 1.0.20210914 and 1.0.20260223',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1, { PrivateKey: undefined, PreUp: 'wg set %i private-key /etc/wireguard/private.key\n#^^^^ 💡 warning[wireguard/needs-newer-tools]: 1.0.20260223' })}`,
  good: `#- wg0.conf\n${exampleInterface(1, { PrivateKey: undefined, PostUp: 'wg set %i private-key /etc/wireguard/private.key' })}`,
  *check({ parsed, wireguardTools }) {
    if (parsed.kind !== 'wireguard') return
    for (const refusal of parsed.refusals)
      if (refusal.acceptedFrom !== undefined && !hasTools(wireguardTools, refusal.acceptedFrom))
        yield {
          at: refusal.span,
          effect: 'refuses',
          message: `wireguard-tools before ${refusal.acceptedFrom} refuse \`${refusal.value ?? ''}\`: they know no sign before a prefix, and the interface is not configured. Leave the sign out.`,
          about: ['setting:AllowedIPs'],
        }
    if (hasTools(wireguardTools, '1.0.20260223')) return
    for (const { key, command, wholeCommand, setting } of parsed.interface.hooks) {
      if (command !== wholeCommand && hasOpenQuote(command) && !hasOpenQuote(wholeCommand))
        yield {
          at: setting.valueSpan,
          effect: 'breaks-later',
          message: `Before wireguard-tools 1.0.20260223 this command is cut at the \`#\` inside its quotes; ${key.endsWith('Up') ? 'the shell fails and wg-quick removes the interface' : 'the shell fails'}. Put the command into a script.`,
          about: [`setting:${key}`],
        }
      if (key === 'PreUp' && parsed.interface.privateKey.kind === 'absent' && /\bwg\s+set\s+\S+\s.*\bprivate-key\b/.test(command))
        yield {
          at: setting.keySpan,
          effect: 'breaks-later',
          message:
            'Before wireguard-tools 1.0.20260223 the key that PreUp sets is lost: there is no interface yet, or loading the file takes the key away again. Write PostUp.',
          about: ['setting:PreUp'],
          fixes: () => [{ title: 'Write PostUp', safe: true, edits: [replace(setting.keySpan, 'PostUp')] }],
        }
    }
  },
})

/** A quote that is not closed: bash waits for its end. */
function hasOpenQuote(command: string): boolean {
  let open = ''
  for (let i = 0; i < command.length; i++) {
    const sign = command[i]!
    if (sign === '\\' && open !== "'") i++
    else if (open === '' && (sign === '"' || sign === "'")) open = sign
    else if (sign === open) open = ''
  }
  return open !== ''
}
