/** Empty entries of a seed list: a trailing comma is not harmless before 4.0. */
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { nodeKey, sayNode } from '../words.ts'

export default rule({
  id: 'seeds/empty-entry',
  scope: 'node',
  effects: ['breaks-later', 'tidies'],
  certainty: 'proven',
  releases: 'all',
  title: 'empty entry in a seed list',
  why: 'Until 3.11 an empty entry is looked up as a host name and becomes 127.0.0.1: the node is its own seed and may start a cluster of its own. From 4.0 it is skipped.',
  remedy: 'Remove the empty entry and its comma.',
  sources: ['Cassandra: SimpleSeedProvider', 'Java: InetAddress.getByName("")'],
  bad: `#- cassandra: 3.11
${exampleCluster('1x3', {
  'dc1/db1': { commitlog_sync_period: undefined, commitlog_sync_period_in_ms: '10000' },
  'dc1/db2': { commitlog_sync_period: undefined, commitlog_sync_period_in_ms: '10000' },
  'dc1/db3': {
    commitlog_sync_period: undefined,
    commitlog_sync_period_in_ms: '10000',
    seeds: '"10.20.1.11,"\n#              ^^^^^^^^^^^^^ 💡 warning[seeds/empty-entry]',
  },
})}`,
  good: '#- cluster: 1x3',
  *check(node) {
    const { seeds } = node
    if (seeds.kind !== 'known' || !seeds.span) return
    const kept = seeds.value.filter(seed => seed.value.text !== '')
    if (kept.length === seeds.value.length || kept.length === 0) return
    const { candidates } = node.release
    const old = candidates.every(line => line === '3.11')
    if (!old && candidates.includes('3.11')) return
    const at = seeds.span
    yield {
      at,
      effect: old ? 'breaks-later' : 'tidies',
      message: old
        ? `The empty entry is read as 127.0.0.1: ${sayNode(node)} becomes its own seed and may start a cluster of its own. Remove it.`
        : 'The empty entry is skipped; remove it.',
      about: [nodeKey(node), 'setting:seed_provider'],
      fixes: () => [
        { title: 'Remove the empty entry', safe: true, edits: [{ at, newText: `"${kept.map(seed => seed.value.text).join(',')}"` }] },
      ],
    }
  },
})
