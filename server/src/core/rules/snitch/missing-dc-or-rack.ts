/** GossipingPropertyFileSnitch reads dc and rack, and does not start without both. */
import { jvmFacts } from '../../model/jvm-facts.ts'
import { locationSources } from '../../model/location.ts'
import { entryFor } from '../../syntax/properties.ts'
import { knownValue } from '../../text/fact.ts'
import { baseName } from '../../text/source-file.ts'
import { exampleCluster } from '../example-cluster.ts'
import { type Fix, rule } from '../rule.ts'
import { datacenterKey, nodeKey } from '../words.ts'

export default rule({
  id: 'snitch/missing-dc-or-rack',
  scope: 'node',
  effects: ['refuses'],
  certainty: 'proven',
  releases: 'all',
  title: 'cassandra-rackdc.properties without dc or rack',
  why: 'GossipingPropertyFileSnitch (6.0: RackDCFileLocationProvider) needs both keys, in lower case, and refuses to start when one is missing.',
  remedy: 'Write both lines: dc=… and rack=….',
  sources: [
    'Cassandra: GossipingPropertyFileSnitch (DC or rack not found in snitch properties)',
    'Java: java.util.Properties (keys are case-sensitive)',
  ],
  bad: exampleCluster(
    '1x3',
    {},
    '#- dc1/db3/cassandra-rackdc.properties\ndc=dc1\nRack=r3\n#^^^ 💡 error[snitch/missing-dc-or-rack]: rack\n',
  ),
  good: '#- cluster: 1x3',
  *check(node) {
    const { rackdc } = node
    const snitch = knownValue(node.snitch)
    if (!rackdc || snitch === undefined || locationSources[snitch] !== 'rackdc' || rackdc.keysMayBeElsewhere || node.addressesRewritten)
      return
    if (rackdc.problems.length > 0 || jvmFacts(node).properties.has('cassandra-rackdc.properties')) return
    for (const key of ['dc', 'rack']) {
      if (entryFor(rackdc, key)) continue
      const lookAlike = rackdc.entries.findLast(entry => entry.key.replace(/^ï»¿/, '').trim().toLowerCase() === key)
      const mark = lookAlike?.key.startsWith('ï»¿')
      const { file } = rackdc
      const at = lookAlike?.keySpan ?? rackdc.entries[0]?.span ?? { file, start: 0, end: 0 }
      const why = mark
        ? ': the file begins with a byte order mark, which becomes part of the key'
        : lookAlike
          ? `: \`${lookAlike.key}\` is another key`
          : ''
      yield {
        at,
        message: `${node.name} refuses to start: no \`${key}\` in ${baseName(file.path)}${why}. Write ${key}=….`,
        about: [
          nodeKey(node),
          ...(node.location.datacenter.kind === 'known' ? [datacenterKey(node.location.datacenter.value)] : []),
          `file:${file.path}`,
        ],
        fixes: (): Fix[] => {
          if (lookAlike) return [{ title: `Write ${key}`, safe: true, edits: [{ at: lookAlike.keySpan, newText: key }] }]
          const end = file.text.length
          const gap = end > 0 && !file.text.endsWith('\n') ? '\n' : ''
          return [
            {
              title: `Insert ${key}=${key === 'dc' ? 'dc1' : 'rack1'}`,
              safe: false,
              edits: [{ at: { file, start: end, end }, newText: `${gap}${key}=${key === 'dc' ? 'dc1' : 'rack1'}\n` }],
            },
          ]
        },
      }
    }
  },
})
