/** Things that are lost, as they are written on the command line and in the editor: `node:db1`, `rack:dc1/r1`, `dc:dc1`, `tunnel:a/b`, `gateway:gw1`. */
import { hostNames, type Loss, type LossUnit, lossOf, tunnelName, tunnelsOf } from '../analysis/reachability.ts'
import type { ClusterProjection } from '../model/cluster-view.ts'
import { nearestName } from '../text/nearest-name.ts'

const kinds = ['node', 'rack', 'dc', 'tunnel', 'gateway'] as const
type Kind = (typeof kinds)[number]

export interface NamedLoss {
  readonly loss: Loss
  /** Names of what is lost, sorted; a gateway's node is among the nodes, too. */
  readonly nodes: readonly string[]
  readonly tunnels: readonly string[]
  readonly gateways: readonly string[]
}

/** A word that is no loss of any kind, with the reason; undefined when it is one. */
export function malformedLoss(word: string): string | undefined {
  const colon = word.indexOf(':')
  const kind = word.slice(0, colon)
  if (colon < 0 || !(kinds as readonly string[]).includes(kind))
    return `"${word}" names nothing that can be lost: write node:NAME, rack:DC/RACK, dc:NAME, tunnel:A/B or gateway:NAME`
  if (kind === 'rack' && !word.includes('/')) return `"${word}" lacks its datacenter: rack:DC/RACK`
  if (kind === 'tunnel' && !word.includes('/')) return `"${word}" lacks its other end: tunnel:A/B`
  return undefined
}

/** Everything of a cluster that can be lost, by the word that names it. */
export function losableWords({ shape, network }: ClusterProjection): string[] {
  const words = new Set<string>()
  for (const name of shape.datacenters) words.add(`dc:${name}`)
  for (const rack of shape.racks) words.add(`rack:${shape.datacenters[rack.datacenter]}/${rack.name}`)
  for (const node of shape.nodes) words.add(`node:${node.name}`)
  for (const host of hostNames(shape, network)) words.add(`gateway:${host}`)
  if (network) for (const key of tunnelsOf(network, shape.nodes.length)) words.add(`tunnel:${tunnelName(network.hosts, key)}`)
  return [...words]
}

/** What the words mean in a cluster, and those that mean nothing there. */
export function readLoss(
  words: readonly string[],
  projection: ClusterProjection,
): { readonly named: NamedLoss; readonly unknownWords: readonly string[] } {
  const { shape, network } = projection
  const units: LossUnit[] = []
  const unknownWords: string[] = []
  for (const word of words) {
    const unit = unitOf(word, projection)
    if (unit && lossOf(shape, network, [unit]).unknownUnits.length === 0) units.push(unit)
    else unknownWords.push(word)
  }
  const { loss } = lossOf(shape, network, units)
  const names = hostNames(shape, network)
  const sorted = (list: readonly string[]) => [...new Set(list)].sort()
  return {
    named: {
      loss,
      nodes: sorted([...loss.hosts].filter(host => host < shape.nodes.length).map(host => names[host]!)),
      tunnels: sorted([...loss.tunnels].map(key => tunnelName(names, key))),
      gateways: sorted(units.flatMap(unit => (unit.kind === 'gateway' ? [unit.name] : []))),
    },
    unknownWords,
  }
}

function unitOf(word: string, { shape, network }: ClusterProjection): LossUnit | undefined {
  const colon = word.indexOf(':')
  const kind = word.slice(0, colon) as Kind
  const name = word.slice(colon + 1)
  switch (kind) {
    case 'node':
      return { kind: 'node', name }
    case 'gateway':
      return { kind: 'gateway', name }
    case 'dc':
      return { kind: 'datacenter', name }
    case 'rack':
      // Both names may hold a slash: the split that exists is meant.
      return splits(name)
        .map(([datacenter, rack]): LossUnit => ({ kind: 'rack', datacenter, rack }))
        .find(unit => lossOf(shape, network, [unit]).unknownUnits.length === 0)
    case 'tunnel':
      return splits(name)
        .map((between): LossUnit => ({ kind: 'tunnel', between }))
        .find(unit => lossOf(shape, network, [unit]).unknownUnits.length === 0)
  }
}

function splits(text: string): [string, string][] {
  const found: [string, string][] = []
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1))
    found.push([text.slice(0, slash), text.slice(slash + 1)])
  return found
}

/** `there is no node db9; node:db1 is meant?` */
export function unknownLossText(word: string, known: readonly string[]): string {
  const kind = word.slice(0, word.indexOf(':') + 1)
  const alike = known.filter(each => each.startsWith(kind))
  const nearest = nearestName(word, alike)
  if (nearest !== undefined) return `there is no ${word}: ${nearest} is meant?`
  if (alike.length === 0) return `there is no ${word}: ${kind === 'tunnel:' ? 'no tunnel is known' : `nothing is called ${kind}…`}`
  return `there is no ${word}: there ${alike.length === 1 ? 'is' : 'are'} ${alike.slice(0, 10).join(', ')}${alike.length > 10 ? ' …' : ''}`
}
