/** Ec2MultiRegionSnitch announces the public address, whatever cassandra.yaml says. */
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/address-overridden',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'broadcast address that the snitch replaces',
  why: 'Ec2MultiRegionSnitch asks EC2 for the public address and announces it to all nodes: a broadcast_address in the file is overwritten, and traffic goes around a WireGuard tunnel.',
  remedy: 'On a mesh use GossipingPropertyFileSnitch and announce the address in the mesh.',
  sources: ['Cassandra: Ec2MultiRegionSnitch'],
  bad: exampleCluster('1x1', {
    'dc1/db1': {
      endpoint_snitch: 'Ec2MultiRegionSnitch',
      broadcast_address: '10.20.1.11\n#                  ^^^^^^^^^^ warning[snitch/address-overridden]: public',
    },
  }),
  good: '#- cluster: 1x3',
  *check(node) {
    const snitch = knownValue(node.snitch)
    if (snitch !== 'Ec2MultiRegionSnitch') return
    const { broadcast } = node.addresses
    const tunnel = node.wireguard[0]
    if (broadcast.kind !== 'known' && !tunnel) return
    const written = broadcast.kind === 'known' ? broadcast.span : undefined
    yield {
      at: written ?? (node.snitch.kind === 'known' ? node.snitch.span : undefined) ?? node.span,
      message: `${snitch} announces the public address of ${node.name}: ${broadcast.kind === 'known' ? broadcast.value : 'its address in the mesh'}${tunnel ? ' and the tunnel are' : ' is'} not used. Use GossipingPropertyFileSnitch.`,
      see: tunnel ? [{ at: { file: tunnel.file, start: 0, end: 0 }, message: 'its tunnel' }] : [],
      about: [nodeKey(node), 'setting:broadcast_address'],
    }
  },
})
