/** Values that are accepted, but as something else than they look like. */
import { prefixOf, showAddress, showPrefix, widthOf } from '../../analysis/ip-network.ts'
import type { ParsedWireGuard, WireGuardEndpoint } from '../../syntax/wireguard-file.ts'
import { exampleInterface, examplePeer } from '../example-mesh.ts'
import { replace } from '../line-edits.ts'
import { type Report, rule } from '../rule.ts'

export default rule({
  id: 'wireguard/misread-value',
  scope: 'file',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'WireGuard value that is read as something else',
  why: 'Short, octal and hexadecimal addresses, addresses with host bits, service names as ports and addresses without a mask are all accepted, each as something that the file does not show.',
  remedy: 'Write what is read, or what was meant.',
  sources: [
    'wireguard-tools: src/config.c, validate_netmask',
    'glibc: getaddrinfo and inet_aton',
    'Measured with wireguard-tools 1.0.20210914: 192.0.2, 192.000.002.010, bare IPv6, host bits',
  ],
  bad: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2, { AllowedIPs: '10.20.2.7/24\n#            ^^^^^^^^^^^^ 💡 warning[wireguard/misread-value]: 10.20.2.0/24' })}`,
  good: `#- wg0.conf\n${exampleInterface(1)}\n${examplePeer(2)}`,
  *check({ parsed }) {
    if (parsed.kind !== 'wireguard') return
    yield* hostBits(parsed)
    yield* addresses(parsed)
    for (const peer of parsed.peers) if (peer.endpoint.kind === 'known') yield* endpoint(peer.endpoint.value)
    const port = parsed.interface.settings.find(({ key }) => key === 'ListenPort')
    const { listenPort } = parsed.interface
    if (port && listenPort.kind === 'known' && /[a-z]/i.test(port.value))
      yield misread(port.valueSpan, port.value, `port ${listenPort.value}`, String(listenPort.value), 'setting:ListenPort')
  },
})

function misread(
  at: Report['at'],
  value: string,
  read: string,
  write: string | undefined,
  about: `setting:${string}`,
  effect: 'breaks-later' | 'tidies' = 'breaks-later',
): Report {
  return {
    at,
    effect,
    message: `\`${value}\` is read as ${read}. Write what was meant.`,
    about: [about],
    fixes: () => (write === undefined ? [] : [{ title: `Write ${write}`, safe: true, edits: [replace(at, write)] }]),
  }
}

function* hostBits(parsed: ParsedWireGuard): Generator<Report> {
  for (const { prefix } of parsed.warnings) {
    const read = showPrefix(prefixOf(prefix, prefix.length))
    const alone = `${showAddress(prefix)}/${widthOf(prefix.family)}`
    yield {
      ...misread(prefix.span, prefix.text, `${read}, the whole network`, undefined, 'setting:AllowedIPs'),
      effect: 'breaks-later',
      message: `\`${prefix.text}\` is read as ${read}: this peer gets the whole network. Write that, or ${alone} for the one address.`,
      fixes: () => [
        { title: `Write ${read}`, safe: true, edits: [replace(prefix.span, read)] },
        { title: `Write ${alone}`, safe: false, edits: [replace(prefix.span, alone)] },
      ],
    }
  }
  for (const peer of parsed.peers)
    for (const prefix of peer.allowedIps)
      if (!prefix.hasLength && !prefix.sign) {
        const read = `${showAddress(prefix)}/${prefix.length}`
        yield misread(
          prefix.span,
          prefix.text,
          `${read}${prefix.bits === 0n ? ', this one address and no default route' : ''}`,
          read,
          'setting:AllowedIPs',
          prefix.bits === 0n ? 'breaks-later' : 'tidies',
        )
      }
}

function* addresses(parsed: ParsedWireGuard): Generator<Report> {
  for (const address of parsed.interface.addresses) {
    const read = `${showAddress(address)}/${address.length}`
    const width = widthOf(address.family)
    const [written = ''] = address.text.split('/')
    if (address.family === 4 && (written.split('.').length < 4 || /(?:^|\.)0[0-9x]/i.test(written)))
      yield misread(address.span, address.text, read, read, 'setting:Address')
    else if (!address.hasLength)
      yield misread(address.span, address.text, `${read}, with no network around it`, read, 'setting:Address', 'tidies')
    else if (address.family === 4 && address.length > 0 && address.length < width - 1) {
      const host = BigInt.asUintN(width - address.length, address.bits)
      if (host === 0n)
        yield misread(
          address.span,
          address.text,
          `the address ${showAddress(address)}, which is the name of the network`,
          undefined,
          'setting:Address',
        )
      else if (host === (1n << BigInt(width - address.length)) - 1n)
        yield misread(
          address.span,
          address.text,
          `the address ${showAddress(address)}, which is the network’s broadcast address`,
          undefined,
          'setting:Address',
        )
    }
  }
}

function* endpoint({ host, form, address, port, portText, portKind, span, hostSpan, portSpan }: WireGuardEndpoint): Generator<Report> {
  if (form === 'short-ipv4') yield misread(hostSpan, host, showAddress(address!), showAddress(address!), 'setting:Endpoint')
  if (form === 'any') yield misread(hostSpan, host, 'this host itself', undefined, 'setting:Endpoint')
  if (form === 'bare-ipv6')
    yield misread(
      span,
      `${host}:${portText}`,
      `[${host}]:${portText}, as the last colon divides`,
      `[${host}]:${portText}`,
      'setting:Endpoint',
    )
  if (portKind === 'service') yield misread(portSpan, portText, `port ${port}`, String(port), 'setting:Endpoint')
}
