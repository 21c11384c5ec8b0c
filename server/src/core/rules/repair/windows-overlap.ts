/** Repairs of two datacenters at once share the link between them. */
import { weeklyWindows } from '../../model/repair-window.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { datacenterKey } from '../words.ts'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export default rule({
  id: 'repair/windows-overlap',
  scope: 'cluster',
  effects: ['informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'repair windows of two datacenters that overlap',
  why: 'A repair compares and streams data between all replicas, over the link between datacenters too. Two at once share it, and each validates what the other is changing.',
  remedy: 'Stagger the windows.',
  sources: ['Apache Cassandra documentation: Repair, best practices'],
  bad: exampleCluster(
    '2x3',
    {},
    '#- foretell.yaml\nrepair:\n  windows:\n    dc1: "Sat 02:00-06:00"\n    dc2: "Sat 05:00-08:00"\n#        ^^^^^^^^^^^^^^^^^ info[repair/windows-overlap]: Sat 05:00\n',
  ),
  good: exampleCluster('2x3', {}, '#- foretell.yaml\nrepair:\n  windows:\n    dc1: "Sat 02:00-06:00"\n    dc2: "Sun 02:00-06:00"\n'),
  *check(cluster) {
    const names = new Set<string>(cluster.datacenters.map(datacenter => datacenter.name))
    const windows = [...cluster.declared.repairWindows]
      .filter(([name]) => names.has(name))
      .flatMap(([name, written]) => weeklyWindows(written.value).map(window => ({ name, span: written.span, ...window })))
      .sort((a, b) => a.from - b.from)
    const told = new Set<string>()
    let longest = windows[0]
    for (const window of windows.slice(1)) {
      if (longest && window.from < longest.to && window.name !== longest.name) {
        const pair = [longest.name, window.name].sort().join(' ')
        if (!told.has(pair)) {
          told.add(pair)
          const minute = window.from % 1440
          yield {
            at: window.span,
            message: `${longest.name} and ${window.name} repair at once on ${days[Math.floor(window.from / 1440) % 7]} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')} and stream over the link between them. Stagger the windows.`,
            see: [{ at: longest.span, message: longest.name }],
            about: [datacenterKey(longest.name), datacenterKey(window.name)],
          }
        }
      }
      if (!longest || window.to > longest.to) longest = window
    }
  },
})
