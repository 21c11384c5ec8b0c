/** Ports that do not fit 16 bits: what is over is cut off without a word. */
import type { WireGuardSetting } from '../../syntax/wireguard-file.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'wireguard/truncated-port',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard port that is cut to 16 bits',
  why: 'wg reads a port through the resolver, which cuts the number to 16 bits: 70000 becomes 4464 and 65536 becomes 0, which for ListenPort means a random port and for an Endpoint none at all.',
  remedy: 'Write a port from 1 to 65535.',
  sources: [
    'wireguard-tools: src/config.c, parse_port and parse_endpoint',
    'Measured with wireguard-tools 1.0.20210914: 65536, 70000 and 4294967297',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1, { ListenPort: '70000\n#            ^^^^^ error[wireguard/truncated-port]: 4464' })}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    const listens = (setting: WireGuardSetting) => setting.key === 'ListenPort' && isCut(setting.value)
    for (const setting of parsed.interface.settings)
      if (listens(setting) && !setting.placeholder && parsed.interface.listenPort.kind === 'known')
        yield {
          at: setting.valueSpan,
          message: `ListenPort ${setting.value} becomes ${cut(setting.value) || 'a random port'} without a word. Write a port from 1 to 65535.`,
          about: ['setting:ListenPort'],
        }
    for (const { endpoint } of parsed.peers) {
      if (endpoint.kind !== 'known' || endpoint.value.portKind !== 'number') continue
      const { port, portText, portSpan } = endpoint.value
      if (port !== 0 && !isCut(portText)) continue
      yield {
        at: portSpan,
        message:
          port === 0
            ? `Port ${portText} ${isCut(portText) ? 'becomes 0, and ' : ''}is no port that a host can be called on. Write the peer’s ListenPort.`
            : `Port ${portText} becomes ${port} without a word. Write a port from 1 to 65535.`,
        about: ['setting:Endpoint'],
      }
    }
  },
})

function isCut(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && (Number(text) > 65535 || Number(text) < 0)
}

function cut(text: string): number {
  return /^-?\+?\d{1,20}$/.test(text) ? Number(BigInt.asUintN(16, BigInt(text.replace('+', '')))) : 0
}
