/** A node that other nodes are to reach must not announce a loopback address. */
import { isLoopback } from '../../analysis/ip-network.ts'
import { placeOf, placesOf, type SharedPlace } from '../../model/agreement.ts'
import type { Cluster } from '../../model/cluster.ts'
import { wireguardAddresses } from '../../model/wireguard-addresses.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Report, rule } from '../rule.ts'
import { list, nodeKey } from '../words.ts'

export default rule({
  id: 'identity/loopback-in-cluster',
  scope: 'cluster',
  effects: ['breaks-later', 'informs'],
  certainty: 'proven',
  releases: 'all',
  title: 'node of a cluster that announces a loopback address',
  why: 'Every host has its own 127.0.0.1: a node that announces it is reachable from its own host only. With rpc_address it is the clients that must live on the same host.',
  remedy:
    'Write the address that the other nodes reach: the one in the mesh, or that of the private network. For clients set rpc_address, or 0.0.0.0 with broadcast_rpc_address.',
  sources: [
    'Cassandra: DatabaseDescriptor.applyAddressConfig',
    'Apache Cassandra documentation: cassandra.yaml, listen_address and rpc_address',
  ],
  bad: exampleCluster('1x3', {
    'dc1/db3': { listen_address: 'localhost\n#               ^^^^^^^^^ warning[identity/loopback-in-cluster]: db3' },
  }),
  good: '#- cluster: 1x3',
  *check(cluster) {
    if (cluster.nodes.length < 2 || runsOnOneHost(cluster)) return
    const unreachable = cluster.nodes.filter(node => isLoopback(knownValue(node.addresses.effectiveBroadcast) ?? ''))
    const announced = placesOf(unreachable, node => placeOf(node.addresses.effectiveBroadcast))
    if (announced.length === cluster.nodes.length && announced.length > 1) yield aboutAll(announced)
    else for (const place of announced) yield aboutOne(place)

    const unheard = cluster.nodes.filter(
      node =>
        !unreachable.includes(node) && isLoopback(knownValue(node.addresses.rpc) ?? '') && node.addresses.broadcastRpc.kind === 'absent',
    )
    const [first, ...rest] = placesOf(unheard, node => placeOf(node.addresses.rpc))
    if (first)
      yield {
        at: first.at,
        effect: 'informs',
        message: `Only clients on the same host can connect to ${list([first, ...rest].flatMap(place => place.nodes.map(node => node.name)))}: rpc_address is ${knownValue(first.nodes[0]!.addresses.rpc)}. Write an address that clients reach.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: 'likewise here' })),
        about: [...first.nodes.map(nodeKey), 'setting:rpc_address'],
      }
  },
})

function aboutOne({ at, nodes }: SharedPlace): Report {
  const [node] = nodes
  const announced = node!.addresses.effectiveBroadcast
  const address = knownValue(announced)
  const better = node!.declared.address?.value ?? node!.wireguard.flatMap(wireguardAddresses).find(one => !isLoopback(one))
  return {
    at,
    message: `The other nodes cannot reach ${list(nodes.map(node => node.name))} at ${address}: that is the host itself, on every host. Write the address by which the others reach it.`,
    about: [...nodes.map(nodeKey), 'setting:listen_address'],
    fixes: () =>
      better !== undefined && nodes.length === 1 && placeOf(announced)
        ? [{ title: `Write ${better}`, safe: false, edits: [{ at, newText: better }] }]
        : [],
  }
}

function aboutAll(places: readonly SharedPlace[]): Report {
  const [first, ...rest] = places
  const nodes = places.flatMap(place => place.nodes)
  return {
    at: first!.at,
    message: `${list(nodes.map(node => node.name))} all announce a loopback address: none can reach another, unless they share one host under distinct loopback addresses. Write addresses that the others reach.`,
    see: rest.slice(0, 20).map(place => ({ at: place.at, message: 'likewise here' })),
    about: [...nodes.map(nodeKey), 'setting:listen_address'],
  }
}

/** A test cluster on one host: every node on a loopback address (or port) of its own. */
function runsOnOneHost(cluster: Cluster): boolean {
  const endpoints = cluster.nodes.map(node => {
    const address = knownValue(node.addresses.effectiveBroadcast)
    return address !== undefined && isLoopback(address) ? `${address} ${knownValue(node.storagePort)}` : undefined
  })
  return endpoints.every(endpoint => endpoint !== undefined) && new Set(endpoints).size === endpoints.length
}
