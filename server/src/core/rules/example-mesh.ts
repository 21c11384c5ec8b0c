/** Examples of WireGuard files without their ballast: made-up keys and the files of a small mesh. */

/** Key pairs that nobody uses; the private halves spell out that they are examples. */
export const exampleKeys = [
  { private: 'foretellExampleKeyOfDb1///////////////////A=', public: 'aAie12XCsVY8aDCzBnNDC7nBUgzAVuEr4H3jfVbP3V0=' },
  { private: 'foretellExampleKeyOfDb2///////////////////A=', public: 'kJvsj6pTHg3MuqEW78dRvLixqTvFmZooGUgpnzbEgB8=' },
  { private: 'foretellExampleKeyOfDb3///////////////////A=', public: '3sfEzNh60T7smAGHBfZCZ2in/L/rCgo3XfmbrjWZSRI=' },
  { private: 'foretellExampleKeyOfDb4///////////////////A=', public: '4gLGmnTYpf3XUb8B/0qhSARByaYM8k0XbHnJtXQTFxk=' },
] as const

/** Lines that take the place of others by their key; `undefined` takes a line away. A value may go on with a mark line. */
export type Changes = Readonly<Record<string, string | undefined>>

function lines(settings: Changes): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')
}

/** `[Interface]` of host `n` (1 to 4): 10.20.1.1n/24 inside, 192.0.2.n outside. */
export function exampleInterface(n: number, changes: Changes = {}): string {
  return `[Interface]\n${lines({ PrivateKey: exampleKeys[n - 1]!.private, Address: `10.20.1.1${n}/24`, ListenPort: '51820', MTU: '1420', ...changes })}`
}

/** `[Peer]` for host `n`. */
export function examplePeer(n: number, changes: Changes = {}): string {
  return `[Peer]\n${lines({ PublicKey: exampleKeys[n - 1]!.public, AllowedIPs: `10.20.1.1${n}/32`, Endpoint: `192.0.2.${n}:51820`, PersistentKeepalive: '25', ...changes })}`
}

/** A file of host `n` whose blocks are those of the others, unless `parts` says otherwise. */
export function exampleEnd(
  n: number,
  hosts: number,
  parts: { readonly interface?: Changes; readonly peers?: Readonly<Record<number, Changes | undefined>> } = {},
): string {
  const others = Array.from({ length: hosts }, (_, i) => i + 1).filter(other => other !== n)
  const blocks = others.flatMap(other =>
    parts.peers && other in parts.peers && !parts.peers[other] ? [] : [examplePeer(other, parts.peers?.[other])],
  )
  return [exampleInterface(n, parts.interface), ...blocks].join('\n')
}

type Parts = Parameters<typeof exampleEnd>[2]

/** A mesh of hosts `dbN/wg0.conf`; with `cassandra`, they are the nodes of a healthy cluster of one datacenter. */
export function exampleMesh(hosts: number, changes: Readonly<Record<number, Parts>> = {}, cassandra = false): string {
  const files = Array.from(
    { length: hosts },
    (_, i) => `#- ${cassandra ? 'dc1/' : ''}db${i + 1}/wg0.conf\n${exampleEnd(i + 1, hosts, changes[i + 1])}`,
  )
  return `${cassandra ? `#- cluster: 1x${hosts}\n` : ''}${files.join('')}`
}
