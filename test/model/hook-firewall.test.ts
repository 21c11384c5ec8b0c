/** Firewall commands in hooks, read in order. */
import { describe, expect, test } from 'vitest'
import { readAddress } from '../../server/src/core/analysis/ip-network.ts'
import { verdictOnPort } from '../../server/src/core/model/hook-firewall.ts'
import { parseWireGuard } from '../../server/src/core/syntax/wireguard-parser.ts'

const sources = ['10.20.1.12', '10.20.2.13'].map(text => readAddress(text)!)
const verdict = (...hooks: string[]) =>
  verdictOnPort(
    parseWireGuard({ path: 'wg0.conf', text: `[Interface]\n${hooks.map(hook => `PostUp = ${hook}`).join('\n')}\n` }),
    7000,
    sources,
  ).kind

describe('TCP 7000 on wg0', () => {
  test.each([
    ['nothing is said', [], 'passes'],
    ['everything is dropped', ['iptables -A INPUT -i %i -j DROP'], 'blocked'],
    ['the policy drops', ['iptables -P INPUT DROP'], 'blocked'],
    ['accepted before', ['iptables -A INPUT -i wg0 -p tcp --dport 7000 -j ACCEPT', 'iptables -A INPUT -i wg0 -j DROP'], 'passes'],
    ['accepted after', ['iptables -A INPUT -i wg0 -j REJECT', 'iptables -A INPUT -p tcp --dport 7000 -j ACCEPT'], 'blocked'],
    ['inserted before', ['iptables -A INPUT -j DROP; iptables -I INPUT -p tcp -m multiport --dports 22,7000:7001 -j ACCEPT'], 'passes'],
    ['another interface', ['iptables -A INPUT -i eth0 -j DROP'], 'passes'],
    ['not this interface', ['iptables -A INPUT ! -i wg0 -j DROP'], 'passes'],
    ['another protocol', ['iptables -A INPUT -p udp -j DROP'], 'passes'],
    ['another port', ['iptables -A INPUT -p tcp --dport 9042 -j DROP'], 'passes'],
    [
      'established alone is neither here nor there',
      ['iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT && iptables -A INPUT -j DROP'],
      'blocked',
    ],
    ['new ones are accepted', ['iptables -A INPUT -m state --state NEW,ESTABLISHED -j ACCEPT; iptables -A INPUT -j DROP'], 'passes'],
    ['all sources are accepted', ['iptables -A INPUT -s 10.20.0.0/16 -j ACCEPT; iptables -A INPUT -j DROP'], 'passes'],
    ['some sources are accepted', ['iptables -A INPUT -s 10.20.1.0/24 -j ACCEPT; iptables -A INPUT -j DROP'], 'unknown'],
    ['what cannot be read is unknown', ['iptables -A INPUT -m recent --set -j DROP'], 'unknown'],
    ['a chain of its own is unknown', ['iptables -A INPUT -j mesh', 'iptables -A INPUT -j DROP'], 'unknown'],
    ['forwarding is another chain', ['iptables -A FORWARD -i %i -j DROP; iptables -t nat -A POSTROUTING -j MASQUERADE'], 'passes'],
    ['IPv6 alone', ['ip6tables -A INPUT -j DROP'], 'passes'],
    ['flushed later', ['iptables -A INPUT -j DROP', 'iptables -F INPUT'], 'passes'],
  ] as const)('%s', (_, hooks, expected) => {
    expect(verdict(...hooks)).toBe(expected)
  })
})
