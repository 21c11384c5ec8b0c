/** Names in foretell.yaml that stand for nothing. */
import { parseAssertion } from '../../model/assertion.ts'
import { existsIn, type NamedThing, namedIn, namesOf } from '../../model/assertion-things.ts'
import type { Cluster } from '../../model/cluster.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { textAt } from '../../text/span.ts'
import { type EntityKey, rule } from '../rule.ts'
import { list } from '../words.ts'

const files = (assertion: string) => `#- cluster: 2x3
#- schema.cql
CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 3};
#- foretell.yaml
assertions:
${assertion}`

export default rule({
  id: 'assertions/names-nothing',
  scope: 'cluster',
  effects: ['breaks-later'],
  certainty: 'proven',
  releases: 'all',
  title: 'name in foretell.yaml that stands for nothing',
  why: 'A promise or a workload about a keyspace, datacenter, rack or node that does not exist is never checked: a mistyped name looks like a kept promise.',
  remedy: 'Use the name as the files have it; case counts.',
  sources: ['Foretell: names of foretell.yaml are those of the files'],
  bad: files(`  - shop LOCAL_QUORUM from dc-1 survives any 1 rack
#                          ^^^^ 💡 warning[assertions/names-nothing]: dc1
`),
  good: files('  - shop LOCAL_QUORUM from dc1 survives any 1 rack\n'),
  *check(cluster) {
    if (!cluster.isOnlyOne) return
    const said = new Set<string>()
    for (const thing of [...namedInAssertions(cluster), ...namedElsewhere(cluster)]) {
      const { unit, name, span } = thing
      if (existsIn(cluster, unit, name) !== 'no' || said.has(`${span.start} ${name}`)) continue
      said.add(`${span.start} ${name}`)
      const names = namesOf(cluster, unit)
      const nearest = nearestName(
        name,
        names.filter(each => !isAnother(name, each)),
      )
      const key: EntityKey = `${unit === 'keyspace' || unit === 'datacenter' || unit === 'node' || unit === 'rack' ? unit : 'file'}:${name}`
      yield {
        at: span,
        message: `There is no ${unit} "${name}"${nearest ? `; ${nearest} is meant, it seems` : names.length > 0 && names.length <= 12 ? ` (known: ${list(names, 12)})` : ''}: what is said of it is never checked.`,
        about: [key, `cluster:${cluster.name}`],
        fixes: () => {
          const text = textAt(span)
          if (!nearest || (text !== name && text !== `"${name}"`)) return []
          return [{ title: `Write ${nearest}`, safe: false, edits: [{ at: span, newText: text === name ? nearest : `"${nearest}"` }] }]
        },
      }
    }
  },
})

/** `dc3` is no misspelt `dc1`. */
function isAnother(name: string, other: string): boolean {
  const digits = (text: string) => text.replace(/\D+/g, ' ').trim()
  return name.replace(/\d+/g, '') === other.replace(/\d+/g, '') && digits(name) !== digits(other)
}

function namedInAssertions(cluster: Cluster): readonly NamedThing[] {
  return cluster.declared.assertions.flatMap(declared => {
    const assertion = parseAssertion(declared)
    return assertion.kind === 'unreadable' ? [] : namedIn(assertion)
  })
}

/** Names in workloads, links, repair windows and the settings of datacenters. What is declared as new or joining need not be here yet. */
function namedElsewhere({ declared }: Cluster): readonly NamedThing[] {
  const things: NamedThing[] = []
  const soon = new Set([...declared.datacenters].flatMap(([name, { state }]) => (state ? [name] : [])))
  const datacenter = (name: string, span: NamedThing['span'] | undefined) => {
    if (span && !soon.has(name)) things.push({ unit: 'datacenter', name, span })
  }
  for (const [name, { span }] of declared.datacenters) datacenter(name, span)
  for (const workload of declared.workloads) {
    things.push({ unit: 'keyspace', name: workload.keyspace, span: workload.places.get('keyspace') ?? workload.span })
    for (const key of ['clients', 'failover'] as const)
      for (const name of workload[key]) datacenter(name, workload.places.get(key) ?? workload.span)
  }
  for (const { between, span } of declared.links) for (const name of between) datacenter(name, span)
  for (const [name, { span }] of declared.repairWindows) datacenter(name, span)
  return things
}
