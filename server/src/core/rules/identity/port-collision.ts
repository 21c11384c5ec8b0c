/** Two listeners of one node on one port. */
import { placeOf } from '../../model/agreement.ts'
import { clientEncryption, internodeEncryption } from '../../model/encryption.ts'
import type { Node } from '../../model/node.ts'
import { booleanInEachRelease, numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { knownValue } from '../../text/fact.ts'
import type { Span } from '../../text/span.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'identity/port-collision',
  scope: 'node',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'two listeners of a node on one port',
  why: 'A port at an address belongs to one listener. The second cannot bind, and the node stops or stays deaf on that service.',
  remedy: 'Give each service a port of its own: 7000 between nodes, 9042 for clients, 7199 for JMX are usual.',
  sources: ['bind(2): EADDRINUSE', 'cassandra.yaml: storage_port, native_transport_port'],
  bad: exampleCluster('1x1', {
    'dc1/db1': { native_transport_port: '7000\n#                      ^^^^ error[identity/port-collision]: storage_port' },
  }),
  good: '#- cluster: 1x1',
  *check(node) {
    const listeners = listenersOf(node)
    for (let i = 0; i < listeners.length; i++)
      for (let j = 0; j < i; j++) {
        const [a, b] = [listeners[j]!, listeners[i]!]
        if (a.port !== b.port || !overlap(a.address, b.address)) continue
        if (a.mayShareWith === b.name || b.mayShareWith === a.name) continue
        const at = b.span ?? a.span
        if (!at) continue
        yield {
          at,
          message: `${a.name} and ${b.name} of ${sayNode(node)} both use port ${a.port} on ${a.address === b.address ? a.address : `${a.address} and ${b.address}`}: the second cannot bind. Give each its own.`,
          see: a.span && a.span !== at ? [{ at: a.span, message: a.name }] : [],
          about: [nodeKey(node)],
        }
      }
  },
})

interface Listener {
  readonly name: string
  readonly port: number
  readonly address: string
  readonly span: Span | undefined
  readonly mayShareWith?: string
}

function listenersOf(node: Node): Listener[] {
  const found: Listener[] = []
  const { candidates } = node.release
  const old = candidates.every(line => line === '3.11')
  const young = !candidates.includes('3.11')
  const add = (name: string, fact: ReturnType<typeof numberInEachRelease>, address: string | undefined, mayShareWith?: string) => {
    if (fact.kind === 'known' && fact.value > 0 && address !== undefined)
      found.push({ name, port: fact.value, address, span: placeOf(fact), ...(mayShareWith ? { mayShareWith } : {}) })
  }
  const listen = knownValue(node.addresses.listen)
  const rpc = knownValue(node.addresses.rpc)
  add('storage_port', numberInEachRelease(node, 'storage_port'), listen)
  const encrypted = (knownValue(internodeEncryption(node)) ?? 'none') !== 'none'
  if (old && encrypted) add('ssl_storage_port', numberInEachRelease(node, 'ssl_storage_port'), listen)
  if (young && knownValue(booleanInEachRelease(node, 'server_encryption_options.legacy_ssl_storage_port_enabled', false)) === true)
    add('ssl_storage_port', numberInEachRelease(node, 'ssl_storage_port'), listen, 'storage_port')
  if (knownValue(booleanInEachRelease(node, 'start_native_transport')) === true) {
    add('native_transport_port', numberInEachRelease(node, 'native_transport_port'), rpc)
    if (knownValue(clientEncryption(node)) === 'on' || knownValue(clientEncryption(node)) === 'optional')
      add('native_transport_port_ssl', numberInEachRelease(node, 'native_transport_port_ssl'), rpc, 'native_transport_port')
  }
  if (old && knownValue(booleanInEachRelease(node, 'start_rpc')) === true) add('rpc_port', numberInEachRelease(node, 'rpc_port'), rpc)
  const jmx = node.environmentScript?.assignments.findLast(one => one.name === 'JMX_PORT' && one.certain && !one.placeholder)
  if (jmx && /^\d{1,5}$/.test(jmx.value)) {
    const remote = node.environmentScript!.flags.some(flag => flag.certain && /jmx\.remote\.port|jmxremote\.port/.test(flag.text))
    found.push({ name: 'JMX_PORT', port: Number(jmx.value), address: remote ? '0.0.0.0' : '127.0.0.1', span: jmx.valueSpan })
  }
  return found
}

function overlap(a: string, b: string): boolean {
  return a === b || [a, b].some(address => address === '0.0.0.0' || address === '::')
}
