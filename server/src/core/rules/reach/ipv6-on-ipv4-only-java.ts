/** IPv6 addresses under a Java that was told to stay with IPv4. */
import { readAddress } from '../../analysis/ip-network.ts'
import { jvmFacts } from '../../model/jvm-facts.ts'
import { exampleCluster } from '../example-cluster.ts'
import { deleteLines } from '../line-edits.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

const options = (line: string) => `#- dc1/db1/jvm-server.options\n${line}-XX:+UseThreadPriorities\n`
const addresses = {
  listen_address: 'fd00:20::11\n#               ^^^^^^^^^^^ 💡 warning[reach/ipv6-on-ipv4-only-java]: preferIPv4Stack',
  rpc_address: '10.20.1.11',
  seeds: '"fd00:20::11"',
}

export default rule({
  id: 'reach/ipv6-on-ipv4-only-java',
  scope: 'node',
  effects: ['breaks-later'],
  certainty: 'advice',
  releases: 'all',
  title: 'IPv6 address under preferIPv4Stack',
  why: 'With -Djava.net.preferIPv4Stack=true, which every shipped options file sets, Java opens IPv4 sockets only: it does not bind or dial an IPv6 address.',
  remedy: 'Take the flag out of the options, or use IPv4 addresses.',
  sources: ['Java: Networking Properties, java.net.preferIPv4Stack', 'Cassandra: conf/jvm-server.options'],
  bad: exampleCluster('1x1', { 'dc1/db1': addresses }, options('-Djava.net.preferIPv4Stack=true\n')),
  good: exampleCluster('1x1', { 'dc1/db1': { ...addresses, listen_address: 'fd00:20::11' } }, options('')),
  *check(node) {
    const flag = jvmFacts(node).properties.get('java.net.preferIPv4Stack')
    if (flag?.value !== 'true' || flag.placeholder) return
    for (const [setting, fact] of [
      ['listen_address', node.addresses.listen],
      ['broadcast_address', node.addresses.broadcast],
    ] as const) {
      if (fact.kind !== 'known' || readAddress(fact.value)?.family !== 6) continue
      yield {
        at: fact.span ?? node.span,
        message: `Java does not use ${fact.value} while -Djava.net.preferIPv4Stack=true is set: ${node.name} binds and dials IPv4 only. Take the flag out of ${flag.file.path}.`,
        see: [{ at: flag.span, message: 'the flag' }],
        about: [nodeKey(node), `setting:${setting}`],
        fixes: () => (flag.fromScript ? [] : [{ title: 'Take the flag out', safe: false, edits: [deleteLines(flag.span)] }]),
      }
    }
  },
})
