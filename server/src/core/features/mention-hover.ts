/** What stands behind a name: the nodes of a datacenter or rack, the node that an address belongs to. */
import { knownValue } from '../text/fact.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import { counted, whereabouts } from './losable-things.ts'
import type { Mention } from './mentions.ts'

/** Markdown; undefined when there is nothing to add. */
export function mentionMarkdown(snapshot: Snapshot, mention: Mention): string | undefined {
  const [, scope] = JSON.parse(mention.thing) as [string, string, string]
  const clusterName = mention.kind === 'rack' ? scope.slice(0, scope.lastIndexOf('/')) : scope
  const cluster = snapshot.clusters.find(candidate => candidate.name === clusterName)
  if (!cluster) return undefined
  if (mention.kind === 'address') {
    const node = cluster.nodes.find(candidate => candidate.knownAs.includes(mention.name))
    return node ? `Node **${node.name}** (${whereabouts(node)}) of cluster **${cluster.name}**` : undefined
  }
  if (mention.kind === 'rack') {
    const datacenter = scope.slice(scope.lastIndexOf('/') + 1)
    const rack = cluster.datacenters
      .find(candidate => candidate.name === datacenter)
      ?.racks.find(candidate => candidate.name === mention.name)
    return rack
      ? `Rack **${rack.name}** of **${datacenter}**: ${counted(rack.nodes.length, 'node')}, ${rack.nodes.map(node => node.name).join(', ')}`
      : undefined
  }
  if (mention.kind === 'keyspace') return undefined
  const datacenter = cluster.datacenters.find(candidate => candidate.name === mention.name)
  if (!datacenter) return `**${mention.name}** is no datacenter of cluster **${cluster.name}**, as far as its files tell`
  const racks = datacenter.racks.map(rack => `- rack **${rack.name}**: ${rack.nodes.map(node => node.name).join(', ')}`)
  const seeds = new Set(
    cluster.nodes.flatMap(node =>
      (knownValue(node.seeds) ?? []).flatMap(seed => (seed.value.address === undefined ? [] : [seed.value.address])),
    ),
  )
  const seedNodes = datacenter.nodes.filter(node => node.knownAs.some(address => seeds.has(address))).map(node => node.name)
  return [
    `Datacenter **${datacenter.name}** of cluster **${cluster.name}**: ${counted(datacenter.nodes.length, 'node')}`,
    racks.join('\n'),
    seedNodes.length ? `Seeds: ${seedNodes.join(', ')}` : 'None of its nodes is a seed',
  ]
    .filter(Boolean)
    .join('\n\n')
}
