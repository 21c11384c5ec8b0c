/** An MTU at which the kernel takes IPv6 away. */
import { automaticMtu, smallestIpv6Mtu } from '../../analysis/tunnel-mtu.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleInterface } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { rule } from '../rule.ts'

export default rule({
  id: 'mtu/loses-ipv6',
  scope: 'file',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard MTU below 1280 with an IPv6 address',
  why: 'IPv6 needs an MTU of 1280. Below that the kernel removes IPv6 from the interface: wg-quick up succeeds, and the address is gone; with an IPv6 route it fails.',
  remedy: 'Set MTU to 1280 or more, or leave IPv6 out of the tunnel.',
  sources: ['RFC 8200, section 5', 'Measured with wireguard-tools 1.0.20210914: fd00::1/64 with MTU 1279, exit status 0, no address'],
  bad: `#- wg0.conf\n${exampleInterface(1, { Address: '10.20.1.11/24, fd00::1/64', MTU: '1200\n#     ^^^^ 💡 error[mtu/loses-ipv6]: fd00::1' })}`,
  good: `#- wg0.conf\n${exampleInterface(1, { Address: '10.20.1.11/24, fd00::1/64', MTU: '1280' })}`,
  *check({ parsed, underlayMtu }) {
    if (parsed.kind !== 'wireguard') return
    const { mtu, addresses, settings, headers } = parsed.interface
    const lost = addresses.find(({ family }) => family === 6)
    if (!lost) return
    const written = knownValue(mtu)
    if (written !== undefined && written >= 68 && written < smallestIpv6Mtu) {
      const setting = settings.findLast(({ key }) => key === 'MTU')!
      yield {
        at: setting.valueSpan,
        message: `The interface comes up without ${lost.text}: at an MTU of ${written} the kernel takes IPv6 away, which needs ${smallestIpv6Mtu}. Set MTU = ${smallestIpv6Mtu} or more, or leave the IPv6 address out.`,
        see: [{ at: lost.span, message: 'this address is lost' }],
        about: ['setting:MTU'],
        fixes: () => [{ title: `Set MTU = ${smallestIpv6Mtu}`, safe: false, edits: [replace(setting.valueSpan, String(smallestIpv6Mtu))] }],
      }
    }
    if (mtu.kind !== 'absent' || underlayMtu === undefined || parsed.linesMayBeElsewhere) return
    const automatic = automaticMtu({ endpoints: [], defaultRoute: underlayMtu }, false)
    if (automatic >= smallestIpv6Mtu) return
    yield {
      at: lost.span,
      message: `The interface comes up without ${lost.text}: on the declared network of ${underlayMtu} bytes wg-quick sets an MTU of ${automatic}, and IPv6 needs ${smallestIpv6Mtu}. Leave the IPv6 address out, or set MTU = ${smallestIpv6Mtu} where the network carries it.`,
      see: headers.slice(0, 1).map(at => ({ at, message: 'no MTU here' })),
      about: ['setting:MTU'],
    }
  },
})
