/** Over a WAN, silence of some seconds is ordinary. */
import { placeOf, placesOf } from '../../model/agreement.ts'
import type { Node } from '../../model/node.ts'
import { numberInEachRelease } from '../../model/settings/in-each-release.ts'
import { type Fact, knownValue } from '../../text/fact.ts'
import { memo } from '../../text/memo.ts'
import { exampleCluster } from '../example-cluster.ts'
import { rule } from '../rule.ts'
import { list, nodeKey, trimNumber } from '../words.ts'

/** A node is convicted after phi × ln 10 × the mean interval of its heartbeats, which is one second at rest. */
const secondsPerPhi = Math.LN10

export default rule({
  id: 'detection/hasty-phi',
  scope: 'cluster',
  effects: ['breaks-later', 'informs'],
  certainty: 'advice',
  releases: 'all',
  title: 'failure detector tuned for a local network',
  why: 'phi_convict_threshold says how long a node may be silent before others mark it down: 8 means about 18 seconds. Over a WAN or a tunnel that is renegotiated, such silences happen, and nodes flap: hints pile up and requests fail.',
  remedy: 'Set phi_convict_threshold to 10 or 12 on all nodes of a cluster over several datacenters.',
  sources: [
    'Cassandra: FailureDetector',
    'cassandra.yaml: phi_convict_threshold (most users should never need to adjust this; 12 in flaky networks)',
  ],
  bad: exampleCluster('2x1', {
    'dc1/db1': { phi_convict_threshold: '6\n#                      ^ 💡 warning[detection/hasty-phi]: 13.8 s' },
    'dc2/db2': { phi_convict_threshold: '6' },
  }),
  good: exampleCluster('2x1', { 'dc1/db1': { phi_convict_threshold: '12' }, 'dc2/db2': { phi_convict_threshold: '12' } }),
  *check(cluster) {
    if (cluster.datacenters.length < 2) return
    const below = (from: number, to: number) =>
      cluster.nodes.filter(node => {
        const phi = knownValue(phiOf(node))
        return phi !== undefined && phi >= from && phi < to
      })
    for (const [nodes, effect] of [
      [below(1, 8), 'breaks-later'],
      [below(8, 10), 'informs'],
    ] as const) {
      const places = placesOf(nodes, node => placeOf(phiOf(node)))
      const [first, ...rest] = places
      if (!first) continue
      const phi = knownValue(phiOf(first.nodes[0]!))!
      yield {
        at: first.at,
        effect,
        message: `With phi ${trimNumber(phi)} on ${nodes.length === cluster.nodes.length ? 'all nodes' : list(nodes.map(node => node.name))}, silence of ${trimNumber(phi * secondsPerPhi)} s marks a remote node down. 10 to 12 (${trimNumber(10 * secondsPerPhi)} to ${trimNumber(12 * secondsPerPhi)} s) suits several datacenters.`,
        see: rest.slice(0, 20).map(place => ({ at: place.at, message: `and ${list(place.nodes.map(node => node.name))}` })),
        about: [`cluster:${cluster.name}`, ...nodes.map(nodeKey), 'setting:phi_convict_threshold'],
        fixes: () => [
          {
            title: 'Set phi_convict_threshold to 12',
            safe: false,
            edits: places.map(place => {
              const written = placeOf(phiOf(place.nodes[0]!))
              if (written) return { at: written, newText: '12' }
              const { file } = place.at
              const end = file.text.length
              return {
                at: { file, start: end, end },
                newText: `${end === 0 || file.text.endsWith('\n') ? '' : '\n'}phi_convict_threshold: 12\n`,
              }
            }),
          },
        ],
      }
    }
  },
})

const phiOf: (node: Node) => Fact<number> = memo(node => numberInEachRelease(node, 'phi_convict_threshold'))
