/** One node sends plain to another that takes TLS only. */
import { placeOf } from '../../model/agreement.ts'
import { internodeEncryption } from '../../model/encryption.ts'
import type { Node } from '../../model/node.ts'
import { booleanInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

const strict = '\n  internode_encryption: all'

export default rule({
  id: 'security/internode-encryption-differs',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'nodes that cannot talk because only some encrypt',
  why: 'A node with internode_encryption all accepts TLS only, unless optional is true. A node that sends plain is refused, and both hold each other for dead.',
  remedy:
    'Use one value on all nodes. To change a running cluster, set optional: true everywhere first, then the new value, then take optional away (from 4.0).',
  sources: [
    'Cassandra: EncryptionOptions.ServerEncryptionOptions',
    'Cassandra: InboundConnectionInitiator',
    'NEWS 4.0: internode encryption',
  ],
  bad: exampleCluster('1x3', {
    'dc1/db1': { server_encryption_options: strict },
    'dc1/db2': { server_encryption_options: strict },
    'dc1/db3': {
      server_encryption_options:
        '\n  internode_encryption: none\n#                       ^^^^ error[security/internode-encryption-differs]: db1',
    },
  }),
  good: exampleCluster('1x3', {
    'dc1/db1': { server_encryption_options: strict },
    'dc1/db2': { server_encryption_options: strict },
    'dc1/db3': { server_encryption_options: strict },
  }),
  *check(cluster) {
    const modes = cluster.nodes.map(node => ({ node, mode: knownValue(internodeEncryption(node)), strict: takesTlsOnly(node) }))
    const takers = modes.filter(one => one.strict)
    if (takers.length === 0) return
    const clashes: { readonly node: Node; readonly other: Node }[] = []
    const byDatacenter = firstTwo(
      takers.map(one => one.node),
      node => knownValue(node.location.datacenter),
    )
    const byRack = firstTwo(
      takers.map(one => one.node),
      rackOf,
    )
    for (const { node, mode } of modes) {
      if (mode === undefined || mode === 'all') continue
      const candidates =
        mode === 'none'
          ? takers.slice(0, 2).map(one => one.node)
          : mode === 'dc'
            ? (byDatacenter.get(knownValue(node.location.datacenter)) ?? [])
            : (byRack.get(rackOf(node)) ?? [])
      const other = candidates.find(taker => taker !== node)
      if (other) clashes.push({ node, other })
    }
    if (clashes.length === 0) return
    if (clashes.length <= takers.length) {
      for (const { node, other } of clashes) {
        const at = placeOf(internodeEncryption(node))
        yield {
          at: at ?? node.span,
          message: `${node.name} sends plain to ${other.name}${takers.length > 1 ? ` and ${takers.length - 1} more` : ''}, which accept${takers.length > 1 ? '' : 's'} only TLS. Use one value everywhere; during a change set optional: true.`,
          see: [{ at: placeOf(internodeEncryption(other)) ?? other.span, message: `${other.name} takes TLS only` }],
          about: [nodeKey(node), `cluster:${cluster.name}`, 'setting:server_encryption_options'],
        }
      }
      return
    }
    for (const { node } of takers) {
      const plain = clashes.filter(clash => clash.node !== node).map(clash => clash.node.name)
      yield {
        at: placeOf(internodeEncryption(node)) ?? node.span,
        message: `${node.name} accepts only TLS, and ${list(plain)} send${plain.length === 1 ? 's' : ''} plain to it. Use one value everywhere; during a change set optional: true.`,
        see: [
          { at: placeOf(internodeEncryption(clashes[0]!.node)) ?? clashes[0]!.node.span, message: `${clashes[0]!.node.name} sends plain` },
        ],
        about: [nodeKey(node), `cluster:${cluster.name}`, 'setting:server_encryption_options'],
      }
    }
  },
})

/** `all`, and not optional. Before 4.0 there is no optional. */
function takesTlsOnly(node: Node): boolean {
  if (knownValue(internodeEncryption(node)) !== 'all') return false
  return knownValue(booleanInEachRelease(node, 'server_encryption_options.optional', false)) === false
}

function rackOf(node: Node): string | undefined {
  const datacenter = knownValue(node.location.datacenter)
  const rack = knownValue(node.location.rack)
  return datacenter === undefined || rack === undefined ? undefined : `${datacenter}/${rack}`
}

function firstTwo<K>(nodes: readonly Node[], key: (node: Node) => K | undefined): ReadonlyMap<K | undefined, readonly Node[]> {
  const found = new Map<K | undefined, Node[]>()
  for (const node of nodes) {
    const value = key(node)
    if (value === undefined) continue
    const there = found.get(value)
    if (!there) found.set(value, [node])
    else if (there.length < 2) there.push(node)
  }
  return found
}
