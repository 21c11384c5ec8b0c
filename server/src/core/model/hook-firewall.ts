/** What iptables commands in the hooks of an interface do to a new TCP connection that comes in through it, read in order. */
import { holds, type IpAddress, readPrefix } from '../analysis/ip-network.ts'
import type { ParsedWireGuard, WireGuardHook } from '../syntax/wireguard-file.ts'
import { interfaceNameOf } from './mesh-ends.ts'

export type FirewallVerdict =
  | { readonly kind: 'passes' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'blocked'; readonly by: WireGuardHook; readonly command: string }

interface FirewallRule {
  readonly hook: WireGuardHook
  readonly command: string
  /** yes, no, or for some sources only. */
  readonly matches: 'yes' | 'no' | 'some'
  readonly target: string
}

const passes: FirewallVerdict = { kind: 'passes' }
const unknown: FirewallVerdict = { kind: 'unknown' }

/** `sources` are the addresses that peers call from. */
export function verdictOnPort(file: ParsedWireGuard, port: number, sources: readonly IpAddress[]): FirewallVerdict {
  const family = sources[0]?.family ?? 4
  const chain: FirewallRule[] = []
  let policy: FirewallRule | undefined
  for (const hook of file.interface.hooks) {
    if (hook.key !== 'PreUp' && hook.key !== 'PostUp') continue
    for (const command of hook.command.split(/;|&&|\|\||\n/)) {
      const words = command.trim().split(/\s+/)
      const at = words.findIndex(word => /^(?:\/\S*\/)?ip6?tables$/.test(word))
      if (at < 0 || /ip6tables$/.test(words[at]!) !== (family === 6)) continue
      const read = readCommand(hook, command.trim(), words.slice(at + 1), interfaceNameOf(file.file.path), port, sources)
      if (read === 'unreadable') return unknown
      if (read === undefined) continue
      if (read.place === 'policy') policy = read.rule
      else if (read.place === 'flush') chain.length = 0
      else if (read.place === 'append') chain.push(read.rule)
      else chain.splice(Math.min(read.at - 1, chain.length), 0, read.rule)
    }
  }
  for (const rule of [...chain, ...(policy ? [policy] : [])]) {
    if (rule.matches === 'no') continue
    const verdict = /^(?:DROP|REJECT)$/.test(rule.target)
      ? 'blocked'
      : rule.target === 'ACCEPT'
        ? 'passes'
        : /^(?:LOG|NFLOG|MARK|CONNMARK)$/.test(rule.target)
          ? undefined
          : 'unknown'
    if (verdict === undefined) continue
    if (rule.matches === 'some' || verdict === 'unknown') return unknown
    return verdict === 'passes' ? passes : { kind: 'blocked', by: rule.hook, command: rule.command }
  }
  return passes
}

interface Read {
  readonly place: 'append' | 'insert' | 'policy' | 'flush'
  /** Where it is inserted, from 1. */
  readonly at: number
  readonly rule: FirewallRule
}

/** Undefined: another chain or table. */
function readCommand(
  hook: WireGuardHook,
  command: string,
  words: readonly string[],
  interfaceName: string,
  port: number,
  sources: readonly IpAddress[],
): Read | 'unreadable' | undefined {
  let place: Read['place'] | undefined
  let position = 1
  let matches = 'yes' as FirewallRule['matches']
  let target = ''
  let negated = false
  let unread = false
  const narrow = (yes: boolean) => {
    if (yes === negated) matches = 'no'
    negated = false
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const value = words[i + 1] ?? ''
    switch (word) {
      case '-t':
      case '--table':
        if (value !== 'filter') return undefined
        i++
        break
      case '-w':
      case '--wait':
        break
      case '-A':
      case '--append':
      case '-I':
      case '--insert':
        if (value !== 'INPUT') return undefined
        place = word === '-A' || word === '--append' ? 'append' : 'insert'
        i++
        if (/^\d+$/.test(words[i + 1] ?? '')) position = Number(words[++i])
        break
      case '-P':
      case '--policy':
        if (value !== 'INPUT') return undefined
        return { place: 'policy', at: 1, rule: { hook, command, matches: 'yes', target: words[i + 2] ?? '' } }
      case '-F':
      case '--flush':
        return value === '' || value === 'INPUT' ? { place: 'flush', at: 1, rule: { hook, command, matches: 'no', target: '' } } : undefined
      case '-D':
      case '--delete':
      case '-N':
      case '-X':
      case '-C':
        return undefined
      case '!':
        negated = true
        break
      case '-i':
      case '--in-interface':
        narrow(value === '%i' || value === interfaceName || (value.endsWith('+') && interfaceName.startsWith(value.slice(0, -1))))
        i++
        break
      case '-p':
      case '--protocol':
        narrow(['tcp', '6', 'all'].includes(value.toLowerCase()))
        i++
        break
      case '-m':
      case '--match':
        if (!['tcp', 'multiport', 'conntrack', 'state', 'comment'].includes(value)) return 'unreadable'
        i++
        break
      case '--comment':
        if (/^["']/.test(value) && !/["']$/.test(value.slice(1))) while (i + 1 < words.length && !/["']$/.test(words[i + 1]!)) i++
        i++
        break
      case '--dport':
      case '--dports':
      case '--destination-port':
        if (!/^[\d:,]+$/.test(value)) return 'unreadable'
        narrow(value.split(',').some(part => inRange(part, port)))
        i++
        break
      case '--ctstate':
      case '--state':
        narrow(value.toUpperCase().split(',').includes('NEW'))
        i++
        break
      case '-s':
      case '--source':
      case '--src': {
        const prefix = readPrefix(value)
        if (!prefix || sources.length === 0) return 'unreadable'
        const inside = sources.filter(source => holds(prefix, source)).length
        if (inside > 0 && inside < sources.length) {
          if (matches === 'yes') matches = 'some'
          negated = false
        } else narrow(inside > 0)
        i++
        break
      }
      case '-j':
      case '--jump':
        target = value
        i++
        break
      case '--reject-with':
      case '--log-prefix':
      case '--log-level':
        i++
        break
      case '||':
        break
      default:
        unread = true
    }
  }
  if (unread && matches !== 'no') return place && 'unreadable'
  return place && { place, at: position, rule: { hook, command, matches, target } }
}

function inRange(part: string, port: number): boolean {
  const [from, to] = part.split(':') as [string, string | undefined]
  return to === undefined ? Number(from) === port : port >= Number(from || 0) && port <= Number(to || 65535)
}
