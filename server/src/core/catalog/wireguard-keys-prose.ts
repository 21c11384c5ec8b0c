/** What each key of a WireGuard file is for, in our own words; by hand. */

export interface WireGuardKeyProse {
  readonly key: string
  readonly section: 'Interface' | 'Peer'
  /** Who reads it. */
  readonly tool: 'wg' | 'wg-quick'
  readonly meaning: string
  /** How a value looks. */
  readonly example: string
  /** May stand several times: values add up. */
  readonly many?: boolean
}

export const wireguardKeys: readonly WireGuardKeyProse[] = [
  {
    key: 'PrivateKey',
    section: 'Interface',
    tool: 'wg',
    meaning: 'The secret half of this host’s key. Better kept out of repositories: `PostUp = wg set %i private-key FILE`.',
    example: 'as `wg genkey` prints it',
  },
  {
    key: 'ListenPort',
    section: 'Interface',
    tool: 'wg',
    meaning:
      'UDP port on which peers call this host. Without it a new random port at every start, which nobody’s Endpoint can name. Above 65535 it is cut to 16 bits.',
    example: '51820',
  },
  {
    key: 'FwMark',
    section: 'Interface',
    tool: 'wg',
    meaning: 'Mark on outgoing encrypted packets, for routing rules. `off`, decimal or `0x…`.',
    example: 'off',
  },
  {
    key: 'Address',
    section: 'Interface',
    tool: 'wg-quick',
    meaning:
      'Addresses of this host in the tunnel, with the bits of their network. Cassandra binds to one of them. Checked by ip(8) only when the interface comes up.',
    example: '10.20.1.11/24',
    many: true,
  },
  {
    key: 'DNS',
    section: 'Interface',
    tool: 'wg-quick',
    meaning: 'Resolvers and search domains while the interface is up; needs resolvconf, without it the interface is removed again.',
    example: '10.20.0.53',
    many: true,
  },
  {
    key: 'MTU',
    section: 'Interface',
    tool: 'wg-quick',
    meaning:
      'Largest packet inside the tunnel: the network’s MTU less 60, or less 80 over IPv6. Without it wg-quick takes a local link’s less 80 and cannot see the path.',
    example: '1420',
  },
  {
    key: 'Table',
    section: 'Interface',
    tool: 'wg-quick',
    meaning:
      'Routing table for AllowedIPs. `auto`: the main one; `off`: no routes at all; a number: only that table, without a rule. Case counts.',
    example: 'auto',
  },
  {
    key: 'PreUp',
    section: 'Interface',
    tool: 'wg-quick',
    meaning: 'Command run as root before the interface is configured. Before tools 1.0.20250521 there is no interface yet.',
    example: 'command with %i',
    many: true,
  },
  {
    key: 'PostUp',
    section: 'Interface',
    tool: 'wg-quick',
    meaning: 'Command run as root after the interface is up. If it fails, the interface is removed.',
    example: 'wg set %i private-key /etc/wireguard/%i.key',
    many: true,
  },
  {
    key: 'PreDown',
    section: 'Interface',
    tool: 'wg-quick',
    meaning: 'Command run as root before the interface goes down.',
    example: 'command with %i',
    many: true,
  },
  {
    key: 'PostDown',
    section: 'Interface',
    tool: 'wg-quick',
    meaning: 'Command run as root after the interface is gone.',
    example: 'command with %i',
    many: true,
  },
  {
    key: 'SaveConfig',
    section: 'Interface',
    tool: 'wg-quick',
    meaning: '`true`: this file is rewritten from the interface’s state when it goes down; comments and edits are lost.',
    example: 'false',
  },
  {
    key: 'PublicKey',
    section: 'Peer',
    tool: 'wg',
    meaning: 'Who the peer is: the public half of its PrivateKey. Two blocks with one key are one peer, and the later one wins.',
    example: 'as `wg pubkey` prints it',
  },
  {
    key: 'PresharedKey',
    section: 'Peer',
    tool: 'wg',
    meaning: 'An additional secret of this pair, equal on both sides. On one side only, no handshake completes.',
    example: 'as `wg genpsk` prints it',
  },
  {
    key: 'AllowedIPs',
    section: 'Peer',
    tool: 'wg',
    meaning:
      'Which addresses go to this peer, and from which it may send. The longest prefix wins; an equal one belongs to the last peer of the file. Without a mask /32 or /128.',
    example: '10.20.1.12/32',
    many: true,
  },
  {
    key: 'Endpoint',
    section: 'Peer',
    tool: 'wg',
    meaning: 'Where the peer is called: address and its ListenPort. One side of a pair needs it. Names are resolved once, at start.',
    example: '192.0.2.2:51820',
  },
  {
    key: 'PersistentKeepalive',
    section: 'Peer',
    tool: 'wg',
    meaning:
      'Seconds between packets that keep address translation open; 25 is below the usual 30. It also makes a restarted host call at once.',
    example: '25',
  },
]
