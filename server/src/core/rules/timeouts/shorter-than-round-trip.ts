/** A timeout must be longer than the way there and back. */
import { clausesOf } from '../../analysis/consistency-level.ts'
import { type NumberSettingName, numberSetting, writtenName } from '../../model/node-settings.ts'
import { type LevelUse, placedReplication, type Use, workloadsOf } from '../../model/workloads.ts'
import { knownValue } from '../../text/fact.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { sayMillis } from '../words.ts'
import { aboutUses, otherPlace, placeOfUse } from '../workload-words.ts'

const schema = "#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};\n"

const timeouts: { readonly [U in Use]: readonly NumberSettingName[] } = {
  read: ['readTimeout', 'rangeTimeout'],
  write: ['writeTimeout', 'counterTimeout'],
  serial: ['casTimeout'],
}

export default rule({
  id: 'timeouts/shorter-than-round-trip',
  scope: 'keyspace',
  effects: ['breaks-later', 'never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'timeout close to the round trip that a level waits for',
  why: 'A level that needs replicas of another datacenter takes at least the round trip. With a timeout not much longer, any delay on the way turns requests into timeouts; with a shorter one none succeeds.',
  remedy: 'Raise the timeout to several round trips, or use a local level.',
  sources: ['Cassandra: DatabaseDescriptor (…_request_timeout)', 'cassandra.yaml: request timeouts'],
  bad: exampleCluster(
    '2x3',
    { 'dc1/db1': { read_request_timeout: '250ms' } },
    `${schema}#- foretell.yaml\nnetwork: { links: [{ between: [dc1, dc2], roundTrip: 180ms }] }\nworkloads:\n  - { keyspace: shop, read: QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n#                           ^^^^^^ warning[timeouts/shorter-than-round-trip]: 250 ms\n`,
  ),
  good: exampleCluster(
    '2x3',
    {},
    `${schema}#- foretell.yaml\nnetwork: { links: [{ between: [dc1, dc2], roundTrip: 180ms }] }\nworkloads:\n  - { keyspace: shop, read: QUORUM, write: LOCAL_QUORUM, clients: [dc1] }\n`,
  ),
  *check(keyspace) {
    const { cluster } = keyspace
    const replication = placedReplication(keyspace)
    if (!cluster || replication?.kind !== 'networkTopology' || cluster.declared.links.length === 0) return
    const told = new Set<unknown>()
    for (const workload of workloadsOf(keyspace)) {
      if (!workload.declared || workload.datacenter === '') continue
      const coordinators = cluster.datacenters.find(datacenter => datacenter.name === workload.datacenter)?.nodes ?? []
      for (const use of workload.uses) {
        const key = `${use.use} ${use.level}`
        const wait = waitFor(use)
        if (wait === undefined || wait.millis <= 0 || told.has(`${workload.declared.span.start} ${key}`)) continue
        const short = [...timeouts[use.use], 'connectTimeout' as const]
          .flatMap(setting => coordinators.map(node => ({ node, setting, value: numberSetting(node, setting) })))
          .filter(one => (knownValue(one.value) ?? Number.POSITIVE_INFINITY) <= wait.millis * 2)
          .sort((a, b) => knownValue(a.value)! - knownValue(b.value)!)[0]
        if (!short) continue
        told.add(`${workload.declared.span.start} ${key}`)
        const value = knownValue(short.value)!
        yield {
          at: placeOfUse(keyspace, workload, use),
          effect: wait.millis >= value ? 'never-works' : 'breaks-later',
          message: `${use.level} from ${workload.datacenter} waits for ${wait.datacenter} (${sayMillis(wait.millis)} there and back), and ${writtenName(short.node, short.setting)} of ${short.node.name} is ${sayMillis(value)}${wait.millis >= value ? ': no such request succeeds' : ': any delay on the way turns requests into timeouts'}. Raise it, or use a local level.`,
          see: [
            ...otherPlace(keyspace, workload),
            ...(short.value.kind === 'known' && short.value.span ? [{ at: short.value.span, message: 'the timeout' }] : []),
          ],
          about: aboutUses(keyspace, use.level, [workload.datacenter]),
        }
      }
      /** The smallest round trip within which enough replicas lie; undefined when a round trip on the way there is not declared. */
      function waitFor(use: LevelUse): { readonly millis: number; readonly datacenter: string } | undefined {
        if (replication?.kind !== 'networkTopology' || use.level === 'ANY') return undefined
        let longest = { millis: 0, datacenter: workload.datacenter }
        for (const clause of clausesOf(
          use.level === 'SERIAL' ? 'QUORUM' : use.level === 'LOCAL_SERIAL' ? 'LOCAL_QUORUM' : use.level,
          replication,
          workload.datacenter,
        )) {
          const within = [...replication.factors]
            .filter(([name]) => clause.datacenter === null || clause.datacenter === name)
            .map(([name, factor]) => ({ name, copies: factor.all, millis: roundTrip(name) }))
          if (within.some(one => one.millis === undefined)) return undefined
          within.sort((a, b) => a.millis! - b.millis!)
          let copies = 0
          for (const one of within) {
            if (copies >= (clause.needed as number)) break
            copies += one.copies
            if (one.millis! > longest.millis) longest = { millis: one.millis!, datacenter: one.name }
          }
        }
        return longest
      }
      function roundTrip(name: string): number | undefined {
        if (name === workload.datacenter) return 0
        return cluster!.declared.links.find(link => link.between.includes(name) && link.between.includes(workload.datacenter))
          ?.roundTripMillis
      }
    }
  },
})
