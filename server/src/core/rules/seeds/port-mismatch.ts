/** A seed entry must name the port on which that node listens. */
import { seedMap } from '../../model/seed-map.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey } from '../words.ts'

export default rule({
  id: 'seeds/port-mismatch',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'seed entry with a port on which that node does not listen',
  why: 'From 4.0 an entry without a port means this node’s own storage_port, and a seed with another port is another endpoint. Before 4.0 an entry with a port is looked up as a host name and skipped.',
  remedy: 'Write the storage_port of the seed; before 4.0 leave the port out.',
  sources: ['Cassandra: SimpleSeedProvider', 'Cassandra: InetAddressAndPort.getByName'],
  bad: exampleCluster(
    '1x3',
    {
      'dc1/db3': { seeds: '"10.20.1.11:7001,10.20.1.12"\n#               ^^^^^^^^^^^^^^^ 💡 error[seeds/port-mismatch]: 7000' },
    },
    '#- foretell.yaml\ncassandra: "5.0"\n',
  ),
  good: '#- cluster: 1x3',
  *check(cluster) {
    for (const [node, seeds] of seedMap(cluster).listOf) {
      const { candidates } = node.release
      const old = candidates.every(line => line === '3.11')
      for (const { entry, target } of seeds) {
        const { host, port, text } = entry.value
        if (old && port !== undefined) {
          yield {
            at: entry.span,
            message: `Cassandra 3.x looks up "${text}" as a host name and skips it: leave the port out.`,
            about: [nodeKey(node), 'setting:seed_provider'],
            fixes: () => [{ title: `Write ${host}`, safe: true, edits: [{ at: entry.span, newText: host }] }],
          }
          continue
        }
        if (candidates.includes('3.11') || typeof target === 'string') continue
        const listens = knownValue(target.storagePort)
        const asked = port ?? knownValue(node.storagePort)
        if (listens === undefined || asked === undefined || listens === asked) continue
        const right = `${host.includes(':') ? `[${host}]` : host}:${listens}`
        yield {
          at: entry.span,
          message: `Seed ${text} means port ${asked}, but ${target.name} listens on ${listens}: ${node.name} cannot reach it. Write ${right}.`,
          see:
            target.storagePort.kind === 'known' && target.storagePort.span
              ? [{ at: target.storagePort.span, message: `the storage_port of ${target.name}` }]
              : [],
          about: [nodeKey(node), nodeKey(target), 'setting:seed_provider'],
          fixes: () => [{ title: `Write ${right}`, safe: true, edits: [{ at: entry.span, newText: right }] }],
        }
      }
    }
  },
})
