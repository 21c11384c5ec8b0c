/** Upgrades that skip a release which must lie between. */
import type { ReleaseLine } from '../../catalog/release.ts'
import { rule } from '../rule.ts'

/** From → targets that nodes of that line cannot share a cluster with, and the line to go through. */
const through: { readonly [from: string]: { readonly [target: string]: ReleaseLine } } = {
  '3.11': { '5.0': '4.1', '6.0': '4.1' },
}

export default rule({
  id: 'migration/path-not-supported',
  scope: 'cluster',
  effects: ['never-works'],
  certainty: 'proven',
  releases: 'all',
  title: 'upgrade that skips a release which must lie between',
  why: 'During an upgrade old and new nodes talk to each other. 5.0 and later speak only to 4.0 and later: the first upgraded node would find no cluster.',
  remedy: 'Upgrade all nodes to the release between, then go on.',
  sources: ['Apache Cassandra NEWS: upgrading', 'Cassandra: MessagingService (accepted versions)'],
  bad: `#- foretell.yaml
cassandra: "3.11"
upgradeTo: "5.0"
#- cassandra.yaml
cluster_name: prod
listen_address: 10.0.0.1
endpoint_snitch: GossipingPropertyFileSnitch
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: periodic
commitlog_sync_period_in_ms: 10000
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: 10.0.0.1
`,
  good: '#- cluster: 1x1',
  *check(cluster) {
    const target = cluster.declared.upgradeTo
    if (!target) return
    const nodes = cluster.nodes.filter(node => node.release.stated)
    const node = nodes.find(one => through[one.release.line]?.[target.line] !== undefined)
    if (node) {
      yield {
        at: node.span,
        message: `From ${node.release.line} there is no way straight to ${target.line}: their nodes do not talk to each other. Go through ${through[node.release.line]![target.line]} first.`,
        about: [`cluster:${cluster.name}`],
      }
      return
    }
    const old = nodes.find(one => one.release.judgedAs30 && target.line !== '3.11' && (one.release.patch ?? 13) < 13)
    if (old)
      yield {
        at: old.span,
        message: `3.0.${old.release.patch} cannot be upgraded to ${target.line}: go to the newest 3.0 or 3.11 first.`,
        about: [`cluster:${cluster.name}`],
      }
  },
})
