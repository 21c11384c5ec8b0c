/** Hints live no longer than gc_grace_seconds of their table: a shorter one drops them while the window is still open. */
import type { Cluster } from '../../model/cluster.ts'
import type { Node } from '../../model/node.ts'
import { effectiveSetting } from '../../model/settings/effective.ts'
import { knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { rule } from '../rule.ts'
import { keyspaceKey, sayMillis } from '../words.ts'

export default rule({
  id: 'hints/gc-grace-below-window',
  scope: 'keyspace',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'gc_grace_seconds shorter than the hint window',
  why: 'A hint is stored with the smallest gc_grace_seconds of its table as its time to live. Below max_hint_window, hints for a node that was down expire before the window ends; at 0 none is ever replayed. Only repair brings those writes back.',
  remedy: 'Set gc_grace_seconds to at least max_hint_window, better to more than the interval of repairs; or repair after every outage.',
  sources: ['Cassandra: Hint, HintsService', 'Apache Cassandra documentation: Hints'],
  bad: "#- cluster: 1x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\nCREATE TABLE shop.carts (id int PRIMARY KEY) WITH gc_grace_seconds = 3600;\n--                                                                   ^^^^ 💡 warning[hints/gc-grace-below-window]: 1 h\n",
  good: "#- cluster: 1x3\n#- schema.cql\nCREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3};\nCREATE TABLE shop.carts (id int PRIMARY KEY) WITH gc_grace_seconds = 864000;\n",
  *check(keyspace) {
    const { cluster, tables, name } = keyspace
    if (cluster && cluster.nodes.length < 2 && !cluster.mayHaveNodesElsewhere && cluster.templates.length === 0) return
    const window = cluster ? longestWindow(cluster).millis : undefined
    if (window === 0) return
    for (const table of tables) {
      const { gcGraceSeconds } = table
      if (gcGraceSeconds.kind !== 'known' || !gcGraceSeconds.span) continue
      const seconds = gcGraceSeconds.value
      if (seconds !== 0 && (window === undefined || seconds * 1000 >= window)) continue
      const at = gcGraceSeconds.span
      const full = `${name}.${table.name.value}`
      yield {
        at,
        message:
          seconds === 0
            ? `Hints of ${full} are never replayed: gc_grace_seconds is 0, so they expire at once. Writes that a node misses come back only by repair.`
            : `Hints of ${full} expire after ${sayMillis(seconds * 1000)}, before the hint window of ${sayMillis(window!)} ends: what a node misses in between comes back only by repair.`,
        about: [keyspaceKey(keyspace), `table:${full}`],
        fixes: () =>
          window === undefined || window <= 0
            ? []
            : [{ title: `Write ${Math.ceil(window / 1000)}`, safe: false, edits: [{ at, newText: String(Math.ceil(window / 1000)) }] }],
      }
    }
  },
})

/** Milliseconds; undefined when some node's is unknown. 0: hints are off everywhere. Every keyspace asks. */
const longestWindow = memo((cluster: Cluster): { readonly millis: number | undefined } => ({ millis: readLongestWindow(cluster) }))

function readLongestWindow(cluster: Cluster): number | undefined {
  let longest = 0
  for (const node of cluster.nodes) {
    const window = windowOf(node)
    if (window === undefined) return undefined
    longest = Math.max(longest, window)
  }
  return longest
}

/** As `longestWindow`, of one node. */
const windowOf = memo((node: Node): number | undefined => {
  const { line } = node.release
  if (knownValue(effectiveSetting(node.yaml, line, 'hinted_handoff_enabled')) === false) return 0
  const window = knownValue(effectiveSetting(node.yaml, line, 'max_hint_window'))
  return typeof window === 'number' ? window : undefined
})
